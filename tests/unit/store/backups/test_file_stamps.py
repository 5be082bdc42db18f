"""Whatever changes a row of the attached files gives its block another stamp, and no other block."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from sqlcipher3 import dbapi2

from desk_app.store.attachments import files
from desk_app.store.backups.backup_tables import changed_blocks, marks_of, sums_with
from desk_app.store.database.schema import FILE_BLOCK
from tests.kit.desk import books

SECOND = range(FILE_BLOCK + 1, 2 * FILE_BLOCK + 1)
INSERT = "INSERT{} INTO file(n, sha, size, type, here) VALUES(?, ?, 9, '', 9)"


def sha(number):
    return f"{number:064x}"


@pytest.fixture
def db(tmp_path):
    """Three blocks of files: the first full at its end, two rows in the second, one in the third."""
    db = books.made(tmp_path)
    for number in (FILE_BLOCK, FILE_BLOCK + 1, FILE_BLOCK + 2, 2 * FILE_BLOCK + 1):
        db.execute(INSERT.format(""), (number, sha(number)))
    yield db
    db.close()


@pytest.mark.parametrize(
    "change",
    [
        lambda db: files.confirm(db, sha(FILE_BLOCK + 2), 4),
        lambda db: files.forget_lost(db, sha(FILE_BLOCK + 1)),
        lambda db: files.forget_unused(db, sha(FILE_BLOCK + 2)),
        lambda db: db.execute(INSERT.format(" OR IGNORE"), (FILE_BLOCK + 3, sha(1))),
        lambda db: db.execute(INSERT.format(" OR REPLACE"), (FILE_BLOCK + 2, sha(2))),
        lambda db: db.execute("DELETE FROM file WHERE n BETWEEN ? AND ?", (SECOND[0], SECOND[-1])),
    ],
)
def test_a_change_of_a_row_is_a_change_of_its_block_alone(db, change):
    marks = marks_of(db)
    assert changed_blocks(db, marks, "file", "main") == []
    change(db)
    assert changed_blocks(db, marks, "file", "main") == [SECOND]


def test_what_is_said_again_changes_nothing(db):
    files.confirm(db, sha(FILE_BLOCK + 1), 4)
    marks = marks_of(db)
    files.confirm(db, sha(FILE_BLOCK + 1), 4)
    assert changed_blocks(db, marks, "file", "main") == []


def test_a_row_that_moves_changes_both_blocks(db):
    marks = marks_of(db)
    db.execute("UPDATE file SET n = 1 WHERE n = ?", (FILE_BLOCK + 2,))
    assert changed_blocks(db, marks, "file", "main") == [range(1, FILE_BLOCK + 1), SECOND]


def test_a_block_changed_back_and_forth_counts_as_changed(db):
    marks = marks_of(db)
    files.confirm(db, sha(FILE_BLOCK + 1), 4)
    files.confirm(db, sha(FILE_BLOCK + 1), 0)
    assert changed_blocks(db, marks, "file", "main") == [SECOND]


def test_what_changed_is_known_without_reading_the_rows(db):
    marks = marks_of(db)
    files.forget_lost(db, sha(FILE_BLOCK + 1))
    reads = dbapi2.SQLITE_READ
    db.conn.set_authorizer(
        lambda what, table, *_: dbapi2.SQLITE_DENY if (what, table) == (reads, "file") else dbapi2.SQLITE_OK
    )
    with pytest.raises(dbapi2.DatabaseError, match="prohibited"):
        files.sealed_total(db)
    assert changed_blocks(db, marks, "file", "main") == [SECOND]


def test_whole_files_are_counted_by_what_the_base_tells_and_the_blocks_carried(db):
    one = files.sealed_total(db)[1] // 4
    marks = marks_of(db)
    sums = files.sealed_sums(db)
    assert sums == ((1, one), (2, 2 * one), (1, one))
    files.forget_lost(db, sha(FILE_BLOCK + 1))
    assert sums_with(replace(marks, file_sums=sums), [SECOND], (1, one)) == files.sealed_total(db) == (3, 3 * one)
