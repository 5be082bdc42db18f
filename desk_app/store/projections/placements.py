"""At which desk each open dossier is, and which dossiers belong together; rows beside the list, which stays narrow."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from desk_app.domain.dossiers.dossier import Dossier
from desk_app.store.database.database import DeskDatabase

HELD, LINKED = "dossier, desk, way_to", "dossier, group_id, place, members, title"
_PUT_HELD = f"INSERT OR REPLACE INTO held({HELD}) VALUES(?,?,?)"
_PUT_LINKED = f"INSERT OR REPLACE INTO linked({LINKED}) VALUES(?,?,?,?,?)"
Row = tuple[Any, ...]


def held_of(number: int, dossier: Dossier) -> Row | None:
    """The row of a dossier that is open; one that is closed nobody has to be reminded of."""
    if not dossier.status.is_open:
        return None
    return (number, dossier.holding.desk, dossier.holding.way_to)


def linked_of(number: int, dossier: Dossier) -> Row | None:
    """The row of a dossier that was received with others as one."""
    linked = dossier.linked
    return None if linked is None else (number, linked.key, linked.place, len(linked.parts), linked.own.title)


def put(db: DeskDatabase, number: int, dossier: Dossier) -> None:
    """Bring both rows up to date; inside `unit_of_work`."""
    if held := held_of(number, dossier):
        db.execute(_PUT_HELD, held)
    else:
        db.execute("DELETE FROM held WHERE dossier = ?", (number,))
    if linked := linked_of(number, dossier):
        db.execute(_PUT_LINKED, linked)
    else:
        db.execute("DELETE FROM linked WHERE dossier = ?", (number,))


def put_many(db: DeskDatabase, held: Iterable[Row | None], linked: Iterable[Row | None]) -> None:
    db.many(_PUT_HELD, [row for row in held if row])
    db.many(_PUT_LINKED, [row for row in linked if row])


def remove(db: DeskDatabase, number: int) -> None:
    db.execute("DELETE FROM held WHERE dossier = ?", (number,))
    db.execute("DELETE FROM linked WHERE dossier = ?", (number,))


def clear(db: DeskDatabase) -> None:
    """Before all are made anew."""
    db.execute("DELETE FROM held")
    db.execute("DELETE FROM linked")


def standing(db: DeskDatabase, first: int, last: int) -> list[Row]:
    """The rows of dossiers numbered `first` to `last`, each with the name of its table."""
    found = db.all(f"SELECT 'held', {HELD} FROM held WHERE dossier BETWEEN ? AND ?", (first, last))
    return found + db.all(f"SELECT 'linked', {LINKED} FROM linked WHERE dossier BETWEEN ? AND ?", (first, last))


def expected(folded: Iterable[tuple[int, Dossier]]) -> list[Row]:
    """What `standing` says where every row is as the events make it."""
    rows: list[Row] = []
    for number, dossier in folded:
        rows += [("held", *row) for row in (held_of(number, dossier),) if row]
        rows += [("linked", *row) for row in (linked_of(number, dossier),) if row]
    return rows
