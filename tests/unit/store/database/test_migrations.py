"""A desk of the first release opens in this one with everything it had."""

from __future__ import annotations

import pytest

from desk_app.errors import OlderFileError
from desk_app.store.database import migrations, schema
from desk_app.store.database.database import open_database
from desk_app.store.journal import journal, logs
from desk_app.store.journal.check import check
from tests.kit.desk import books

FIRST_RELEASE = 3


@pytest.fixture
def old(tmp_path, monkeypatch):
    """A desk as version 3 left it: two dossiers, one of another desk's log."""
    db = books.made(tmp_path / "now")
    dossier = books.received(db, 1)
    books.stepped(db, dossier, "forward")
    books.received(db, 2)
    rows = {
        table: db.all(f"SELECT {columns} FROM {table}")
        for table, columns in (
            ("log", "id, name, is_own, head, last_seq, lamport"),
            ("event", "n, log, seq, dossier, kind, lamport, at, clock_offset, author, body, hash"),
            ("dossier", "*"),
            ("person", "*"),
            ("tally", "*"),
        )
    }
    index = db.all("SELECT rowid FROM search")
    db.close()
    refused = "BEGIN SELECT raise(ABORT, 'event is append-only'); END"
    old_triggers = {
        "event_no_update": f"CREATE TRIGGER event_no_update BEFORE UPDATE ON event {refused}",
        "event_no_delete": f"CREATE TRIGGER event_no_delete BEFORE DELETE ON event {refused}",
    }
    all_steps = list(migrations.steps._migrations)
    with monkeypatch.context() as patch:
        patch.setattr(migrations.steps, "_migrations", all_steps[:FIRST_RELEASE])
        for module in (schema, migrations):
            patch.setattr(module, "VERSION", FIRST_RELEASE)
            patch.setattr(module, "TRIGGERS", old_triggers)
        (tmp_path / "old").mkdir()
        db = open_database(tmp_path / "old/desk.db", books.KEY, create=True)  # no copy of a database of today
        for table, found in rows.items():
            db.many(f"INSERT INTO {table} VALUES({','.join('?' * len(found[0]))})", found)
        for (row,) in index:
            db.execute("INSERT INTO search(rowid, t) VALUES(?, 'x')", (row,))
        assert db.one("PRAGMA user_version") == (FIRST_RELEASE,)
        assert db.one("SELECT count(*) FROM sqlite_master WHERE name = 'orphan'") == (0,)
        db.close()
    return tmp_path / "old", dossier, rows


def test_a_desk_of_the_first_release_keeps_its_journal_and_counts_its_receptions(old):
    folder, dossier, rows = old
    db = open_database(folder / "desk.db", books.KEY)
    assert db.one("PRAGMA user_version") == (schema.VERSION,)
    assert (
        db.all("SELECT n, log, seq, dossier, kind, lamport, at, clock_offset, author, body, hash FROM event")
        == rows["event"]
    )
    assert logs.waiting(db) == logs.Waiting(3, 2)
    books.stepped(db, dossier, "ready")
    assert journal.dossier(db, dossier).status == "result_ready"
    assert [problem for problem in check(db).problems if "tìm kiếm" not in problem] == []
    db.close()


def test_the_number_of_migrations_is_the_version_of_the_tables():
    assert len(migrations.steps._migrations) == schema.VERSION


def test_who_only_reads_changes_no_table_of_an_older_program(old):
    folder, _, _ = old
    with pytest.raises(OlderFileError):
        open_database(folder / "desk.db", books.KEY, readonly=True)
    open_database(folder / "desk.db", books.KEY).close()
    open_database(folder / "desk.db", books.KEY, readonly=True).close()
