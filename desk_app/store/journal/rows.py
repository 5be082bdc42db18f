"""The rows beneath the journal: logs, events and the dossiers they make. Whoever writes here keeps the chain."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from desk_app.domain.dossiers.dossier import fold
from desk_app.domain.dossiers.events import Received, Recorded
from desk_app.domain.history import authority, event_bound, founding, signed_desks, sound_numbers
from desk_app.domain.history.founding import Writers
from desk_app.lazy import lazy
from desk_app.protocol.event_body import event_of, first_hash
from desk_app.store.database.database import DeskDatabase
from desk_app.store.projections import office_facts, projections

if TYPE_CHECKING:
    from desk_app.domain.history import rewriting
    from desk_app.store.peers import writers
else:
    rewriting = lazy("desk_app.domain.history.rewriting")
    writers = lazy("desk_app.store.peers.writers")

OTHERS, OPEN, CLOSED = 0, 1, 2
"""Whose a log is: another writer's, the one this desk writes, one it wrote before."""

# A number that an event set aside will have again is given to no other, so that rows keep their place in lists.
NEXT_NUMBER = (
    "(SELECT 1 + max(coalesce((SELECT max(n) FROM event), 0),"
    " coalesce((SELECT max(n) FROM orphan WHERE settled = 0), 0)))"
)
EventRow = tuple[int, Recorded, str]
"""The number of an event in this journal, the event, its line."""
INSERT_EVENT = (
    "INSERT INTO event(n, log, seq, dossier, kind, lamport, at, clock_offset, author, body, hash)"
    f" VALUES(coalesce(?, {NEXT_NUMBER}),?,?,?,?,?,?,?,?,?,?)"
)
_LOG = "SELECT id, name, is_own, head, last_seq, lamport, author FROM log"
_ADVANCE_LOG = "UPDATE log SET head = ?, last_seq = ?, lamport = ?, receptions = receptions + ? WHERE id = ?"
# What was set aside still counts until it is known where it belongs: a citizen may stand at the counter.
_HISTORY = """
    SELECT one.n, log.name, one.seq, one.body FROM (
        SELECT n, log, seq, body FROM event WHERE dossier = :dossier
        UNION ALL SELECT n, log, seq, body FROM orphan WHERE dossier = :dossier AND settled = 0
    ) one JOIN log ON log.id = one.log
"""


class Log(Struct, frozen=True, kw_only=True):
    """A log as it stands: whose, where its chain ends, its last number, the highest lamport ever in it."""

    id: int
    name: bytes
    own: int
    head: bytes
    last_seq: int
    lamport: int
    author: bytes | None


def own_log(db: DeskDatabase) -> Log:
    """The log this desk writes, begun when there is none; inside `unit_of_work`."""
    found = db.one(f"{_LOG} WHERE is_own = {OPEN}")
    return _log(found) if found else begun(db, secrets.token_bytes(16), own=OPEN)


def find_log(db: DeskDatabase, name: bytes) -> Log | None:
    if len(name) != 16:
        raise ValueError("a log's name has 16 bytes")
    found = db.one(f"{_LOG} WHERE name = ?", (name,))
    return _log(found) if found else None


def begun(db: DeskDatabase, name: bytes, *, own: int) -> Log:
    """A new log without events."""
    head = first_hash(name)
    cursor = db.execute("INSERT INTO log(name, is_own, head, last_seq, lamport) VALUES(?,?,?,0,0)", (name, own, head))
    return Log(id=cursor.lastrowid, name=name, own=own, head=head, last_seq=0, lamport=0, author=None)


def advance_log(db: DeskDatabase, log: int, *, head: bytes, seq: int, lamport: int, receptions: int) -> None:
    """Note where a log now ends, and how many receptions came with it."""
    db.execute(_ADVANCE_LOG, (head, seq, lamport, receptions, log))


def insert(db: DeskDatabase, log: int, event: Recorded, body: str, digest: bytes, *, number: int | None = None) -> int:
    """One row; its number, which an event that comes back from aside brings along."""
    cursor = db.execute(
        INSERT_EVENT,
        (
            number,
            log,
            event.seq,
            event.dossier,
            event.kind,
            event.lamport,
            event.at,
            event.clock_offset,
            event.author,
            body,
            digest,
        ),
    )
    return int(cursor.lastrowid)


