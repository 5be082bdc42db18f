"""Moments: UTC milliseconds in events and tables, Vietnam's time (UTC+7, no summer time) for people and calendars."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone

VIETNAM = timezone(timedelta(hours=7))
_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
_WORTH_TELLING = 60


def milliseconds(moment: datetime) -> int:
    """UTC ms of an aware moment."""
    return int(moment.timestamp() * 1000)


def told_offset(clock_offset: int) -> int:
    """What of the clock offset (s) an event carries, and the desk's own time goes by: none within a minute."""
    return clock_offset if abs(clock_offset) > _WORTH_TELLING else 0


def in_vietnam(at_ms: int) -> datetime:
    """UTC ms → the moment in Vietnam. Raises `ValueError` for what no calendar has."""
    try:  # reckoned here: Windows itself counts from 1970 to the year 3000
        return (_BEGINNING + timedelta(milliseconds=at_ms)).astimezone(VIETNAM)
    except OverflowError as error:
        raise ValueError("a moment that no calendar has") from error


def day_in_vietnam(at_ms: int) -> date:
    """UTC ms → the day it is then in Vietnam."""
    return in_vietnam(at_ms).date()


def span_of(first: date, last: date) -> tuple[int, int]:
    """The days of Vietnam from `first` to `last` as moments: from the first (UTC ms) up to, without, the second."""
    after = datetime.combine(last + timedelta(days=1), time(), VIETNAM)
    return milliseconds(datetime.combine(first, time(), VIETNAM)), milliseconds(after)


def shown_day(at_ms: int) -> str:
    """UTC ms → "25/11/2026"; "" for never."""
    return f"{in_vietnam(at_ms):%d/%m/%Y}" if at_ms else ""


def shown_moment(at_ms: int) -> str:
    """UTC ms → "16:30 25/11/2026"; "" for never."""
    return f"{in_vietnam(at_ms):%H:%M %d/%m/%Y}" if at_ms else ""
