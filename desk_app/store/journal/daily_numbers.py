"""Numbers of the day: what this desk gave, what it gives next, what comes back with its own events."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from desk_app.domain.dossiers.numbering import Block, Number, Pattern, default_blocks, next_number
from desk_app.store.database.database import DeskDatabase
from desk_app.store.reference import settings

_USED = "INSERT OR IGNORE INTO number_used(day, number) VALUES(?,?)"


def last_number(db: DeskDatabase, day: str, blocks: Sequence[Block]) -> int | None:
    """The highest number given on this day (ISO) in the last of these blocks that was begun, None before the first.

    The highest and not the latest: after a restore, numbers come back in any order.
    """
    for block in reversed(blocks):
        ((last,),) = db.all(
            "SELECT max(number) FROM number_used WHERE day = ? AND number BETWEEN ? AND ?",
            (day, block.first, block.last),
        )
        if last is not None:
            return int(last)
    return None


def peek_number(db: DeskDatabase, day: str, blocks: Sequence[Block], *, desk: int = 0) -> Number:
    """The number the next dossier would get; gives nothing away. Raises `NumbersUsedUpError`."""
    return next_number(blocks, last_number(db, day, blocks), desk=desk, on=day)


def take_number(db: DeskDatabase, day: str, blocks: Sequence[Block], *, desk: int = 0) -> Number:
    """The next number of the day (ISO), never given again. Inside `unit_of_work` only, with the event that uses it.

    Raises `NumbersUsedUpError`.
    """
    if not db.conn.in_transaction:
        raise RuntimeError("a number is taken in the transaction that uses it")
    number = peek_number(db, day, blocks, desk=desk)
    db.execute("INSERT INTO number_used(day, number) VALUES(?,?)", (day, number.value))
    db.new_number = (day, number.value)
    return number


def take_back(db: DeskDatabase, codes: Iterable[str]) -> None:
    """Numbers of this desk found in codes that come in: it gave them before it was restored, or a clone did."""
    kept = settings.get(db)
    pattern, blocks = Pattern(kept.pattern), kept.blocks or default_blocks(kept.desk)
    for code in codes:
        read = pattern.read(code)
        if read is not None and read[0] == kept.unit and any(b.first <= read[2] <= b.last for b in blocks):
            db.execute(_USED, (read[1].isoformat(), read[2]))


def skip_to(db: DeskDatabase, day: str, number: int) -> None:
    """Give no number of this day (ISO) up to this one: papers may carry them that are no longer in the journal."""
    db.execute(_USED, (day, number))