def numbered(db: DeskDatabase, dossier: str, known: Callable[[], Writers] | None = None) -> list[tuple[int, Recorded]]:
    """A dossier's events with their numbers, in the order in which they count; `known` as for `in_order`."""
    rows = db.all(_HISTORY, {"dossier": dossier})
    return in_order(db, [(number, event_of(name.hex(), seq, body), body) for number, name, seq, body in rows], known)


def in_order(
    db: DeskDatabase, rows: Sequence[EventRow], known: Callable[[], Writers] | None = None
) -> list[tuple[int, Recorded]]:
    """Numbers and events of one dossier, each with its line: the reception that made it first, then by their order.

    What only the district may say counts from its own logs alone, each event names the desk that signed it. `known`
    looks up the writers, for whoever reads many dossiers.
    """
    known = known or cache(lambda: writers.writers(db))
    rows, _ = parted(db, rows)
    rows = [row for row in rows if authority.counts(row[1], lambda log: writers.is_district(db, log))]
    events = sound_numbers.sound(event_bound.bounded([event for _, event, _ in rows], known))
    if founding.are_disputed(events):
        lines = [(event, body.encode()) for event, (_, _, body) in zip(events, rows, strict=True)]
        events = founding.claimed(lines, known())
    events = signed_desks.signed(events, known)
    first = founding.founder(events)
    found = zip((number for number, _, _ in rows), events, strict=True)
    return sorted(found, key=lambda one: (one[1] is not first, founding.order(one[1])))


def altered(db: DeskDatabase, dossier: str) -> list[Recorded]:
    """The events of a dossier that count nowhere, because the desk that carried them on had altered them."""
    rows = db.all(_HISTORY, {"dossier": dossier})
    read = [(number, event_of(name.hex(), seq, body), body) for number, name, seq, body in rows]
    return [event for _, event, _ in parted(db, read)[1]]


def parted(db: DeskDatabase, rows: Sequence[EventRow]) -> tuple[Sequence[EventRow], Sequence[EventRow]]:
    """The rows of one dossier that count, and what a desk altered of its own events and carried on."""
    if len({event.log for _, event, _ in rows}) < 2:
        return rows, ()
    lines = [(event, body.encode()) for _, event, body in rows]
    out = rewriting.carried_altered(lines, cache(lambda: writers.writers(db)))
    return [row for n, row in enumerate(rows) if n not in out], [rows[n] for n in sorted(out)]


def project(
    db: DeskDatabase, dossier: str, *, gone: Iterable[int] = (), known: Callable[[], Writers] | None = None
) -> bool:
    """Bring a dossier's rows up to date; False while its reception has not come. `gone` are events no longer there,
    `known` looks up the writers, for whoever brings many dossiers up to date.
    """
    events = numbered(db, dossier, known)
    receptions = [number for number, event in events if isinstance(event.payload, Received)]
    for number in {*receptions[1:], *gone} - {*receptions[:1]}:
        projections.remove(db, number)
    if not receptions:
        return False
    projections.put(db, receptions[0], fold(event for _, event in events))
    return True


def project_signed(db: DeskDatabase) -> None:
    """Bring up to date what depends on which desk signed: for when a desk gets another number. In `unit_of_work`."""
    marks = ", ".join("?" for _ in signed_desks.KINDS)
    named = f"SELECT dossier FROM event WHERE kind IN ({marks})"
    here = "SELECT dossier.dossier FROM held JOIN dossier ON dossier.id = held.dossier"
    for (dossier,) in db.all(f"{named} UNION {here}", signed_desks.KINDS):
        project(db, dossier)
    office_facts.rebuild(db)


def _log(row: tuple[Any, ...]) -> Log:
    number, name, own, head, last_seq, lamport, author = row
    return Log(id=number, name=name, own=own, head=head, last_seq=last_seq, lamport=lamport, author=author)
