"""Weekly backups of a simulated year, each restored on another PC: all open, all proved, no number given twice.

Small here: nine weeks, every fourth restored; `--backup-weeks 1` makes a whole year and restores each.
"""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from desk_app.services.backups import backup, restoring
from desk_app.services.backups.restoring import Secret
from desk_app.store.journal.check import check
from desk_app.store.keys import vault
from tests.kit.desk import days
from tests.kit.desk.desks import PASSPHRASE
from tests.kit.desk.scratch import scratch
from tests.kit.wire.stations import Commune, Pc

YEAR, SOME = 53, 9


@pytest.fixture(scope="module")
def templates():
    with scratch() as folder:
        data = days.make_desk(folder)
        (data / "key-of-the-trials").write_text(vault.unlock(data, passphrase=PASSPHRASE).hex())
        yield folder


def test_the_backup_of_every_week_of_a_year_is_restored_and_takes_back_what_the_district_has(
    tmp_path: Path, templates: Path, monkeypatch: pytest.MonkeyPatch, pytestconfig: pytest.Config
) -> None:
    now = [days.MORNING]
    monkeypatch.setattr(Commune, "_district_now", lambda _: int(now[0].timestamp() * 1000))
    commune = Commune(tmp_path, templates, monkeypatch)
    pc = commune.enrol(1)
    place = tmp_path / "usb"
    place.mkdir()
    made = []
    asked = pytestconfig.getoption("--backup-weeks")
    weeks, every = (YEAR, asked) if asked else (SOME, 4)
    for week in range(weeks):
        pc.clock.moment = now[0] = days.MORNING + timedelta(days=7 * week)
        commune.write(pc, what=0, which=week)
        commune.write(pc, what=week % 3, which=week)
        if week % 4 == 0:
            assert commune.round(pc) == ""
        with commune.at(pc) as desk:
            made.append(backup.make(desk, place).point)
        commune.write(pc, what=0, which=week)  # the machine goes on
    assert {point.stem for point in made} == {point.stem for point in restoring.points_in(place)}
    assert sum(point.kind == "base" for point in made) == len(range(0, weeks, 5))
    with commune.at(pc) as desk:
        key = desk.db.key
    commune.burn(pc)
    for week in range(0, weeks, every):
        point, now[0] = made[week], now[0] + timedelta(hours=2)
        other = Pc(tmp_path / f"other{week}", 1)
        other.clock.moment = now[0]
        other.folder.mkdir()
        restored = restoring.restore(place, other.data, Secret(key=key), stem=point.stem, clock=other.clock)
        assert restored.point.events == point.events
        shutil.copy(templates / "desk1" / "key-of-the-trials", other.data)
        commune.pcs.append(other)
        assert commune.is_sound(other) == []
        assert commune.write(other, what=0, which=week)
        assert commune.round(other) == ""
        assert commune.write(other, what=0, which=week)
        assert commune.round(other) == ""
        with commune.at(other) as desk:
            codes = [code for (code,) in desk.db.all("SELECT code FROM dossier")]
            assert len(codes) == len(set(codes))
            assert check(desk.db).problems == ()
            assert set(commune.held()) <= {name for (name,) in desk.db.all("SELECT name FROM log")}
        commune.burn(other)
    commune.close()
