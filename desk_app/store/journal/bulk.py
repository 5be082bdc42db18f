"""Fills a desk with many events at once: a demonstration desk, a benchmark of a million. Not for the clerk's work."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from desk_app.domain.dossiers.events import KIND_OF, Payload, Received, Recorded
from desk_app.protocol.event_body import body_of, next_hash
from desk_app.store.database.database import DeskDatabase, unit_of_work
from desk_app.store.database.head_file import Head
from desk_app.store.journal.rebuild import rebuild
from desk_app.store.journal.rows import INSERT_EVENT, advance_log, own_log

_CHUNK = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEvent:
    """An event to write. `at` UTC ms; `numbered` the ISO day and the number that the code takes, for a reception."""

    dossier: str
    payload: Payload
    at: int
    author: str
    numbered: tuple[str, int] | None = None


def load(db: DeskDatabase, events: Iterable[NewEvent]) -> int:
    """Append these events to the own log, then make the rows anew, as `rebuild` does; how many events were written.

    The same lines and the same chain as `journal.append`; the codes are not asked whether they are taken.
    """
    stream = iter(events)
    written = 0
    indexes = db.all(
        "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = 'event' AND sql LIKE 'CREATE INDEX %'"
        " ORDER BY rowid"
    )
    for name, _ in indexes:
        db.execute(f"DROP INDEX {name}")
    while chunk := list(islice(stream, _CHUNK)):
        with unit_of_work(db):
            _append(db, chunk)
        written += len(chunk)
    with unit_of_work(db):
        for _, made_by in indexes:
            db.execute(made_by)
        rebuild(db)
    return written


def recorded(new: NewEvent, *, log: bytes, seq: int, lamport: int) -> Recorded:
    """The event as it stands in the log of this name."""
    return Recorded(
        log=log.hex(),
        seq=seq,
        dossier=new.dossier,
        kind=KIND_OF[type(new.payload)],
        lamport=lamport,
        at=new.at,
        clock_offset=0,
        author=new.author,
        seen={},
        payload=new.payload,
    )


def _append(db: DeskDatabase, chunk: list[NewEvent]) -> None:
    log = own_log(db)
    head, seq, lamport = log.head, log.last_seq, log.lamport

    def rows() -> Iterator[tuple[object, ...]]:
        nonlocal head, seq, lamport
        for new in chunk:
            seq, lamport = seq + 1, lamport + 1
            event = recorded(new, log=log.name, seq=seq, lamport=lamport)
            body = body_of(event, new.payload)
            head = next_hash(head, body)
            yield (None, log.id, seq, new.dossier, event.kind, lamport, new.at, 0, new.author, body.decode(), head)

    db.many(INSERT_EVENT, rows())
    receptions = sum(isinstance(new.payload, Received) for new in chunk)
    advance_log(db, log.id, head=head, seq=seq, lamport=lamport, receptions=receptions)
    numbered = [new.numbered for new in chunk if new.numbered is not None]
    db.many("INSERT INTO number_used(day, number) VALUES(?,?)", numbered)
    db.new_head = Head(log=log.name.hex(), seq=seq, head=head.hex())
