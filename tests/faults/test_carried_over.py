"""A plain database of an earlier version is encrypted once: killed at any moment, on a full disk, or in use."""

from __future__ import annotations

import os
import signal
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from desk_app.district.failures import NoRoomToEncryptError, PlainDatabaseInUseError
from desk_app.district.keys import durable_files
from desk_app.district.storage import meta, open_storage
from desk_app.district.storage.at_rest import plain_file
from desk_app.errors import DamagedFileError, DiskFullError
from tests.kit.district import copies
from tests.kit.district.stored_logs import KEY

pytestmark = pytest.mark.skipif(os.name == "nt", reason="forks")
NAME = "Nguyễn Thị Thử"
ROWS = 600
_STEPS = (
    (plain_file, "_forget"),
    (plain_file, "_see_room"),
    (durable_files, "open_private"),
    (plain_file, "_copy"),
    (plain_file, "_see_same"),
    (plain_file, "_swap"),
    (os, "fsync"),
    (Path, "replace"),
    (plain_file, "sync_folder"),
)
"""What the carrying over is made of; a process is killed before or behind any call of these."""


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    place = tmp_path / "district.db"
    fill(place)
    return place


def fill(place: Path, *, size: int = 200) -> None:
    with closing(copies.old_tables(str(place), 2)) as connection:
        rows = [(f"k{n}", f"{NAME} {n}".encode() + bytes(size)) for n in range(ROWS)]
        connection.executemany("INSERT INTO meta(key, value) VALUES(?, ?)", rows)


def expect_whole(place: Path) -> None:
    with closing(open_storage(place, KEY)) as storage, storage.reading() as session:
        assert session.all("SELECT COUNT(*) FROM meta") == [(ROWS,)]
        assert (meta.get(session, "k599") or b"").startswith(f"{NAME} 599".encode())
    assert not plain_file.is_plain(place)
    assert sorted(file.name for file in place.parent.iterdir() if "district.db" in file.name) == ["district.db"]


@contextmanager
def another_process(deed: Callable[[], None]) -> Iterator[int]:
    """A process that does this and then waits to be killed."""
    child = os.fork()
    if not child:
        try:
            deed()
            time.sleep(60)
        finally:
            os._exit(1)
    try:
        yield child
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


def killed_at(place: Path, moment: int) -> bool:
    """Carry over in another process that dies at this call of `_STEPS`; False where it came to its end before."""
    child = os.fork()
    if not child:
        counted = 0

        def watched(whole: Callable[..., object]) -> Callable[..., object]:
            def call(*arguments: object, **facts: object) -> object:
                count()
                result = whole(*arguments, **facts)
                count()
                return result

            return call

        def count() -> None:
            nonlocal counted
            counted += 1
            if counted == moment:
                os.kill(os.getpid(), signal.SIGKILL)

        try:
            for owner, name in _STEPS:
                setattr(owner, name, watched(getattr(owner, name)))
            plain_file.carry_over(place, KEY)
        finally:
            os._exit(0)
    _, told = os.waitpid(child, 0)
    return os.WIFSIGNALED(told)


def test_killed_at_any_moment_either_the_old_or_the_new_opens(tmp_path: Path) -> None:
    moments, were_plain = 0, set()
    while True:
        moments += 1
        folder = tmp_path / str(moments)
        folder.mkdir()
        fill(folder / "district.db")
        was_killed = killed_at(folder / "district.db", moments)
        were_plain.add(plain_file.is_plain(folder / "district.db"))
        expect_whole(folder / "district.db")
        if not was_killed:
            break
    assert moments > 20
    assert were_plain == {True, False}


