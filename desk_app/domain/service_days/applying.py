"""Which service days apply at a moment, for which procedure: the one home of that question. Pure.

A day off is no service day; a day worked in its place is one only where the decision says so or means every working
day. A decision that names Saturday or Sunday opens the office on it. Of a day worked in the morning only, the afternoon
is no service day.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from desk_app.domain.calendar.deadlines import Calendar, DayKind
from desk_app.domain.calendar.moments import VIETNAM
from desk_app.domain.service_days.service_day import COMMUNE, DISTRICT, HeldDay, ServiceDay
from desk_app.lazy import lazy

if TYPE_CHECKING:
    from desk_app.domain.procedures import procedure as procedures
    from desk_app.domain.service_days import kept_day
else:
    procedures = lazy("desk_app.domain.procedures.procedure")
    kept_day = lazy("desk_app.domain.service_days.kept_day")

_ORDER = {DISTRICT: 0, COMMUNE: 1}


def of_day(held: Iterable[HeldDay], day: date, calendar: Calendar) -> list[HeldDay]:
    """The service days of a day, at any hour: the district's first, one id once."""
    on_it = [each for each in in_force(held, day.isoformat()) if _is_on(each.day, day, calendar)]
    return [each for each in on_it if _has_time(each.day, day, calendar)]


def at(held: Iterable[HeldDay], moment: datetime, calendar: Calendar) -> list[HeldDay]:
    """Those of them whose hours it is. Raises `ValueError` for a naive moment."""
    if moment.tzinfo is None:
        raise ValueError("a moment of receipt must know its time zone")
    moment = moment.astimezone(VIETNAM)
    day = moment.date()
    return [each for each in of_day(held, day, calendar) if _is_time(each.day, moment, calendar)]


def applying(held: Iterable[HeldDay], moment: datetime, procedure: str, calendar: Calendar) -> list[HeldDay]:
    """The service days under which a dossier of this procedure is received at this moment."""
    return [each for each in at(held, moment, calendar) if covers(each.day, procedure)]


def in_force(held: Iterable[HeldDay], on: str) -> list[HeldDay]:
    """Those whose decision holds on an ISO day. The district's day stands in place of the commune's of the same id."""
    found: dict[str, HeldDay] = {}
    for each in sorted((one for one in held if one.is_held), key=lambda one: (_ORDER[one.origin], one.day.id)):
        found.setdefault(each.day.id, each)
    return [each for each in found.values() if _is_in_force(each.day, on)]


def covers(day: ServiceDay, procedure: str) -> bool:
    return not day.procedures or procedure in day.procedures


def gives_at_once(day: ServiceDay, procedure: procedures.Procedure) -> bool:
    """Whether a result of the procedure may be handed over at once on the day, without a slip.

    A slip is owed only where the result is not given at once (NĐ 61/2018 Đ17.4): a procedure whose limit is the same
    day, or a decision by which every result of the day is given on it.
    """
    return day.at_once or procedure.at_once or _is_same_day(procedure)


def kept(held: Sequence[HeldDay], procedure: procedures.Procedure) -> tuple[kept_day.KeptServiceDay, ...]:
    """What a dossier keeps of the service days that it is received under."""
    return tuple(
        kept_day.KeptServiceDay(
            id=each.day.id,
            kind=each.day.kind.value,
            name=each.day.title,
            number=each.day.number,
            decided_on=each.day.decided_on,
            district=each.origin == DISTRICT,
            at_once=gives_at_once(each.day, procedure),
        )
        for each in held
    )


def _is_same_day(procedure: procedures.Procedure) -> bool:
    return procedure.limit.unit is procedures.LimitUnit.SAME_DAY and "limit" not in procedure.unsure


def _is_in_force(day: ServiceDay, on: str) -> bool:
    is_begun = not day.in_force_from or day.in_force_from <= on
    return is_begun and not day.called_off and (not day.in_force_to or on <= day.in_force_to)


def _is_on(day: ServiceDay, on: date, calendar: Calendar) -> bool:
    special = calendar.days.get(on)
    if special is DayKind.OFF:
        return False
    if special is DayKind.MAKE_UP and day.on_make_up:
        return True
    if not day.weekdays:
        return calendar.is_working_day(on)
    return on.isoweekday() in day.weekdays


def _window(day: ServiceDay, on: date, calendar: Calendar) -> tuple[str, str]:
    """From when to when, "HH:MM", the end not included; the afternoon of a half day is none."""
    ends = day.ends or "24:00"
    if calendar.days.get(on) is DayKind.HALF:
        ends = min(ends, f"{calendar.hours.noon:%H:%M}")
    return day.starts or "00:00", ends


def _has_time(day: ServiceDay, on: date, calendar: Calendar) -> bool:
    starts, ends = _window(day, on, calendar)
    return starts < ends


def _is_time(day: ServiceDay, moment: datetime, calendar: Calendar) -> bool:
    starts, ends = _window(day, moment.date(), calendar)
    return starts <= f"{moment:%H:%M}" < ends
