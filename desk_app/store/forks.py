"""What becomes of a log that says two things: a desk restored or cloned closes its log, and nothing of it is lost.

The district's copy of the log counts. What this desk wrote beside it stands aside until that copy is here, and what
then turns out to be missing from it is appended to a log whose name follows from the old one's: two clones that carry
the same work on write the same log, so that it is there once.
"""

from __future__ import annotations

import secrets

from desk_app.domain.bodies import event_of, first_hash, is_hole, next_hash
from desk_app.domain.events import Received, Recorded, Stamp
from desk_app.store import citations, logs, orphans, same_codes, sync_state
from desk_app.store.database import DeskDatabase, unit_of_work
from desk_app.store.head import Head
from desk_app.store.ledger import CLOSED, OPEN, OTHERS, Log, advance_log, begun, find_log, insert, project
from desk_app.store.orphans import Aside, orphans_waiting

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
    """Once `log` is filled up to `need`, append what it lacks of the events aside to another log of ours; how many.

    The same lamport, dossier, author, moment and payload; only citations of events that moved with it are rewritten.
    """
    with unit_of_work(db):
        standing = find_log(db, log)
        if standing is None or standing.last_seq < need:
            return 0
        left: list[Aside] = []
        for one in orphans.waiting_in(db, standing.id):
            if is_hole(one.body):
                orphans.settle(db, one.row, orphans.GIVEN_UP)
            else:
                left.append(one)
        asides, name = left, log
        numbers: dict[str, list[int]] = {}
        for one in left:
            numbers.setdefault(one.dossier, []).append(one.number)
        while left:
            name = orphans.next_name(name)
            left = _carried_on(db, name, left)
        for dossier, gone in numbers.items():
            project(db, dossier, gone=gone)
        if asides:
            _part_from_citing(db, set(citations.moving(db, asides, log)))
        return len(asides)


def _part_from_citing(db: DeskDatabase, moved: set[Stamp]) -> None:
    """What cites the moved events by their old stamps, and is not confirmed, stands aside too: it will be mended.

    Nothing of it can have been confirmed as long as an own log is sent only after those it cites.
    """
    known = {old: move for old, move in citations.moves(db).items() if old in moved}
    for one in logs.standings(db):
        log = find_log(db, one.log)
        if log is not None and one.own != OTHERS and one.seq > one.confirmed:
            seq = citations.first_to_mend(db, log.id, after=one.confirmed, known=known)
            if seq is not None:
                fork(db, one.log, seq - 1)


def _carried_on(db: DeskDatabase, name: bytes, left: list[Aside]) -> list[Aside]:
    """Write as many of these as belong into the log of this name; those that another clone's work keeps out.

    A clone of this desk may have written the log already, from the same events: what it holds alike is not doubled.
    """
    log = find_log(db, name) or begun(db, name, own=CLOSED)
    may_write = log.author in (None, sync_state.get(db).kid)
    moves = citations.moves(db) | citations.moving(db, left, name)
    head, seq, lamport = first_hash(name), 0, log.lamport
    written: list[Recorded] = []
    for one in left:
        body = citations.mended(db, one, moves)
        digest = next_hash(head, body.encode())
        event = event_of(name.hex(), seq + 1, body)
        if event.seq <= log.last_seq:
            if logs.hash_at(db, name, event.seq) != digest:
                break
        elif may_write:
            insert(db, log.id, event, body, digest, number=one.number)
            written.append(event)
        else:
            break
        orphans.settle_anew(db, one.row, log.id)
        head, seq, lamport = digest, event.seq, max(lamport, event.lamport)
    if written:
        receptions = sum(event.kind == "received" for event in written)
        advance_log(db, log.id, head=head, seq=seq, lamport=lamport, receptions=receptions)
        db.execute(f"UPDATE log SET is_own = {CLOSED} WHERE id = ?", (log.id,))
    for event in written:
        if isinstance(event.payload, Received):
            project(db, event.dossier)
            for twin in same_codes.flag(db, event, event.payload):
                project(db, twin)
    return left[seq:]


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
