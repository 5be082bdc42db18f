"""A log of which this desk and the district hold different events behind some number: a fork.

The district's copy takes the place of this desk's copy, and no event is lost. First this desk sets its own events of
the log aside. When the district's copy has arrived, this desk looks for each event that it set aside. An event that
stands in no other log is written into a new log. The name of the new log follows from its first event: every desk that
saves the same events writes the same log, and two different events never give the same name.
"""

from __future__ import annotations

import secrets
from collections.abc import Container, Iterable, Sequence
from typing import TYPE_CHECKING

from desk_app.domain.dossiers.events import OF_NO_DOSSIER, Received, Recorded, Stamp
from desk_app.domain.history import moved
from desk_app.lazy import lazy
from desk_app.protocol.event_body import ERASED, event_of, first_hash, is_hole, next_hash
from desk_app.store.database.database import DeskDatabase, unit_of_work
from desk_app.store.database.head_file import Head
from desk_app.store.journal import displaced_events, logs, redaction, seen_stamps, set_aside
from desk_app.store.journal.displaced_events import Aside, orphans_waiting
from desk_app.store.journal.rows import (
    CLOSED,
    OPEN,
    OTHERS,
    Log,
    advance_log,
    begun,
    find_log,
    insert,
    project,
)
from desk_app.store.peers import devices, sync_state
from desk_app.store.projections import duplicate_codes, of_no_dossier

if TYPE_CHECKING:
    from desk_app.store.proofs import rewritten_history
else:
    rewritten_history = lazy("desk_app.store.proofs.rewritten_history")

__all__ = ["close_own_log", "fork", "keep_branch", "orphans_waiting", "reconcile", "take_up_again", "told_twice"]

_PAIRS = """
    SELECT one.seq, one.body, other_log.name, other.seq, other.body FROM event one
    JOIN event other ON other.dossier = one.dossier AND other.lamport = one.lamport AND other.kind = one.kind
        AND other.log <> one.log
    JOIN log other_log ON other_log.id = other.log
    WHERE one.log = (SELECT id FROM log WHERE name = ?) AND one.kind <> ?
"""


def close_own_log(db: DeskDatabase) -> None:
    """Close this desk's log, and begin a new log at once, so that the head of the new log can be noted."""
    with unit_of_work(db):
        db.execute(f"UPDATE log SET is_own = {CLOSED} WHERE is_own = {OPEN}")
        log = begun(db, secrets.token_bytes(16), own=OPEN)
        db.new_head = Head(log=log.name.hex(), seq=0, head=log.head.hex())


def fork(db: DeskDatabase, log: bytes, base: int) -> int:
    """Set aside the events of `log` behind `base`, from where the district's copy differs; returns how many.

    A log of this desk is closed. The events that are set aside still count and wait for `reconcile`, whoever wrote
    them: this desk may be the only one that has them.
    """
    with unit_of_work(db):
        standing = find_log(db, log)
        if standing is None:
            return 0
        base = min(base, standing.last_seq)
        if standing.own == OPEN:
            close_own_log(db)
        logs.unconfirm(db, log, base)
        gone = displaced_events.set_aside(db, standing.id, base)
        _step_back(db, standing, base, receptions=sum(kind == "received" for _, _, kind in gone))
        return len(gone)


def keep_branch(db: DeskDatabase, log: bytes, events: Sequence[tuple[int, bytes, bytes]]) -> list[str]:
    """Set aside those events of another copy of `log` that differ from the events here; returns the dossiers of the
    events that are new.

    `events` are number, line and hash of each; the signature of their writer was checked before. Raises
    `msgspec.DecodeError`.
    """
    with unit_of_work(db):
        standing = find_log(db, log)
        if standing is None:
            return []
        other = [one for one in events if logs.hash_at(db, log, one[0]) != one[2] and not is_hole(one[1])]
        dossiers = displaced_events.keep(db, standing.id, other)
        _see_anew(db, dossiers)
        return dossiers


def take_up_again(db: DeskDatabase) -> None:
    """Set aside again the events that an earlier version of the program gave up, so that they are written on."""
    with unit_of_work(db):
        _see_anew(db, displaced_events.take_up_again(db))


def reconcile(db: DeskDatabase, log: bytes, need: int, *, at: int = 0) -> int:
    """Give every event that was set aside its place, once `log` is filled up to `need`; returns how many events were
    set aside, without the erased ones.

    An event that stands in another log keeps that place. The other events are written into a log of this desk with the
    same lamport, dossier, clerk, moment and payload; only citations of moved events change. What somebody altered of
    the confirmed events, or put between them, is noted (`at` UTC ms) and written nowhere.
    """
    with unit_of_work(db):
        standing = find_log(db, log)
        if standing is None or standing.last_seq < need:
            return 0
        asides = displaced_events.waiting_in(db, standing.id)
        altered = rewritten_history.hold_back(db, standing, asides, at=at)
        left = [one for one in asides if not _is_there(db, one) and not _is_altered(db, one, altered)]
        numbers: dict[str, list[int]] = {}
        for one in asides:
            numbers.setdefault(one.dossier, []).append(one.number)
        for run in displaced_events.runs(left):
            _carry_on(db, standing, run)
        for dossier, gone in numbers.items():
            if dossier:
                project(db, dossier, gone=gone)
        if "" in numbers:
            of_no_dossier.rebuild(db)
        if asides:
            _part_from_citing(db, set(seen_stamps.moving(db, asides, log)))
        return sum(not is_hole(one.body) for one in asides)


