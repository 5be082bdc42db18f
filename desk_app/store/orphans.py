"""Events set aside because the district's copy of an own log does not have them there; waiting, not lost."""

from __future__ import annotations

from collections.abc import Mapping

from desk_app.domain.events import Stamp
from desk_app.store.database import DeskDatabase

WAITING, BACK, ANEW, GIVEN_UP = 0, 1, 2, 3
"""Where an event set aside is by now: still aside, back in its place, appended to another log, dropped."""

Seen = dict[str, tuple[Stamp, ...]]


def orphans_waiting(db: DeskDatabase) -> int:
    """How many events stand aside until the district's copy of their log is here."""
    ((waiting,),) = db.all("SELECT count(*) FROM orphan WHERE settled = 0")
    return int(waiting)


def place_of(db: DeskDatabase, log: int, seq: int, digest: bytes) -> tuple[int, int] | None:
    """Row and old number of the event set aside that is this very one."""
    return db.one("SELECT id, n FROM orphan WHERE log = ? AND seq = ? AND hash = ? AND settled = 0", (log, seq, digest))


def settle(db: DeskDatabase, row: int, outcome: int) -> None:
    db.execute("UPDATE orphan SET settled = ? WHERE id = ?", (outcome, row))


def moved_stamps(db: DeskDatabase, own: bytes) -> dict[Stamp, Stamp]:
    """The stamp that each event still aside has, and the one it gets if it is appended to `own`."""
    rows = db.all("SELECT orphan.lamport, log.name FROM orphan JOIN log ON log.id = orphan.log WHERE settled = 0")
    return {(lamport, name.hex()[:8]): (lamport, own.hex()[:8]) for lamport, name in rows}


def seen_in_both_places(db: DeskDatabase, seen: Seen, own: bytes) -> Seen:
    """What a new event has seen, an event aside also under the stamp it may yet get: a citation cannot be mended."""
    moved = moved_stamps(db, own)
    if not moved:
        return seen
    return {path: (*stamps, *(moved[stamp] for stamp in stamps if stamp in moved)) for path, stamps in seen.items()}


def with_moved(seen: Mapping[str, tuple[Stamp, ...]], moved: Mapping[Stamp, Stamp]) -> Seen:
    """The same citations where the events cited have moved."""
    return {path: tuple(moved.get(stamp, stamp) for stamp in stamps) for path, stamps in seen.items()}
