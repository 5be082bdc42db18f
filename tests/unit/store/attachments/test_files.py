"""Attached files: encrypted, kept once, read from any byte, taken in by pieces, never half."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk_app.domain.dossiers.events import Attached
from desk_app.errors import DiskFullError, FileGoneError, FileTooLargeError, FileUnreadableError
from desk_app.store.attachments import files, sealed_file
from desk_app.store.database.database import unit_of_work
from desk_app.store.journal import journal
from desk_app.store.journal.check import check
from desk_app.store.journal.rebuild import rebuild
from tests.kit.desk import books
from tests.kit.machine.readers import others_get_in

CHUNK = sealed_file.CHUNK


def content(size, seed=1):
    return random.Random(seed).randbytes(size)


def written(folder, data, name="quét.pdf"):
    path = folder / name
    path.write_bytes(data)
    return path


@pytest.fixture
def folder(db):
    return db.path.parent / files.FOLDER


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK + 7])
def test_a_file_is_read_back_from_any_byte(tmp_path, db, size):
    data = content(size)
    kept = files.add(db, written(tmp_path, data))
    assert (kept.size, kept.here, kept.type) == (size, size, "application/pdf")
    for offset in (0, 1, size // 2, CHUNK - 1, CHUNK, size - 1, size, size + 5):
        for length in (1, 100, CHUNK, size + 1):
            assert files.read_at(db, kept.sha, max(offset, 0), length) == data[max(offset, 0) :][:length]


def test_neither_content_nor_name_nor_hash_stand_on_the_disk(tmp_path, db, folder):
    data = "Nguyễn Thị Thử Nghiệm 001190000001".encode() * 100
    kept = files.add(db, written(tmp_path, data))
    (on_disk,) = folder.iterdir()
    assert b"001190000001" not in on_disk.read_bytes()
    assert kept.sha not in on_disk.name
    assert not others_get_in(on_disk)


def test_the_same_content_is_kept_once(tmp_path, db, folder):
    first = files.add(db, written(tmp_path, b"abc"))
    assert files.add(db, written(tmp_path, b"abc", "khác.png")).sha == first.sha
    assert len(list(folder.iterdir())) == 1


def test_what_cannot_be_taken_is_said_and_leaves_nothing(tmp_path, db, folder, monkeypatch):
    with pytest.raises(FileUnreadableError):
        files.add(db, tmp_path / "none.pdf")
    with pytest.raises(FileUnreadableError):
        files.add(db, tmp_path)
    monkeypatch.setattr(files, "LARGEST", 10)
    with pytest.raises(FileTooLargeError):
        files.add(db, written(tmp_path, b"x" * 11))
    monkeypatch.undo()

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(sealed_file.os, "fsync", full)
    with pytest.raises(DiskFullError):
        files.add(db, written(tmp_path, b"abc"))
    assert list(folder.iterdir()) == []
    assert db.one("SELECT count(*) FROM file") == (0,)


@pytest.mark.parametrize("how", ["gone", "flipped", "cut"])
def test_a_file_that_was_altered_or_is_away_is_never_read_as_if_it_were_whole(tmp_path, db, folder, how):
    kept = files.add(db, written(tmp_path, content(2 * CHUNK)))
    (path,) = folder.iterdir()
    data = bytearray(path.read_bytes())
    if how == "gone":
        path.unlink()
    elif how == "flipped":
        data[CHUNK // 2] ^= 1
        path.write_bytes(data)
    else:
        path.write_bytes(data[: CHUNK // 2])
    with pytest.raises(FileGoneError):
        files.read_at(db, kept.sha, 0, 10)


def test_a_file_that_went_missing_is_there_again_once_attached_again(tmp_path, db, folder):
    source = written(tmp_path, content(100))
    kept = files.add(db, source)
    next(folder.iterdir()).unlink()
    files.add(db, source)
    assert files.read_at(db, kept.sha, 0, 100) == content(100)


def test_chunks_cannot_change_places(tmp_path, db, folder):
    kept = files.add(db, written(tmp_path, content(2 * CHUNK)))
    (path,) = folder.iterdir()
    data = path.read_bytes()
    half = len(data) // 2
    path.write_bytes(data[half:] + data[:half])
    with pytest.raises(FileGoneError):
        files.read_at(db, kept.sha, 0, 1)


@given(pieces=st.lists(st.tuples(st.integers(0, 90_000), st.integers(0, 40_000)), max_size=12))
def test_a_file_comes_in_by_pieces_whatever_is_sent_twice_or_too_early(tmp_path_factory, pieces):
    folder = tmp_path_factory.mktemp("pieces")
    giver, taker = books.made(folder / "giver"), books.made(folder / "taker")
    data = content(90_000)
    kept = files.add(giver, written(folder, data))
    here = 0
    for offset, length in [*pieces, *((start, CHUNK) for start in range(0, len(data), CHUNK))]:
        piece = files.read_at(giver, kept.sha, offset, length)
        now = files.receive(taker, kept.sha, kept.size, offset, piece)
        assert now == (max(here, offset + len(piece)) if offset <= here < len(data) else here)
        here = now
    assert here == len(data)
    assert files.read_at(taker, kept.sha, 0, len(data)) == data
    giver.close()
    taker.close()


def test_what_is_not_the_file_its_name_promises_is_thrown_away_and_may_come_again(tmp_path, db, folder):
    kept = files.add(books.made(tmp_path / "giver"), written(tmp_path, content(CHUNK + 10)))
    false = content(CHUNK + 10, seed=2)
    assert files.receive(db, kept.sha, kept.size, 0, false[:CHUNK]) == CHUNK
    assert files.receive(db, kept.sha, kept.size, CHUNK, false[CHUNK:]) == 0
    assert list(folder.iterdir()) == []
    assert files.receive(db, kept.sha, kept.size, 0, content(CHUNK + 10)) == CHUNK + 10


@pytest.mark.parametrize(("size", "piece"), [(0, b"a"), (3, b"abcd"), (files.LARGEST + 1, b"a"), (3, b"")])
def test_a_piece_no_file_can_have_is_not_taken(db, size, piece):
    assert files.receive(db, "ab" * 32, size, 0, piece) == 0


def test_a_piece_torn_by_a_power_cut_is_written_over(tmp_path, db, folder):
    data = content(2 * CHUNK)
    kept = files.add(books.made(tmp_path / "giver"), written(tmp_path, data))
    assert files.receive(db, kept.sha, kept.size, 0, data[: CHUNK + 500]) == CHUNK + 500
    (path,) = folder.iterdir()
    path.write_bytes(path.read_bytes()[:-20])
    assert files.receive(db, kept.sha, kept.size, CHUNK + 500, data[CHUNK + 500 :]) == CHUNK
    assert files.receive(db, kept.sha, kept.size, CHUNK, data[CHUNK:]) == 2 * CHUNK
    assert files.read_at(db, kept.sha, 0, 2 * CHUNK) == data


def test_bytes_written_before_a_crash_but_never_noted_are_written_over(tmp_path, db):
    data = content(2 * CHUNK)
    kept = files.add(books.made(tmp_path / "giver"), written(tmp_path, data))
    assert files.receive(db, kept.sha, kept.size, 0, data[: CHUNK + 500]) == CHUNK + 500
    db.execute("UPDATE file SET here = ?", (CHUNK + 200,))
    assert files.receive(db, kept.sha, kept.size, CHUNK + 200, data[CHUNK + 200 : CHUNK + 300]) == CHUNK + 300
    assert files.receive(db, kept.sha, kept.size, CHUNK + 300, data[CHUNK + 300 :]) == 2 * CHUNK
    assert files.read_at(db, kept.sha, 0, 2 * CHUNK) == data


def test_files_wait_until_the_district_has_every_byte_and_wait_again_when_it_lost_some(tmp_path, db):
    first = files.add(db, written(tmp_path, b"eins"))
    second = files.add(db, written(tmp_path, b"zwei!"))
    assert [kept.sha for kept in files.waiting_files(db)] == [first.sha, second.sha]
    files.confirm(db, first.sha, 4)
    files.confirm(db, second.sha, 2)
    assert [(kept.sha, kept.confirmed) for kept in files.waiting_files(db)] == [(second.sha, 2)]
    files.confirm(db, first.sha, 0)
    assert len(files.waiting_files(db)) == 2


def test_which_files_a_dossier_has_is_told_by_its_events(tmp_path, db):
    dossier, other = books.received(db, 1), books.received(db, 2)
    for name in ("một.pdf", "hai.pdf"):
        books.written(db, Attached(sha="ab" * 32, size=3, type="application/pdf", name=name), dossier=dossier)
    books.written(db, Attached(sha="cd" * 32, size=3, type="image/png", name="ba.png", component="1"), dossier=other)
    rows = db.all("SELECT * FROM attachment ORDER BY dossier, place")
    assert [(row[0], row[1], row[5], row[6]) for row in rows] == [
        (1, 0, "một.pdf", ""),
        (1, 1, "hai.pdf", ""),
        (2, 0, "ba.png", "1"),
    ]
    before = books.projections(db)
    rebuild(db)
    assert books.projections(db) == before
    assert check(db).problems == ()
    reader = books.made(tmp_path / "reader")
    with unit_of_work(reader):
        journal.absorb(reader, books.own_name(db), books.bodies(db, books.own_name(db)))
    assert [row[5] for row in reader.all("SELECT * FROM attachment ORDER BY dossier, place")] == [
        row[5] for row in rows
    ]
    reader.close()
    db.execute("UPDATE attachment SET name = 'khác' WHERE place = 1")
    assert not check(db).ok
