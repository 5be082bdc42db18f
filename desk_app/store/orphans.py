"""Events set aside because the district's copy of an own log does not have them there; waiting, not lost."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from desk_app.domain.events import Stamp
from desk_app.store.database import DeskDatabase

WAITING, BACK, ANEW, GIVEN_UP = 0, 1, 2, 3
"""Where an event set aside is by now: still aside, back in its place, appended to another log, dropped."""

_encoder = msgspec.json.Encoder(order="sorted")
Seen = dict[str, tuple[Stamp, ...]]


@dataclass(frozen=True, slots=True)
class Aside:
    """An event set aside: its row, the number it had in the journal, its dossier, lamport and line."""

    row: int
    number: int
    dossier: str
    lamport: int
    body: str


def orphans_waiting(db: DeskDatabase) -> int:
    """How many events stand aside until the district's copy of their log is here."""
    ((waiting,),) = db.all("SELECT count(*) FROM orphan WHERE settled = 0")
    return int(waiting)


def set_aside(db: DeskDatabase, log: int, base: int) -> list[tuple[int, str, str]]:
    """Move the events of a log after `base` aside; number, dossier and kind of each."""
    columns = "n, log, seq, dossier, kind, lamport, at, clock_offset, author, body, hash"
    where = "WHERE log = ? AND seq > ?"
    moved = db.all(f"SELECT n, dossier, kind FROM event {where} ORDER BY seq", (log, base))
    db.execute(f"INSERT INTO orphan({columns}) SELECT {columns} FROM event {where} ORDER BY seq", (log, base))
    db.execute(f"DELETE FROM event {where}", (log, base))
    return moved


def place_of(db: DeskDatabase, log: int, seq: int, digest: bytes) -> tuple[int, int] | None:
    """Row and old number of the event set aside that is this very one."""
    return db.one("SELECT id, n FROM orphan WHERE log = ? AND seq = ? AND hash = ? AND settled = 0", (log, seq, digest))


def waiting_in(db: DeskDatabase, log: int) -> list[Aside]:
    """The events of a log still aside, in their order."""
    rows = db.all("SELECT id, n, dossier, lamport, body FROM orphan WHERE log = ? AND settled = 0 ORDER BY seq", (log,))
    return [Aside(*row) for row in rows]


def next_name(log: bytes) -> bytes:
    """The log that carries on what a log could not keep; every clone of the desk finds the same."""
    return hashlib.sha256(b"cx1 anew" + log).digest()[:16]


def settle(db: DeskDatabase, row: int, outcome: int, *, anew: int | None = None) -> None:
    """Say where an event set aside is now; `anew` is the log it was appended to."""
    db.execute("UPDATE orphan SET settled = ?, anew = ? WHERE id = ?", (outcome, anew, row))


def seen_in_both_places(db: DeskDatabase, seen: Seen) -> Seen:
    """What a new event has seen, an event aside also under the stamp it may yet get: a citation cannot be mended."""
    rows = db.all(
        "SELECT orphan.lamport, log.name FROM orphan JOIN log ON log.id = orphan.log WHERE orphan.settled = 0"
    )
    if not rows:
        return seen
    moved = {(lamport, name.hex()[:8]): (lamport, next_name(name).hex()[:8]) for lamport, name in rows}
    return {path: (*stamps, *(moved[stamp] for stamp in stamps if stamp in moved)) for path, stamps in seen.items()}


def moving_stamps(db: DeskDatabase, asides: Sequence[Aside], to: bytes) -> dict[Stamp, Stamp]:
    """The old stamp and the one in the log `to` of events of one log."""
    if not asides:
        return {}
    ((old,),) = db.all(
        "SELECT log.name FROM orphan JOIN log ON log.id = orphan.log WHERE orphan.id = ?", (asides[0].row,)
    )
    return {(one.lamport, old.hex()[:8]): (one.lamport, to.hex()[:8]) for one in asides}


def moved_stamps(db: DeskDatabase) -> dict[Stamp, Stamp]:
    """The old and the new stamp of every event appended anew, however often it had to move."""
    rows = db.all(
        """
        SELECT orphan.lamport, old.name, new.name FROM orphan
        JOIN log old ON old.id = orphan.log JOIN log new ON new.id = orphan.anew ORDER BY orphan.id DESC
        """
    )
    moved: dict[Stamp, Stamp] = {}
    for lamport, old, new in rows:  # the latest first, so that what it became is known
        stamp = (lamport, new.hex()[:8])
        moved[lamport, old.hex()[:8]] = moved.get(stamp, stamp)
    return moved


def with_moved(body: str, moved: Mapping[Stamp, Stamp]) -> str:
    """The line with its citations where the cited events now are; every other byte as it was."""
    line: dict[str, Any] = msgspec.json.decode(body)
    seen = msgspec.convert(line.get("b", {}), dict[str, tuple[Stamp, ...]])
    now = {path: tuple(moved.get(stamp, stamp) for stamp in stamps) for path, stamps in seen.items()}
    return body if now == seen else _encoder.encode({**line, "b": now}).decode()
