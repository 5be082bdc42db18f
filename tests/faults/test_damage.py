"""What can happen to the file: wrong key, flipped bits, cut, replaced, altered rows, a newer program, a lost tail."""

from __future__ import annotations

import random
import shutil
import sqlite3

import pytest

from desk_app.errors import (
    DamagedFileError,
    DataFolderMissingError,
    DeskError,
    DeskExistsError,
    LostTailError,
    NewerFileError,
    NoDeskError,
    NotEncryptedError,
    WrongKeyError,
)
from desk_app.store.database import driver
from desk_app.store.database.database import FILE, IntegrityError, open_database, unit_of_work
from desk_app.store.database.head_file import FILE as HEAD
from desk_app.store.database.schema import TRIGGERS
from desk_app.store.journal import journal
from desk_app.store.journal.check import check, verify_tail
from desk_app.store.keys import vault
from tests.kit.desk import books

PAGE = 4096


@pytest.fixture(scope="module")
def worked(tmp_path_factory):
    db = books.made(tmp_path_factory.mktemp("worked") / "desk")
    for number in range(1, 31):
        dossier = books.received(db, number)
        books.stepped(db, dossier, "forward")
    return books.put_down(db)


@pytest.fixture
def closed(worked, tmp_path):
    """A desk with dossiers, closed: everything in the one file."""
    return shutil.copytree(worked, tmp_path / "desk")


def opened(folder, key=books.KEY):
    return open_database(folder / FILE, key)


def flip(path, at, bit):
    content = bytearray(path.read_bytes())
    content[at] ^= 1 << bit
    path.write_bytes(content)


def test_a_file_without_its_key_is_noise(closed):
    content = (closed / FILE).read_bytes()
    assert b"SQLite" not in content
    assert "Nghiệm".encode() not in content
    with pytest.raises(WrongKeyError):
        opened(closed, bytes(32))


def test_with_the_right_key_an_unreadable_beginning_is_damage_not_a_wrong_key(tmp_path):
    made = vault.create(tmp_path, passphrase="thử")
    open_database(tmp_path / FILE, made.key, create=True).close()
    flip(tmp_path / FILE, 5, 0)
    with pytest.raises(WrongKeyError):
        opened(tmp_path, bytes(32))
    with pytest.raises(DamagedFileError):
        opened(tmp_path, made.key)


def test_every_flipped_bit_is_found(closed):
    whole = (closed / FILE).read_bytes()
    draw = random.Random(5)
    pages = len(whole) // PAGE
    assert pages > 40
    for number in range(60):
        at = number % pages * PAGE + draw.randrange(PAGE)
        (closed / FILE).write_bytes(whole)
        flip(closed / FILE, at, draw.randrange(8))
        try:
            db = opened(closed)
        except (DamagedFileError, WrongKeyError):
            continue
        try:
            assert not check(db).ok, f"bit at {at} not found"
        finally:
            db.close()
    (closed / FILE).write_bytes(whole)
    db = opened(closed)
    assert check(db).ok
    db.close()


def test_a_damaged_page_is_said_and_the_rest_can_be_read_after_opening_anew(closed):
    db = opened(closed)
    ((root,),) = db.all("SELECT rootpage FROM sqlite_master WHERE name = 'setting'")
    db.close()
    flip(closed / FILE, (root - 1) * PAGE + 100, 3)
    db = opened(closed)
    with pytest.raises(DamagedFileError):
        db.all("SELECT * FROM setting")
    db = db.reopened()
    assert db.one("SELECT count(*) FROM event") == (60,)
    db.close()


@pytest.mark.parametrize("length", [0, 1, 100, PAGE, PAGE * 20, -PAGE, -1])
def test_a_file_cut_short_is_damage(closed, length):
    (closed / FILE).write_bytes((closed / FILE).read_bytes()[:length])
    try:
        db = opened(closed)
    except (DamagedFileError, WrongKeyError):
        return
    assert not check(db).ok
    db.close()


def test_what_is_not_there_is_told_apart(tmp_path, closed):
    with pytest.raises(DataFolderMissingError):
        opened(tmp_path / "none")
    (tmp_path / "empty").mkdir()
    with pytest.raises(NoDeskError):
        opened(tmp_path / "empty")
    assert list((tmp_path / "empty").iterdir()) == []
    with pytest.raises(DeskExistsError):
        open_database(closed / FILE, books.KEY, create=True)


@pytest.mark.parametrize(
    "later",
    [
        "INSERT INTO _sqlite_migrations(migration_set, name, applied_at) VALUES('desk', 'm999_x', '')",
        "PRAGMA user_version=999",
    ],
)
def test_a_file_a_newer_program_wrote_is_left_alone(closed, later):
    db = opened(closed)
    db.execute(later)
    db.close()
    before = (closed / FILE).read_bytes()
    with pytest.raises(NewerFileError):
        opened(closed)
    assert (closed / FILE).read_bytes() == before


def test_a_program_without_encryption_writes_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr(driver, "connect", sqlite3.connect)
    with pytest.raises(NotEncryptedError):
        open_database(tmp_path / FILE, books.KEY, create=True)


