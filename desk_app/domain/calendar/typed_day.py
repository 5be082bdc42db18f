"""A day as a clerk types it into a field: read when the field is left, and judged for what the field asks.

Nothing here raises for what a person can type: the field shows `refusal` or `remark`, and the typed text goes nowhere.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from enum import StrEnum

from msgspec import Struct

from desk_app.domain.calendar import dates
from desk_app.domain.calendar.deadlines import Calendar
from desk_app.domain.dossiers.fact_paths import fact_name
from desk_app.domain.text import fold
from desk_app.errors import BadFactError
from desk_app.lazy import LatePattern

_DAY_MONTH = LatePattern(r"(\d{1,2})[/.\-, ]+(\d{1,2})[/.\-, ]*|(\d{2})(\d{2})", re.ASCII)
_WHOLE = LatePattern(r"(\d{1,2})[/.\-, ]+(\d{1,2})[/.\-, ]+(\d{4}|\d{2})|(\d{2})(\d{2})(\d{4}|\d{2})", re.ASCII)
_YEAR = LatePattern(r"\d{4}", re.ASCII)
_WORDS = LatePattern(r"\b(ngay|thang|nam)\b")
_NEAR = {"hom nay": 0, "nay": 0, "mai": 1, "mot": 2, "kia": 2}
_OF_THE_PAST = frozenset({"born", "birth", "died", "dead", "death", "issued", "married", "marriage", "registered"})
_ISO = LatePattern(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_NO_DAY = "không có ngày này trong lịch; gõ ngày/tháng/năm"
_LATE_DUE = timedelta(days=400)
_TO_COME = "không thể sau hôm nay"
_RECENT = timedelta(days=60)


class DaySense(StrEnum):
    """What the field asks: when a result is due, a day that has been (birth, issue of a card), or any day."""

    DUE = "due"
    PAST = "past"
    ANY = "any"


class TypedDay(Struct, frozen=True, kw_only=True):
    """`iso` is the day, or a year alone where the field takes one; "" where nothing or no day was typed.

    `refusal` says why the day cannot stand, `remark` what the clerk should look at; `offer` is a better day (ISO).
    """

    iso: str = ""
    refusal: str = ""
    remark: str = ""
    offer: str = ""


def typed_day(text: str, sense: DaySense, today: date, calendar: Calendar) -> TypedDay:
    """What `text` means in a field of this sense; a day without a year is the one nearest to `today`."""
    if not text.strip():
        return TypedDay()
    try:
        iso = read_day(text, sense, today)
    except BadFactError as error:
        return TypedDay(refusal=str(error.facts["why"]))
    if sense is DaySense.DUE:
        return judged_due(date.fromisoformat(iso), today, calendar)
    if sense is DaySense.PAST and is_to_come(iso, today):
        return TypedDay(iso=iso, refusal=_TO_COME)
    return TypedDay(iso=iso)


def read_day(text: str, sense: DaySense, today: date) -> str:
    """ "4/12", "0412", "4.12.26", "041226", "ngày 4 tháng 12 năm 2026", "mai" → ISO; a year alone unless due is asked.

    Raises `BadFactError`, which never carries the text.
    """
    plain = _plain(text)
    if plain in _NEAR:
        return (today + timedelta(days=_NEAR[plain])).isoformat()
    if sense is not DaySense.DUE and _YEAR.fullmatch(plain) and dates.is_plausible_year(plain):
        return plain
    if found := _WHOLE.fullmatch(plain):
        day, month, year = (part for part in found.groups() if part)
        full = int(year) if len(year) == len("2026") else _full_year(int(year), sense, today)
        return _in_year(int(day), int(month), full)
    if sense is not DaySense.PAST and (found := _DAY_MONTH.fullmatch(plain)):
        day, month = (int(part) for part in found.groups() if part)
        return _nearest(day, month, sense, today)
    if sense is DaySense.DUE and not _ISO.fullmatch(plain):
        raise _bad(_NO_DAY)
    return dates.parse_typed(text)


def is_to_come(iso: str, today: date) -> bool:
    """Whether the day, or the year alone, lies after today."""
    return iso > today.isoformat()[: len(iso)]


def recorded_day(text: str, key: str, today: date) -> str:
    """The ISO day or year a record keeps for what was typed under this key; of two figures the last such year that was.

    Raises `BadFactError` for what no calendar has, and for a birth, a death or an issue that is still to come.
    """
    sense = sense_of(key)
    iso = read_day(text, sense, today) if sense is DaySense.PAST else dates.parse_typed(text)
    if sense is DaySense.PAST and is_to_come(iso, today):
        raise _bad(_TO_COME)
    return iso


def judged_due(day: date, today: date, calendar: Calendar) -> TypedDay:
    """Whether a result can be handed out on `day`: a past day is refused, for a day off a working day is offered."""
    iso = day.isoformat()
    if day < today:
        return TypedDay(iso=iso, refusal=f"{told_day(day)} đã qua")
    if not calendar.is_working_day(day):
        name = calendar.names.get(day, "")
        remark = f"{told_day(day)} là ngày nghỉ ({name})" if name else f"{told_day(day)} là ngày nghỉ"
        return TypedDay(iso=iso, remark=remark, offer=calendar.next_working_day(day).isoformat())
    if day - today > _LATE_DUE:
        return TypedDay(iso=iso, remark=f"{told_day(day)} còn hơn một năm nữa")
    return TypedDay(iso=iso)


def sense_of(key: str) -> DaySense:
    """What a field asks, by the last word of its key or path ("child.born_on", "due_at")."""
    last = fact_name(key)
    if last == "due_at":
        return DaySense.DUE
    return DaySense.PAST if _OF_THE_PAST & set(last.split("_")) else DaySense.ANY


def told_day(day: date) -> str:
    """ "Chủ Nhật 29/11/2026"."""
    return f"{dates.weekday(day)} {day:%d/%m/%Y}"


def _plain(text: str) -> str:
    """Without words and doubled blanks: "ngày 4 tháng 12 năm 2026" → "4 12 2026"; "ngày mai" → "mai"."""
    text = " ".join(text.split()).strip("/.-, ")
    if any(mark.isalpha() for mark in text):
        text = " ".join(_WORDS.sub(" ", fold(text)).split())
    return text


def _nearest(day: int, month: int, sense: DaySense, today: date) -> str:
    """The day in the year that brings it nearest to today; a due date is to come, unless it has only just passed."""
    years = range(today.year - 1, today.year + 2)
    found = [date.fromisoformat(iso) for year in years if (iso := _try_year(day, month, year))]
    if sense is DaySense.DUE:
        found = [each for each in found if each >= today - _RECENT]
    if not found:
        return _in_year(day, month, today.year)
    return min(found, key=lambda each: abs(each - today)).isoformat()


def _try_year(day: int, month: int, year: int) -> str:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""


def _in_year(day: int, month: int, year: int) -> str:
    iso = _try_year(day, month, year) if dates.is_plausible_year(str(year)) else ""
    if not iso:
        raise _bad(_NO_DAY)
    return iso


def _full_year(two_digits: int, sense: DaySense, today: date) -> int:
    """For a due date a year of this century; for a day that has been the last such year; else the nearest one."""
    this_century = today.year - today.year % 100 + two_digits
    if sense is DaySense.DUE:
        return this_century
    latest = today.year if sense is DaySense.PAST else today.year + 50
    return this_century if this_century <= latest else this_century - 100


def _bad(why: str) -> BadFactError:
    return BadFactError(field="date", label="Ngày", why=why)