def test_what_is_not_in_the_database_yet_but_in_its_write_ahead_log_comes_along(plain: Path) -> None:
    def writes_and_dies() -> None:
        connection = sqlite3.connect(plain, isolation_level=None)
        connection.execute("PRAGMA wal_autocheckpoint=0")
        connection.execute("INSERT INTO meta(key, value) VALUES('late', ?)", (NAME.encode(),))
        os.kill(os.getpid(), signal.SIGKILL)

    child = os.fork()
    if not child:
        writes_and_dies()
    os.waitpid(child, 0)
    assert NAME.encode() in plain.with_name("district.db-wal").read_bytes()
    with closing(open_storage(plain, KEY)) as storage, storage.reading() as session:
        assert meta.get(session, "late") == NAME.encode()
    assert [file for file in plain.parent.iterdir() if NAME.encode() in file.read_bytes()] == []


def test_a_database_on_another_disk_stays_there(plain: Path, tmp_path: Path) -> None:
    """An office may have put it on a larger disk, with a link in the data folder."""
    (tmp_path / "lớn").mkdir()
    plain.rename(tmp_path / "lớn" / "thật.db")
    plain.symlink_to(tmp_path / "lớn" / "thật.db")
    with closing(open_storage(plain, KEY)) as storage, storage.reading() as session:
        assert session.all("SELECT COUNT(*) FROM meta") == [(ROWS,)]
    assert plain.is_symlink()
    assert not plain_file.is_plain(tmp_path / "lớn" / "thật.db")


def test_the_bytes_of_the_old_file_are_written_over(plain: Path) -> None:
    with plain.open("rb") as old:
        open_storage(plain, KEY).close()
        assert set(old.read()) == {0}


def test_a_database_that_an_earlier_program_has_open_is_left_alone(plain: Path, tmp_path: Path) -> None:
    def serves() -> None:
        connection = sqlite3.connect(plain, isolation_level=None)
        connection.execute("SELECT COUNT(*) FROM meta").fetchall()
        (tmp_path / "ready").touch()
        time.sleep(60)

    with another_process(serves):
        while not (tmp_path / "ready").exists():
            time.sleep(0.01)
        with pytest.raises(PlainDatabaseInUseError):
            open_storage(plain, KEY)
        assert plain_file.is_plain(plain)
    expect_whole(plain)


def test_without_room_for_two_the_old_one_stays(plain: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = plain_file.shutil.disk_usage(plain)
    with monkeypatch.context() as patch:
        patch.setattr(plain_file.shutil, "disk_usage", lambda _: usage._replace(free=1 << 20))
        with pytest.raises(NoRoomToEncryptError, match="MB"):
            open_storage(plain, KEY)
    assert plain_file.is_plain(plain)
    expect_whole(plain)


def test_a_disk_that_fills_up_leaves_the_old_one(small_disk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = small_disk / "district.db"
    fill(plain, size=plain_file.shutil.disk_usage(small_disk).free // 6 // ROWS)
    left = plain_file.shutil.disk_usage(small_disk).free - (1 << 20)
    (small_disk / "ballast").write_bytes(bytes(left))
    with monkeypatch.context() as patch:
        patch.setattr(plain_file, "_see_room", lambda _: None)
        with pytest.raises(DiskFullError):
            open_storage(plain, KEY)
    assert plain_file.is_plain(plain)
    assert sorted(file.name for file in small_disk.iterdir() if "district.db" in file.name) == ["district.db"]
    with closing(sqlite3.connect(plain)) as still:
        assert still.execute("SELECT COUNT(*) FROM meta").fetchone() == (ROWS,)


def test_a_copy_that_is_not_the_same_is_thrown_away(plain: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = plain_file._copy

    def loses(connection: object, part: Path, key: bytes) -> None:
        whole(connection, part, key)
        with copies.opened(part, key) as copy:
            copy.execute("UPDATE meta SET value = ? WHERE key = 'k7'", (b"x",))

    with monkeypatch.context() as patch:
        patch.setattr(plain_file, "_copy", loses)
        with pytest.raises(DamagedFileError):
            open_storage(plain, KEY)
    expect_whole(plain)
