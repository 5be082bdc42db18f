"""The journal of events, the only truth: append, take in other desks' events, read a dossier's history."""

from __future__ import annotations

import base64
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from desk_app.domain.bodies import body_of, event_of, first_hash, next_hash, told_offset
from desk_app.domain.dossier import Dossier, fold
from desk_app.domain.events import KIND_OF, Payload, Received, Recorded, Stamp
from desk_app.domain.numbering import payload as code_key
from desk_app.errors import (
    BadEventError,
    CodeTakenError,
    ForkedLogError,
    LogGapError,
    UnknownDossierError,
)
from desk_app.store import projections
from desk_app.store.database import DeskDatabase
from desk_app.store.head import Head

INSERT_EVENT = (
    "INSERT INTO event(log, seq, dossier, kind, lamport, at, clock_offset, author, body, hash)"
    " VALUES(?,?,?,?,?,?,?,?,?,?)"
)
_LOG = "SELECT id, name, is_own, head, last_seq, lamport FROM log"
_ADVANCE_LOG = "UPDATE log SET head = ?, last_seq = ?, lamport = ? WHERE id = ?"
_HISTORY = (
    "SELECT event.n, log.name, event.seq, event.body FROM event JOIN log ON log.id = event.log WHERE event.dossier = ?"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Log:
    """A log as it stands: where its chain ends, its last number, the highest lamport in it."""

    id: int
    name: bytes
    is_own: bool
    head: bytes
    last_seq: int
    lamport: int


def new_dossier_id() -> str:
    """16 lower-case characters that no other desk will ever draw."""
    return base64.b32encode(secrets.token_bytes(10)).decode().lower()


def append(
    db: DeskDatabase,
    payload: Payload,
    *,
    dossier: str,
    at: int,
    author: str,
    seen: Mapping[str, tuple[Stamp, ...]] | None = None,
    clock_offset: int = 0,
) -> Recorded:
    """Write one event to this desk's own log, with its rows; `at` UTC ms, `clock_offset` s.

    Only inside `unit_of_work`. Raises `CodeTakenError`, `UnknownDossierError`.
    """
    if not db.conn.in_transaction:
        raise RuntimeError("journal.append belongs inside unit_of_work")
    log = own_log(db)
    ((highest,),) = db.all("SELECT max(lamport) FROM log")
    event = Recorded(
        log=log.name.hex(),
        seq=log.last_seq + 1,
        dossier=dossier,
        kind=KIND_OF[type(payload)],
        lamport=highest + 1,
        at=at,
        clock_offset=told_offset(clock_offset),
        author=author,
        seen=dict(seen or {}),
        payload=payload,
    )
    body = body_of(event, payload)
    head = next_hash(log.head, body)
    if isinstance(payload, Received) and _is_taken(db, payload.code):
        raise CodeTakenError(code=payload.code)
    number = _insert(db, log.id, event, body.decode(), head)
    advance_log(db, log.id, head=head, seq=event.seq, lamport=event.lamport)
    if isinstance(payload, Received):
        projections.add(db, number, fold([event]))
    elif not _project(db, dossier):
        raise UnknownDossierError(code=dossier)
    db.new_head = Head(log=event.log, seq=event.seq, head=head.hex())
    return event


def absorb(db: DeskDatabase, log_name: bytes, bodies: Sequence[tuple[int, str]]) -> int:
    """Take in another log's events, verbatim and in order; how many were new. Those known already change nothing.

    Only inside `unit_of_work`. Raises `LogGapError`, `ForkedLogError`, `BadEventError`; then nothing may be kept.
    """
    if not db.conn.in_transaction:
        raise RuntimeError("journal.absorb belongs inside unit_of_work")
    log = _log_named(db, log_name)
    head, last_seq, lamport = log.head, log.last_seq, log.lamport
    touched: dict[str, None] = {}
    added = 0
    for seq, body in bodies:
        if seq <= last_seq:
            if db.one("SELECT body FROM event WHERE log = ? AND seq = ?", (log.id, seq)) != (body,):
                raise ForkedLogError(log=log_name.hex()[:8], seq=seq)
            continue
        if seq != last_seq + 1:
            raise LogGapError(log=log_name.hex()[:8], expected=last_seq + 1, seq=seq)
        if log.is_own:
            raise ForkedLogError(log=log_name.hex()[:8], seq=seq)
        event = _foreign_event(log_name, seq, body)
        head = next_hash(head, body.encode())
        _insert(db, log.id, event, body, head)
        last_seq, lamport, added = seq, max(lamport, event.lamport), added + 1
        touched[event.dossier] = None
    if added:
        advance_log(db, log.id, head=head, seq=last_seq, lamport=lamport)
    for dossier in touched:
        _project(db, dossier)
    return added


def history(db: DeskDatabase, dossier: str) -> list[Recorded]:
    """A dossier's events of all logs, in the order in which they count."""
    return [event for _, event in _numbered(db, dossier)]


def dossier(db: DeskDatabase, dossier_id: str) -> Dossier:
    """The dossier as its events make it. Raises `UnknownDossierError`."""
    events = history(db, dossier_id)
    if not any(isinstance(event.payload, Received) for event in events):
        raise UnknownDossierError(code=dossier_id)
    return fold(events)


def order(event: Recorded) -> tuple[int, str, int]:
    """By what events of several logs are ordered; no clock is trusted."""
    return (event.lamport, event.log, event.seq)


def _numbered(db: DeskDatabase, dossier: str) -> list[tuple[int, Recorded]]:
    rows = db.all(_HISTORY, (dossier,))
    numbered = [(number, event_of(name.hex(), seq, body)) for number, name, seq, body in rows]
    return sorted(numbered, key=lambda one: order(one[1]))


def _project(db: DeskDatabase, dossier: str) -> bool:
    """Bring a dossier's rows up to date; False while its reception has not come."""
    numbered = _numbered(db, dossier)
    receptions = [number for number, event in numbered if isinstance(event.payload, Received)]
    for number in receptions[1:]:
        projections.remove(db, number)
    if not receptions:
        return False
    projections.put(db, receptions[0], fold(event for _, event in numbered))
    return True


def _insert(db: DeskDatabase, log: int, event: Recorded, body: str, head: bytes) -> int:
    cursor = db.execute(
        INSERT_EVENT,
        (
            log,
            event.seq,
            event.dossier,
            event.kind,
            event.lamport,
            event.at,
            event.clock_offset,
            event.author,
            body,
            head,
        ),
    )
    return int(cursor.lastrowid)


def own_log(db: DeskDatabase) -> Log:
    """The log this desk writes, begun when there is none; inside `unit_of_work`."""
    found = db.one(f"{_LOG} WHERE is_own = 1")
    return _log(found) if found else _begun(db, secrets.token_bytes(16), is_own=True)


def advance_log(db: DeskDatabase, log: int, *, head: bytes, seq: int, lamport: int) -> None:
    """Note where a log now ends."""
    db.execute(_ADVANCE_LOG, (head, seq, lamport, log))


def _log_named(db: DeskDatabase, name: bytes) -> Log:
    if len(name) != 16:
        raise ValueError("a log's name has 16 bytes")
    found = db.one(f"{_LOG} WHERE name = ?", (name,))
    return _log(found) if found else _begun(db, name, is_own=False)


def _begun(db: DeskDatabase, name: bytes, *, is_own: bool) -> Log:
    head = first_hash(name)
    cursor = db.execute(
        "INSERT INTO log(name, is_own, head, last_seq, lamport) VALUES(?,?,?,0,0)", (name, int(is_own), head)
    )
    return Log(id=cursor.lastrowid, name=name, is_own=is_own, head=head, last_seq=0, lamport=0)


def _log(row: tuple[Any, ...]) -> Log:
    number, name, is_own, head, last_seq, lamport = row
    return Log(id=number, name=name, is_own=bool(is_own), head=head, last_seq=last_seq, lamport=lamport)


def _foreign_event(log_name: bytes, seq: int, body: str) -> Recorded:
    if "\n" in body:
        raise BadEventError(log=log_name.hex()[:8], seq=seq, why="có dấu xuống dòng")
    try:
        return event_of(log_name.hex(), seq, body)
    except msgspec.DecodeError as error:
        raise BadEventError(log=log_name.hex()[:8], seq=seq, why="không đúng dạng") from error


def _is_taken(db: DeskDatabase, code: str) -> bool:
    return db.one("SELECT 1 FROM dossier WHERE code_key = ? AND code = ?", (code_key(code), code)) is not None
