"""At which desk open dossiers are: the ids for lists, and how many each desk has."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from desk_app.store.database.database import DeskDatabase

_AT_ONCE = 500
OF_DESK = "id IN (SELECT dossier FROM held WHERE desk = {desk})"
"""Adds to a query of dossiers that only those of one desk are asked for: whom a desk reminds of what."""


class HeldAt(Struct, frozen=True):
    """The desk that has the papers, and the desk they are on the way to (0 for none)."""

    desk: int
    way_to: int


class DeskCount(Struct, frozen=True):
    """How many open dossiers a desk has, and how many are on the way to it."""

    desk: int
    held: int
    arriving: int


def of_desk(db: DeskDatabase, desk: int) -> list[int]:
    """Ids of the open dossiers that a desk has, the newest first."""
    return [number for (number,) in db.all("SELECT dossier FROM held WHERE desk = ? ORDER BY dossier DESC", (desk,))]


def of_others(db: DeskDatabase, desk: int) -> list[int]:
    """Ids of the open dossiers that any other desk has, the newest first."""
    rows = db.all("SELECT dossier FROM held WHERE desk < ? OR desk > ? ORDER BY dossier DESC", (desk, desk))
    return [number for (number,) in rows]


def on_the_way(db: DeskDatabase, desk: int) -> list[int]:
    """Ids of what was handed to a desk and not taken yet, the newest first."""
    rows = db.all("SELECT dossier FROM held WHERE way_to = ? AND way_to <> 0 ORDER BY dossier DESC", (desk,))
    return [number for (number,) in rows]


def is_anywhere_else(db: DeskDatabase, desk: int) -> bool:
    """Whether another desk has an open dossier, or one is on the way from desk to desk."""
    others = "SELECT 1 FROM held WHERE desk <> ? OR way_to <> 0"
    ((found,),) = db.all(f"SELECT EXISTS({others})", (desk,))
    return bool(found)


def counts(db: DeskDatabase) -> list[DeskCount]:
    """By desk number; a desk that has nothing and waits for nothing is left out."""
    held = dict(db.all("SELECT desk, count(*) FROM held GROUP BY desk"))
    coming = dict(db.all("SELECT way_to, count(*) FROM held WHERE way_to <> 0 GROUP BY way_to"))
    return [DeskCount(desk, held.get(desk, 0), coming.get(desk, 0)) for desk in sorted(held.keys() | coming.keys())]


def at(db: DeskDatabase, ids: Sequence[int]) -> dict[int, HeldAt]:
    """Where the dossiers of these ids are; closed ones have no place."""
    found: dict[int, HeldAt] = {}
    for start in range(0, len(ids), _AT_ONCE):
        some = list(ids[start : start + _AT_ONCE])
        marks = ",".join("?" * len(some))
        for number, desk, way_to in db.all(f"SELECT * FROM held WHERE dossier IN ({marks})", some):
            found[number] = HeldAt(desk, way_to)
    return found
