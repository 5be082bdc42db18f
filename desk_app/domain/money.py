"""Amounts of money: whole đồng, in figures and in the words a receipt needs."""

from __future__ import annotations

import re

from vn_money import to_words

from desk_app.errors import BadFactError

_NONE = re.compile(r"(miễn|không( thu)?)( (phí|lệ phí|phí, lệ phí))?")
_AMOUNT = re.compile(
    r"(?P<figures>[0-9]{1,3}(?:([., ])[0-9]{3})(?:\2[0-9]{3})*|[0-9]{1,12})\s*(?P<unit>đ|đồng|vnd|vnđ|k|nghìn|ngàn)?"
)
_THOUSANDS = frozenset({"k", "nghìn", "ngàn"})


def dotted(amount: int) -> str:
    """1234567 → "1.234.567"."""
    return f"{amount:,}".replace(",", ".")


def amount_typed(text: str) -> int:
    """What a person means by "15.000", "15000 đ", "15 nghìn"; "0", "miễn", "không thu" are 0.

    Raises `BadFactError` for anything else: figures taken out of other words would make a sum that nobody stated.
    """
    said = " ".join(text.split()).lower()
    if _NONE.fullmatch(said):
        return 0
    found = _AMOUNT.fullmatch(said)
    if found is None:
        raise BadFactError(
            field="fee", label="Phí, lệ phí", why="cần số tiền bằng đồng, như 15.000; không thu thì gõ 0"
        )
    return int(re.sub(r"\D", "", found["figures"])) * (1000 if found["unit"] in _THOUSANDS else 1)


def number_in_words(number: int) -> str:
    """2005 → "hai nghìn không trăm linh năm"."""
    words: str = to_words(number)
    return words


def in_words(amount: int) -> str:
    """8000 → "Tám nghìn đồng"."""
    words = number_in_words(amount)
    return f"{words[:1].upper()}{words[1:]} đồng"
