"""Finds out that the books are older than what was noted of them: a folder put back, a tail lost. Then goes on safely.

Nothing may be written to the old log any more, since its next number may be taken in the district's copy; and no code
may be given that a paper carries already.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from desk_app.domain.dossiers.numbering import Block, beyond_unknown
from desk_app.errors import LostTailError
from desk_app.lazy import lazy
from desk_app.store.database.database import DeskDatabase, unit_of_work
from desk_app.store.database.head_file import Head, read_head
from desk_app.store.journal import account_head, set_aside

if TYPE_CHECKING:
    from desk_app.protocol import event_body
    from desk_app.store.journal import daily_numbers, forks
else:
    forks = lazy("desk_app.store.journal.forks")
    event_body = lazy("desk_app.protocol.event_body")
    daily_numbers = lazy("desk_app.store.journal.daily_numbers")

REASON = "lost-tail"
_MOST_SKIPPED = 300  # a busy day; the head of an earlier program does not say which number was given last


class Lost(Struct, frozen=True):
    """A head noted outside that the journal does not hold; `found` is the last number of that log still there."""

    head: Head
    found: int


def lost_heads(db: DeskDatabase) -> list[Lost]:
    """The noted heads, beside the database and in the user's account, that the journal does not hold."""
    data = db.path.parent
    noted = dict.fromkeys((read_head(data), account_head.noted(data)))
    return [lost for head in noted if head is not None and (lost := _lost(db, head)) is not None]


def go_on(db: DeskDatabase, *, today: str, at: int, blocks: tuple[Block, ...]) -> None:
    """Close the own log, begin a new one, skip the numbers of `today` (ISO) that were given; keep it to be told."""
    lost = lost_heads(db)
    if not lost:
        return

    with unit_of_work(db):
        for one in lost:
            name = bytes.fromhex(one.head.log)
            set_aside.put(db, at, name, one.head.seq, REASON, detail=f"{one.found} {one.head.head}")
            _skip_numbers(db, one, today, blocks)
        forks.close_own_log(db)
    account_head.note(db.path.parent)


def part_from_copied(db: DeskDatabase, *, days: Sequence[str], part: float, blocks: tuple[Block, ...]) -> None:
    """A desk made of a copy: begin a log of its own, and skip numbers of `days` (ISO) that nobody here knows of.

    The machine that was copied may have gone on, and given any of the numbers that come next: so this desk begins in
    the second half of those that are left. `part` (0 … 1) is how much of a working day is over: of two desks made of
    one copy on one day the later begins behind what the earlier has given since.
    """
    with unit_of_work(db):
        forks.close_own_log(db)
        for day in days:
            last = daily_numbers.last_number(db, day, blocks)
            number = beyond_unknown(blocks, last, part)
            if number:
                daily_numbers.skip_to(db, day, number)


def alarm(db: DeskDatabase) -> str:
    """What is still missing, in words; "" when nothing is."""
    missing = [(one.head.seq, one.found) for one in lost_heads(db)]
    for kept in _told(db):
        found, _, head = kept.detail.partition(" ")
        if _hash_of(db, kept.log, kept.seq) != head:
            missing.append((kept.seq, int(found)))
    if not missing:
        return ""
    noted, left = missing[0]
    error = LostTailError(noted=noted, found=left)
    return f"{error} {error.remedy}"


def settle_returned(db: DeskDatabase) -> None:
    """What had been lost and has come back from the district needs no more telling."""
    returned = [kept.n for kept in _told(db) if _hash_of(db, kept.log, kept.seq) == kept.detail.partition(" ")[2]]
    if returned:
        with unit_of_work(db):
            for n in returned:
                set_aside.settle(db, n)


def _told(db: DeskDatabase) -> list[set_aside.SetAside]:
    return [kept for kept in set_aside.all(db) if kept.reason == REASON]


def _lost(db: DeskDatabase, head: Head) -> Lost | None:
    name = bytes.fromhex(head.log)
    if _hash_of(db, name, head.seq) == head.head or _is_aside(db, name, head):
        return None
    ((last,),) = db.all("SELECT coalesce(max(last_seq), 0) FROM log WHERE name = ?", (name,))
    return Lost(head, min(last, max(head.seq - 1, 0)))


def _hash_of(db: DeskDatabase, log: bytes, seq: int) -> str:
    """The hash of this event in hex, "" where it is not here; of number 0 where the log is."""
    if seq == 0:
        return event_body.first_hash(log).hex() if db.one("SELECT 1 FROM log WHERE name = ?", (log,)) else ""
    found = db.one(
        "SELECT event.hash FROM event JOIN log ON log.id = event.log WHERE log.name = ? AND event.seq = ?", (log, seq)
    )
    return found[0].hex() if found else ""


def _is_aside(db: DeskDatabase, log: bytes, head: Head) -> bool:
    """Set aside by a fork: not lost, though no longer in its place."""
    sql = "SELECT 1 FROM orphan JOIN log ON log.id = orphan.log WHERE log.name = ? AND orphan.seq = ? AND hash = ?"
    return db.one(sql, (log, head.seq, bytes.fromhex(head.head))) is not None


def _skip_numbers(db: DeskDatabase, lost: Lost, today: str, blocks: tuple[Block, ...]) -> None:
    number = lost.head.number
    if lost.head.day == "":
        last = daily_numbers.last_number(db, today, blocks)
        number = (blocks[0].first - 1 if last is None else last) + min(lost.head.seq - lost.found, _MOST_SKIPPED)
    elif lost.head.day != today:
        return
    for block in blocks:
        if block.first <= number <= block.last:
            daily_numbers.skip_to(db, today, number)
