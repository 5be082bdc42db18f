"""Carries a plain database of 0.2.0 … 0.4.0 over into an encrypted file, once.

The plain file is locked, copied, the copy compared row by row, and only then renamed over it. Whoever is killed at any
moment finds either the old file or the new one. What the disk itself keeps of deleted files is beyond any program.
"""

from __future__ import annotations

import logging
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from desk_app.district.failures import NoRoomToEncryptError, PlainDatabaseInUseError
from desk_app.district.keys import durable_files
from desk_app.district.storage.at_rest.sqlite_failures import failures
from desk_app.errors import BusyError, DamagedFileError, DeskError, of_system
from desk_app.own_files import held_files
from desk_app.own_files.durable_names import sync_folder

_HEAD = b"SQLite format 3\0"
_BESIDE = 32 << 20
"""Room that must be left beside the copy, in bytes."""
_AT_ONCE = 500
_PIECE = 1 << 20
_log = logging.getLogger(__name__)


def is_plain(path: Path) -> bool:
    """Whether a database in the clear lies there; False where nothing does."""
    try:
        with path.open("rb") as file:
            return file.read(len(_HEAD)) == _HEAD
    except FileNotFoundError:
        return False
    except OSError as error:
        raise of_system(error, path) from error


def key_pragma(key: bytes) -> str:
    """The raw 32 bytes as SQLCipher takes them, so that no key derivation is paid."""
    return f"\"x'{key.hex()}'\""


def carry_over(path: Path, key: bytes, *, is_told: bool = True) -> None:
    """Put an encrypted database in the place of the plain one; the log is told when it takes the district's own.

    Raises `PlainDatabaseInUseError`, `NoRoomToEncryptError`, `DiskFullError`, `DamagedFileError`; then the old one
    stays.
    """
    try:
        path = path.resolve()  # the file itself may lie on another disk
        number = path.stat().st_ino
        with failures(path), _held_alone(path) as plain:
            # opening the file once more would let go of the lock on it
            if path.stat().st_ino == number:
                level = logging.WARNING if is_told else logging.DEBUG
                _log.log(level, "Đang mã hóa %s: chỉ một lần, đừng tắt máy.", path.name)
                _carry(plain, path, key)
                _log.log(level, "Đã mã hóa %s.", path.name)
    except OSError as error:
        raise of_system(error, path) from error
    except DeskError:
        if is_plain(path):
            raise  # else another program has done it meanwhile


def _carry(plain: dbapi2.Connection, path: Path, key: bytes) -> None:
    part = path.with_name(f".{path.name}.part")
    _forget(part)
    _see_room(path)
    durable_files.open_private(part).close()
    try:
        _copy(plain, part, key)
        _see_same(plain, part, key)
        _swap(plain, part, path)
    finally:
        _forget(part)


@contextmanager
def _held_alone(path: Path) -> Iterator[dbapi2.Connection]:
    """The plain database with nobody else in it, its write-ahead log taken in and gone."""
    plain = dbapi2.connect(path, isolation_level=None, timeout=2)
    try:
        plain.execute("PRAGMA temp_store=MEMORY")
        try:
            with failures(path):
                plain.execute("PRAGMA locking_mode=EXCLUSIVE")
                told = plain.execute("PRAGMA journal_mode=DELETE").fetchone()
                plain.execute("BEGIN EXCLUSIVE")
                plain.execute("COMMIT")
        except BusyError as error:
            raise PlainDatabaseInUseError from error
        if told != ("delete",):
            raise PlainDatabaseInUseError
        yield plain
    finally:
        plain.close()


def _see_room(path: Path) -> None:
    needed = path.stat().st_size + _BESIDE
    if shutil.disk_usage(path.parent).free < needed:
        raise NoRoomToEncryptError(folder=path.parent, needed=f"{needed / (1 << 20):.0f} MB")


def _copy(plain: dbapi2.Connection, part: Path, key: bytes) -> None:
    plain.execute(f"ATTACH DATABASE ? AS carried KEY {key_pragma(key)}", (str(part),))
    plain.execute("PRAGMA carried.journal_mode=OFF")  # nobody misses a copy that was cut short
    plain.execute("SELECT sqlcipher_export('carried')").fetchall()
    (version,) = plain.execute("PRAGMA main.user_version").fetchone()
    plain.execute(f"PRAGMA carried.user_version={int(version)}")
    plain.execute("DETACH DATABASE carried")
    with part.open("rb+") as written:
        os.fsync(written.fileno())


def _see_same(plain: dbapi2.Connection, part: Path, key: bytes) -> None:
    """Read the copy again, every page and every row. Raises `DamagedFileError`."""
    copy = dbapi2.connect(part, isolation_level=None)
    try:
        copy.execute(f"PRAGMA key={key_pragma(key)}")
        wrong = copy.execute("PRAGMA cipher_integrity_check").fetchall()
        whole = copy.execute("PRAGMA integrity_check").fetchall()
        alike = all(_rows_alike(plain, copy, sql) for sql in _everything(plain))
    finally:
        copy.close()
    if wrong or whole != [("ok",)] or not alike:
        raise DamagedFileError(file=part.name)


def _everything(plain: dbapi2.Connection) -> list[str]:
    """What must give the same rows in both."""
    tables = [name for (name,) in plain.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
    return [
        "PRAGMA user_version",
        "SELECT type, name, sql FROM sqlite_master ORDER BY type, name",
        *(f'SELECT * FROM "{table}" ORDER BY rowid' for table in tables),
    ]


def _rows_alike(one: dbapi2.Connection, other: dbapi2.Connection, sql: str) -> bool:
    rows, again = one.execute(sql), other.execute(sql)
    while True:
        some: list[tuple[Any, ...]] = rows.fetchmany(_AT_ONCE)
        if some != again.fetchmany(_AT_ONCE):
            return False
        if not some:
            return True


def _swap(plain: dbapi2.Connection, part: Path, path: Path) -> None:
    """The new file takes the name of the old one, durably; then the old one's bytes are written over."""
    if os.name == "nt":  # which renames nothing over a file that is open
        plain.close()
        held_files.replace(part, path)
        return
    with path.open("rb+", buffering=0) as old:
        held_files.replace(part, path)
        sync_folder(path.parent)
        with suppress(OSError):
            size = os.fstat(old.fileno()).st_size
            for start in range(0, size, _PIECE):
                old.write(bytes(min(_PIECE, size - start)))
            os.fsync(old.fileno())


def _forget(part: Path) -> None:
    for end in ("", "-journal", "-wal", "-shm"):
        with suppress(OSError):
            held_files.remove(part.with_name(part.name + end), missing_ok=True)
