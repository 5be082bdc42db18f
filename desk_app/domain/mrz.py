"""The machine-readable zone on the back of a card: ICAO 9303 TD1, three lines of thirty, five check digits.

Where the twelve digits stand is Vietnam's own filling. It has no marks, no address, no issue date.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from desk_app.domain import id_number
from desk_app.errors import BadCheckDigitError, UnreadableCardError

NO_END = "9999-12-31"
"""`expires_on` of a card "không thời hạn"."""

_SHAPE = re.compile(r"I[A-Z0-9<]{89}")
_WEIGHTS = (7, 3, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Zone:
    """What the three lines say; `name` in capitals without marks, `is_cut` when it may have been cut to fit.

    `born_on` ISO or a year; `century_is_known` is False when nothing but two digits gave the year.
    """

    id_number: str
    document_number: str
    name: str
    is_cut: bool
    born_on: str
    century_is_known: bool
    sex: str
    expires_on: str


def looks_like_mrz(text: str) -> bool:
    return _SHAPE.fullmatch(_joined(text)) is not None


def read(text: str) -> Zone:
    """The zone, with or without line breaks, every check digit verified.

    Raises `BadCheckDigitError` naming the part, `UnreadableCardError` when it is no Vietnamese identity card.
    """
    lines = _joined(text)
    if not _SHAPE.fullmatch(lines):
        raise UnreadableCardError(why="không phải ba dòng mã của thẻ")
    first, second, third = lines[:30], lines[30:60], lines[60:]
    if first[2:5] != "VNM" or not id_number.is_id_number(first[15:27]):
        raise UnreadableCardError(why="ba dòng mã không phải của thẻ căn cước Việt Nam")
    _verify(first, second)
    number = first[15:27]
    born_on, century_is_known = _born_on(second[:6], number, second[8:14])
    return Zone(
        id_number=number,
        document_number=first[5:14],
        name=" ".join(third.replace("<", " ").split()),
        is_cut=not third.endswith("<"),
        born_on=born_on,
        century_is_known=century_is_known,
        sex={"M": "Nam", "F": "Nữ"}.get(second[7], ""),
        expires_on=_expires_on(second[8:14]),
    )


def check_digit(text: str) -> int:
    """ICAO 9303: digits as they are, A=10 … Z=35, filler 0, weights 7-3-1."""
    return sum(_value(mark) * _WEIGHTS[n % 3] for n, mark in enumerate(text)) % 10


def _joined(text: str) -> str:
    return "".join(text.split()).upper()


def _verify(first: str, second: str) -> None:
    parts = (
        ("số thẻ", first[5:14], first[14]),
        ("số định danh", first[15:29], first[29]),
        ("ngày sinh", second[:6], second[6]),
        ("ngày hết hạn", second[8:14], second[14]),
        ("kiểm tra chung", first[5:30] + second[:7] + second[8:15] + second[18:29], second[29]),
    )
    for part, text, digit in parts:
        if digit == "<" or check_digit(text) != _value(digit):
            raise BadCheckDigitError(part=part)


def _value(mark: str) -> int:
    return 0 if mark == "<" else int(mark, 36)


def _born_on(birth: str, number: str, expiry: str) -> tuple[str, bool]:
    """The century is in the personal number; where that has another year, the newest one before the card's end."""
    if not birth[:2].isdecimal():
        return "", True
    two = int(birth[:2])
    year, known = id_number.birth_year(number), True
    if year % 100 != two:
        newest = 1999 if not expiry[:2].isdecimal() or expiry.startswith("99") else 2000 + int(expiry[:2])
        year, known = newest - (newest - two) % 100, False
    month, day = birth[2:4], birth[4:]
    if {month, day} & {"00", "<<"} or not (month + day).isdecimal():
        return str(year), known
    return f"{year}-{month}-{day}", known


def _expires_on(expiry: str) -> str:
    if expiry.startswith("99"):
        return NO_END
    return f"20{expiry[:2]}-{expiry[2:4]}-{expiry[4:]}" if expiry.isdecimal() else ""