def _see_anew(db: DeskDatabase, dossiers: Iterable[str]) -> None:
    """Renew the projections of these dossiers; "" stands for the facts of the office, which belong to no dossier."""
    for dossier in dict.fromkeys(dossiers):
        if dossier:
            project(db, dossier)
        else:
            of_no_dossier.rebuild(db)


def _is_there(db: DeskDatabase, one: Aside) -> bool:
    """Whether the event has a place already, in another log, or was erased; the event is then marked as settled."""
    body = one.body.encode()
    if is_hole(body) or redaction.is_erased(db, body):
        displaced_events.erase(db, one.row, one.hash)
        displaced_events.settle(db, one.row, displaced_events.ERASED)
        return True
    place = logs.place_of(db, body)
    if place is None:
        return False
    displaced_events.settle_anew(db, one.row, place.log)
    return True


def _is_altered(db: DeskDatabase, one: Aside, altered: Container[int]) -> bool:
    """Whether the event is what somebody made of a confirmed one; it is then kept as it is and counts no longer."""
    if one.row in altered:
        displaced_events.settle(db, one.row, displaced_events.REWRITTEN)
    return one.row in altered


def _part_from_citing(db: DeskDatabase, gone: set[Stamp]) -> None:
    """Set aside the unconfirmed events that cite moved events by their old stamps, so that their citations are mended.

    The district cannot have confirmed such an event, because a log is sent only after the logs that it cites.
    """
    known = {old: move for old, move in seen_stamps.moves(db).items() if old in gone}
    for one in logs.standings(db):
        log = find_log(db, one.log)
        if log is not None and one.own != OTHERS and one.seq > one.confirmed:
            seq = seen_stamps.first_to_mend(db, log.id, after=one.confirmed, known=known)
            if seq is not None:
                fork(db, one.log, seq - 1)


def _carry_on(db: DeskDatabase, source: Log, left: list[Aside]) -> None:
    """Write these events into the log that the first event names.

    If a log of that name exists here, it holds the same events, or holes where the events were erased. The first event
    that does not fit names another log, and the rest is written there.
    """
    while left:
        name = moved.log_of(left[0].body.encode())
        while not (seq := _written_into(db, name, source, left)):
            name = moved.next_log(name)
        left = left[seq:]


def _written_into(db: DeskDatabase, name: bytes, source: Log, left: list[Aside]) -> int:
    """Write these events into the log of this name, up to the first place that holds another event; returns how many
    of the events stand in the log then.
    """
    log = find_log(db, name) or begun(db, name, own=CLOSED)
    me = sync_state.get(db).kid
    may_write = log.own == CLOSED and log.author in (None, me)
    moves = seen_stamps.moves(db) | seen_stamps.moving(db, left, name)
    head, seq, lamport = first_hash(name), 0, log.lamport
    written: list[Recorded] = []
    for one in left:
        body = seen_stamps.mended(db, one, moves)
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
        displaced_events.settle_anew(db, one.row, log.id)
        head, seq, lamport = digest, event.seq, max(lamport, event.lamport)
    if written:
        receptions = sum(event.kind == "received" for event in written)
        advance_log(db, log.id, head=head, seq=seq, lamport=lamport, receptions=receptions)
        if me:
            db.execute("UPDATE log SET author = ? WHERE id = ?", (me, log.id))
        _tell(db, source, written)
    for event in written:
        if isinstance(event.payload, Received):
            project(db, event.dossier)
            for twin in duplicate_codes.flag(db, event, event.payload):
                project(db, twin)
    return seq


def _tell(db: DeskDatabase, source: Log, written: list[Recorded]) -> None:
    """Note for the clerk which events this desk wrote on for a revoked desk, and which notices the district lost."""
    device = devices.get(db, source.author) if source.author else None
    for event in written:
        log = bytes.fromhex(event.log)
        if not event.dossier and not isinstance(event.payload, OF_NO_DOSSIER):  # a notice that the district lost
            set_aside.put(db, event.at, log, event.seq, "lost-word", detail=event.kind)
        elif event.dossier and device is not None and device.is_revoked:
            code = db.one("SELECT code FROM dossier WHERE dossier = ?", (event.dossier,))
            set_aside.put(db, event.at, log, event.seq, "revoked", detail=code[0] if code else "")


def _step_back(db: DeskDatabase, log: Log, base: int, *, receptions: int) -> None:
    """Let the log end at `base` again. The lamport stays, so that no later event gets the lamport of one set aside."""
    db.execute("DELETE FROM checkpoint WHERE log = ? AND seq > ?", (log.id, base))
    head = logs.hash_at(db, log.name, base)
    advance_log(db, log.id, head=head or log.head, seq=base, lamport=log.lamport, receptions=-receptions)


def told_twice(db: DeskDatabase, standings: list[logs.LogPosition]) -> dict[bytes, int]:
    """The logs to fork because an event stands in two logs: by log, the number of the first such event.

    An event stands in two logs only if a desk wrote it into a log of moved events, and the original arrived later. A
    place that the district has confirmed stays. If the district has confirmed neither place, the log of moved events
    is forked.
    """
    confirmed = {one.log: one.confirmed for one in standings}
    found: dict[bytes, int] = {}
    for log in sorted(name for name in confirmed if moved.is_log(name)):
        for seq, body, other, other_seq, other_body in db.all(_PAIRS, (log, ERASED)):
            if moved.told(body.encode()) != moved.told(other_body.encode()):
                continue
            here, there = seq <= confirmed[log], other_seq <= confirmed[other]
            if here and there:
                continue
            parted = (other, other_seq) if here or (not there and moved.is_log(other) and other > log) else (log, seq)
            found[parted[0]] = min(parted[1], found.get(parted[0], parted[1]))
    return found
