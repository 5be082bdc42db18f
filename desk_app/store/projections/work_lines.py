"""What the worklists read of each open dossier: a row of its own, since of a million dossiers few are open."""

from __future__ import annotations

from typing import Any

from desk_app.domain.dossiers.dossier import Dossier
from desk_app.domain.worklists.lists import standing_of
from desk_app.store.database.database import DeskDatabase

COLUMNS = "dossier, status, due_at, since_at, untold, queued_at, in_hand_at, counts"
_REPLACE = f"INSERT OR REPLACE INTO work_line({COLUMNS}) VALUES(?,?,?,?,?,?,?,?)"
Row = tuple[Any, ...]


def line_of(number: int, dossier: Dossier) -> Row | None:
    """The dossier's line; `number` is the event that received it. None for one that has ended."""
    standing = standing_of(dossier)
    if standing is None:
        return None
    return (
        number,
        standing.status,
        standing.due_at,
        standing.since_at,
        standing.untold,
        standing.queued_at,
        standing.in_hand_at,
        int(standing.counts),
    )


def put(db: DeskDatabase, number: int, dossier: Dossier) -> None:
    """Bring the line up to date; inside `unit_of_work`."""
    line = line_of(number, dossier)
    if line is None:
        remove(db, number)
    else:
        db.execute(_REPLACE, line)


def put_many(db: DeskDatabase, lines: list[Row]) -> None:
    db.many(_REPLACE, lines)


def remove(db: DeskDatabase, number: int) -> None:
    db.execute("DELETE FROM work_line WHERE dossier = ?", (number,))


def lines(db: DeskDatabase, first: int, last: int) -> list[Row]:
    """The lines of dossiers numbered `first` to `last`, in that order."""
    return db.all(f"SELECT {COLUMNS} FROM work_line WHERE dossier BETWEEN ? AND ? ORDER BY dossier", (first, last))
