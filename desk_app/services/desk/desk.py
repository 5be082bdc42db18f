"""An open desk: its database, settings, forms and clock, handed to every service. Opening and closing it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Self

from desk_app import places
from desk_app.domain.calendar.deadlines import Calendar
from desk_app.domain.calendar.moments import VIETNAM, milliseconds, told_offset
from desk_app.domain.dossiers.numbering import Block, default_blocks
from desk_app.domain.training import training_desk
from desk_app.errors import (
    DataFolderMissingError,
    DeskError,
    NewerDeskError,
    NoDeskError,
    OlderFileError,
    TrainingDeskError,
)
from desk_app.lazy import lazy
from desk_app.services.setup import shipped_days
from desk_app.services.updates import trial
from desk_app.store.database import database
from desk_app.store.database.database import DeskDatabase
from desk_app.store.database.failures import file_failures
from desk_app.store.database.head_file import sync_head
from desk_app.store.database.lock import DeskLock, hold
from desk_app.store.journal import account_head, restore_detection
from desk_app.store.keys import vault
from desk_app.store.peers import sync_state
from desk_app.store.queries import search_debt
from desk_app.store.reference import days, settings

if TYPE_CHECKING:
    from desk_app import secret_files
    from desk_app.documents.forms import form, office_library
    from desk_app.domain.dossiers import events
    from desk_app.domain.people.places.unit_changes import UnitChange
    from desk_app.services.payments import fee_law
    from desk_app.services.updates import going_back, program_folder
    from desk_app.store.reference import office_forms, unit_changes
else:
    fee_law = lazy("desk_app.services.payments.fee_law")
    going_back = lazy("desk_app.services.updates.going_back")
    program_folder = lazy("desk_app.services.updates.program_folder")
    form = lazy("desk_app.documents.forms.form")
    office_library = lazy("desk_app.documents.forms.office_library")
    secret_files = lazy("desk_app.secret_files")
    events = lazy("desk_app.domain.dossiers.events")
    office_forms = lazy("desk_app.store.reference.office_forms")
    unit_changes = lazy("desk_app.store.reference.unit_changes")

Clock = Callable[[], datetime]
_INDEXED_AT_ONCE = 500


def system_clock() -> datetime:
    return datetime.now(UTC)


@dataclass(kw_only=True)
class Desk:
    """What a service needs. `clock` gives aware moments; a `reader` records nothing; `alarm` tells what was amiss.

    `clock_offset` is what the district's clock is ahead of this machine's, in s; `now` is right by it. `when_closed`
    is done with the data folder locked still and the database closed.
    """

    data: Path
    db: DeskDatabase
    settings: settings.Settings
    clock: Clock = system_clock
    reader: bool = False
    lock: DeskLock | None = None
    alarm: str = ""
    clock_offset: int = 0
    when_closed: list[Callable[[], None]] = field(default_factory=list)

    @cached_property
    def forms(self) -> form.FormLibrary:
        """The forms of the program and the office's own; read when first asked, so that opening stays quick."""
        folders = [places.forms(), self.data / "forms"]
        library = form.FormLibrary.load(folders, shipped=places.forms())
        held = office_forms.every(self.db)
        bound = office_forms.bound(self.db)
        made = office_library.with_office(library, held, bound, lists=folders) if held or bound else library
        return replace(made, wording=self.settings.paper_wording)

    @cached_property
    def calendar(self) -> Calendar:
        return Calendar.from_entries(days.all_days(self.db), self.settings.hours)

    @cached_property
    def unit_changes(self) -> tuple[UnitChange, ...]:
        """Changes of administrative units that the program does not carry itself."""
        return unit_changes.every(self.db)

    def now(self) -> datetime:
        return (self.clock() + timedelta(seconds=told_offset(self.clock_offset))).astimezone(VIETNAM)

    def today(self) -> date:
        return self.now().date()

    @property
    def clerk(self) -> str:
        return self.settings.clerk

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The numbers of the day this desk may give."""
        return self.settings.blocks or default_blocks(self.settings.desk)

    @property
    def office(self) -> events.Office:
        """How the papers of today name this office."""
        kept = self.settings
        return events.Office(
            name=kept.office,
            commune=kept.commune,
            province=kept.province,
            superior=kept.superior,
            clerk=kept.clerk,
            desk=kept.desk,
            address=kept.address,
            phone=kept.phone,
            bank_bin=kept.bank_bin,
            bank_account=kept.bank_account,
            bank_holder=kept.bank_holder,
            bank_name=fee_law.bank_name(kept.bank_bin),
        )

    @property
    def is_training(self) -> bool:
        return training_desk.is_training_unit(self.settings.unit)

    @property
    def watermark(self) -> str:
        """The word that lies across every paper of this desk; "" for work."""
        return training_desk.WATERMARK if self.is_training else ""

    def refuse_training(self) -> None:
        """Nothing of a training desk goes to a district or into a register. Raises `TrainingDeskError`."""
        if self.is_training:
            raise TrainingDeskError

    def learn_clock(self) -> None:
        """Take over what the last exchange found of the district's clock."""
        self.clock_offset = sync_state.clock_offset(self.db)

    def forget_law(self) -> None:
        """Read forms, calendar and units afresh, after an import changed them."""
        for name in ("forms", "calendar", "unit_changes"):
            self.__dict__.pop(name, None)

    def close(self) -> None:
        self.db.close()
        if self.lock is not None:
            sync_head(self.data)
            account_head.note(self.data)
            while self.when_closed:
                self.when_closed.pop()()
            self.lock.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def is_made(data: Path) -> bool:
    """Whether the folder holds a desk already."""
    with file_failures(data):
        return (data / database.FILE).exists()


