"""Back to the version before: by the pointer where the data allow it, with the copy while nothing is lost by it."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from desk_app import __version__
from desk_app.errors import of_system
from desk_app.errors.updates import (
    DraftsInTheWayError,
    NoCopyBackError,
    NoWayBackError,
    OnlyForwardError,
    UpdateRefusedByDiskError,
)
from desk_app.protocol.update.manifest import ProgramNote
from desk_app.services.updates.program_folder import CURRENT, FAILED, NEXT, PREVIOUS, TRIAL, ProgramFolder
from desk_app.store.database import compatibility, copies, database, schema
from desk_app.store.database.copies import TablesCopy
from desk_app.store.database.database import DeskDatabase


class WayBack(Struct, frozen=True):
    """The version that the next start would run; `puts_copy_back` where the data must become those of before."""

    version: str
    puts_copy_back: bool


def foreseen(folder: ProgramFolder, data: Path | None, key: bytes) -> WayBack:
    """What `back` would do; nothing is changed. Raises as it does."""
    try:
        if folder.pointer(NEXT) is not None:
            return WayBack(__version__, puts_copy_back=False)
        note = _previous(folder)
    except OSError as error:
        raise UpdateRefusedByDiskError(of_system(error, folder.own)) from error
    if data is None:
        return WayBack(note.version, puts_copy_back=False)
    db = _as_it_is(data, key)
    try:
        return WayBack(note.version, puts_copy_back=_copy_for(db, note) is not None)
    finally:
        db.close()


def back(folder: ProgramFolder, data: Path | None, key: bytes) -> tuple[str, bool]:
    """The version that the next start runs, and whether the copy of the data was put back.

    `data` None where there is no desk yet, or the data need not change; else the caller holds its lock and has it
    closed. A new version that only waits for its first start is let go. Raises `NoWayBackError`, `NoCopyBackError`,
    `OnlyForwardError`, `DraftsInTheWayError`, and what opening the data and the disk raise.
    """
    try:
        if folder.pointer(NEXT) is not None:
            folder.drop(NEXT)
            return __version__, False
        note = _previous(folder)
        is_put_back = data is not None and _data_back(data, key, note)
        folder.put(CURRENT, note.version, folder.base_version)
        for name in (TRIAL, PREVIOUS):
            folder.drop(name)
    except OSError as error:
        raise UpdateRefusedByDiskError(of_system(error, folder.own)) from error
    return note.version, is_put_back


def put_back_after_failure(folder: ProgramFolder | None, data: Path, key: bytes) -> bool:
    """The version that migrated was given up before it settled: put the copy back where no event has come since.

    For a program that meets data of that version; the caller holds the desk's lock. False where it may not be.
    """
    failed = folder.pointer(FAILED) if folder is not None else None
    if failed is None:
        return False
    db = _as_it_is(data, key)
    try:
        made, copy = compatibility.made_by(db), copies.kept(data)
        if made is None or copy is None or made.program != failed.version or copy.schema > schema.VERSION:
            return False
        if not copies.is_unsurpassed(db, copy) or copies.drafts_since(db, copy):
            return False
        copies.put_back(db, copy)
        return True
    finally:
        db.close()


def _previous(folder: ProgramFolder) -> ProgramNote:
    previous = folder.pointer(PREVIOUS)
    note = folder.note(previous.version) if previous is not None else None
    if note is None:
        raise NoWayBackError(mine=__version__)
    return note


def _data_back(data: Path, key: bytes, note: ProgramNote) -> bool:
    """Put the copy back where the version before could not write the data as they are."""
    db = _as_it_is(data, key)
    try:
        copy = _copy_for(db, note)
        if copy is not None:
            copies.put_back(db, copy)
        return copy is not None
    finally:
        db.close()


def _copy_for(db: DeskDatabase, note: ProgramNote) -> TablesCopy | None:
    """The copy that must be put back for that version, None where it can write the data as they are."""
    ((version,),) = db.all("PRAGMA user_version")
    made = compatibility.made_by(db)
    if version <= note.schema or (made is not None and made.schema == version and made.oldest <= note.schema):
        return None
    copy = copies.kept(db.path.parent)
    if copy is None or copy.schema > note.schema:
        raise NoCopyBackError(version=note.version)
    if not copies.is_unsurpassed(db, copy):
        raise OnlyForwardError(version=note.version, mine=__version__)
    drafts = copies.drafts_since(db, copy)
    if drafts:
        raise DraftsInTheWayError(drafts=drafts, version=note.version)
    return copy


def _as_it_is(data: Path, key: bytes) -> DeskDatabase:
    return database.open_database(data / database.FILE, key, any_tables=True)
