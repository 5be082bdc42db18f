"""A commune of the tests: desks with keys, a district that listens in this process, rounds between them."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from threading import Event

from msgspec.structs import replace

from desk_app.domain.people.person import Person
from desk_app.protocol.keys import Keys
from desk_app.services.desk.desk import Desk
from desk_app.services.dossiers import steps
from desk_app.services.reception import reception
from desk_app.store.journal import logs
from desk_app.sync.membership.identity import Member, told
from desk_app.sync.rounds import rounds
from desk_app.sync.rounds.effects import Effects
from desk_app.sync.rounds.files_lane import FilesLane
from desk_app.sync.rounds.rounds import Outcome, Progress
from tests.kit.desk import days
from tests.kit.desk.desks import TestClock
from tests.kit.district import copies, ledgers
from tests.kit.district.ledgers import Books
from tests.kit.district.serving import Served, served
from tests.kit.district.writers import MORNING, Root, register


@dataclass
class Office:
    """A desk with its membership; `tells` is what its last round told of its progress."""

    desk: Desk
    member: Member
    clock: TestClock
    tells: list[Progress] = field(default_factory=list)

    def sync(self, *, url: str = "", stop: Event | None = None, lane: FilesLane | None = None) -> Outcome:
        self.tells = []
        return rounds.run(
            self.desk.db,
            self.member,
            clock=self.clock,
            progress=self.tells.append,
            stop=stop or Event(),
            effects=Effects(self.member),
            lane=lane,
            url=url,
        )

    def receive(self, count: int = 1) -> list[str]:
        """Citizens hand something in; the dossiers' codes."""
        return [self._receive() for _ in range(count)]

    def _receive(self) -> str:
        self.clock.moment += timedelta(seconds=90)
        applicant = Person(full_name="Nguyễn Thị Thử", id_number="001190000001", phone="0912000111")
        draft = replace(
            reception.new_draft("2.000635"), people={"applicant": applicant}, due_at=MORNING + 5 * 86_400_000
        )
        return reception.receive(self.desk, draft).dossier.code

    def correct(self, code: str, value: str) -> None:
        steps.correct(self.desk, code, {"note": value}, reason="Ghi nhầm")

    @property
    def books(self) -> Books:
        """Everything that stands in its journal, by log."""
        return ledgers.of_desk(self.desk.db)

    @property
    def own(self) -> Books:
        return ledgers.own_of_desk(self.desk.db)

    @property
    def confirmed(self) -> int:
        return logs.counts(self.desk.db).confirmed_events

    @property
    def waiting(self) -> int:
        return logs.waiting(self.desk.db).events


@dataclass
class Commune:
    """Makes the district and its desks."""

    folder: Path
    copied: Callable[[int], Path]
    stack: ExitStack
    root: Root = field(default_factory=Root)
    running: ExitStack = field(default_factory=ExitStack)
    moment: int = MORNING

    def __post_init__(self) -> None:
        self.stack.callback(self._stop)

    def _stop(self) -> None:
        self.running.close()  # the one that runs by then

    def district(self, place: Path | None = None) -> Served:
        """The district begins to listen, in place of the one that did."""
        self.running.close()
        self.running = ExitStack()
        served_one = served(place or self.folder / "district.db", self.root, clock=lambda: self.moment)
        return self.running.enter_context(served_one)

    def office(
        self, served_one: Served, number: int = 1, *, data: Path | None = None, keys: Keys | None = None
    ) -> Office:
        """A desk that is enrolled."""
        clock = TestClock(days.MORNING)
        desk = self.stack.enter_context(days.opened(data or self.copied(number), clock))
        return Office(desk, member_of(served_one, keys, desk=number), clock)


def member_of(served_one: Served, keys: Keys | None = None, *, unit: str = days.UNIT, desk: int = 1) -> Member:
    """A membership as an enrolment leaves it."""
    keys = keys or Keys.new()
    root = served_one.root
    root.url = served_one.url
    signed = register(served_one.district, root, keys.public, unit=unit, desk=desk)
    card = root.card
    return Member(
        keys=keys,
        certificate=told(signed),
        district=card,
        district_keys=card.operational(),
        root=root.keys.public,
    )


def backup(database: Path, copy: Path, root: Root) -> Path:
    """A copy of a district's file as it now is, while it may be in use."""
    key = root.identity.storage_key
    with copies.opened(database, key) as source, copies.opened(copy, key) as target:
        source.backup(target)
    return copy


def image(office: Office, folder: Path) -> Path:
    """A copy of a desk's whole folder, as a disk image would hold it."""
    office.desk.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copytree(office.desk.data, folder, ignore=shutil.ignore_patterns("*.lock"))
    return folder
