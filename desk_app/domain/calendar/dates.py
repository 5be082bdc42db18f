"""Dates as clerks type them, as papers show them, and in words."""

from __future__ import annotations

import re
from datetime import date

from desk_app.domain.money import number_in_words
from desk_app.errors import BadFactError
from desk_app.lazy import LatePattern

_TYPED = LatePattern(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4}|\d{2})|(\d{2})(\d{2})(\d{4})", re.ASCII)
_ISO = LatePattern(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_YEAR = LatePattern(r"(?:0{4}|0?0/0?0/)?(\d{4})", re.ASCII)
_MONTH_AND_YEAR = LatePattern(
    r"(?:[0_?xX.…*-]{1,2}[/.\- ])?\d{1,2}[/.\- ]\d{4}|\d{4}[/.\- ]\d{1,2}(?:[/.\- ]0{1,2})?|00(?!0{2})\d{2}\d{4}"
    r"|(?:(?:ngày\s*)?[0_?.…]*\s*)?(?:tháng|thg|th|t)\.?\s*\d{1,2}\s*(?:[/.,\-]|năm|n\.)?\s*\d{4}",
    re.IGNORECASE,
)
_MONTHS = ("", "một", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười", "mười một", "mười hai")
_WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ Nhật")
_FIRST_YEAR, _LAST_YEAR = 1850, 2200


def parse_typed(text: str) -> str:
    """ "15/1/1990", "15-01-90", "15011990", "1990-01-15" → ISO; "1990", "00/00/1990" → "1990".

    A year of two digits up to 30 is this century's: the screen shows it in full before anything is saved.
    Raises `BadFactError` for what no calendar has, and for a month and a year alone, which papers have no place for.
    """
    text = " ".join(text.split())
    if found := _YEAR.fullmatch(text):
        if not is_plausible_year(found[1]):
            raise _bad()
        return found[1]
    if _MONTH_AND_YEAR.fullmatch(text):
        raise _bad("chỉ biết tháng và năm thì gõ riêng năm, ví dụ 1990")
    if found := _ISO.fullmatch(text):
        return _iso(int(found[1]), int(found[2]), int(found[3]))
    if found := _TYPED.fullmatch(text):
        day, month, year = (part for part in found.groups() if part)
        full = int(year) if len(year) == 4 else _full_year(int(year))
        return _iso(full, int(month), int(day))
    raise _bad()


def is_plausible_year(text: str) -> bool:
    """Whether the text is a year that a paper at the counter can carry."""
    return text.isdecimal() and _FIRST_YEAR <= int(text) <= _LAST_YEAR


def shown(iso: str) -> str:
    """ "1990-01-15" → "15/01/1990"; a year, or what is no ISO date, stays."""
    found = _ISO.fullmatch(iso)
    return f"{found[3]}/{found[2]}/{found[1]}" if found else iso


def weekday(day: date) -> str:
    """ "Thứ Tư", "Chủ Nhật"."""
    return _WEEKDAYS[day.weekday()]


def in_words(day: date) -> str:
    """As declaration forms want it: "Ngày mười lăm tháng mười năm hai nghìn không trăm hai mươi sáu"."""
    return f"Ngày {number_in_words(day.day)} tháng {_MONTHS[day.month]} năm {number_in_words(day.year)}"


def year_in_words(year: int) -> str:
    """As `in_words` for somebody of whom only the year is known: "Năm một nghìn chín trăm năm mươi sáu"."""
    return f"Năm {number_in_words(year)}"


def _iso(year: int, month: int, day: int) -> str:
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise _bad()
    try:
        return date(year, month, day).isoformat()
    except ValueError as error:
        raise _bad() from error


def _full_year(two_digits: int) -> int:
    return 2000 + two_digits if two_digits <= 30 else 1900 + two_digits


def _bad(why: str = "không có ngày này trong lịch; gõ ngày/tháng/năm, hoặc năm nếu chỉ biết năm") -> BadFactError:
    return BadFactError(field="date", label="Ngày", why=why)
