"""A folder that cannot be locked is no second window, and one without a write-ahead log is no damaged file."""

from __future__ import annotations

import errno

import pytest

from desk_app.errors import NetworkFolderError, SecondProgramError
from desk_app.store.database import database, lock
from tests.kit.desk import books


@pytest.mark.parametrize("code", [errno.ENOLCK, errno.ENOTSUP, errno.ENOSYS, errno.EIO])
def test_a_folder_that_refuses_locks_is_told_as_what_it_is(tmp_path, monkeypatch, code: int) -> None:
    def refuse(_file: int) -> None:
        raise OSError(code, "no")

    monkeypatch.setattr(lock, "_take", refuse)
    with pytest.raises(NetworkFolderError):
        lock.hold(tmp_path)


def test_a_lock_held_by_another_is_still_a_second_program(tmp_path) -> None:
    with lock.hold(tmp_path), pytest.raises(SecondProgramError):
        lock.hold(tmp_path)


def test_a_write_ahead_log_refused_is_no_damage(tmp_path, monkeypatch) -> None:
    books.made(tmp_path).close()
    real = database.driver.connect

    class Answer:
        def fetchone(self) -> tuple[str]:
            return ("delete",)

    class Refusing:
        def __init__(self, *args: object, **options: object) -> None:
            self._real = real(*args, **options)

        def execute(self, sql: str, *values: object) -> object:
            return Answer() if "journal_mode" in sql else self._real.execute(sql, *values)

        def __getattr__(self, name: str) -> object:
            return getattr(self._real, name)

    monkeypatch.setattr(database.driver, "connect", Refusing)
    with pytest.raises(NetworkFolderError):
        database.open_database(tmp_path / database.FILE, books.KEY)
