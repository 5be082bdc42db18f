"""How many dossiers a service day had, and how many of them were done at once. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from msgspec import Struct

from desk_app.domain.calendar.moments import day_in_vietnam
from desk_app.domain.service_days.kept_day import KeptServiceDay


class DayCount(Struct, frozen=True, kw_only=True):
    """A service day on one day, for one procedure ("" for all).

    `at_once` were handed over with the reception, `same_day` later on the day; `left` went on after it.
    """

    on: date
    id: str
    name: str
    procedure: str
    received: int
    at_once: int
    same_day: int

    @property
    def left(self) -> int:
        return self.received - self.at_once - self.same_day


class CountedReception(Struct, frozen=True, kw_only=True):
    """What is counted of a dossier: moments UTC ms, 0 for never; `due_at` 0 where no day was ever set.

    `returned_at` is when a result left first, annulled later or not: the count of a day that was reported stays.
    """

    received_at: int
    due_at: int
    returned_at: int
    procedure: str
    service_days: tuple[KeptServiceDay, ...]


def counted(receptions: Iterable[CountedReception], *, by_procedure: bool) -> list[DayCount]:
    """A count for each day, service day and procedure, in that order; a dossier counts for every kind it came under."""
    sums: dict[tuple[date, str, str, str], list[int]] = {}
    for one in receptions:
        on = day_in_vietnam(one.received_at)
        is_same_day = bool(one.returned_at) and day_in_vietnam(one.returned_at) == on
        is_at_once = is_same_day and not one.due_at
        for day in one.service_days:
            key = (on, day.name, day.id, one.procedure if by_procedure else "")
            found = sums.setdefault(key, [0, 0, 0])
            found[0] += 1
            found[1] += is_at_once
            found[2] += is_same_day and not is_at_once
    return [
        DayCount(on=on, id=id_, name=name, procedure=procedure, received=received, at_once=at_once, same_day=same_day)
        for (on, name, id_, procedure), (received, at_once, same_day) in sorted(sums.items())
    ]
