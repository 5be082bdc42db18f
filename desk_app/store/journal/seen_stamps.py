"""What an event says it has seen, when what it cites had to move to another log: else every move made a conflict."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import msgspec

from desk_app.domain.dossiers import moved
from desk_app.domain.dossiers.events import Stamp
from desk_app.store.database.database import DeskDatabase
from desk_app.store.journal.displaced_events import Aside

_NEVER = 2**62
_encoder = msgspec.json.Encoder(order="sorted")


@dataclass(frozen=True, slots=True)
class Move:
    """Where an event is now; who cites it by the old stamp, and has no higher number than `until`, means this event."""

    stamp: Stamp
    until: int


Moves = Mapping[Stamp, Move]


def moves(db: DeskDatabase) -> dict[Stamp, Move]:
    """Every event that moved, by its old stamp, however often it had to move."""
    rows = db.all(
        """
        SELECT orphan.lamport, old.name, new.name, orphan.until FROM orphan
        JOIN log old ON old.id = orphan.log JOIN log new ON new.id = orphan.anew ORDER BY orphan.id DESC
        """
    )
    found: dict[Stamp, Move] = {}
    for lamport, old, new, until in rows:  # the latest first, so that it is known where it went on to
        stamp = (lamport, new.hex()[:8])
        last = found[stamp].stamp if stamp in found else stamp
        found[lamport, old.hex()[:8]] = Move(last, until)
    return found


def moving(db: DeskDatabase, asides: Sequence[Aside], to: bytes) -> dict[Stamp, Move]:
    """The same of events of one log that are about to move."""
    if not asides:
        return {}
    ((old,),) = db.all(
        "SELECT log.name FROM orphan JOIN log ON log.id = orphan.log WHERE orphan.id = ?", (asides[0].row,)
    )
    return {(one.lamport, old.hex()[:8]): Move((one.lamport, to.hex()[:8]), _NEVER) for one in asides}


def mended(db: DeskDatabase, aside: Aside, known: Moves) -> str:
    """The line with its citations where the cited events now are; every other byte as it was."""
    parts = moved.cited(aside.body.encode())
    if parts is None:
        return aside.body
    try:
        seen = msgspec.json.decode(parts[0], type=dict[str, tuple[Stamp, ...]])
    except msgspec.DecodeError:
        return aside.body
    now = {path: tuple(_now(db, stamps, aside, known)) for path, stamps in seen.items()}
    return aside.body if now == seen else (b'{"b":' + _encoder.encode(now) + b"," + parts[1]).decode()


def first_to_mend(db: DeskDatabase, log: int, *, after: int, known: Moves) -> int | None:
    """The first event of a log behind `after` that cites one of these by its old stamp alone."""
    rows = db.all(
        "SELECT seq, n, dossier, lamport, body FROM event"
        " WHERE log = ? AND seq > ? AND body LIKE '{\"b\":%' ORDER BY seq",
        (log, after),
    )
    for seq, number, dossier, lamport, body in rows:
        if mended(db, Aside(seq, number, dossier, lamport, body), known) != body:
            return int(seq)
    return None


def _now(db: DeskDatabase, stamps: Sequence[Stamp], aside: Aside, known: Moves) -> Iterable[Stamp]:
    for stamp in stamps:
        move = known.get(stamp)
        if move is None or aside.number > move.until:
            yield stamp
            continue
        if _stood_there(db, stamp, aside):
            yield stamp
        if move.stamp not in stamps:
            yield move.stamp


def _stood_there(db: DeskDatabase, stamp: Stamp, aside: Aside) -> bool:
    """Whether a clone's event of the same stamp was known when this one was written: then it cites that as well."""
    lamport, short = stamp
    sql = (
        "SELECT 1 FROM event JOIN log ON log.id = event.log WHERE event.dossier = ? AND event.lamport = ?"
        " AND event.n < ? AND substr(lower(hex(log.name)), 1, 8) = ?"
    )
    return db.one(sql, (aside.dossier, lamport, aside.number, short)) is not None