TAMPERINGS = {
    "an author": "UPDATE event SET author = 'khác' WHERE seq = 7",
    "a moment": "UPDATE event SET at = at + 1 WHERE seq = 7",
    "a body": "UPDATE event SET body = replace(body, 'Nghiệm', 'Nghiên') WHERE seq = 7",
    "a hash": "UPDATE event SET hash = x'00' WHERE seq = 7",
    "an event given to another dossier": "UPDATE event SET dossier = 'aaaaaaaaaaaaaaaa' WHERE seq = 7",
    "an event taken out": "DELETE FROM event WHERE seq = 7",
    "the last event taken out": "DELETE FROM event WHERE seq = 60",
    "the head": "UPDATE log SET head = zeroblob(32)",
    "the last number": "UPDATE log SET last_seq = 61",
    "a row": "UPDATE dossier SET status = 'returned' WHERE id = 1",
    "a row taken out": "DELETE FROM dossier WHERE id = 1",
    "a person": "UPDATE person SET number = '001190999999' WHERE dossier = 1",
    "a count": "UPDATE tally SET dossiers = dossiers + 1 WHERE name = 'processing'",
    "a search entry taken out": "DELETE FROM search WHERE rowid = 1999999999",
    "a search entry too many": "INSERT INTO search(rowid, t) VALUES(1999999998, 'x')",
    "a search entry of other words": "INSERT OR REPLACE INTO search(rowid, t) VALUES(1999999999, 'x')",
}


@pytest.mark.parametrize("what", TAMPERINGS)
def test_whatever_is_altered_behind_the_programs_back_is_found(closed, what):
    db = opened(closed)
    assert check(db).ok
    for trigger in TRIGGERS:
        db.execute(f"DROP TRIGGER {trigger}")
    db.execute(TAMPERINGS[what])
    for trigger in TRIGGERS.values():
        db.execute(trigger)
    assert not check(db).ok
    db.close()


def test_a_missing_guard_is_found_and_put_back_at_the_next_start(closed):
    db = opened(closed)
    db.execute("DROP TRIGGER event_no_update")
    assert not check(db).ok
    db.close()
    db = opened(closed)
    with pytest.raises(IntegrityError):
        db.execute("UPDATE event SET at = 0")
    assert check(db).ok
    db.close()


def test_an_old_copy_of_the_file_is_found_by_the_head_noted_beside_it(tmp_path, closed):
    shutil.copy(closed / FILE, tmp_path / "old.db")
    db = opened(closed)
    books.received(db, 99)
    db.close()
    shutil.copy(tmp_path / "old.db", closed / FILE)
    db = opened(closed)
    with pytest.raises(LostTailError) as told:
        verify_tail(db)
    assert told.value.facts == {"noted": 61, "found": 60}
    assert not check(db).ok
    db.close()


def test_a_bit_flipped_in_the_wal_loses_commits_in_silence_and_that_is_found(tmp_path, closed):
    db = opened(closed)
    for number in (97, 98, 99):
        books.received(db, number)
    crashed = tmp_path / "crashed"
    crashed.mkdir()
    for name in (FILE, FILE + "-wal", HEAD):
        shutil.copy(closed / name, crashed / name)
    db.close()
    flip(crashed / (FILE + "-wal"), (crashed / (FILE + "-wal")).stat().st_size // 2, 2)
    db = opened(crashed)
    assert db.one("SELECT max(seq) FROM event") < (63,)
    assert db.all("PRAGMA cipher_integrity_check") == []
    with pytest.raises(LostTailError):
        verify_tail(db)
    db.close()


def test_a_torn_head_file_proves_nothing_and_stops_nothing(closed):
    (closed / HEAD).write_bytes((closed / HEAD).read_bytes()[:40])
    db = opened(closed)
    verify_tail(db)
    (closed / HEAD).unlink()
    verify_tail(db)
    books.received(db, 99)
    verify_tail(db)
    assert check(db).ok
    db.close()


def test_a_head_file_that_cannot_be_written_costs_no_dossier(closed):
    (closed / HEAD).unlink()
    (closed / HEAD).mkdir()
    db = opened(closed)
    dossier = books.received(db, 99)
    assert journal.dossier(db, dossier)
    db.close()


def test_what_a_check_tells_names_nobody(closed):
    db = opened(closed)
    db.execute("DROP TRIGGER event_no_update")
    db.execute("UPDATE event SET body = replace(body, 'Nghiệm', 'Nghiên')")
    db.execute("UPDATE dossier SET applicant = 'Nguyễn Văn Khác'")
    told = " ".join(check(db).problems)
    assert told
    assert "Nguyễn" not in told
    assert "001190" not in told
    db.close()


def test_a_reader_cannot_write(closed):
    db = opened(closed)
    reader = db.reader()
    books.received(db, 99)
    assert reader.one("SELECT count(*) FROM dossier") == (31,)
    with pytest.raises(DeskError):
        reader.execute("DELETE FROM dossier")
    with pytest.raises(DeskError), unit_of_work(reader):
        journal.append(reader, books.reception(5), dossier="a" * 16, at=1, author="thu")
    reader.close()
    db.close()
