"""What the machine can do to a database, told as DeskErrors; anything else is our bug and passes through."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile

from desk_app.errors import (
    BusyError,
    DamagedFileError,
    DeskError,
    DiskFailedError,
    DiskFullError,
    FolderForFileError,
    NotPermittedError,
    NotWritableError,
    of_system,
)
from desk_app.store.database import driver


@contextmanager
def machine_failures(path: Path) -> Iterator[None]:
    """Disk, file and lock failures inside become DeskErrors naming `path`; after `DamagedFileError` open anew.

    SQLCipher keeps a connection in error once a page failed its HMAC.
    """
    try:
        yield
    except driver.Error as error:
        told = told_as(error, path)
        if told is None:
            raise
        raise told from error


@contextmanager
def file_failures(folder: Path) -> Iterator[None]:
    """The same for the files beside the database: what the system refuses in `folder` becomes a DeskError."""
    try:
        yield
    except OSError as error:
        raise _of_the_data(error, folder) from error


def told_as(error: driver.Error, path: Path) -> DeskError | None:
    """The DeskError for this failure of the machine, or None when it is no such failure."""
    name = getattr(error, "sqlite_errorname", None) or ""
    if name == "SQLITE_FULL":
        return DiskFullError()
    if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
        return DamagedFileError(file=path.name)
    if name.startswith("SQLITE_IOERR"):
        return _tried(path) or DiskFailedError(what=name)
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return BusyError()
    if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM")):
        return _tried(path) or NotWritableError(folder=path.parent)
    return None


def _of_the_data(error: OSError, folder: Path) -> DeskError:
    told = of_system(error, error.filename or folder)
    if isinstance(told, FolderForFileError) and not error.filename:
        told = NotPermittedError(place=folder)  # Windows says the same of both, and the data do lie in a folder
    return NotWritableError(folder=folder) if isinstance(told, NotPermittedError) else told


def _tried(path: Path) -> DeskError | None:
    """What the system itself says of the place of a database that SQLite could not use; None where it says nothing.

    SQLite has one code for a quota, a lost network and a broken disk. The database itself is not opened: closing it
    would let go of the locks that this process holds on it.
    """
    try:
        if path.is_dir():
            return FolderForFileError(place=path)
        path.stat()
        with TemporaryFile(dir=path.parent) as trial:
            trial.write(bytes(4096))
            trial.flush()
            os.fsync(trial.fileno())
    except OSError as error:
        return _of_the_data(error, path.parent)
    return None
