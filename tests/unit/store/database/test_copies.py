"""The copy before a migration: whole and proven or not there at all, and put back only where nothing is lost by it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from desk_app.errors import CopyNoRoomError, CopyUnlikeError
from desk_app.store.database import copies, schema
from desk_app.store.database.database import DeskDatabase, open_database
from desk_app.store.journal import logs
from desk_app.store.journal.check import check
from tests.kit.desk import books


@pytest.fixture
def older(tmp_path: Path) -> Path:
    """A desk that the program before the last migration left, with one dossier."""
    db = books.made(tmp_path / "desk")
    books.received(db, 1)
    db.execute("DROP TABLE program")
    db.execute("DELETE FROM _sqlite_migrations WHERE name LIKE 'm014%'")
    db.execute(f"PRAGMA user_version = {schema.VERSION - 1}")
    db.close()
    (tmp_path / "desk" / "vault.json").write_text("{}", "utf-8")
    return tmp_path / "desk"


def opened(folder: Path) -> DeskDatabase:
    return open_database(folder / "desk.db", books.KEY)


def test_before_the_tables_change_a_copy_is_there_that_opens(older: Path) -> None:
    db = opened(older)
    copy = copies.kept(older)
    assert copy is not None
    assert copy.schema == schema.VERSION - 1
    assert set(copy.files) >= {"desk.db", "vault.json"}
    before = db.copy_at(older / copies.FOLDER / copy.folder / "desk.db")
    assert before.one("PRAGMA user_version") == (schema.VERSION - 1,)
    before.close()
    db.close()


def test_on_a_disk_without_room_nothing_is_migrated(older: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = shutil.disk_usage(older)._replace(free=1)
    monkeypatch.setattr(copies.shutil, "disk_usage", lambda _: usage)
    before = (older / "desk.db").read_bytes()
    with pytest.raises(CopyNoRoomError):
        opened(older)
    assert (older / "desk.db").read_bytes() == before
    assert copies.kept(older) is None


def test_a_copy_that_reads_back_otherwise_stops_the_migration(older: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copies, "_copy_file", lambda source, target: target.write_bytes(source.read_bytes()) and "0")
    before = (older / "desk.db").read_bytes()
    with pytest.raises(CopyUnlikeError):
        opened(older)
    assert (older / "desk.db").read_bytes() == before
    assert list((older / copies.FOLDER).iterdir()) == []


def test_the_copy_put_back_is_the_desk_as_it_was(older: Path) -> None:
    before = (older / "desk.db").read_bytes()
    db = opened(older)
    copy = copies.kept(older)
    assert copy is not None
    assert copies.is_unsurpassed(db, copy)
    copies.put_back(db, copy)
    assert (older / "desk.db").read_bytes() == before
    again = opened(older)
    assert logs.counts(again).events == 1
    assert [problem for problem in check(again).problems if "tìm kiếm" not in problem] == []
    again.close()


def test_a_new_event_makes_the_copy_older_than_the_desk(older: Path) -> None:
    db = opened(older)
    books.received(db, 2)
    copy = copies.kept(older)
    assert copy is not None
    assert not copies.is_unsurpassed(db, copy)
    db.close()


def test_a_copy_that_was_damaged_since_is_not_put_back(older: Path) -> None:
    db = opened(older)
    copy = copies.kept(older)
    assert copy is not None
    place = older / copies.FOLDER / copy.folder / "desk.db"
    place.write_bytes(place.read_bytes()[:-1] + b"\0")
    with pytest.raises(CopyUnlikeError):
        copies.put_back(db, copy)
    assert logs.counts(db).events == 1
    db.close()
