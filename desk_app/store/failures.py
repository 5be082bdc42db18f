"""What the machine can do to a database, told as DeskErrors; anything else is our bug and passes through."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from desk_app.errors import (
    BusyError,
    DamagedFileError,
    DeskError,
    DiskFailedError,
    DiskFullError,
    NotWritableError,
)
from desk_app.store import driver


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
    except PermissionError as error:
        raise NotWritableError(folder=folder) from error
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise DiskFullError from error
        raise DiskFailedError(what=errno.errorcode.get(error.errno or 0, "?")) from error


def told_as(error: driver.Error, path: Path) -> DeskError | None:
    """The DeskError for this failure of the machine, or None when it is no such failure."""
    name = getattr(error, "sqlite_errorname", None) or ""
    if name == "SQLITE_FULL":
        return DiskFullError()
    if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
        return DamagedFileError(file=path.name)
    if name.startswith("SQLITE_IOERR"):
        return DiskFailedError(what=name)
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return BusyError()
    if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM")):
        return NotWritableError(folder=path.parent)
    return None
