"""What a procedure costs, from what the national portal says of it: a number only where there is exactly one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from desk_app.domain.procedures.procedure import FeeKind, FeeRule
from desk_app.services.catalogue.national_rows import Channel, RawFee, clean

_NAMES = {"FEE": "Phí", "SERVICE_FEE": "Lệ phí", "PRICE_LEVEL": "Giá dịch vụ"}
_AMOUNT = re.compile(r"(\d{1,3}(?:[.,]\d{3})+|\d{4,})\s*(?:đồng|đ\b|VNĐ|VND)", re.IGNORECASE)
_FREE = re.compile(r"\W*(miễn (lệ )?phí|không thu( phí| lệ phí)?|không)\W*(\(|\.|;|$)", re.IGNORECASE)
_BY_COPY = re.compile(r"(/|mỗi |một )\s*bản( sao)?\b", re.IGNORECASE)
_BY_OTHER = re.compile(r"/\s*(người|trang|m2|m²|thửa|giấy|gcn|tờ|năm|tháng|ngày|km)\b", re.IGNORECASE)


def fees_of(channels: Sequence[Channel]) -> tuple[tuple[FeeRule, ...], bool]:
    """The fees of a dossier brought to the counter, and whether they are sure.

    A fee becomes a number when it is the only one that names money, and names one amount; everything else stays the
    portal's own words and the clerk types the amount. A bare 0 is free, but not sure: the portal often writes 0
    where the amount stands in a text elsewhere.
    """
    direct = [channel for channel in channels if channel.method == "DIRECT"] or list(channels)
    said = list(dict.fromkeys(fee for channel in direct for fee in channel.fees))
    if not said:
        return (_unknown("Phí, lệ phí", ""),), False
    alone = sum(1 for fee in said if _amounts(fee)) == 1
    rules = tuple(_rule(fee, alone=alone) for fee in said)
    sure = all(rule.kind is not FeeKind.UNKNOWN and (rule.kind is not FeeKind.FREE or rule.text) for rule in rules)
    return rules, sure


def _rule(fee: RawFee, *, alone: bool) -> FeeRule:
    name = _NAMES.get(fee.type, f"Khoản thu {fee.type}".strip())
    text = clean(fee.text)
    amounts = _amounts(fee)
    if not amounts and fee.value_vnd == 0 and (not text or _FREE.match(text)):
        return FeeRule(kind=FeeKind.FREE, name=name, text=text)
    if not alone or len(amounts) != 1 or _BY_OTHER.search(text):
        return _unknown(name, text)
    kind = FeeKind.PER_COPY if _BY_COPY.search(text) else FeeKind.FIXED
    return FeeRule(kind=kind, name=name, amount=amounts.pop(), text=text)


def _amounts(fee: RawFee) -> set[int]:
    """Every amount of money a fee names, in its number or its words, in whole đồng."""
    named = {int(re.sub(r"\D", "", found)) for found in _AMOUNT.findall(clean(fee.text))}
    return named | ({int(fee.value_vnd)} if fee.value_vnd else set())


def _unknown(name: str, text: str) -> FeeRule:
    return FeeRule(kind=FeeKind.UNKNOWN, name=name, text=text or "Danh mục không ghi mức thu")
