"""A machine that takes the place of another gives no number that may stand on a paper already."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date
from pathlib import Path

import pytest

from desk_app.district.money import day_sums
from desk_app.district.own_log import writer
from desk_app.district.own_log.writer import Word
from desk_app.district.transport import stick
from desk_app.domain.notices import Revoked
from desk_app.errors import NumbersUnknownError
from desk_app.services.custody import handing, whereabouts
from desk_app.services.payments import collecting, day_money
from desk_app.store.journal.check import check
from desk_app.store.peers import sync_state
from tests.kit.desk import desks
from tests.kit.desk.desks import TestClock
from tests.kit.district import offices
from tests.kit.district.offices import Clock
from tests.kit.wire.stick_desks import Station


@pytest.fixture
def machines(tmp_path: Path) -> Iterator[tuple[Station, Station]]:
    """Two PCs; the second is to take the place of the first."""
    template = desks.make_template(tmp_path / "template")
    with ExitStack() as stack:
        made = []
        for name in ("old", "new"):
            folder = tmp_path / name
            folder.mkdir()
            clock = TestClock()
            place = folder / "stick"
            place.mkdir()
            made.append(Station(stack.enter_context(desks.open_copy(template, folder, clock)), clock, place))
        yield made[0], made[1]


def test_a_replacement_gives_no_number_before_it_knows_those_on_paper(tmp_path: Path, machines) -> None:
    old, new = machines
    with offices.office(tmp_path / "district", Clock()) as here:
        old.enrol(here, 1)
        old.receive(3)
        stick.take_in(here.district, old.export())
        unsent = old.receive(2)
        on_paper = {code for (code,) in old.desk.db.all("SELECT code FROM dossier")}
        assert set(unsent) < on_paper
        with here.district.storage.writing() as session:
            kid = sync_state.get(old.desk.db).kid
            words = [Word(payload=Revoked(device=kid.hex(), reason="mất máy"))]
            writer.append_signed(session, here.district.identity, writer.EVERYBODY, words, at=here.district.clock())
        new.enrol(here, 1)
        with pytest.raises(NumbersUnknownError):
            new.receive()
        assert new.desk.db.all("SELECT code FROM dossier") == []
        question = new.export()
        stick.take_in(here.district, question)
        new.take()
        given = new.receive(3)
        assert not on_paper & set(given)
        assert {code for (code,) in new.desk.db.all("SELECT code FROM dossier")} > set(given)


def test_a_desk_given_another_number_takes_its_drawer_and_its_papers_along(tmp_path: Path, machines) -> None:
    """It worked alone under the number that it was set up with; what it signed speaks for the number it has now."""
    desk, _ = machines
    kept, given = desk.receive(2)
    collecting.collect(desk.desk, kept, amount=8000, way="cash")
    handing.give(desk.desk, [given], 3)
    day = desk.desk.today()
    with offices.office(tmp_path / "district", Clock()) as here:
        assert (desk.desk.settings.desk, _drawers(desk, day), _holders(desk)) == (1, {1: 8000}, {1: 2})
        desk.enrol(here, 4)
        assert (desk.desk.settings.desk, _drawers(desk, day), _holders(desk)) == (4, {4: 8000}, {4: 2})
        assert check(desk.desk.db).ok
        stick.take_in(here.district, desk.export())
        here.district.projection.catch_up()
        with here.district.storage.reading() as session:
            assert {one.desk: one.ways["cash"] for one in day_sums.of_day(session, day)} == {4: 8000}


def _drawers(desk: Station, day: date) -> dict[int, int]:
    return {one.desk: one.ways["cash"] for one in day_money.day_money(desk.desk, day).desks if one.ways}


def _holders(desk: Station) -> dict[int, int]:
    return {one.desk: one.held for one in whereabouts.counts(desk.desk) if one.held}
