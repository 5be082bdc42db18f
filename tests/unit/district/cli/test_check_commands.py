"""check, rebuild and doctor as the one at the server has them: commands, in this process."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from desk_app.district import cli
from desk_app.district.admin import folder
from tests.kit.district import offices
from tests.kit.district.offices import PASSPHRASE, Clock

Ask = Callable[..., tuple[int, Any]]


@pytest.fixture
def district(tmp_path: Path, clock: Clock) -> Path:
    place = tmp_path / "district"
    with offices.office(place, clock) as here:
        desk = offices.enrolled(here)
        desk.receives(1)
        here.district.reply(desk.request())
    return place


@pytest.fixture
def ask(district: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Ask:
    secret = tmp_path / "mat-khau.txt"
    secret.write_text(PASSPHRASE, encoding="utf-8")

    def asked(command: str) -> tuple[int, Any]:
        code = cli.main([command, "--data", str(district), "--passphrase-file", str(secret), "--json"])
        out = capsys.readouterr().out
        return code, json.loads(out) if out else None

    return asked


def test_check_tells_what_rebuild_mends(ask: Ask, district: Path, clock: Clock) -> None:
    code, told = ask("check")
    assert (code, told["ok"], told["dossiers"], told["problems"]) == (0, True, 1, [])
    with (
        folder.opened(district, passphrase=PASSPHRASE, clock=clock) as here,
        here.district.storage.writing() as session,
    ):
        session.run("UPDATE dossier SET status = 'returned'")
    code, told = ask("check")
    assert (code, told["ok"], len(told["problems"])) == (1, False, 1)
    assert ask("rebuild") == (0, {"dossiers": 1})
    assert ask("check")[0] == 0


def test_rebuild_waits_until_the_server_has_stopped(ask: Ask, district: Path) -> None:
    with folder.held(district):
        assert ask("rebuild")[0] == 1
        assert ask("check")[0] == 0


def test_doctor_needs_no_district_to_say_what_is_wrong(ask: Ask, district: Path) -> None:
    code, told = ask("doctor")
    assert code == 1  # never backed up
    assert [each["subject"] for each in told if each["remedy"]] == ["Sao lưu"]
    (district / "district.toml").unlink()
    code, told = ask("doctor")
    assert code == 1
    assert "Thiết lập" in [each["subject"] for each in told if each["remedy"]]
