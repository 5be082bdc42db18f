"""Dossiers that an earlier version indexed by their applicant alone are worked off little by little."""

from __future__ import annotations

import pytest

from desk_app.domain.people.person import Person
from desk_app.store.database.database import open_database
from desk_app.store.journal.check import check
from desk_app.store.journal.rebuild import rebuild
from desk_app.store.projections import projections
from desk_app.store.queries import search_debt
from desk_app.store.queries.search import search
from desk_app.store.queries.search_debt import last_owed, work_off
from tests.kit.desk import books


@pytest.fixture
def old(db):
    """Five families as a desk of version 0.2.0 has them: no table of further people, the applicant's words only."""
    for number in range(1, 6):
        people = {
            "applicant": Person(full_name=f"Nguyễn Văn {'ABCDE'[number - 1]}n", id_number=f"001190{number:06d}"),
            "child": Person(full_name=f"Trần Bé {'KLMNP'[number - 1]}oan"),
        }
        books.received(db, number, people=people)
    rows = db.all(f"SELECT {projections.COLUMNS} FROM dossier")
    db.execute("DELETE FROM further_people")
    for row in rows:
        db.execute(
            "INSERT OR REPLACE INTO search(rowid, t) VALUES(?,?)", (projections.SEARCH_BASE - row[0], "nguyen ng n")
        )
    db.execute("DROP TABLE further_people")
    db.execute("DROP TABLE search_debt")
    later = (
        "account",
        "access",
        "register_line",
        "work_line",
        "office_fact",
        "receipt",
        "day_seal",
        "old_import",
        "old_record",
        "program",
        "held",
        "linked",
        "payment",
        "file_stamp",
    )
    for table in later:
        db.execute(f"DROP TABLE {table}")
    for index in ("event_number", "event_paper_list"):
        db.execute(f"DROP INDEX IF EXISTS {index}")
    db.execute("DELETE FROM _sqlite_migrations WHERE name >= 'm007'")
    db.execute("PRAGMA user_version = 6")
    path = db.path
    db.close()
    opened = open_database(path, books.KEY)
    yield opened
    opened.close()


def test_what_is_owed_is_found_by_its_applicant_meanwhile_and_is_no_damage(old):
    assert last_owed(old) == 5
    assert len(search(old, "nguyen")) == 5
    assert search(old, "be koan") == []
    assert check(old).problems == ()


def test_the_newest_are_worked_off_first_and_nothing_is_owed_at_the_end(old):
    assert work_off(old, most=2)
    assert (len(search(old, "be moan")), len(search(old, "be koan"))) == (0, 0)
    assert (len(search(old, "be poan")), last_owed(old)) == (1, 3)
    assert check(old).problems == ()
    while search_debt.work_off(old, most=2):
        pass
    assert len(search(old, "be koan")) == 1
    assert last_owed(old) == 0
    assert check(old).problems == ()
    anew = books.projections(old)
    rebuild(old)
    assert books.projections(old) == anew


def test_a_dossier_that_changes_is_indexed_at_once(old):
    dossier = search(old, "nguyen")[-1].dossier
    books.stepped(old, dossier, "forward")
    assert len(search(old, "be koan")) == 1


def test_a_new_desk_owes_nothing(tmp_path):
    db = books.made(tmp_path / "new")
    books.received(db, 1)
    assert (last_owed(db), work_off(db, most=10)) == (0, False)
    db.close()
