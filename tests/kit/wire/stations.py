"""The PCs and the district of one made-up commune: what can happen to them in a year, each as one call.

Desks are opened and used through the program's own services; the line between is `wire`. Each event that is written
carries a token of its own, by which it is found again wherever it goes.
"""

from __future__ import annotations

import random
import re
import secrets
import shutil
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from pathlib import Path
from threading import Event

import pytest
from msgspec.structs import replace

from desk_app.district.admin import backup
from desk_app.district.admin.folder import DistrictOffice
from desk_app.district.admin.settings import DistrictSettings
from desk_app.district.district import District
from desk_app.district.intake import enrolment_slots
from desk_app.district.keys.identity import ROOT
from desk_app.district.own_log import writer
from desk_app.district.own_log.writer import Word
from desk_app.district.publishing import announcements, erasing
from desk_app.district.storage import devices, logs, meta, open_storage
from desk_app.district.transport import stick
from desk_app.documents.forms import form
from desk_app.documents.forms.form import Form
from desk_app.documents.forms.form_files import read_form
from desk_app.domain.notices import Redacted, Revoked
from desk_app.domain.people.person import Person
from desk_app.errors import DeskError
from desk_app.protocol import packing
from desk_app.protocol.event_body import event_of
from desk_app.services.desk import desk as desk_service
from desk_app.services.desk.desk import Desk, open_desk
from desk_app.services.dossiers import steps
from desk_app.services.reception import reception
from desk_app.services.sync import enrolling, syncing
from desk_app.store.database.database import DeskDatabase
from desk_app.store.journal.check import check
from desk_app.store.journal.logs import standings, waiting
from desk_app.store.keys import vault
from desk_app.store.peers import sync_state
from desk_app.sync.rounds import incoming, rounds
from tests.kit.desk import days
from tests.kit.desk.desks import PASSPHRASE, TestClock
from tests.kit.district.ledgers import Books, desks_work_at, of_desk, of_district
from tests.kit.district.writers import Root
from tests.kit.wire.wire import Fault, Killed, Wire

UNIT, EVERYBODY = days.UNIT, "*"
MOST_DESKS = 4
_TOKEN = re.compile(rb"VIEC-\d{6}")
_KEY = "key-of-the-trials"


def tokens_in(bodies: Iterable[bytes]) -> Counter[bytes]:
    """How often each written thing is said."""
    return Counter(found[0] for body in bodies if (found := _TOKEN.search(body)))


def in_books(books: Books) -> Counter[bytes]:
    return tokens_in(body for bodies in books.values() for body in bodies)


@dataclass
class Pc:
    """A machine at a counter: its data folder, what its user account remembers, its clock."""

    folder: Path
    number: int
    clock: TestClock = field(default_factory=lambda: TestClock(days.MORNING))
    desk: Desk | None = None
    is_revoked: bool = False
    is_gone: bool = False

    @property
    def data(self) -> Path:
        return self.folder / "desk"

    @property
    def account(self) -> Path:
        return self.folder / "account"

    def close(self) -> None:
        if self.desk is not None:
            self.desk.close()
            self.desk = None


