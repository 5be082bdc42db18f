"""What becomes of a log that says two things: a desk restored or cloned closes its log, and nothing of it is lost.

The district's copy of the log counts. What this desk wrote beside it stands aside until that copy is here, and what
then turns out to be missing from it is appended to the desk's new log.
"""

from __future__ import annotations

import secrets

from desk_app.domain.bodies import event_of, is_hole, next_hash
from desk_app.domain.events import Received
from desk_app.store import logs, orphans, same_codes
from desk_app.store.database import DeskDatabase, unit_of_work
from desk_app.store.head import Head
from desk_app.store.ledger import CLOSED, OPEN, OTHERS, Log, advance_log, begun, find_log, insert, own_log, project
from desk_app.store.orphans import orphans_waiting

__all__ = ["close_own_log", "fork", "orphans_waiting", "reconcile"]


def close_own_log(db: DeskDatabase) -> None:
    """Nothing more is written to this desk's log; a new one is begun at once, so that its head can be noted."""
    with unit_of_work(db):
        db.execute(f"UPDATE log SET is_own = {CLOSED} WHERE is_own = {OPEN}")
        log = begun(db, secrets.token_bytes(16), own=OPEN)
        db.new_head = Head(log=log.name.hex(), seq=0, head=log.head.hex())


def fork(db: DeskDatabase, log: bytes, base: int) -> int:
    """The district's copy of `log` differs after `base`: what stands there is set aside; how many events.

    An own log is closed, its events aside still count and wait for `reconcile`. Of another's log the district's copy
    is the truth: the events aside are given up, and those that were genuine come again in another log of that desk.
    """
    with unit_of_work(db):
        standing = find_log(db, log)
        if standing is None:
            return 0
        base = min(base, standing.last_seq)
        if standing.own == OPEN:
            close_own_log(db)
        logs.unconfirm(db, log, base)
        moved = orphans.set_aside(db, standing.id, base)
        _step_back(db, standing, base, receptions=sum(kind == "received" for _, _, kind in moved))
        if standing.own == OTHERS:
            _give_up(db, standing, moved)
        return len(moved)


def reconcile(db: DeskDatabase, log: bytes, need: int) -> int:
    """Once `log` is filled up to `need`, append what it lacks of the events aside to the own log; how many.

    The same lamport, dossier, author, moment and payload; only citations of events that moved with it are rewritten.
    """
    with unit_of_work(db):
        standing = find_log(db, log)
        if standing is None or standing.last_seq < need:
            return 0
        own = own_log(db)
        rows = db.all("SELECT id, n, body FROM orphan WHERE log = ? AND settled = 0 ORDER BY seq", (standing.id,))
        kept = [row for row in rows if not is_hole(row[2])]
        for row, _, body in rows:
            outcome = orphans.GIVEN_UP if is_hole(body) else orphans.ANEW
            orphans.settle(db, row, outcome, anew=own.id if outcome == orphans.ANEW else None)
        if kept:
            _append_anew(db, own, [(number, body) for _, number, body in kept])
        return len(kept)


def _append_anew(db: DeskDatabase, own: Log, rows: list[tuple[int, str]]) -> None:
    moved = orphans.moved_stamps(db)
    head, seq, lamport = own.head, own.last_seq, own.lamport
    touched: dict[str, None] = {}
    receptions = 0
    received = []
    for number, old in rows:
        body = orphans.with_moved(old, moved)
        seq, head = seq + 1, next_hash(head, body.encode())
        event = event_of(own.name.hex(), seq, body)
        insert(db, own.id, event, body, head, number=number)
        lamport = max(lamport, event.lamport)
        touched[event.dossier] = None
        receptions += event.kind == "received"
        if isinstance(event.payload, Received):
            received.append((event, event.payload))
    advance_log(db, own.id, head=head, seq=seq, lamport=lamport, receptions=receptions)
    for event, payload in received:
        touched.update(dict.fromkeys(same_codes.flag(db, event, payload)))
    for dossier in touched:
        project(db, dossier)
    db.new_head = Head(log=own.name.hex(), seq=seq, head=head.hex())


def _step_back(db: DeskDatabase, log: Log, base: int, *, receptions: int) -> None:
    """The log ends at `base` again; its lamport stays, so that no later event gets one that stands aside."""
    db.execute("DELETE FROM checkpoint WHERE log = ? AND seq > ?", (log.id, base))
    head = logs.hash_at(db, log.name, base)
    advance_log(db, log.id, head=head or log.head, seq=base, lamport=log.lamport, receptions=-receptions)


def _give_up(db: DeskDatabase, log: Log, moved: list[tuple[int, str, str]]) -> None:
    db.execute("UPDATE orphan SET settled = ? WHERE log = ? AND settled = 0", (orphans.GIVEN_UP, log.id))
    gone: dict[str, list[int]] = {}
    for number, dossier, kind in moved:
        gone.setdefault(dossier, []).extend([number] if kind == "received" else [])
    gone.pop("", None)
    for dossier, receptions in gone.items():
        project(db, dossier, gone=receptions)
