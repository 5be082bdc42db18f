"""Working time: when a dossier received at a moment is due, by the law's way of counting.

The day of receipt is not counted; a last day that is no working day rolls to the next one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from msgspec import Struct

from desk_app.domain.calendar.moments import VIETNAM
from desk_app.lazy import lazy

if TYPE_CHECKING:
    from desk_app.domain.procedures import procedure
else:
    procedure = lazy("desk_app.domain.procedures.procedure")

_LOOK_AHEAD = 400


class DayKind(StrEnum):
    """What makes a day differ from its weekday: off, worked to make up for one, or worked in the morning only."""

    OFF = "off"
    MAKE_UP = "make_up"
    HALF = "half"


class DayEntry(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One day of the table an office can correct. `date` is ISO; `decision` cites what sets it.

    `estimated` days are reckoned by rule and moon; the decision of their year may still move them.
    """

    date: str
    kind: DayKind
    name: str
    source: str = ""
    decision: str = ""
    verified: bool = False
    estimated: bool = False

    def __post_init__(self) -> None:
        if date.fromisoformat(self.date).isoformat() != self.date:
            raise ValueError("a day is written yyyy-mm-dd")


class WorkingHours(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The office's day; results of a day are handed out at `hand_out`."""

    morning: time = time(7, 30)
    noon: time = time(11, 30)
    afternoon: time = time(13, 30)
    evening: time = time(17, 0)
    hand_out: time = time(16, 30)

    @property
    def problem(self) -> str:
        """What no day can have, in words; "" for hours that a calendar can reckon with."""
        in_order = [self.morning, self.noon, self.afternoon, self.evening]
        if in_order != sorted(set(in_order)):
            return "các giờ trong ngày phải theo thứ tự"
        return "" if self.morning < self.hand_out <= self.evening else "giờ trả kết quả phải trong giờ làm việc"


class Due(Struct, frozen=True, kw_only=True):
    """When a result is due, from which day the clock runs, and what the clerk should know."""

    at: datetime
    started_on: date
    warnings: tuple[str, ...] = ()


class Calendar(Struct, frozen=True):
    """Days that differ from their weekday, their names, the office's hours, and the years whose days off are known."""

    days: Mapping[date, DayKind]
    hours: WorkingHours = WorkingHours()
    confirmed_years: frozenset[int] = frozenset()
    names: Mapping[date, str] = {}

    @classmethod
    def from_entries(cls, entries: Iterable[DayEntry], hours: WorkingHours) -> Calendar:
        """From the table; a year counts as confirmed when a day of it is verified and none is only estimated."""
        kept = list(entries)
        open_years = {int(entry.date[:4]) for entry in kept if entry.estimated}
        return cls(
            {date.fromisoformat(entry.date): entry.kind for entry in kept},
            hours,
            frozenset(int(entry.date[:4]) for entry in kept if entry.verified) - open_years,
            {date.fromisoformat(entry.date): entry.name for entry in kept},
        )

    def is_working_day(self, day: date) -> bool:
        kind = self.days.get(day)
        if kind is not None:
            return kind is not DayKind.OFF
        return day.weekday() < 5

    def sessions(self, day: date) -> tuple[tuple[datetime, datetime], ...]:
        """From when to when the office works on a day; nothing on a day off."""
        if not self.is_working_day(day):
            return ()
        hours = self.hours
        spans = ((hours.morning, hours.noon), (hours.afternoon, hours.evening))
        return tuple(
            (datetime.combine(day, opens, VIETNAM), datetime.combine(day, closes, VIETNAM))
            for opens, closes in (spans[:1] if self.days.get(day) is DayKind.HALF else spans)
        )

    def hand_out(self, day: date) -> datetime:
        """When results are handed out: at the office's hour, on half a day when it closes.

        A day off that a person chose all the same has the office's hour.
        """
        hour = datetime.combine(day, self.hours.hand_out, VIETNAM)
        return min([hour, *(closes for _, closes in self.sessions(day)[-1:])])

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

    def working_days_before(self, day: date, number: int) -> date:
        """The `number`-th working day before `day`, which is not counted itself; `day` for 0."""
        for _ in range(number):
            day -= timedelta(days=1)
            for _ in range(_LOOK_AHEAD):
                if self.is_working_day(day):
                    break
                day -= timedelta(days=1)
        return day

    def add_calendar_days(self, start: date, number: int) -> date:
        """`number` days after `start`, rolled to the next working day (BLDS 2015 Đ148)."""
        return self.this_or_next_working_day(start + timedelta(days=number))


def effective_start(received_at: datetime, cut_off: str, calendar: Calendar) -> date:
    """The day the clock runs from: the day of receipt; the next working day on a day off, after closing or `cut_off`.

    Compared by the minute, as the slip prints it: received at "15 giờ 00 phút" is not after 15:00 (NĐ 309/2026 Đ9).
    """
    received_at = received_at.astimezone(VIETNAM)
    day = received_at.date()
    if not calendar.is_working_day(day):
        return calendar.next_working_day(day)
    minute = received_at.replace(second=0, microsecond=0)
    is_late = bool(cut_off) and minute.time() > time.fromisoformat(cut_off)
    is_closed = minute >= calendar.sessions(day)[-1][1]
    return calendar.next_working_day(day) if is_late or is_closed else day


def due(received_at: datetime, limit: procedure.TimeLimit, calendar: Calendar) -> Due:
    """When the result of a dossier received at `received_at` is due. Raises `ValueError` for a naive moment."""
    if received_at.tzinfo is None:
        raise ValueError("a moment of receipt must know its time zone")
    received_at = received_at.astimezone(VIETNAM)
    start = effective_start(received_at, limit.cut_off, calendar)
    if limit.unit is procedure.LimitUnit.WORKING_HOUR:
        opens = datetime.combine(start, time(), VIETNAM)
        at = add_working_hours(max(received_at, opens), limit.amount, calendar)
    elif limit.unit is procedure.LimitUnit.DAY:
        at = calendar.hand_out(calendar.add_calendar_days(start, limit.amount))
    else:
        number = limit.amount if limit.unit is procedure.LimitUnit.WORKING_DAY else 0
        at = calendar.hand_out(calendar.add_working_days(start, number))
    if at <= received_at:  # received between the hour of handing out and closing: by the end of that day
        at = calendar.sessions(start)[-1][1]
    return Due(at=at, started_on=start, warnings=tuple(_warnings(received_at.date(), at.date(), calendar)))


def add_working_hours(start: datetime, hours: int, calendar: Calendar) -> datetime:
    """`hours` of the office's working time after `start`; time outside it does not count."""
    start = start.astimezone(VIETNAM)
    left = timedelta(hours=hours)
    day = start.date()
    for _ in range(_LOOK_AHEAD):
        for opens, closes in calendar.sessions(day):
            begin = max(start, opens)
            if begin + left <= closes:
                return begin + left
            left -= max(closes - begin, timedelta())
        day += timedelta(days=1)
    raise ValueError("the calendar has no working time for more than a year")


def _warnings(first: date, last: date, calendar: Calendar) -> Iterable[str]:
    if not calendar.is_working_day(first):
        yield "Ngày tiếp nhận là ngày nghỉ: thời hạn tính từ ngày làm việc tiếp theo."
    for year in range(first.year, last.year + 1):
        if year not in calendar.confirmed_years:
            yield f"Lịch nghỉ năm {year} chưa được xác nhận: ngày hẹn trả có thể thay đổi."