def is_begun(data: Path) -> bool:
    """Whether the folder holds a desk or the key of one whose database is away: nothing may be written over it."""
    with file_failures(data):
        return is_made(data) or (data / vault.FILE).exists()


def open_desk(
    data: Path,
    *,
    passphrase: str | None = None,
    recovery: str | None = None,
    key: bytes | None = None,
    clock: Clock = system_clock,
    reader: bool = False,
) -> Desk:
    """Unlock and open the desk in `data`; a writer holds the folder against a second program.

    With `key`, which a program that has it open handed over, nothing is unlocked.

    Raises the vault's errors (no key store, wrong passphrase …) and the database's (no desk, wrong key, damaged,
    newer than this program, second program, no permission).
    """
    if not data.is_dir():
        raise DataFolderMissingError(folder=data)
    if not is_made(data):
        raise NoDeskError(folder=data)
    lock = None if reader else hold(data)
    try:
        with file_failures(data):
            key = key or key_of(data, passphrase=passphrase, recovery=recovery)
        with trial.opening(data, key):
            db = _opened(data, key, reader=reader)
        desk = Desk(data=data, db=db, settings=settings.get(db), clock=clock, reader=reader, lock=lock)
        desk.learn_clock()
        _see_to_lost_tail(desk)
        if not reader:
            with suppress(DeskError):  # a full disk must not keep the counter shut; the next start asks again
                desk.settings = shipped_days.take_over(db, desk.settings, desk.today())
            with suppress(DeskError):  # what stays owed is worked off later; nobody waits for it
                search_debt.work_off(db, most=_INDEXED_AT_ONCE)
            trial.settle()
    except BaseException:
        if lock is not None:
            lock.close()
        raise
    return desk


def _opened(data: Path, key: bytes, *, reader: bool) -> DeskDatabase:
    """The database; a reader that is the first after an update has the tables brought up to date before it looks.

    What a version that was given up had made of the tables is taken back, where no event has come since.
    """
    file = data / database.FILE
    try:
        return database.open_database(file, key, readonly=reader)
    except OlderFileError:
        with hold(data):
            database.open_database(file, key).close()
    except NewerDeskError:
        if reader or not going_back.put_back_after_failure(program_folder.here(os.environ), data, key):
            raise
    return database.open_database(file, key, readonly=reader)


def key_of(data: Path, *, passphrase: str | None, recovery: str | None = None) -> bytes:
    """The desk's key; a demo without a key store keeps its password itself. Raises as `vault.unlock` does."""
    demo = demo_passphrase_file(data)
    if passphrase is None and recovery is None and demo.exists():
        passphrase = passphrase_from(str(demo))
    return vault.unlock(data, passphrase=passphrase, recovery=recovery)


def _see_to_lost_tail(desk: Desk) -> None:
    """A lost tail is told, not refused: the counter must go on, and the clerk must know which papers to look for.

    It is told at every start until what is missing has come back from the district or a person has settled it.
    """
    if not desk.reader:
        now = desk.now()
        restore_detection.go_on(desk.db, today=now.date().isoformat(), at=milliseconds(now), blocks=desk.blocks)
        restore_detection.settle_returned(desk.db)
    desk.alarm = restore_detection.alarm(desk.db)


def demo_passphrase_file(data: Path) -> Path:
    """Where a demo desk on a machine without a key store keeps its passphrase (docs/decisions/0004)."""
    return data / "demo-passphrase.txt"


def passphrase_from(file: str | None) -> str | None:
    """The first line of a passphrase file; None where none is named. A secret is never an argument.

    Windows editors put a byte order mark before the text; nobody typed it.
    """
    if not file:
        return None
    return secret_files.text(Path(file)).splitlines()[0].strip()


@contextmanager
def apart(desk: Desk) -> Iterator[Desk]:
    """The same desk over a writing connection of its own, for work on another thread."""
    own = replace(desk, db=desk.db.writer(), lock=None)
    forms_before = office_forms.mark(own.db)
    try:
        yield own
        came = settings.get(own.db)
        if came != desk.settings:  # another desk of the commune changed what all desks hold alike
            desk.settings = came
            desk.forget_law()
        elif office_forms.mark(own.db) != forms_before:
            desk.forget_law()
    finally:
        desk.clock_offset = own.clock_offset
        own.db.close()
