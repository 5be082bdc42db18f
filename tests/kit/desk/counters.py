"""Desks of the trials: enrolled without ceremony, opened quickly, synchronised through the program's own rounds."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Event

import msgspec

from desk_app.protocol.keys import DistrictCard, Keys
from desk_app.services.desk.desk import Desk
from desk_app.store.database.database import FILE, DeskDatabase, open_database, unit_of_work
from desk_app.store.keys import vault
from desk_app.store.peers import device_key, sync_state
from desk_app.store.reference import settings
from desk_app.sync.membership import identity
from desk_app.sync.membership.identity import Member
from desk_app.sync.rounds import rounds
from desk_app.sync.rounds.effects import Effects
from desk_app.sync.rounds.rounds import Outcome
from tests.kit.desk import days
from tests.kit.desk.desks import PASSPHRASE, TestClock


@dataclass(frozen=True)
class Counter:
    """A desk's folder and the key that opens it without asking for the passphrase each time."""

    data: Path
    key: bytes

    def copied(self, folder: Path) -> Counter:
        """The same desk in another place, as a copied folder."""
        shutil.copytree(self.data, folder)
        return Counter(folder, self.key)

    @contextmanager
    def database(self) -> Iterator[DeskDatabase]:
        db = open_database(self.data / FILE, self.key)
        try:
            yield db
        finally:
            db.close()


def made(folder: Path, *, desk: int = 1) -> Counter:
    """A desk of the trials' commune, without work."""
    data = days.make_desk(folder, desk=desk)
    return Counter(data, vault.unlock(data, passphrase=PASSPHRASE))


def enrol(counter: Counter, card: DistrictCard, certificate: bytes, keys: Keys) -> None:
    """Enter the membership as a confirmed enrolment leaves it."""
    with counter.database() as db, unit_of_work(db):
        device_key.put(counter.data, db, keys.dump())
        sync_state.change(
            db,
            card=msgspec.json.encode(card).decode(),
            certificate=certificate,
            kid=keys.kid,
            enrolled_at=1,
            digits_confirmed=True,
        )


def work(counter: Counter, *, events: int, dossiers: int = 0, seed: int = 1) -> None:
    """A small day."""
    with counter.database() as db:
        desk = Desk(data=counter.data, db=db, settings=settings.get(db), clock=TestClock(days.MORNING))
        days.work(desk, dossiers=dossiers or max(1, events // 5), events=events, seed=seed)


def round_of(counter: Counter, *, url: str = "", stop: Event | None = None) -> Outcome:
    """One round with the district, as the program makes it."""
    with counter.database() as db:
        return run(db, identity.load(db, counter.data), url=url, stop=stop)


def run(db: DeskDatabase, member: Member, *, url: str = "", stop: Event | None = None) -> Outcome:
    return rounds.run(
        db,
        member,
        clock=TestClock(days.MORNING),
        progress=lambda _: None,
        stop=stop or Event(),
        effects=Effects(member),
        url=url,
    )
