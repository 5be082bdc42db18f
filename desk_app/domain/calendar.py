"""Working time: when a dossier received at a moment is due, by the law's way of counting (DOMAIN: deadlines).

The day of receipt is not counted; a last day that is no working day rolls to the next one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from enum import StrEnum

from msgspec import Struct

from desk_app.domain.procedure import LimitUnit, TimeLimit

VIETNAM = timezone(timedelta(hours=7))
_LOOK_AHEAD = 400


class DayKind(StrEnum):
    """What makes a day differ from its weekday: a day off, or a Saturday worked to make up for one."""

    OFF = "off"
    MAKE_UP = "make_up"


class DayEntry(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One day of the table an office can correct. `date` is ISO; `decision` cites what sets it."""

    date: str
    kind: DayKind
    name: str
    source: str = ""
    decision: str = ""
    verified: bool = False


class WorkingHours(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The office's day; results of a day are handed out at `hand_out`."""

    morning: time = time(7, 30)
    noon: time = time(11, 30)
    afternoon: time = time(13, 30)
    evening: time = time(17, 0)
    hand_out: time = time(16, 30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """When a result is due, from which day the clock runs, and what the clerk should know."""

    at: datetime
    started_on: date
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Calendar:
    """Days that differ from their weekday, the office's hours, and the years whose days off are known."""

    days: Mapping[date, DayKind]
    hours: WorkingHours = WorkingHours()
    confirmed_years: frozenset[int] = frozenset()

    @classmethod
    def from_entries(cls, entries: Iterable[DayEntry], hours: WorkingHours) -> Calendar:
        """From the table; a year counts as confirmed when at least one of its days cites a verified decision."""
        kept = list(entries)
        return cls(
            {date.fromisoformat(entry.date): entry.kind for entry in kept},
            hours,
            frozenset(int(entry.date[:4]) for entry in kept if entry.verified),
        )

    def is_working_day(self, day: date) -> bool:
        kind = self.days.get(day)
        if kind is not None:
            return kind is DayKind.MAKE_UP
        return day.weekday() < 5

    def next_working_day(self, day: date) -> date:
        """The first working day after `day`."""
        for _ in range(_LOOK_AHEAD):
            day += timedelta(days=1)
            if self.is_working_day(day):
                return day
        raise ValueError("the calendar has no working day for more than a year")

    def this_or_next_working_day(self, day: date) -> date:
        return day if self.is_working_day(day) else self.next_working_day(day)

    def add_working_days(self, start: date, number: int) -> date:
        """The `number`-th working day after `start`, which is not counted itself."""
        for _ in range(number):
            start = self.next_working_day(start)
        return start


def effective_start(received_at: datetime, cut_off: str, calendar: Calendar) -> date:
    """The day the clock starts from: the day of receipt, or the next working day after the cut-off or on a day off."""
    day = received_at.date()
    if not calendar.is_working_day(day):
        return calendar.next_working_day(day)
    if cut_off and received_at.time() > time.fromisoformat(cut_off):
        return calendar.next_working_day(day)
    return day


def due(received_at: datetime, limit: TimeLimit, calendar: Calendar) -> Due:
    """When the result of a dossier received at `received_at` (aware) is due."""
    received_at = received_at.astimezone(VIETNAM)
    start = effective_start(received_at, limit.cut_off, calendar)
    hand_out = calendar.hours.hand_out
    if limit.unit is LimitUnit.WORKING_HOUR:
        at = add_working_hours(received_at, limit.amount, calendar)
    elif limit.unit is LimitUnit.SAME_DAY:
        at = datetime.combine(start, hand_out, VIETNAM)
    elif limit.unit is LimitUnit.DAY:
        at = datetime.combine(
            calendar.this_or_next_working_day(start + timedelta(days=limit.amount)), hand_out, VIETNAM
        )
    else:
        at = datetime.combine(calendar.add_working_days(start, limit.amount), hand_out, VIETNAM)
    return Due(at=at, started_on=start, warnings=_unconfirmed(start, at.date(), calendar))


def add_working_hours(start: datetime, hours: int, calendar: Calendar) -> datetime:
    """`hours` of the office's working time after `start`; time outside it does not count."""
    left = timedelta(hours=hours)
    day = start.date()
    now = start
    for _ in range(_LOOK_AHEAD):
        if calendar.is_working_day(day):
            kept = calendar.hours
            for opens, closes in ((kept.morning, kept.noon), (kept.afternoon, kept.evening)):
                begin = max(now, datetime.combine(day, opens, VIETNAM))
                end = datetime.combine(day, closes, VIETNAM)
                if begin >= end:
                    continue
                if begin + left <= end:
                    return begin + left
                left -= end - begin
        day += timedelta(days=1)
        now = datetime.combine(day, time(), VIETNAM)
    raise ValueError("the calendar has no working time for more than a year")


def _unconfirmed(first: date, last: date, calendar: Calendar) -> tuple[str, ...]:
    missing = [year for year in range(first.year, last.year + 1) if year not in calendar.confirmed_years]
    return tuple(
        f"Lịch nghỉ năm {year} chưa được xác nhận: ngày hẹn trả có thể thay đổi." for year in missing
    )
