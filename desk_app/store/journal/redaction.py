"""Erases the body of an event where the district has ordered it: the hash stays, and with it the chain."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desk_app.domain.dossiers.events import Attached, OldRecordsBrought, Received
from desk_app.domain.old_records.record import records_of
from desk_app.lazy import lazy
from desk_app.protocol.event_body import columns_of, event_of, hole, is_hole, next_hash
from desk_app.store.database.database import DeskDatabase, unit_of_work
from desk_app.store.journal import displaced_events
from desk_app.store.journal.rows import project
from desk_app.store.projections import of_no_dossier, projections
from desk_app.store.queries import old_records
from desk_app.store.reference import drafts

if TYPE_CHECKING:
    from desk_app.store.attachments import files
else:
    files = lazy("desk_app.store.attachments.files")

_SEARCHED = ("received", "corrected", "settled")
_COLUMNS = "dossier = ?, kind = ?, lamport = ?, at = ?, clock_offset = ?, author = ?, body = ?"


def redact(db: DeskDatabase, log: bytes, seq: int, digest: bytes, *, before: bytes = b"") -> bool:
    """Erase event `seq` of `log` wherever it stands here, whose hash must be `digest`; whether there was one.

    `before` is the hash before it, b"" where the order did not say. The order is kept: an event that comes only later
    comes in without its body. The caller has seen the district's own signature on it.
    """
    with unit_of_work(db):
        order = (log, seq, digest, before)
        db.execute("INSERT OR IGNORE INTO redaction(log, seq, hash, before) VALUES(?,?,?,?)", order)
        db.execute("UPDATE set_aside SET body = '' WHERE log = ? AND seq = ?", (log, seq))
        return _erased_in_place(db, log, seq, digest) | _erased_aside(db, log, seq, digest)


def is_ordered(db: DeskDatabase, log: bytes, seq: int, digest: bytes, *, before: bytes) -> bool:
    """Whether the district had this event erased, behind the event whose hash is `before`."""
    sql = "SELECT 1 FROM redaction WHERE log = ? AND seq = ? AND hash = ? AND before IN (?, x'')"
    return db.one(sql, (log, seq, digest, before)) is not None


def is_erased(db: DeskDatabase, body: bytes) -> bool:
    """Whether the district has had the event of this line erased, in whatever log it stood then."""
    orders = db.all("SELECT before, hash FROM redaction WHERE before <> x''")
    return any(next_hash(before, body) == digest for before, digest in orders)


def _erased_in_place(db: DeskDatabase, log: bytes, seq: int, digest: bytes) -> bool:
    found = db.one(
        "SELECT event.n, log.id, event.dossier, event.kind, event.body, log.confirmed FROM event"
        " JOIN log ON log.id = event.log WHERE log.name = ? AND event.seq = ? AND event.hash = ?",
        (log, seq, digest),
    )
    if found is None or is_hole(found[4]):
        return False
    number, log_id, dossier, kind, _, confirmed = found
    file = _file_of(found[4])
    _forget_drafts(db, dossier, found[4])
    nothing = hole(digest).decode()
    db.execute(f"UPDATE event SET {_COLUMNS} WHERE n = ?", (*columns_of(nothing), nothing, number))
    if kind == "received":
        db.execute(
            "UPDATE log SET receptions = receptions - 1, confirmed_receptions = confirmed_receptions - ? WHERE id = ?",
            (int(seq <= confirmed), log_id),
        )
    if dossier:
        project(db, dossier, gone=[number])
    else:
        _take_out_old_records(db, found[4])
    if kind in _SEARCHED:
        projections.forget_deleted(db)
    if file:
        files.forget_unused(db, file)
    return True


def _forget_drafts(db: DeskDatabase, dossier: str, body: str) -> None:
    """Half-filled pages go with what is erased: those of the dossier, and those that name a person of the event."""
    payload = event_of("", 0, body).payload
    if isinstance(payload, Received):
        drafts.forget_people(db, tuple(payload.people.values()))
    if dossier:
        drafts.forget_all_of(db, dossier)


def _take_out_old_records(db: DeskDatabase, body: str) -> None:
    """Make anew what events of no dossier say; half-filled pages go that name somebody whom no old record names now."""
    of_no_dossier.rebuild(db)
    payload = event_of("", 0, body).payload
    if isinstance(payload, OldRecordsBrought):
        people = [record.person for record in records_of(payload)]
        drafts.forget_people(db, tuple(person for person in people if not old_records.is_about(db, person)))


def _file_of(body: str) -> str:
    """The file that this event attached, "" for another event."""
    payload = event_of("", 0, body).payload
    return payload.sha if isinstance(payload, Attached) else ""


def _erased_aside(db: DeskDatabase, log: bytes, seq: int, digest: bytes) -> bool:
    rows = db.all(
        "SELECT orphan.id, orphan.n, orphan.dossier, orphan.body, orphan.settled FROM orphan"
        " JOIN log ON log.id = orphan.log WHERE log.name = ? AND orphan.seq = ? AND orphan.hash = ?",
        (log, seq, digest),
    )
    erased = False
    for row, number, dossier, body, settled in rows:
        if is_hole(body):
            continue
        _forget_drafts(db, dossier, body)
        displaced_events.erase(db, row, digest)
        if not settled and dossier:
            project(db, dossier, gone=[number])
        elif not settled:
            _take_out_old_records(db, body)
        erased = True
    return erased
