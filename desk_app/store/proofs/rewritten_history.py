"""Convicts a copy of a log whose past was rewritten: what was altered counts nowhere, and each item is noted.

The rule is `domain.history.rewriting`. What the district has ever confirmed by a receipt is nobody's rewriting, even
where the district holds something else by now.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec
from msgspec import Struct

from desk_app.domain.history import moved, rewriting
from desk_app.domain.history.rewriting import Deviation, HistoryLine, Rewriting
from desk_app.protocol.history_lines import history_line
from desk_app.store.database.database import DeskDatabase
from desk_app.store.journal import displaced_events, logs, set_aside
from desk_app.store.journal.displaced_events import Aside
from desk_app.store.journal.rows import OTHERS, Log
from desk_app.store.peers import devices, sync_state
from desk_app.store.proofs import receipts

REASONS = {
    rewriting.ALTERED: "history-altered",
    rewriting.INSERTED: "history-inserted",
    rewriting.REMOVED: "history-removed",
    rewriting.SHIFTED: "history-shifted",
}
"""The reason in `set_aside`, by what was done to an event."""


class ItemNote(Struct, frozen=True, omit_defaults=True):
    """What `set_aside.body` holds of an item: the kind of event, its number in the rewritten copy and in the confirmed
    log (0 for none), the row aside that holds the rewritten event (0 for none), and whether the log is this desk's own.
    """

    kind: str
    said: int = 0
    confirmed: int = 0
    aside: int = 0
    own: bool = True


def see_receipts(db: DeskDatabase, logs_to_part: Iterable[bytes]) -> None:
    """Note which of these logs are other than a kept receipt said, before this desk parts from its copy of them; all,
    where the receipts were taken away.

    Inside `unit_of_work`.
    """
    kept, are_gone = receipts.all(db), receipts.are_gone(db)
    found = {}
    for log in logs_to_part:
        standing = logs.standing(db, log)
        one = receipts.contradicted(db, log, kept)
        if standing is not None and (one is not None or are_gone):
            found[log.hex()] = (one.seq if one else 0, standing.seq)
    if found:
        sync_state.change(db, contradicted={**found, **sync_state.get(db).contradicted})


def hold_back(db: DeskDatabase, log: Log, waiting: Sequence[Aside], *, at: int) -> set[int]:
    """The rows of what was altered or added among the events set aside of this log; notes every item, `at` UTC ms.

    Asked once all is here that the district holds of the log.
    """
    told = _contradicted(db, log)
    until, ended = told or (0, 0)
    if not waiting and not until:
        return set()
    back: set[int] = set()
    is_of_district = _is_of_district(db, log)
    vouched = receipts.vouched(db, log.name) if waiting else set()
    ever = displaced_events.ever_in(db, log.id)
    runs = displaced_events.runs(waiting) if waiting else [[]]
    for run in runs:
        copy = _with_ancestors(db, log, run, ever)
        if any((one.seq, one.hash[:8]) in vouched for one in copy):
            continue
        found = rewriting.compared(
            [history_line(one.seq, one.body, one.hash) for one in copy],
            _confirmed(db, log, copy[0].seq if copy else ended + 1),
            by_order=until > 0 or not (is_of_district or moved.is_log(log.name)),
            by_moment=told is not None,
            until=until,
        )
        if not found.items:
            continue
        back |= {one.row for one in copy if one.seq in found.said}
        _note(db, log, copy, found, at=at)
    return back


def _contradicted(db: DeskDatabase, log: Log) -> tuple[int, int] | None:
    """Up to which number this desk's copy of the log had agreed with a receipt (0 where the receipts are gone), and
    where it ended; None where nothing speaks against it. Asked once.
    """
    noted = sync_state.get(db).contradicted
    if log.name.hex() not in noted:
        return None
    sync_state.change(db, contradicted={name: told for name, told in noted.items() if name != log.name.hex()})
    return noted[log.name.hex()]


def branch(db: DeskDatabase, log: bytes, last: int, digest: bytes) -> tuple[bytes, list[Aside]]:
    """The copy of a log that ends in this number and hash, from where it parts; and the hash before that."""
    ((log_id,),) = db.all("SELECT coalesce(max(id), 0) FROM log WHERE name = ?", (log,))
    ever = displaced_events.ever_in(db, log_id)
    found: list[Aside] = [one for one in ever if (one.seq, one.hash) == (last, digest)][:1]
    while found and not _stands_behind_confirmed(db, log, found[0]):
        parent = _parent(ever, found[0])
        if parent is None:
            return b"", []
        found.insert(0, parent)
    return (logs.hash_at(db, log, found[0].seq - 1) or b"" if found else b""), found


def _with_ancestors(db: DeskDatabase, log: Log, run: list[Aside], ever: Sequence[Aside]) -> list[Aside]:
    """The run with what stood before it in its copy, where that was set aside earlier."""
    copy = list(run)
    while copy and not _stands_behind_confirmed(db, log.name, copy[0]):
        parent = _parent(ever, copy[0])
        if parent is None:
            break
        copy.insert(0, parent)
    return copy


def _stands_behind_confirmed(db: DeskDatabase, log: bytes, one: Aside) -> bool:
    before = logs.hash_at(db, log, one.seq - 1)
    return before is not None and displaced_events.follows(before, one)


def _parent(ever: Sequence[Aside], one: Aside) -> Aside | None:
    return next((each for each in ever if each.seq == one.seq - 1 and displaced_events.follows(each.hash, one)), None)


def _confirmed(db: DeskDatabase, log: Log, first: int) -> list[HistoryLine]:
    rows = db.all("SELECT seq, body, hash FROM event WHERE log = ? AND seq >= ? ORDER BY seq", (log.id, first))
    return [history_line(*row) for row in rows]


def _is_of_district(db: DeskDatabase, log: Log) -> bool:
    """A log of the district: it may have been restored, and what it lost is told as its lost word."""
    if log.author is None:
        return False
    device = devices.get(db, log.author)
    return device is not None and not device.unit


def _note(db: DeskDatabase, log: Log, copy: Sequence[Aside], found: Rewriting, *, at: int) -> None:
    rows = {one.seq: one.row for one in copy}
    for item in found.items:
        note = ItemNote(item.kind, item.said, item.confirmed, rows.get(item.said, 0), log.own != OTHERS)
        set_aside.put(
            db,
            at,
            log.name,
            item.confirmed or item.said,
            REASONS[item.what],
            body=msgspec.json.encode(note).decode(),
            detail=_code_of(db, item),
        )
    if log.own != OTHERS and found.last:
        (last,) = [one for one in copy if one.seq == found.last]
        told = sync_state.get(db).rewritten
        sync_state.change(db, rewritten={**told, log.name.hex(): (last.seq, last.hash.hex())})


def _code_of(db: DeskDatabase, item: Deviation) -> str:
    found = db.one("SELECT code FROM dossier WHERE dossier = ?", (item.dossier,)) if item.dossier else None
    return found[0] if found else ""
