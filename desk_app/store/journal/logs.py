"""How every log stands, and what may be sent of it; what the district has confirmed of our own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from msgspec import Struct

from desk_app.domain.history import moved
from desk_app.protocol.event_body import columns_of, first_hash
from desk_app.store.database.database import DeskDatabase
from desk_app.store.journal.rows import CLOSED, OPEN, OTHERS

__all__ = [
    "CLOSED",
    "OPEN",
    "OTHERS",
    "EventPlace",
    "LogCounts",
    "LogPosition",
    "Waiting",
    "bodies",
    "checkpoints",
    "confirm",
    "count_of",
    "counts",
    "hand_over",
    "hash_at",
    "highest_lamport",
    "place_of",
    "put_checkpoint",
    "set_author",
    "standing",
    "standings",
    "unconfirm",
    "waiting",
]
_STANDING = "SELECT name, author, is_own, last_seq, head, confirmed, safe FROM log"
_ID = "(SELECT id FROM log WHERE name = ?)"


class LogPosition(Struct, frozen=True, kw_only=True):
    """A log: its name (16 B), its writer's key id, whose it is (OTHERS, OPEN, CLOSED), last number, last hash (32 B).

    Up to `confirmed` the district has it, up to `safe` in a verified backup as well.
    """

    log: bytes
    author: bytes | None
    own: int
    seq: int
    head: bytes
    confirmed: int
    safe: int


class EventPlace(Struct, frozen=True):
    """Where an event stands: the log's row, its number there."""

    log: int
    seq: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """Own events and the receptions among them that the district has not confirmed, and all events set aside."""

    events: int
    receptions: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LogCounts:
    """What stands in this desk's own logs, and how much of it is confirmed."""

    events: int
    receptions: int
    confirmed_events: int
    confirmed_receptions: int


def standings(db: DeskDatabase) -> list[LogPosition]:
    """Every log there is, the oldest acquaintance first."""
    return [_standing(row) for row in db.all(f"{_STANDING} ORDER BY id")]


def standing(db: DeskDatabase, log: bytes) -> LogPosition | None:
    found = db.one(f"{_STANDING} WHERE name = ?", (log,))
    return _standing(found) if found else None


def hash_at(db: DeskDatabase, log: bytes, seq: int) -> bytes | None:
    """The chain's hash after event `seq`; None where that event is not here."""
    if seq == 0:
        return first_hash(log)
    found = db.one(f"SELECT hash FROM event WHERE log = {_ID} AND seq = ?", (log, seq))
    return found[0] if found else None


def place_of(db: DeskDatabase, body: bytes) -> EventPlace | None:
    """Where the event of this line stands, whatever it cites there; None where it is in no log."""
    dossier, kind, lamport, *_ = columns_of(body)
    rows = db.all(
        "SELECT log, seq, body FROM event WHERE dossier = ? AND kind = ? AND lamport = ? ORDER BY log, seq",
        (dossier, kind, lamport),
    )
    told = moved.told(body)
    return next((EventPlace(log, seq) for log, seq, line in rows if moved.told(line.encode()) == told), None)


def bodies(db: DeskDatabase, log: bytes, *, after: int, limit_bytes: int) -> list[tuple[int, str, bytes]]:
    """Number, body and hash of the events after one, until their bodies weigh `limit_bytes`; one at least."""
    found: list[tuple[int, str, bytes]] = []
    weight = 0
    while weight < limit_bytes:
        rows = db.all(
            f"SELECT seq, body, hash FROM event WHERE log = {_ID} AND seq > ? ORDER BY seq LIMIT 100", (log, after)
        )
        for row in rows:
            weight += len(row[1].encode())
            if found and weight > limit_bytes:
                return found
            found.append(row)
        if len(rows) < 100:
            return found
        after = rows[-1][0]
    return found


