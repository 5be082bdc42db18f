"""Numbers of the day: what this desk gave, what it gives next, what comes back with its own events."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from desk_app.domain.dossiers.events import Received, Recorded
from desk_app.domain.dossiers.numbering import Block, Number, Pattern, default_blocks, next_number
from desk_app.domain.history import founding, moved
from desk_app.domain.history.founding import KnownDevice
from desk_app.lazy import lazy
from desk_app.store.database.database import DeskDatabase
from desk_app.store.peers import devices, sync_state
from desk_app.store.reference import settings

if TYPE_CHECKING:
    from desk_app.protocol import known_devices
else:
    known_devices = lazy("desk_app.protocol.known_devices")  # with the ciphers of `cryptography`

IsFree = Callable[[int], bool]
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


def peek_number(
    db: DeskDatabase, day: str, blocks: Sequence[Block], *, desk: int = 0, is_free: IsFree = lambda _: True
) -> Number:
    """The number the next dossier would get; gives nothing away. `is_free` says whether no dossier has its code yet.

    A colleague may have written of a number that is ours: that one is passed over, not all those before it.
    Raises `NumbersUsedUpError`.
    """
    number = next_number(blocks, last_number(db, day, blocks), desk=desk, on=day)
    while not is_free(number.value):
        number = next_number(blocks, number.value, desk=desk, on=day)
    return number


def take_number(
    db: DeskDatabase, day: str, blocks: Sequence[Block], *, desk: int = 0, is_free: IsFree = lambda _: True
) -> Number:
    """The next number of the day (ISO), never given again. Inside `unit_of_work` only, with the event that uses it.

    `is_free` as for `peek_number`. Raises `NumbersUsedUpError`.
    """
    if not db.conn.in_transaction:
        raise RuntimeError("a number is taken in the transaction that uses it")
    number = peek_number(db, day, blocks, desk=desk, is_free=is_free)
    db.execute("INSERT INTO number_used(day, number) VALUES(?,?)", (day, number.value))
    db.new_number = (day, number.value)
    return number


def take_back(db: DeskDatabase, received: Iterable[tuple[Recorded, Received]]) -> None:
    """Numbers of this desk found in receptions that come in: it gave them before it was restored, or a clone did.

    A colleague's reception under one of our numbers takes none: whoever wrote it had no right to the number.
    """
    kept = settings.get(db)
    pattern, blocks = Pattern(kept.pattern), kept.blocks or default_blocks(kept.desk)
    past = _EarlierMachines(db, kept.unit, kept.desk)
    for event, payload in received:
        read = pattern.read(payload.code)
        is_of_block = read is not None and read[0] == kept.unit and any(b.first <= read[2] <= b.last for b in blocks)
        if read is not None and is_of_block and past.gave(event, read[2]):
            db.execute(_USED, (read[1].isoformat(), read[2]))


class _EarlierMachines:
    """Who gave numbers that are this desk's now: itself, and machines that had its place or its blocks. Read once."""

    def __init__(self, db: DeskDatabase, unit: str, desk: int) -> None:
        self._db, self._unit, self._desk = db, unit, desk

    def gave(self, event: Recorded, number: int) -> bool:
        """Whether the writer of this reception could give this number of the desk's."""
        log = bytes.fromhex(event.log)
        if moved.is_log(log):  # whoever carries what moved signs it; only a desk that lost something can miss it
            return founding.belongs(event.dossier, self._own) or self._lost_something
        author = self._author(log)
        if log in self._own or author in self._own:
            return True
        device = self._devices.get(author or b"")
        return device is not None and (
            device.desk == self._desk or any(block.first <= number <= block.last for block in device.blocks)
        )

    def _author(self, log: bytes) -> bytes | None:
        found = self._db.one("SELECT author FROM log WHERE name = ?", (log,))
        return found[0] if found else None

    @cached_property
    def _own(self) -> frozenset[bytes]:
        """Key and logs of this machine."""
        logs = {name for (name,) in self._db.all("SELECT name FROM log WHERE is_own > 0")}
        return frozenset({*logs, sync_state.get(self._db).kid} - {b""})

    @cached_property
    def _devices(self) -> dict[bytes, KnownDevice]:
        known = [known_devices.known_device(row.certificate) for row in devices.all(self._db) if row.certificate]
        return {one.kid: one for one in known if one.unit == self._unit and not one.is_district}

    @cached_property
    def _lost_something(self) -> bool:
        own = sync_state.get(self._db).kid
        return self._db.one("SELECT 1 FROM log WHERE is_own = 2") is not None or any(
            one.desk == self._desk for one in self._devices.values() if one.kid != own
        )


def skip_to(db: DeskDatabase, day: str, number: int) -> None:
    """Give no number of this day (ISO) up to this one: papers may carry them that are no longer in the journal."""
    db.execute(_USED, (day, number))
