"""What the machine can do to an SQLite file, told as DeskErrors; anything else is our bug and passes through."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlcipher3 import dbapi2

from desk_app.district.failures import StorageKeyError
from desk_app.errors import BusyError, DamagedFileError, DeskError, DiskFailedError, DiskFullError, NotWritableError

_WITHIN = {"database or disk is full": "SQLITE_FULL", "disk I/O error": "SQLITE_IOERR"}
"""What SQLite says of a failure within one of its functions, `sqlcipher_export`, whose code is only SQLITE_ERROR."""


@contextmanager
def failures(path: Path) -> Iterator[None]:
    """Disk, file, lock and key failures inside become DeskErrors that name `path`."""
    try:
        yield
    except dbapi2.Error as error:
        name = getattr(error, "sqlite_errorname", None) or ""
        told = _told_as(_WITHIN.get(str(error), name), path)
        if told is None:
            raise
        raise told from error


def _told_as(name: str, path: Path) -> DeskError | None:
    if name == "SQLITE_FULL":
        return DiskFullError()
    if name == "SQLITE_NOTADB":  # so SQLCipher names a key that does not fit, and a first page that is spoilt
        return StorageKeyError(file=path.name)
    if name.startswith("SQLITE_CORRUPT"):
        return DamagedFileError(file=path.name)
    if name.startswith("SQLITE_IOERR"):
        return DiskFailedError(what=name)
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return BusyError()
    if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM")):
        return NotWritableError(folder=path.parent)
    return None
