"""A commune with two desks enrolled by stick, each with a stick of its own."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from desk_app.district.admin.folder import DistrictOffice
from desk_app.services.desk.desk import Desk
from desk_app.store.database import database
from desk_app.store.keys import vault
from desk_app.store.reference import settings
from tests.kit.desk.desks import PASSPHRASE, TestClock, make_template, open_copy
from tests.kit.district import offices
from tests.kit.district.offices import Clock
from tests.kit.wire.stick_desks import Station


@pytest.fixture(scope="session")
def empty_desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_template(tmp_path_factory.mktemp("template"))


@pytest.fixture(scope="session")
def enrolled(empty_desk: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A district and two desks of one commune that it has enrolled, by stick; copied, never changed."""
    place = tmp_path_factory.mktemp("enrolled")
    with offices.office(place / "district", Clock()) as opened:
        for number in (1, 2):
            folder = place / f"station{number}"
            (folder / "stick").mkdir(parents=True)
            with open_copy(empty_desk, folder) as desk:
                Station(desk, TestClock(), folder / "stick").enrol(opened, number)
    return place


@pytest.fixture
def here(enrolled: Path, tmp_path: Path) -> Iterator[DistrictOffice]:
    shutil.copytree(enrolled / "district", tmp_path / "district")
    with offices.office(tmp_path / "district", Clock()) as opened:
        yield opened


@pytest.fixture(scope="session")
def key(empty_desk: Path) -> bytes:
    """What opens every copy of the desk, worked out once."""
    return vault.unlock(empty_desk, passphrase=PASSPHRASE)


@pytest.fixture
def stations(enrolled: Path, key: bytes, tmp_path: Path) -> Iterator[tuple[Station, Station]]:
    """Two enrolled desks, each with a stick of its own."""
    with contextlib.ExitStack() as stack:
        made = []
        for number in (1, 2):
            folder = tmp_path / f"station{number}"
            shutil.copytree(enrolled / f"station{number}", folder)
            clock = TestClock()
            db = database.open_database(folder / "desk" / database.FILE, key)
            desk = Desk(data=folder / "desk", db=db, settings=settings.get(db), clock=clock)
            made.append(Station(desk, clock, folder / "stick"))
            stack.callback(lambda station=made[-1]: station.desk.close())
        yield made[0], made[1]


@pytest.fixture
def station(stations: tuple[Station, Station]) -> Station:
    return stations[0]
