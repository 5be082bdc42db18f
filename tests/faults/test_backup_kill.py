"""Killed at any moment, a backup is whole or none: those before stay whole, and the next one goes on."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
from msgspec.structs import replace

from desk_app import places
from desk_app.domain.people.person import Person
from desk_app.services.backups import backup, drill, restoring
from desk_app.services.backups.restoring import Secret
from desk_app.services.desk.desk import open_desk
from desk_app.services.reception import reception
from tests.kit.desk.desks import PASSPHRASE, make_template
from tests.kit.desk.lives import needs_signals


@needs_signals
def test_whatever_kills_a_backup_every_backup_there_is_stays_whole(tmp_path: Path, pytestconfig: pytest.Config) -> None:
    data, place = make_template(tmp_path), tmp_path / "usb"
    place.mkdir()
    chance = random.Random(pytestconfig.getoption("--kill-seed"))
    person = Person(full_name="Nguyễn Thị Thử Nghiệm", id_number="001190000001")
    with open_desk(data, passphrase=PASSPHRASE) as desk:
        key = desk.db.key
        backup.make(desk, place)
        begun = time.monotonic()
        _backed_up(data, place, key, kill_after=None, wants_base=True)
        length = time.monotonic() - begun
        for number in range(pytestconfig.getoption("--backup-kills")):
            reception.receive(desk, replace(reception.new_draft("2.000815"), people={"applicant": person}))
            before = {point.stem for point in restoring.points_in(place)}
            _backed_up(data, place, key, kill_after=chance.random() * length, wants_base=number % 2 == 0)
            there = restoring.points_in(place)
            assert max(before) <= max(point.stem for point in there)  # of one day the newest is kept
            newest = restoring.chosen(restoring.backup_place.found_in(place), key, "")
            assert newest.is_proved
            assert drill.drill(place, Secret(key=key)).problems == ()
        made = backup.make(desk, place).point
        assert made.dossiers == pytestconfig.getoption("--backup-kills")
    report = drill.drill(place, Secret(key=key))
    assert (report.point.stem, report.problems) == (made.stem, ())


def _backed_up(data: Path, place: Path, key: bytes, *, kill_after: float | None, wants_base: bool) -> None:
    command = [*places.terminal_command(), "backup", "--to", str(place), "--key-from-window", "--data", str(data)]
    process = subprocess.Popen(
        [*command, *(["--base"] if wants_base else [])],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        stderr=subprocess.DEVNULL,
    )
    assert process.stdin is not None
    process.stdin.write(key.hex() + "\n")
    process.stdin.close()
    try:
        process.wait(kill_after)
    except subprocess.TimeoutExpired:
        process.kill()
    process.wait()
    assert process.stdout is not None
    process.stdout.close()
    assert sys.platform != "win32"
