"""The worklists as a person works through them: numbers, rows of one list, and all of today's work as one list.

They are of the desk that has the papers. What is late in the whole office is one figure everywhere else
(docs/decisions/0216).
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator

from msgspec import Struct, structs

from desk_app.domain.worklists.lists import Worklist, lists_of
from desk_app.services.desk.desk import Desk
from desk_app.services.dossiers import queries
from desk_app.services.worklists import day_moments
from desk_app.store.queries import worklists
from desk_app.store.queries.dossiers import DossierRow

EVERYTHING = "all"
"""All of today's work as one list: each dossier once, in the first list in which it stands."""


class WorkCount(Struct, frozen=True, kw_only=True):
    """A list and how many dossiers stand in it."""

    which: Worklist
    number: int


def counts(desk: Desk) -> tuple[WorkCount, ...]:
    """The number of every list, as of now."""
    at = day_moments.of(desk)
    return tuple(WorkCount(which=which, number=worklists.count(desk.db, which, at)) for which in Worklist)


def late_elsewhere(desk: Desk) -> int:
    """How many of the late dossiers of the office another desk has: with this desk's own, the figure "Quá hạn"."""
    at = day_moments.of(desk)
    everywhere = worklists.count(desk.db, Worklist.LATE, structs.replace(at, desk=0))
    return everywhere - worklists.count(desk.db, Worklist.LATE, at)


def stream_ids(desk: Desk, which: str) -> Iterator[array[int]]:
    """Row ids of a list in chunks; `which` a `Worklist`, or `EVERYTHING`."""
    at = day_moments.of(desk)
    if which != EVERYTHING:
        yield from worklists.ids(desk.db, Worklist(which), at)
        return
    seen: set[int] = set()
    for each in Worklist:
        for chunk in worklists.ids(desk.db, each, at):
            new = array("q", (number for number in chunk if number not in seen))
            seen.update(new)
            if new:
                yield new


def first_list(desk: Desk, number: int) -> str:
    """The first list in which the dossier of this row stands now, "" for none."""
    standing = worklists.standing(desk.db, number)
    found = lists_of(standing, day_moments.of(desk)) if standing is not None else frozenset()
    return next((which.value for which in Worklist if which in found), "")


def listed(desk: Desk, which: str, most: int) -> list[DossierRow]:
    """The first `most` rows of a list."""
    found: list[int] = []
    for chunk in stream_ids(desk, which):
        found.extend(chunk[: most - len(found)])
        if len(found) >= most:
            break
    return queries.rows(desk, found)
