"""What the proof of an increment looks at: its own events from the base on, rows since the increment before it."""

from __future__ import annotations

import pytest

from desk_app.errors.backups import BackupUnprovedError
from desk_app.services.backups import restoring
from desk_app.services.dossiers import steps
from desk_app.store.backups import increment, proof
from desk_app.store.backups.backup_tables import marks_of
from desk_app.store.backups.still_copy import still
from desk_app.store.database.database import DeskDatabase
from desk_app.store.database.schema import TRIGGERS
from desk_app.store.projections import projections

PAGE = 4096


def spoil_row(counter, number):
    counter.desk.db.execute("UPDATE dossier SET applicant = 'Trần Văn Khác' WHERE id = ?", (number,))


def test_rows_are_looked_at_of_what_came_since_the_increment_before(counter):
    counter.receive(1)
    counter.back_up()
    counter.receive(1)
    counter.back_up()
    spoil_row(counter, 2)  # proved by the increment before; the copy holds no rows, a restore makes them of the events
    counter.receive(1)
    made = counter.back_up().point
    assert (made.kind, made.is_proved, made.dossiers) == ("increment", True, 3)
    with counter.opened(counter.restore().data) as desk:
        assert desk.db.all("SELECT DISTINCT applicant FROM dossier") == [("Nguyễn Thị Thử Nghiệm",)]
    counter.receive(1)
    spoil_row(counter, 4)
    with pytest.raises(BackupUnprovedError):
        counter.back_up()


def test_a_dossier_indexed_under_other_words_is_found_by_few_of_its_terms(counter, monkeypatch):
    counter.receive(1)
    counter.back_up()
    counter.receive(1)
    asked = []
    one = DeskDatabase.one
    monkeypatch.setattr(
        DeskDatabase, "one", lambda db, sql, values=(): asked.append((sql, values)) or one(db, sql, values)
    )
    assert counter.back_up().point.kind == "increment"
    (terms,) = [values[0].split(" AND ") for sql, values in asked if "MATCH" in sql]
    assert 4 < len(terms) <= 8
    counter.receive(1)
    words = " ".join(term.strip('"') for term in terms if term.strip('"').isdigit())
    row = projections.SEARCH_BASE - 3
    counter.desk.db.execute("INSERT OR REPLACE INTO search(rowid, t) VALUES(?, ?)", (row, f"tran van khac {words}"))
    with pytest.raises(BackupUnprovedError):
        counter.back_up()


def test_a_step_on_an_older_dossier_has_its_row_looked_at_again(counter):
    (code,) = counter.receive(1)
    counter.back_up()
    counter.receive(1)
    counter.back_up()
    steps.step(counter.desk, code, "forward")
    spoil_row(counter, 1)
    with pytest.raises(BackupUnprovedError):
        counter.back_up()


def test_the_chain_is_read_from_the_base_on_each_time(counter):
    counter.receive(1)
    counter.back_up()
    counter.receive(1)
    counter.back_up()
    db = counter.desk.db
    db.execute("DROP TRIGGER event_no_update")
    db.execute("UPDATE event SET body = replace(body, 'Nghiệm', 'Khác') WHERE n = 2")
    db.execute(TRIGGERS["event_no_update"])
    counter.receive(1)
    with pytest.raises(BackupUnprovedError):
        counter.back_up()


def test_a_log_that_does_not_go_on_from_the_increment_before_is_looked_at_whole(counter):
    counter.receive(1)
    base = counter.back_up()
    counter.receive(2)
    desk = counter.desk
    with still(base.path, desk.db.key) as copy:
        marks = marks_of(copy)
    (log,) = marks.logs
    found = desk.db.all("SELECT seq, dossier, hash FROM event ORDER BY seq")
    with increment.begun(counter.folder / "plus.db", desk.db.key, desk=desk.db.path, base=base.path) as db:
        increment.fill(db, marks)
        assert proof.touched(db, {log: (2, found[1][2].hex())}) == [found[2][1]]
        assert proof.touched(db, {log: (2, found[2][2].hex())}) == sorted((found[1][1], found[2][1]))
        assert proof.touched(db, {}) == sorted((found[1][1], found[2][1]))


def test_the_base_is_not_searched_for_a_dossier_that_came_after_it(counter):
    (code,) = counter.receive(1)
    base = counter.back_up()
    with still(base.path, counter.desk.db.key) as copy:
        ((root,),) = copy.all("SELECT rootpage FROM sqlite_master WHERE name = 'event_dossier'")
    with base.path.open("r+b") as file:
        file.seek((root - 1) * PAGE)
        file.write(bytes(PAGE))
    counter.receive(1)
    assert counter.back_up().point.kind == "increment"
    steps.step(counter.desk, code, "forward")
    assert counter.back_up().point.kind == "base"  # of this dossier the base has a part, which cannot be read
    assert restoring.points_in(counter.place)[0].is_proved
