"""Events set aside because the district's copy of an own log does not have them there; waiting, not lost."""

from __future__ import annotations

import hashlib

from msgspec import Struct

from desk_app.store.database import DeskDatabase

WAITING, BACK, ANEW, GIVEN_UP = 0, 1, 2, 3
"""Where an event set aside is by now: still aside, back in its place, appended to another log, dropped."""


class Aside(Struct, frozen=True):
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


def settle(db: DeskDatabase, row: int, outcome: int) -> None:
    """Say where an event set aside is now."""
    db.execute("UPDATE orphan SET settled = ? WHERE id = ?", (outcome, row))


def settle_anew(db: DeskDatabase, row: int, log: int) -> None:
    """The event stands in this log now; what cites it and is older cites it by its old stamp."""
    db.execute(
        f"UPDATE orphan SET settled = {ANEW}, anew = ?, until = (SELECT max(n) FROM event) WHERE id = ?", (log, row)
    )
