"""The audit and the lock as the one at the server has them: commands, in this process."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from desk_app.district import cli
from desk_app.district.admin import folder, lockout
from desk_app.district.admin.settings import DistrictSettings
from desk_app.district.cli import opening
from tests.kit.district import offices
from tests.kit.district.offices import PASSPHRASE, Clock

NAME = "Lò Thị Ẩn Danh"


@pytest.fixture
def district(tmp_path: Path, clock: Clock) -> Path:
    """A data folder with a user and one dossier, closed again."""
    place = tmp_path / "district"
    with offices.office(place, clock) as here:
        desk = offices.enrolled(here)
        desk.receives(1, name=NAME)
        here.district.reply(desk.request())
    return place


@pytest.fixture
def ask(district: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, Any]]:
    secret = tmp_path / "mat-khau.txt"
    secret.write_text(PASSPHRASE, encoding="utf-8")

    def asked(*command: str) -> tuple[int, Any]:
        told = ["--data", str(district), "--passphrase-file", str(secret), "--json"]
        code = cli.main([*command, *told])
        out = capsys.readouterr().out
        return code, json.loads(out) if out else None

    return asked


Ask = Callable[..., tuple[int, Any]]


def test_an_exported_register_stands_in_the_audit_without_names(ask: Ask, tmp_path: Path) -> None:
    assert ask("export", "--register", str(tmp_path / "so.csv"), "--unit", "h26.99")[0] == 0
    code, told = ask("audit")
    (row,) = told["rows"]
    assert code == 0
    assert told["altered"] == []
    assert (row["deed"], row["asked"]) == ("register", "1 hồ sơ, đơn vị H26.99")
    assert row["account"].startswith("máy chủ")
    assert NAME not in json.dumps(told, ensure_ascii=False)


def test_no_register_is_written_that_the_audit_cannot_hold(
    ask: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise OSError(28, "full")

    monkeypatch.setattr("desk_app.district.admin.audit.note", broken)
    assert ask("export", "--register", str(tmp_path / "so.csv"))[0] == 1
    assert not (tmp_path / "so.csv").exists()


def test_what_is_done_to_users_stands_in_the_audit(ask: Ask) -> None:
    for command in (("add", "lan"), ("password", "lan"), ("unlock", "lan"), ("remove", "lan")):
        assert ask("users", *command)[0] == 0
    _, told = ask("audit")
    assert [(row["deed"], row["asked"]) for row in reversed(told["rows"])] == [
        ("user-added", "lan"),
        ("password", "lan"),
        ("user-unlocked", "lan"),
        ("user-removed", "lan"),
    ]


@pytest.mark.parametrize("command", ["unlock", "password"])
def test_the_one_at_the_server_lets_somebody_in_again(ask: Ask, district: Path, clock: Clock, command: str) -> None:
    ask("users", "add", "lan")
    with folder.opened(district, passphrase=PASSPHRASE, clock=clock) as here:
        with here.district.storage.writing() as session:
            for n in range(40):
                lockout.take_try(session, "lan", f"192.0.2.{n % 3}", at=clock.at)
        assert ask("users", command, "lan")[0] == 0
        with here.district.storage.reading() as session:
            assert all(lockout.locked(session, "lan", f"192.0.2.{n}", at=clock.at) is None for n in range(3))


def test_only_a_user_can_be_unlocked(ask: Ask) -> None:
    assert ask("users", "unlock", "minh")[0] == 1


def test_new_keeping_of_the_keys_asks_the_same_of_a_passphrase(tmp_path: Path, clock: Clock) -> None:
    from desk_app.errors import WeakPasswordError

    wanted = DistrictSettings(name="UBND tỉnh Thử", url="https://127.0.0.1:8443")
    with pytest.raises(WeakPasswordError):
        folder.create(
            tmp_path / "x", wanted, passphrase="UBND tỉnh Thử 2026", root_file=tmp_path / "goc.txt", clock=clock
        )


def test_a_restore_with_the_root_file_knows_the_name_of_the_district(
    ask: Ask, district: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ask("backup", str(tmp_path / "b.db"))[0] == 0
    weak = tmp_path / "yeu.txt"
    weak.write_text("UBND tỉnh Thử 2026", encoding="utf-8")
    told = ["--data", str(tmp_path / "new"), "--passphrase-file", str(weak), "--root-file", str(tmp_path / "goc.txt")]
    assert cli.main(["restore", str(tmp_path / "b.db"), *told]) == 1
    assert "quá dễ đoán" in capsys.readouterr().err


def test_the_account_is_the_machines_own_or_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("getpass.getuser", lambda: "quanly")
    assert opening.account() == "máy chủ: quanly"

    def nobody() -> str:
        raise KeyError("uid")

    monkeypatch.setattr("getpass.getuser", nobody)
    assert opening.account() == "máy chủ"