def confirm(db: DeskDatabase, log: bytes, seq: int, safe: int = 0) -> None:
    """The district has the log up to `seq`; a lower number than is known already changes nothing."""
    found = db.one("SELECT id, confirmed, last_seq FROM log WHERE name = ?", (log,))
    if found is None:
        return
    number, confirmed, last = found
    seq = min(seq, last)
    if seq > confirmed:
        ((more,),) = db.all(
            "SELECT count(*) FROM event WHERE log = ? AND seq > ? AND seq <= ? AND kind = 'received'",
            (number, confirmed, seq),
        )
        db.execute(
            "UPDATE log SET confirmed = ?, confirmed_receptions = confirmed_receptions + ? WHERE id = ?",
            (seq, more, number),
        )
    db.execute("UPDATE log SET safe = max(safe, min(?, last_seq)) WHERE id = ?", (safe, number))


def unconfirm(db: DeskDatabase, log: bytes, seq: int) -> None:
    """The district has the log only up to `seq` any more: it was restored from a backup."""
    found = db.one("SELECT id, confirmed FROM log WHERE name = ?", (log,))
    if found is None or found[1] <= seq:
        return
    number, confirmed = found
    ((fewer,),) = db.all(
        "SELECT count(*) FROM event WHERE log = ? AND seq > ? AND seq <= ? AND kind = 'received'",
        (number, seq, confirmed),
    )
    db.execute(
        "UPDATE log SET confirmed = ?, safe = min(safe, ?), confirmed_receptions = confirmed_receptions - ?"
        " WHERE id = ?",
        (seq, seq, fewer, number),
    )


def waiting(db: DeskDatabase) -> Waiting:
    """What the district has not confirmed of the own logs."""
    ((events, receptions),) = db.all(
        f"""
        SELECT coalesce(sum(last_seq - confirmed), 0) + (SELECT count(*) FROM orphan WHERE settled = 0),
               coalesce(sum(receptions - confirmed_receptions), 0)
               + (SELECT count(*) FROM orphan WHERE settled = 0 AND kind = 'received')
        FROM log WHERE is_own <> {OTHERS}
        """
    )
    return Waiting(events, receptions)


def highest_lamport(db: DeskDatabase) -> int:
    ((highest,),) = db.all("SELECT coalesce(max(lamport), 0) FROM log")
    return int(highest)


def count_of(db: DeskDatabase, author: bytes) -> int:
    """How many logs this key has begun."""
    ((count,),) = db.all("SELECT count(*) FROM log WHERE author = ?", (author,))
    return int(count)


def counts(db: DeskDatabase) -> LogCounts:
    """What stands in the own logs; both sides must say the same of what is confirmed."""
    ((events, receptions, confirmed, confirmed_receptions),) = db.all(
        f"""
        SELECT coalesce(sum(last_seq), 0), coalesce(sum(receptions), 0), coalesce(sum(confirmed), 0),
               coalesce(sum(confirmed_receptions), 0)
        FROM log WHERE is_own <> {OTHERS}
        """
    )
    return LogCounts(
        events=events, receptions=receptions, confirmed_events=confirmed, confirmed_receptions=confirmed_receptions
    )


def set_author(db: DeskDatabase, log: bytes, kid: bytes) -> None:
    """Say whose key signs this log."""
    db.execute("UPDATE log SET author = ? WHERE name = ?", (kid, log))


def hand_over(db: DeskDatabase, log: bytes, kid: bytes) -> None:
    """The log counts as written by this key: the district took it from there first."""
    db.execute(f"DELETE FROM checkpoint WHERE log = {_ID}", (log,))
    db.execute(f"UPDATE log SET author = ?, is_own = {OTHERS} WHERE name = ?", (kid, log))


def put_checkpoint(db: DeskDatabase, log: bytes, seq: int, signature: bytes) -> None:
    """Keep an author's signature over the log up to `seq`, so that the log can be handed on."""
    db.execute(f"INSERT OR REPLACE INTO checkpoint(log, seq, signature) VALUES({_ID},?,?)", (log, seq, signature))


def checkpoints(db: DeskDatabase, log: bytes, *, after: int) -> list[tuple[int, bytes]]:
    """Number and signature of every checkpoint behind `after`."""
    return db.all(f"SELECT seq, signature FROM checkpoint WHERE log = {_ID} AND seq > ? ORDER BY seq", (log, after))


def _standing(row: tuple[Any, ...]) -> LogPosition:
    log, author, own, seq, head, confirmed, safe = row
    return LogPosition(log=log, author=author, own=own, seq=seq, head=head, confirmed=confirmed, safe=safe)
