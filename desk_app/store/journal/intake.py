"""Takes in other writers' events, verbatim: the chain decides what belongs, nothing known is taken twice."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from desk_app.domain.dossiers.events import Received, Recorded
from desk_app.domain.history import authority, moved, owned_ids
from desk_app.errors import BadEventError, ForkedLogError, LogGapError, NotTheAuthorError, UnnamedHoleError
from desk_app.lazy import lazy
from desk_app.protocol.event_body import event_of, first_hash, hole, is_hole, next_hash
from desk_app.store.database.database import DeskDatabase
from desk_app.store.journal import daily_numbers, displaced_events, redaction, set_aside
from desk_app.store.journal.rows import OPEN, OTHERS, Log, advance_log, altered, begun, find_log, insert, project
from desk_app.store.projections import duplicate_codes, duplicate_ids, of_no_dossier

if TYPE_CHECKING:
    from desk_app.store.peers import writers
else:
    writers = lazy("desk_app.store.peers.writers")


class Absorbed(Struct, frozen=True, kw_only=True):
    """What came in: how many events were new, which dossiers they touch, the new events in the order of their log."""

    new: int
    dossiers: tuple[str, ...]
    events: list[Recorded]


def absorb(
    db: DeskDatabase, log_name: bytes, bodies: Sequence[tuple[int, str]], *, author: bytes | None = None
) -> Absorbed:
    """Take in another log's events, in order; those known already change nothing. `author` is who signed them.

    What stands aside of the log comes back to its place so. Only inside `unit_of_work`. Raises `LogGapError`,
    `ForkedLogError`, `BadEventError`, `UnnamedHoleError`, `NotTheAuthorError`; then nothing may be kept.
    """
    if not db.conn.in_transaction:
        raise RuntimeError("journal.absorb belongs inside unit_of_work")
    log = find_log(db, log_name) or begun(db, log_name, own=OTHERS)
    _see_author(db, log, author)
    new = _taken(db, log, bodies)
    for event in new:
        of_no_dossier.take(db, event)
    touched = list(dict.fromkeys(event.dossier for event in new if event.dossier))
    known = cache(lambda: writers.writers(db))
    for dossier in touched:
        project(db, dossier, known=known)
    _see_receptions(db, new)
    _see_words_of_others(db, log_name, new)
    if moved.is_log(log_name):
        _see_altered(db, log_name, new)
    return Absorbed(new=len(new), dossiers=tuple(touched), events=new)


def _see_author(db: DeskDatabase, log: Log, author: bytes | None) -> None:
    if author is None or author == log.author:
        return
    if log.author is not None:
        raise NotTheAuthorError(log=log.name.hex()[:8])
    db.execute("UPDATE log SET author = ? WHERE id = ?", (author, log.id))


def _taken(db: DeskDatabase, log: Log, bodies: Sequence[tuple[int, str]]) -> list[Recorded]:
    """The rows of the new events, in their places."""
    short = log.name.hex()[:8]
    head, last_seq, lamport = log.head, log.last_seq, log.lamport
    new: list[Recorded] = []
    has_asides = displaced_events.are_waiting(db, log.id)
    for seq, body in bodies:
        if seq <= last_seq:
            _see_same(db, log, seq, body)
            continue
        if seq != last_seq + 1:
            raise LogGapError(log=short, expected=last_seq + 1, seq=seq)
        if log.own == OPEN:
            raise ForkedLogError(log=short, seq=seq)
        before, head = head, next_hash(head, body.encode())
        if redaction.is_ordered(db, log.name, seq, head, before=before):
            body = hole(head).decode()  # noqa: PLW2901 - what the district had erased is not let in again
        elif is_hole(body):
            raise UnnamedHoleError(log=short, seq=seq)
        event = _event(log.name, seq, body)
        aside = displaced_events.place_of(db, log.id, seq, head) if has_asides else None
        insert(db, log.id, event, body, head, number=aside[1] if aside else None)
        if aside:
            displaced_events.settle(db, aside[0], displaced_events.BACK)
        last_seq, lamport = seq, max(lamport, event.lamport)
        new.append(event)
    if new:
        receptions = sum(event.kind == "received" for event in new)
        advance_log(db, log.id, head=head, seq=last_seq, lamport=lamport, receptions=receptions)
    return new


def _see_same(db: DeskDatabase, log: Log, seq: int, body: str) -> None:
    """An event known already must be the same one; one of the two may have been erased meanwhile."""
    found = db.one("SELECT body, hash FROM event WHERE log = ? AND seq = ?", (log.id, seq))
    if found is None or found[0] == body:
        return
    kept, digest = found
    if is_hole(body) and body == hole(digest).decode():
        return
    if is_hole(kept) and next_hash(_hash_before(db, log, seq), body.encode()) == digest:
        return
    raise ForkedLogError(log=log.name.hex()[:8], seq=seq)


def _hash_before(db: DeskDatabase, log: Log, seq: int) -> bytes:
    found = db.one("SELECT hash FROM event WHERE log = ? AND seq = ?", (log.id, seq - 1))
    return found[0] if found else first_hash(log.name)


def _see_receptions(db: DeskDatabase, events: Iterable[Recorded]) -> None:
    """A number of ours that comes back is given to nobody else; a code that two dossiers have is flagged."""
    received = [(event, event.payload) for event in events if isinstance(event.payload, Received)]
    if not received:
        return
    daily_numbers.take_back(db, received)
    for event, payload in received:
        for dossier in duplicate_codes.flag(db, event, payload):
            project(db, dossier)
        duplicate_ids.flag(db, event)


def _see_words_of_others(db: DeskDatabase, log_name: bytes, events: Iterable[Recorded]) -> None:
    """Note what a desk wrote that is not its to say, but the district's or another desk's: it counts nowhere, and
    somebody should ask why.
    """
    for event in events:
        if not authority.counts(event, lambda log: writers.is_district(db, log)):
            code = db.one("SELECT code FROM dossier WHERE dossier = ?", (event.dossier,))
            set_aside.put(db, event.at, log_name, event.seq, authority.NOT_THEIRS, detail=code[0] if code else "")
        elif owned_ids.named_by(event) and not owned_ids.counts(event, writers.writers(db)):
            set_aside.put(db, event.at, log_name, event.seq, owned_ids.NOT_ITS_OWNER)


def _see_altered(db: DeskDatabase, log_name: bytes, events: Iterable[Recorded]) -> None:
    """Note what a desk altered of its own events before it carried them on, with the code of the dossier."""
    for dossier in dict.fromkeys(event.dossier for event in events if event.dossier):
        for event in altered(db, dossier):
            if event.log == log_name.hex():
                code = db.one("SELECT code FROM dossier WHERE dossier = ?", (dossier,))
                set_aside.put(db, event.at, log_name, event.seq, "history-altered", detail=code[0] if code else "")


def _event(log_name: bytes, seq: int, body: str) -> Recorded:
    if "\n" in body:
        raise BadEventError(log=log_name.hex()[:8], seq=seq, why="có dấu xuống dòng")
    try:
        return event_of(log_name.hex(), seq, body)
    except msgspec.DecodeError as error:
        raise BadEventError(log=log_name.hex()[:8], seq=seq, why="không đúng dạng") from error
