"""The district's folder is private, and nobody else's rights are touched."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from desk_app.district.admin import backup
from desk_app.district.cli import main
from desk_app.district.keys import durable_files, keyfile
from tests.kit.district import offices
from tests.kit.district.offices import PASSPHRASE, Clock

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows keeps rights otherwise")


@pytest.fixture(autouse=True)
def open_handed():
    """As under a service manager that lets everybody read what it makes."""
    before = os.umask(0)
    yield
    os.umask(before)


def open_files(folder: Path) -> list[str]:
    return sorted(str(path) for path in folder.rglob("*") if path.lstat().st_mode & 0o077)


@pytest.mark.parametrize("made", ["not there", "empty", "with others' files"])
def test_a_new_district_is_private_and_changes_no_foreign_folder(tmp_path: Path, made: str) -> None:
    place = tmp_path / "nhà" / "d"
    if made != "not there":
        place.mkdir(parents=True)
    if made == "with others' files":
        (place / "của người khác").write_bytes(b"x")
    with offices.office(place, Clock()) as here:
        desk = offices.enrolled(here)
        desk.receives(1)
        here.district.reply(desk.request())
        assert (place / "district.db-wal").exists()
        foreign = [str(place / "của người khác")] if made == "with others' files" else []
        assert open_files(place) == foreign
    assert bool(place.stat().st_mode & 0o077) is bool(foreign)
    assert place.parent.stat().st_mode & 0o777 == 0o777


def test_a_folder_of_somebody_else_keeps_its_rights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tmp_path.chmod(0o755)
    monkeypatch.setattr(os, "geteuid", lambda: tmp_path.stat().st_uid + 1)
    durable_files.make_private_folder(tmp_path)
    assert tmp_path.stat().st_mode & 0o777 == 0o755


def test_a_restored_district_is_private(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    with offices.office(tmp_path / "d", Clock()) as here:
        backup.make(here, tmp_path / "b.saoluu")
    place = tmp_path / "mới"
    place.mkdir()
    secret = tmp_path / "mk"
    secret.write_text(PASSPHRASE, encoding="utf-8")
    arguments = ["restore", "--data", str(place), "--passphrase-file", str(secret), str(tmp_path / "b.saoluu")]
    for over in ([], ["--over"]):
        assert main([*arguments, *over]) == 0
        assert open_files(place) == []
        assert place.stat().st_mode & 0o077 == 0
        for file in (place, place / "district.db"):  # as an administrator's hand may leave them
            file.chmod(0o755)
    assert tmp_path.stat().st_mode & 0o077  # the folder around it is as it was
    assert keyfile.unlock(place, passphrase=PASSPHRASE)