class Commune:
    """One district and its desks of one unit. Every method leaves the PCs closed or open, as they were."""

    def __init__(self, folder: Path, templates: Path, patch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        self._templates = templates
        self._patch = patch
        self._number = 0
        self._revoked: set[bytes] = set()
        self.pcs: list[Pc] = []
        self.wire = Wire()
        self.root = Root()
        self.chance = random.Random(0)
        patch.setattr(secrets, "token_bytes", self.chance.randbytes)
        _waste_no_time(patch)
        patch.setattr(rounds, "Line", self.wire.line)
        patch.setattr(enrolling, "Line", self.wire.line)
        patch.setattr(desk_service.vault, "unlock", lambda data, **_: bytes.fromhex((data / _KEY).read_text()))
        self.office = self._begun()

    # the district

    def _begun(self) -> DistrictOffice:
        place = self.folder / "district"
        place.mkdir()
        self.root.keep(place)
        storage = open_storage(place / "district.db", self.root.identity.storage_key)
        with storage.writing() as session:
            meta.put(session, ROOT, self.root.identity.card.root)
        district = District(storage, self.root.identity, clock=self._district_now)
        self.wire.district = district
        return DistrictOffice(
            folder=place, settings=DistrictSettings(name="UBND thử", url="http://127.0.0.1"), district=district
        )

    def _district_now(self) -> int:
        return int(days.MORNING.timestamp() * 1000) + self._number

    @property
    def district(self) -> District:
        return self.office.district

    def say(self) -> None:
        """An announcement to everybody."""
        with self.district.storage.writing() as session:
            announcements.announce(
                session,
                self.root.identity,
                title=f"Thông báo {self._next()}",
                text="Nghỉ họp chiều thứ sáu.",
                until="",
                scope=EVERYBODY,
                at=self._district_now(),
            )

    def erase(self, which: int) -> tuple[bytes, int, bytes] | None:
        """Erase one event that a desk wrote, by decree: its log, number and token."""
        found = sorted(
            (said[0], seq, log)
            for log, bodies in self.held().items()
            for seq, body in enumerate(bodies, 1)
            if (said := _TOKEN.search(body))
        )
        if not found:
            return None
        token, seq, log = found[which % len(found)]
        with self.district.storage.writing() as session:
            erasing.erase(session, self.root.identity, log.hex(), seq, reason="nhầm", at=self._district_now())
        return log, seq, token

    def decreed(self) -> set[tuple[bytes, int]]:
        """What the district's own logs say is erased."""
        own = set(self.readable()) - set(self.held())
        lines = [(log, line) for log, bodies in self.readable().items() if log in own for line in bodies]
        events = [event_of(log.hex(), 1, line).payload for log, line in lines]
        return {(bytes.fromhex(one.log), one.seq) for one in events if isinstance(one, Redacted)}

    def back_up_district(self, file: Path) -> None:
        backup.make(self.office, file)

    def bring_district_back(self, file: Path) -> None:
        """The district's machine died; what came after the copy is gone there."""
        backup.bring_back(self.office, file, over=True)

    def revoke(self, pc: Pc) -> None:
        """The district no longer trusts the key of this machine, and so of its twins."""
        kid = self._kid(pc)
        with self.district.storage.writing() as session:
            words = [Word(payload=Revoked(device=kid.hex(), reason="mất máy"))]
            writer.append_signed(session, self.root.identity, EVERYBODY, words, at=self._district_now())
        self._revoked.add(kid)
        self.see_revoked()

    def see_revoked(self) -> None:
        """Mark the machines whose key was revoked; a disk put back may bring such a key back."""
        for pc in self.pcs if self._revoked else ():
            pc.is_revoked = pc.is_revoked or (not pc.is_gone and self._kid(pc) in self._revoked)

    def held(self) -> Books:
        """The desks' logs at the district."""
        return desks_work_at(self.district.storage)

    # machines

    def enrol(self, desk: int) -> Pc:
        """A new machine for this number, certified by a code, digits compared."""
        pc = Pc(self.folder / f"pc{len(self.pcs)}", desk)
        shutil.copytree(self._templates / f"desk{desk}", pc.data)
        self.pcs.append(pc)
        self.certify(pc, desk)
        return pc

    def certify(self, pc: Pc, desk: int) -> None:
        """A code, typed in; the six digits compared. Also for a machine that the district has forgotten."""
        with self.district.storage.writing() as session:
            code, _ = enrolment_slots.make(
                session, unit=UNIT, commune=days.COMMUNE, desk=desk, blocks=(), at=self._district_now()
            )
        with self.at(pc) as opened:
            enrolling.enrol(opened, code, url="http://127.0.0.1")
            enrolling.confirm(opened)

    @contextmanager
    def at(self, pc: Pc) -> Iterator[Desk]:
        """Sit down at this machine."""
        self._patch.setenv("DESK_STATE", str(pc.account))
        if pc.desk is None:
            pc.desk = open_desk(pc.data, passphrase="", clock=pc.clock)
        yield pc.desk

    def leave(self, pc: Pc) -> None:
        self._patch.setenv("DESK_STATE", str(pc.account))
        pc.close()

    def copy_folder(self, pc: Pc, to: Path) -> None:
        """A backup by copying, as offices make them: the program is closed."""
        self.leave(pc)
        shutil.copytree(pc.data, to)

    def put_back(self, pc: Pc, backup_folder: Path) -> None:
        """The folder of then in place of the one of now."""
        self.leave(pc)
        shutil.rmtree(pc.data, ignore_errors=True)
        shutil.copytree(backup_folder, pc.data)

    def burn(self, pc: Pc) -> None:
        """The machine and all that was only on it are gone."""
        self.leave(pc)
        shutil.rmtree(pc.data)
        pc.is_gone = True

    def clone(self, pc: Pc) -> Pc:
        """The disk of this machine copied to another one, whose user account knows nothing."""
        place, clock = self.folder / f"pc{len(self.pcs)}", TestClock(pc.clock.moment)
        twin = Pc(place, pc.number, clock=clock, is_revoked=pc.is_revoked)
        self.copy_folder(pc, twin.data)
        self.pcs.append(twin)
        return twin

    # work

    def write(self, pc: Pc, *, what: int, which: int) -> bytes:
        """A reception, a step or a correction of any dossier this machine knows; its token, b"" when it was refused."""
        token = f"VIEC-{self._next():06d}"
        with self.at(pc) as desk:
            codes = [code for (code,) in desk.db.all("SELECT code FROM dossier ORDER BY received_at, code")]
            try:
                if what == 0 or not codes:
                    person = Person(full_name="Nguyễn Thử", id_number=f"039090{self._number:06d}")
                    draft = replace(reception.new_draft("1.004873"), people={"applicant": person}, note=token)
                    reception.receive(desk, draft)
                elif what == 1:
                    steps.step(desk, codes[which % len(codes)], "forward", reason=token)
                else:
                    steps.correct(desk, codes[which % len(codes)], {"note": token})
            except DeskError:
                return b""
        return token.encode()

    def round(self, pc: Pc, *faults: Fault) -> str:
        """One exchange over the line; "" when it was a success, else the name of what went wrong.

        `faults` befall its questions, the first the first.
        """
        self.wire.faults[:] = faults
        crashed = self.folder / "crashed"

        def at_death() -> None:
            shutil.copytree(pc.data, crashed)

        self.wire.at_death = at_death
        with self.at(pc) as desk:
            try:
                syncing.synchronise(desk, progress=lambda _: None, stop=Event())
            except DeskError as error:
                return type(error).__name__
            except Killed:
                self._revive(pc, crashed)
                return "Killed"
        return ""

    def _revive(self, pc: Pc, crashed: Path) -> None:
        """The files as they were at the moment of death, whatever the unwinding of this test did to them since."""
        self._patch.setenv("DESK_STATE", str(self.folder / "nowhere"))
        pc.close()
        shutil.rmtree(pc.data)
        crashed.rename(pc.data)

    # sticks

    def out_on_stick(self, pc: Pc, folder: Path, *, to_desk: int = 0) -> bool:
        folder.mkdir()
        with self.at(pc) as desk:
            try:
                syncing.export_stick(desk, folder, to_desk=to_desk)
            except DeskError:
                return False
        return True

    def at_the_district(self, folder: Path) -> None:
        with suppress(DeskError):
            stick.take_in(self.district, folder)

    def in_from_stick(self, pc: Pc, folder: Path) -> None:
        with self.at(pc) as desk, suppress(DeskError):
            syncing.import_stick(desk, folder)

    # what is where

    def kept_by(self, pc: Pc) -> Counter[bytes]:
        """Every written thing this machine still has, also those set aside."""
        with self.at(pc) as desk:
            aside = [body.encode() for (body,) in desk.db.all("SELECT body FROM orphan WHERE settled = 0")]
            return in_books(of_desk(desk.db)) + tokens_in(aside)

    def is_sound(self, pc: Pc) -> list[str]:
        with self.at(pc) as desk:
            return list(check(desk.db).problems)

    def books_of(self, pc: Pc) -> Books:
        with self.at(pc) as desk:
            return of_desk(desk.db)

    def confirmed(self, pc: Pc) -> dict[bytes, int]:
        """How much of its own logs this machine takes for delivered."""
        with self.at(pc) as desk:
            return {one.log: one.confirmed for one in standings(desk.db) if one.own and one.confirmed}

    def readable(self) -> Books:
        """What every desk of the unit may read at the district."""
        with self.district.storage.reading() as session:
            names = {log.log for log in logs.every(session) if log.scope in (UNIT, EVERYBODY)}
        return {log: bodies for log, bodies in of_district(self.district.storage).items() if log in names}

    def authors_revoked(self) -> set[bytes]:
        with self.district.storage.reading() as session:
            return {device.kid for device in devices.every(session) if device.is_revoked}

    def _kid(self, pc: Pc) -> bytes:
        with self.at(pc) as desk:
            return sync_state.get(desk.db).kid

    def _next(self) -> int:
        self._number += 1
        return self._number

    def close(self) -> None:
        for pc in self.pcs:
            self.leave(pc)
        self.district.storage.close()

    def jump(self, pc: Pc, days_on: int) -> None:
        pc.clock.moment += timedelta(days=days_on)


def _waste_no_time(patch: pytest.MonkeyPatch) -> None:
    """Nobody waits for the database here, bytes are not counted, and the forms stay as they are through the year."""
    patch.setattr(incoming, "_GAP_S", 0)
    compressed = packing._compressed
    patch.setattr(packing, "_compressed", lambda raw, dictionary, _: compressed(raw, dictionary, 1))
    patch.setattr(form, "read_form", lambda folder, *, lists: _form(folder, tuple(lists[:1])))


@cache
def _form(folder: Path, lists: tuple[Path, ...]) -> Form:
    return read_form(folder, lists=list(lists))


def templates(folder: Path) -> Path:
    """Desks 1 … 4 of the commune, each with its key beside it."""
    for desk in range(1, MOST_DESKS + 1):
        data = days.make_desk(folder, desk=desk)
        (data / _KEY).write_text(vault.unlock(data, passphrase=PASSPHRASE).hex())
    return folder


def waits(db: DeskDatabase) -> bool:
    """Whether own events are left that nobody has confirmed."""
    return waiting(db).events > 0
