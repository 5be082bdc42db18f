"""Data that a later program wrote: written into only where that program allows it, and never lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from desk_app.errors import NewerDeskError
from desk_app.store.database import compatibility, schema
from desk_app.store.database.database import DeskDatabase, open_database
from desk_app.store.queries import search_debt
from tests.kit.desk import books

LATER = schema.VERSION + 1


def later_program_wrote(folder: Path, *, oldest: int) -> None:
    """What a program with one more migration leaves, which adds a table and a column."""
    db = open_database(folder / "desk.db", books.KEY)
    db.execute("CREATE TABLE later(a TEXT) STRICT")
    db.execute("ALTER TABLE register_line ADD COLUMN later TEXT NOT NULL DEFAULT ''")
    db.execute("INSERT INTO _sqlite_migrations(migration_set, name, applied_at) VALUES('desk', 'm999_later', '')")
    db.execute(f"PRAGMA user_version = {LATER}")
    db.execute("UPDATE program SET schema = ?, name = '9.1.0', oldest = ?, wrote = ?", (LATER, oldest, LATER))
    db.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    db = books.made(tmp_path / "desk")
    books.received(db, 1)
    db.close()
    return tmp_path / "desk"


def opened(folder: Path, *, readonly: bool = False) -> DeskDatabase:
    return open_database(folder / "desk.db", books.KEY, readonly=readonly)


def test_the_tables_say_which_program_made_them_and_which_may_write(folder: Path) -> None:
    db = opened(folder)
    made = compatibility.made_by(db)
    db.close()
    assert made is not None
    assert (made.schema, made.oldest, made.wrote) == (schema.VERSION, schema.OLDEST_WRITER, schema.VERSION)


def test_additions_that_allow_it_are_written_into_and_the_later_program_learns_of_it(folder: Path) -> None:
    later_program_wrote(folder, oldest=schema.VERSION)
    db = opened(folder)
    books.received(db, 2)
    made = compatibility.made_by(db)
    db.close()
    assert made is not None
    assert (made.program, made.wrote) == ("9.1.0", schema.VERSION)


def test_after_an_older_program_wrote_every_dossier_is_owed_what_only_this_one_keeps(folder: Path) -> None:
    db = opened(folder)
    db.execute("UPDATE program SET wrote = ?", (schema.VERSION - 1,))
    assert search_debt.last_owed(db) == 0
    db.close()
    db = opened(folder)
    assert search_debt.last_owed(db) == 1
    db.execute("DELETE FROM search_debt")
    db.close()
    db = opened(folder)
    assert search_debt.last_owed(db) == 0
    db.close()


@pytest.mark.parametrize("readonly", [False, True])
def test_a_change_that_allows_it_not_is_left_byte_for_byte(folder: Path, *, readonly: bool) -> None:
    later_program_wrote(folder, oldest=LATER)
    before = (folder / "desk.db").read_bytes()
    with pytest.raises(NewerDeskError, match=r"9\.1\.0"):
        opened(folder, readonly=readonly)
    assert (folder / "desk.db").read_bytes() == before


def test_what_a_later_program_says_in_another_way_is_not_believed(folder: Path) -> None:
    later_program_wrote(folder, oldest=schema.VERSION)
    db = opened(folder)
    db.execute("DROP TABLE program")
    db.close()
    with pytest.raises(NewerDeskError):
        opened(folder)
