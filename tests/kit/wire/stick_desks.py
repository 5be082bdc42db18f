"""Desks enrolled by stick with a district in the test's own process: nothing listens, only files go about."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from msgspec.structs import replace

from desk_app.district.admin.folder import DistrictOffice
from desk_app.district.transport import stick as district_stick
from desk_app.services.desk.desk import Desk
from desk_app.services.dossiers import steps
from desk_app.services.reception import cards, reception
from desk_app.services.sync import enrolling, syncing
from desk_app.services.sync.syncing import Exchanged
from desk_app.store.journal import logs
from tests.kit.desk.desks import CARD, TestClock
from tests.kit.district import ledgers
from tests.kit.district.offices import code_for


@dataclass
class Station:
    """A desk, its clock, and the folder that stands for its stick."""

    desk: Desk
    clock: TestClock
    stick: Path
    files: list[Path] = field(default_factory=list)

    def enrol(self, here: DistrictOffice, number: int) -> None:
        """Card, request, answer, and two people who agree."""
        code = code_for(here, number)
        district_stick.write_card(here.district, self.stick)
        enrolling.ask_on_stick(self.desk, code, self.stick)
        district_stick.take_in(here.district, self.stick)
        enrolling.answer_from_stick(self.desk, self.stick)
        enrolling.confirm(self.desk)
        self.wipe()

    def receive(self, count: int = 1) -> list[str]:
        return [self._receive() for _ in range(count)]

    def _receive(self) -> str:
        self.clock.moment += timedelta(seconds=90)
        person = cards.scan(self.desk, CARD).person
        draft = replace(reception.new_draft("1.004873"), people={"applicant": person})
        return reception.receive(self.desk, draft).dossier.code

    def correct(self, code: str, note: str) -> None:
        steps.correct(self.desk, code, {"note": note})

    def export(self, **more: object) -> Path:
        """What is not confirmed, on the stick; the file."""
        self.clock.moment += timedelta(seconds=1)
        (file,) = syncing.export_stick(self.desk, self.stick, **more).files  # type: ignore[arg-type]
        return file

    def take(self, place: Path | None = None) -> Exchanged:
        return syncing.import_stick(self.desk, place or self.stick)

    def wipe(self) -> None:
        for file in self.stick.iterdir():
            file.unlink()

    @property
    def standing(self) -> tuple[int, int, int]:
        """Own events, those confirmed, those waiting."""
        counts = logs.counts(self.desk.db)
        return counts.events, counts.confirmed_events, logs.waiting(self.desk.db).events

    @property
    def books(self) -> ledgers.Books:
        return ledgers.of_desk(self.desk.db)

    @property
    def own(self) -> ledgers.Books:
        return ledgers.own_of_desk(self.desk.db)


def answered(here: DistrictOffice, question: Path) -> Path:
    """The district takes the file in; its answer beside it."""
    (handed,) = district_stick.take_in(here.district, question)
    return question.parent / handed.answer


def at_the_district(here: DistrictOffice) -> ledgers.Books:
    return ledgers.desks_work_at(here.district.storage)
