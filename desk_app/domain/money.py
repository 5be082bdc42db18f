"""Amounts of money: whole đồng, in figures and in the words a receipt needs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from desk_app.errors import BadFactError
from desk_app.lazy import LatePattern

_NONE = LatePattern(r"(miễn|không( thu)?)( (phí|lệ phí|phí, lệ phí))?")
_AMOUNT = LatePattern(
    r"(?P<figures>[0-9]{1,3}(?:([., ])[0-9]{3})(?:\2[0-9]{3})*|[0-9]{1,12})\s*(?P<unit>đ|đồng|vnd|vnđ|k|nghìn|ngàn)?"
)
MOST_MONEY = 10**12
"""No dossier costs more, and no day brings more at one desk: as much as can be typed."""
_THOUSANDS = frozenset({"k", "nghìn", "ngàn"})

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_AFTER_MANY_TENS = {1: "mốt", 4: "tư", 5: "lăm"}
_AFTER_TEN = {5: "lăm"}
Gap = Literal["linh", "lẻ"]


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


def sum_typed(text: str, *, field: str, label: str) -> int:
    """Money that changes hands or lies in a drawer, as `amount_typed` reads it; a refusal names its own field."""
    try:
        return amount_typed(text)
    except BadFactError as error:
        raise BadFactError(field=field, label=label, why="cần số tiền bằng đồng, như 15.000") from error


def number_in_words(number: int, *, gap: Gap = "linh") -> str:
    """2005 → "hai nghìn không trăm linh năm"; `gap` is what stands for missing tens, "lẻ" in the South.

    Every place below the first one spoken is said, so that no two numbers sound alike: 1000008 is "một triệu không
    nghìn không trăm linh tám".
    """
    if number < 0:
        return f"âm {number_in_words(-number, gap=gap)}"
    billions, rest = divmod(number, 1000**3)
    if not billions:
        return " ".join(_places(rest, gap, is_begun=False)) or _DIGITS[0]
    return " ".join([number_in_words(billions, gap=gap), "tỷ", *_places(rest, gap, is_begun=True)])


def _places(number: int, gap: str, *, is_begun: bool) -> Iterator[str]:
    """The words of a number below a thousand million; `is_begun` after higher places. Nothing for 0."""
    for power, name in ((1000**2, "triệu"), (1000, "nghìn"), (1, "")):
        group, number = divmod(number, power)
        if group:
            yield from _group(group, gap, is_begun=is_begun)
        elif is_begun and number:
            yield _DIGITS[0]
        else:
            continue
        is_begun = True
        if name:
            yield name


def _group(group: int, gap: str, *, is_begun: bool) -> Iterator[str]:
    """Three figures, not all 0. "mươi" asks for "mốt", "tư" and "lăm" behind it, "mười" for "lăm" alone."""
    hundreds, rest = divmod(group, 100)
    tens, units = divmod(rest, 10)
    if hundreds or is_begun:
        yield f"{_DIGITS[hundreds]} trăm"
    if tens > 1:
        yield f"{_DIGITS[tens]} mươi"
    elif tens:
        yield "mười"
    elif units and (hundreds or is_begun):
        yield gap
    if units:
        others = _AFTER_MANY_TENS if tens > 1 else _AFTER_TEN if tens else {}
        yield others.get(units, _DIGITS[units])


def in_words(amount: int) -> str:
    """8000 → "Tám nghìn đồng"."""
    words = number_in_words(amount)
    return f"{words[:1].upper()}{words[1:]} đồng"
