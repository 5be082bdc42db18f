"""The worklists as rows: the conditions of `domain.worklists.lists` as SQL, each read from an index of its own.

A test takes both for the same thousand dossiers; another sees that no query reads the table of all dossiers.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct

from desk_app.domain import lateness
from desk_app.domain.dossiers.steps import Status
from desk_app.domain.messages.kinds import About
from desk_app.domain.worklists.lists import DUE_SOON, Worklist, WorkMoments, WorkStanding
from desk_app.store.database.database import DeskDatabase

CHUNK = 500
_AT_WORK = ", ".join(f"'{status}'" for status in lateness.AT_WORK)
TIME_RUNS = f"(status IN ({_AT_WORK}) OR (status = '{Status.SUSPENDED}' AND counts = 1))"
"""`lateness.time_runs` for a row of work_line."""
BY_DUE = "work_line INDEXED BY work_due WHERE due_at > 0"
_SOON = f"{BY_DUE} AND due_at >= :first AND due_at < :last AND due_at >= :now AND {TIME_RUNS}"


# Whoever has the papers is reminded of the dossier; one whose place is not known yet reminds everybody.
_OF_DESK = (
    "(:desk = 0 OR NOT EXISTS (SELECT 1 FROM held WHERE held.dossier = work_line.dossier AND held.desk <> :desk))"
)


class Condition(Struct, frozen=True):
    """From where a list is read, by which moment it is ordered, and the moments that it needs."""

    source: str
    moment: str
    values: Mapping[str, object]


def condition_of(which: Worklist, at: WorkMoments) -> Condition:
    """How this list is read at these moments, for the desk whose moments they are."""
    asked = _condition_of_all(which, at)
    return Condition(f"{asked.source} AND {_OF_DESK}", asked.moment, {**asked.values, "desk": at.desk})


def _condition_of_all(which: Worklist, at: WorkMoments) -> Condition:
    if which in DUE_SOON:
        place = DUE_SOON.index(which)
        first = (at.day_end, *at.due_ends)[place]
        return Condition(_SOON, "due_at", {"first": first, "last": at.due_ends[place], "now": at.now})
    match which:
        case Worklist.LATE:
            return Condition(f"{BY_DUE} AND due_at < :now AND {TIME_RUNS}", "due_at", {"now": at.now})
        case Worklist.HAND_OUT:
            source = (
                f"{BY_DUE} AND due_at >= :first AND due_at < :last"
                f" AND (status = '{Status.RESULT_READY}' OR ({TIME_RUNS} AND due_at >= :now))"
            )
            return Condition(source, "due_at", {"first": at.day_start, "last": at.day_end, "now": at.now})
        case Worklist.READY:
            source = (
                f"work_line INDEXED BY work_since WHERE status = '{Status.RESULT_READY}'"
                " AND since_at < :since AND due_at < :due"
            )
            return Condition(source, "since_at", {"since": at.ready_before, "due": at.day_start})
        case Worklist.SUSPENDED:
            source = f"work_line INDEXED BY work_since WHERE status = '{Status.SUSPENDED}' AND since_at < :since"
            return Condition(source, "since_at", {"since": at.suspended_before})
        case Worklist.UNRECORDED:
            source = "work_line INDEXED BY work_in_hand WHERE in_hand_at > 0 AND in_hand_at < :before"
            return Condition(source, "in_hand_at", {"before": at.unrecorded_before})
        case _:
            source = f"work_line INDEXED BY work_untold WHERE untold <> '' AND untold = '{About.COMPLETION}'"
            return Condition(source, "since_at", {})


def count(db: DeskDatabase, which: Worklist, at: WorkMoments) -> int:
    """How many dossiers stand in the list."""
    asked = condition_of(which, at)
    ((found,),) = db.all(f"SELECT count(*) FROM {asked.source}", asked.values)
    return int(found)


def ids(db: DeskDatabase, which: Worklist, at: WorkMoments) -> Iterator[array[int]]:
    """Row ids of the list in chunks, the one that waits longest first; each chunk is a query of its own."""
    asked = condition_of(which, at)
    select = f"SELECT {asked.moment}, dossier FROM {asked.source}"
    order = f"ORDER BY {asked.moment}, dossier LIMIT {CHUNK}"
    beyond = ""
    values: dict[str, object] = dict(asked.values)
    while found := db.all(f"{select} {beyond} {order}", values):
        yield array("q", [number for _, number in found])
        if len(found) < CHUNK:
            return
        beyond = f"AND ({asked.moment}, dossier) > (:moment, :dossier)"
        values |= {"moment": found[-1][0], "dossier": found[-1][1]}


def standing(db: DeskDatabase, number: int) -> WorkStanding | None:
    """What decides in which lists the dossier of this row stands; None for one that has ended."""
    names = WorkStanding.__struct_fields__
    row = db.one(f"SELECT {', '.join(names)} FROM work_line WHERE dossier = ?", (number,))
    if row is None:
        return None
    told = dict(zip(names, row, strict=True))
    return WorkStanding(**{**told, "counts": bool(told["counts"])})


class ToCall(Struct, frozen=True):
    """A dossier whose citizen must be called: its row id, about what, since when (UTC ms)."""

    id: int
    about: str
    since_at: int


def to_call(db: DeskDatabase, at: WorkMoments, *, most: int) -> list[ToCall]:
    """The dossiers of the telephone list, the one that waits longest first."""
    rows: Sequence[tuple[Any, ...]] = db.all(
        "SELECT dossier, untold, since_at FROM work_line INDEXED BY work_untold"
        f" WHERE untold <> '' AND queued_at < :before AND {_OF_DESK} ORDER BY since_at, dossier LIMIT :most",
        {"before": at.queued_before, "desk": at.desk, "most": most},
    )
    return [ToCall(*row) for row in rows]
