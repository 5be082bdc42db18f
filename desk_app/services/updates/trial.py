"""The marks a new version sets while the launcher watches it: it has started, it can read the data, it has settled.

Tables are changed only behind the second mark. Where no version is on trial, nothing here does anything.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from desk_app import __version__
from desk_app.errors import (
    BusyError,
    DeskError,
    DiskFailedError,
    NoDeskError,
    SecondProgramError,
    WrongKeyError,
)
from desk_app.errors.updates import UpdateGivenUpError
from desk_app.lazy import lazy

if TYPE_CHECKING:
    from desk_app.services.updates import program_folder
    from desk_app.store.database import database
else:
    program_folder = lazy("desk_app.services.updates.program_folder")
    database = lazy("desk_app.store.database.database")

_NOT_OF_THE_PROGRAM = (SecondProgramError, BusyError, NoDeskError, WrongKeyError)


def set_alive() -> None:
    """The program has started: the launcher need not take it away. A disk that refuses the mark refuses no work."""
    if not _is_started_by_launcher():
        return
    here = program_folder.here(os.environ)
    if here is not None and here.trial_state == "new":
        with suppress(OSError):
            here.put(program_folder.TRIAL, __version__, "alive", "0")


@contextmanager
def opening(data: Path, key: bytes) -> Iterator[None]:
    """Around the first opening of the desk: look at the data before, and go back where they cannot be opened.

    Raises `UpdateGivenUpError`, which ends the program.
    """
    here = program_folder.here(os.environ) if _is_started_by_launcher() else None
    if here is None or not here.trial_state:
        yield
        return
    try:
        _look_only(data, key)
        with suppress(OSError):
            here.put(program_folder.TRIAL, __version__, "healthy", "0")
        yield
    except _NOT_OF_THE_PROGRAM:
        raise
    except DeskError as error:
        raise UpdateGivenUpError(error, version=__version__) from error
    except Exception as error:
        raise UpdateGivenUpError(DiskFailedError(what=type(error).__name__), version=__version__) from error


def settle() -> None:
    """The desk is open for writing: the new version stays. The one before it stays too, for a way back."""
    if not _is_started_by_launcher():
        return
    here = program_folder.here(os.environ)
    if here is not None and here.trial_state:
        with suppress(OSError):
            here.drop(program_folder.TRIAL)


def _is_started_by_launcher() -> bool:
    return "DESK_PROGRAMS" in os.environ


def _look_only(data: Path, key: bytes) -> None:
    """Open without a right to write: the key fits, the tables are there, the file's pages hang together."""
    db = database.open_database(data / database.FILE, key, readonly=True, any_tables=True)
    try:
        db.all("SELECT count(*) FROM log")
        db.all("PRAGMA quick_check(1)")
    finally:
        db.close()
