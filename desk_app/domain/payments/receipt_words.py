"""An official receipt in words, and what is wrong with its template, series or number as typed."""

from __future__ import annotations

import re

from desk_app.domain.payments.money_events import ELECTRONIC, PAPER, FeeReceipt
from desk_app.errors import BadFactError, MissingFactError

MOST_NUMBER = 99_999_999
"""An electronic receipt's number has 8 digits at most (NĐ 254/2026/NĐ-CP Đ23.2)."""
MOST_PAPER_NUMBER = 9_999_999
"""A paper one's had 7 (NĐ 123/2020/NĐ-CP Đ32)."""
_TEMPLATE = re.compile(r"EBL0[12]", re.ASCII)
_SERIES = re.compile(r"[0-9]{2}T[ABCDEGHKLMNPQRSTUVXY]{2}", re.ASCII)
_LONGEST_PAPER = 20


def receipt_told(receipt: FeeReceipt | None) -> str:
    """ "biên lai EBL01 26TAA số 12"; "" for none."""
    if receipt is None or not receipt.number:
        return ""
    kind = "biên lai giấy" if receipt.kind == PAPER else "biên lai"
    return " ".join(filter(None, (kind, receipt.template, receipt.series, f"số {number_told(receipt)}")))


def number_told(receipt: FeeReceipt) -> str:
    """The number as its receipt has it: paper books pad it to seven digits."""
    return f"{receipt.number:07d}" if receipt.kind == PAPER else str(receipt.number)


def template_problem(text: str) -> str:
    """What is wrong with the template code of electronic receipts (TT 91/2026/TT-BTC); "" for nothing."""
    return "" if _TEMPLATE.fullmatch(text) else "cần EBL01 (không in sẵn mệnh giá) hoặc EBL02 (in sẵn mệnh giá)"


def series_problem(text: str) -> str:
    """What is wrong with a series of electronic receipts; "" for nothing."""
    if _SERIES.fullmatch(text):
        return ""
    return "cần hai số cuối của năm, chữ T và hai chữ cái trong A B C D E G H K L M N P Q R S T U V X Y, như 26TAA"


def number_typed(text: str, *, kind: str = ELECTRONIC) -> int:
    """The number of a receipt as typed, 0 for none. Raises `BadFactError`."""
    digits = "".join(text.split())
    if not digits:
        return 0
    most = len(str(MOST_PAPER_NUMBER if kind == PAPER else MOST_NUMBER))
    if not (digits.isascii() and digits.isdecimal() and len(digits) <= most and int(digits)):
        why = f"cần số từ 1, nhiều nhất {most} chữ số"
        raise BadFactError(field="receipt_number", label="Số biên lai", why=why)
    return int(digits)


def checked_receipt(receipt: FeeReceipt, *, year: int) -> FeeReceipt:
    """The receipt, its template and series as the law writes them; `year` is that of the payment.

    Numbers begin with 1 each 1 January (NĐ 254/2026/NĐ-CP Đ23.2), so a series of another year is a mistake.
    Raises `BadFactError`, `MissingFactError`.
    """
    if not receipt.number:
        raise MissingFactError(field="receipt_number", label="Số biên lai")
    number_typed(str(receipt.number), kind=receipt.kind)
    if receipt.kind == PAPER:
        for field, label, text in (
            ("receipt_template", "Ký hiệu mẫu", receipt.template),
            ("receipt_series", "Ký hiệu biên lai", receipt.series),
        ):
            if len(text) > _LONGEST_PAPER or not text.isprintable():
                raise BadFactError(field=field, label=label, why=f"nhiều nhất {_LONGEST_PAPER} chữ")
        return receipt
    if receipt.kind != ELECTRONIC:
        raise BadFactError(field="receipt", label="Loại biên lai", why="chọn điện tử hoặc giấy")
    if why := template_problem(receipt.template):
        raise BadFactError(field="receipt_template", label="Ký hiệu mẫu", why=why)
    if why := series_problem(receipt.series):
        raise BadFactError(field="receipt_series", label="Ký hiệu biên lai", why=why)
    if int(receipt.series[:2]) != year % 100:
        why = f"ký hiệu {receipt.series} không phải của năm {year}"
        raise BadFactError(field="receipt_series", label="Ký hiệu biên lai", why=why)
    return receipt
