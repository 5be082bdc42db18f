"""An older program meets data of a later one: it writes nothing, says what to do, and still says how things stand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from desk_app.cli import main
from desk_app.services.desk.desk import Desk
from desk_app.store.database import schema
from tests.kit.desk.desks import PASSPHRASE

LATER = schema.VERSION + 1


@pytest.fixture
def newer(desk: Desk, tmp_path: Path) -> list[str]:
    """The options that open a desk which a later program has changed beyond what this one knows."""
    desk.db.execute("ALTER TABLE dossier RENAME TO dossier_of_later")
    desk.db.execute("INSERT INTO _sqlite_migrations(migration_set, name, applied_at) VALUES('desk', 'm999_x', '')")
    desk.db.execute(f"PRAGMA user_version = {LATER}")
    desk.db.execute("UPDATE program SET schema = ?, name = '9.1.0', oldest = ?, wrote = ?", (LATER, LATER, LATER))
    desk.close()
    secret = tmp_path / "secret.txt"
    secret.write_text(PASSPHRASE, "utf-8")
    return ["--data", str(desk.data), "--passphrase-file", str(secret)]


def test_check_and_doctor_answer_and_nothing_else_does(newer: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    database = Path(newer[1]) / "desk.db"
    before = database.read_bytes()
    assert main(["check", *newer, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["ok"]
    assert "9.1.0" in told["newer"]
    assert main(["doctor", *newer]) == 0
    assert "desk-app update" in capsys.readouterr().out
    for deed in (["today"], ["rebuild"], ["settings", "set", "phone", "0912345678"]):
        assert main([*deed, *newer]) == 1
        assert "9.1.0" in capsys.readouterr().err
    assert database.read_bytes() == before
