"""The journal of events, the only truth: append, take in other desks' events, read a dossier's history."""

from __future__ import annotations

import base64
import secrets
from collections.abc import Mapping

from desk_app.domain.calendar.moments import told_offset
from desk_app.domain.dossiers.dossier import Dossier, fold
from desk_app.domain.dossiers.events import KIND_OF, OF_NO_DOSSIER, Payload, Received, Recorded, Stamp
from desk_app.domain.history import founding, owned_ids
from desk_app.errors import CodeTakenError, UnknownDossierError
from desk_app.protocol.event_body import MOST_LAMPORT, body_of, next_hash
from desk_app.store.database.database import DeskDatabase
from desk_app.store.database.head_file import Head
from desk_app.store.journal.intake import Absorbed, absorb
from desk_app.store.journal.rows import advance_log, insert, numbered, own_log, project
from desk_app.store.peers import sync_state
from desk_app.store.projections import duplicate_codes, of_no_dossier, projections

__all__ = ["Absorbed", "absorb", "append", "dossier", "history", "new_dossier_id", "own_log"]


def dossier_id(db: DeskDatabase, draft: str) -> str:
    """The id of the dossier that this desk makes of a draft; inside `unit_of_work`."""
    owner = sync_state.get(db).kid or own_log(db).name
    return next(id_ for turn in _TURNS if not history(db, id_ := founding.dossier_id(owner, draft, turn=turn)))


def owned_id(db: DeskDatabase, kind: bytes) -> str:
    """A new id of this desk's, of the kinds of `domain.history.owned_ids`; inside `unit_of_work`."""
    return owned_ids.new_id(sync_state.get(db).kid or own_log(db).name, kind)


def made_of(db: DeskDatabase, draft: str, *, at: int) -> list[Recorded]:
    """The history of the dossier that this desk has made of a draft, under whatever key or log; else empty.

    Of 48 drawn bits two drafts can have the same, years apart: a dossier that is older at `at` (UTC ms) than any draft
    is kept was made of another.
    """
    owners = {sync_state.get(db).kid, *(part for row in db.all(_OWN_LOGS) for part in row)} - {b"", None}
    ids = [founding.dossier_id(owner, draft, turn=turn) for owner in sorted(owners) for turn in _TURNS]
    for each in (draft, *ids):
        found = history(db, each)
        if found and (each == draft or abs(at - found[0].at) < _DRAFT_KEPT_MS):
            return found
    return []


def new_dossier_id() -> str:
    """16 lower-case characters that no other desk will ever draw."""
    return base64.b32encode(secrets.token_bytes(10)).decode().lower()


_DRAFT_KEPT_MS = 30 * 86_400_000
_TURNS = range(4)
_OWN_LOGS = "SELECT name, author FROM log WHERE is_own <> 0"


def append(
    db: DeskDatabase,
    payload: Payload,
    *,
    dossier: str,
    at: int,
    author: str,
    actor: str = "",
    seen: Mapping[str, tuple[Stamp, ...]] | None = None,
    clock_offset: int = 0,
) -> Recorded:
    """Write one event to this desk's own log, with its rows; `at` UTC ms, `clock_offset` s.

    What a person does goes through `services.accounts.session`, which says who `actor` is.

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
        lamport=min(highest + 1, MOST_LAMPORT),
        at=at,
        clock_offset=told_offset(clock_offset),
        author=author,
        actor=actor,
        seen=dict(seen or {}),
        payload=payload,
    )
    body = body_of(event, payload)
    head = next_hash(log.head, body)
    if isinstance(payload, Received) and duplicate_codes.is_taken(db, payload.code):
        raise CodeTakenError(code=payload.code)
    number = insert(db, log.id, event, body.decode(), head)
    is_reception = isinstance(payload, Received)
    advance_log(db, log.id, head=head, seq=event.seq, lamport=event.lamport, receptions=int(is_reception))
    if is_reception:
        projections.add(db, number, fold([event]))
    elif isinstance(payload, OF_NO_DOSSIER):
        of_no_dossier.take(db, event)
    elif not project(db, dossier):
        raise UnknownDossierError(code=dossier)
    db.new_head = Head(log=event.log, seq=event.seq, head=head.hex())
    return event


def history(db: DeskDatabase, dossier: str) -> list[Recorded]:
    """A dossier's events of all logs, in the order in which they count."""
    return [event for _, event in numbered(db, dossier)]


def dossier(db: DeskDatabase, dossier_id: str) -> Dossier:
    """The dossier as its events make it. Raises `UnknownDossierError`."""
    events = history(db, dossier_id)
    if not any(isinstance(event.payload, Received) for event in events):
        raise UnknownDossierError(code=dossier_id)
    return fold(events)
