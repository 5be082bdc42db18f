"""When each dossier of a bundle is due, and when the whole is: one after the other, as the bundle says. Pure."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from desk_app.domain.calendar import deadlines
from desk_app.domain.calendar.deadlines import Calendar
from desk_app.domain.linked.bundle import LIMIT, LinkedProcedure
from desk_app.domain.procedures.procedure import TimeLimit


class LinkedDues(Struct, frozen=True, kw_only=True):
    """`parts` in the order of the procedures; None for what nobody can know. `total` is when the last is due."""

    parts: tuple[datetime | None, ...]
    total: datetime | None
    warnings: tuple[str, ...] = ()


def dues(linked: LinkedProcedure, received: datetime, calendar: Calendar, chosen: datetime | None = None) -> LinkedDues:
    """Reckoned from the moment of reception; `chosen` is the day on which a clerk set the whole.

    A procedure that needs another's result begins when that is due. One without a limit of its own is due with the
    whole, and none after it.
    """
    own: dict[str, datetime | None] = {}
    warnings: dict[str, None] = {}
    for part in linked.parts:
        member = linked.member(part)
        before = [own[code] for code in member.after if code in own]
        limit = member.limit or (None if "limit" in part.unsure else part.limit)
        if limit is None or None in before:
            own[part.code] = None
            continue
        starts = max((moment for moment in before if moment is not None), default=None)
        found = _due(starts or received, limit, calendar, is_first=starts is None)
        own[part.code] = found.at
        warnings |= dict.fromkeys(found.warnings)
    known = [moment for moment in own.values() if moment is not None]
    total = chosen
    if total is None and linked.bundle.total == LIMIT and linked.bundle.limit is not None:
        found = deadlines.due(received, linked.bundle.limit, calendar)
        total = found.at
        warnings |= dict.fromkeys(found.warnings)
    elif total is None and len(known) == len(own):
        total = max(known)
    if total is None:
        return LinkedDues(parts=tuple(own.values()), total=None, warnings=tuple(warnings))
    parts = tuple(min(moment, total) if moment is not None else total for moment in own.values())
    return LinkedDues(parts=parts, total=total, warnings=tuple(warnings))


def _due(starts: datetime, limit: TimeLimit, calendar: Calendar, *, is_first: bool) -> deadlines.Due:
    """The hour of the day cuts off what a citizen hands in, not what one office gives to the next."""
    return deadlines.due(starts, limit if is_first else replace(limit, cut_off=""), calendar)
