"""Dates as clerks type them, as papers show them, and in words."""

from __future__ import annotations

import re
from datetime import date

from vn_money import to_words

from desk_app.errors import BadFactError

_TYPED = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4}|\d{2})|(\d{2})(\d{2})(\d{4})")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_YEAR = re.compile(r"(?:0{4})?(\d{4})")
_MONTHS = ("", "một", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười", "mười một", "mười hai")


def parse_typed(text: str) -> str:
    """ "15/1/1990", "15-01-90", "15011990", "1990-01-15" → ISO; "1990" → "1990".

    A year of two digits is the last hundred years'. Raises `BadFactError` for what no calendar has.
    """
    text = text.strip()
    if found := _YEAR.fullmatch(text):
        return _year(found[1])
    if found := _ISO.fullmatch(text):
        return _iso(int(found[1]), int(found[2]), int(found[3]))
    if found := _TYPED.fullmatch(text):
        day, month, year = found.groups()[:3] if found[1] else found.groups()[3:]
        full = int(year) if len(year) == 4 else _century(int(year))
        return _iso(full, int(month), int(day))
    raise _bad()


def shown(iso: str) -> str:
    """ "1990-01-15" → "15/01/1990"; a year, or what is no ISO date, stays."""
    found = _ISO.fullmatch(iso)
    return f"{found[3]}/{found[2]}/{found[1]}" if found else iso


def in_words(day: date) -> str:
    """As declaration forms want it: "Ngày mười lăm tháng mười năm hai nghìn không trăm hai mươi sáu"."""
    return f"Ngày {_number(day.day)} tháng {_MONTHS[day.month]} năm {_number(day.year)}"


def _number(number: int) -> str:
    return to_words(number).removesuffix(" đồng").lower()


def _iso(year: int, month: int, day: int) -> str:
    try:
        return date(year, month, day).isoformat()
    except ValueError as error:
        raise _bad() from error


def _year(text: str) -> str:
    if not 1850 <= int(text) <= 2200:
        raise _bad()
    return text


def _century(year: int) -> int:
    """Two digits mean the past hundred years seen from the 2020s; nobody at the counter was born after 2030."""
    return 2000 + year if year <= 30 else 1900 + year


def _bad() -> BadFactError:
    return BadFactError(field="date", label="Ngày", why="không có ngày này trong lịch; gõ ngày/tháng/năm")
