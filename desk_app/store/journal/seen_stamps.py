"""Citations of events that had to move to another log.

An event cites the events that its writer had seen, by their stamps. A move gives the cited event another stamp. The
desk writes the new stamp into the citing event; otherwise the citing event would seem not to know the cited one, and
the clerk would be asked about a conflict that nobody made.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import msgspec

from desk_app import typed_values
from desk_app.domain.dossiers.events import Stamp
from desk_app.domain.history import moved
from desk_app.store.database.database import DeskDatabase
from desk_app.store.journal.displaced_events import Aside

_NEVER = 2**62
_encoder = msgspec.json.Encoder(order="sorted")


@dataclass(frozen=True, slots=True)
class Move:
    """The stamp that a moved event has now.

    An event whose number is not above `until`, and that cites the old stamp, means the moved event. A later event may
    mean another one: a clone of this desk can write an event with the same old stamp.
    """

    stamp: Stamp
    until: int


Moves = Mapping[Stamp, Move]


def moves(db: DeskDatabase) -> dict[Stamp, Move]:
    """Every moved event by each of its old stamps; an event may have moved several times."""
    rows = db.all(
        """
        SELECT orphan.lamport, old.name, new.name, orphan.until FROM orphan
        JOIN log old ON old.id = orphan.log JOIN log new ON new.id = orphan.anew ORDER BY orphan.id DESC
        """
    )
    found: dict[Stamp, Move] = {}
    for lamport, old, new, until in rows:  # the latest move first: the loop then knows where an earlier move leads on
        stamp = (lamport, new.hex()[:8])
        last = found[stamp].stamp if stamp in found else stamp
        found[lamport, old.hex()[:8]] = Move(last, until)
    return found


def moving(db: DeskDatabase, asides: Sequence[Aside], to: bytes) -> dict[Stamp, Move]:
    """As `moves`, for events of one log that this desk is about to write into the log `to`."""
    if not asides:
        return {}
    ((old,),) = db.all(
        "SELECT log.name FROM orphan JOIN log ON log.id = orphan.log WHERE orphan.id = ?", (asides[0].row,)
    )
    return {(one.lamport, old.hex()[:8]): Move((one.lamport, to.hex()[:8]), _NEVER) for one in asides}


def mended(db: DeskDatabase, aside: Aside, known: Moves) -> str:
    """The event's line with the present stamps of the events it cites; every other byte stays the same."""
    parts = moved.cited(aside.body.encode())
    if parts is None:
        return aside.body
    try:
        seen = typed_values.from_json(parts[0], dict[str, tuple[Stamp, ...]])
    except msgspec.DecodeError:
        return aside.body
    now = {path: tuple(_now(db, stamps, aside, known)) for path, stamps in seen.items()}
    return aside.body if now == seen else (b'{"b":' + _encoder.encode(now) + b"," + parts[1]).decode()


def first_to_mend(db: DeskDatabase, log: int, *, after: int, known: Moves) -> int | None:
    """The number of the first event behind `after` that cites a moved event by the old stamp only; None for none."""
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
    """Whether this journal held another event of the same stamp, a clone's, when the citing event was written.

    The citing event then cites the clone's event as well, and keeps the old stamp beside the new one.
    """
    lamport, short = stamp
    sql = (
        "SELECT 1 FROM event JOIN log ON log.id = event.log WHERE event.dossier = ? AND event.lamport = ?"
        " AND event.n < ? AND substr(lower(hex(log.name)), 1, 8) = ?"
    )
    return db.one(sql, (aside.dossier, lamport, aside.number, short)) is not None
