"""A verified copy of database, vault and head before a migration; it is put back only while nothing is lost by it.

The copy lies in the data folder and is encrypted under the desk's own key. Only the newest is kept. It appears under
its name when it is whole and proven, so that a copy that is there is a copy that can be put back.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
from pathlib import Path

import msgspec
from msgspec import Struct

from desk_app import typed_values
from desk_app.errors import BusyError, CopyNoRoomError, CopyUnlikeError
from desk_app.own_files import held_files, owner_only
from desk_app.own_files.durable_names import sync_folder
from desk_app.store.database import compatibility, head_file
from desk_app.store.database.failures import file_failures
from desk_app.store.database.open_tables import OpenTables
from desk_app.store.keys import vault

FOLDER = "before-update"
NOTE = "copy.json"
_DATABASE = "desk.db"
_PIECE = 1 << 20
_SPARE = 64 << 20
"""Bytes that the disk must have left besides the copy: the migration itself writes too."""
Standing = tuple[tuple[str, str, int], ...]


class TablesCopy(Struct, frozen=True, kw_only=True):
    """What was copied: `schema` and `program` that made the tables ("" before 0.5.0), and `sha256` of each file.

    `standing` is name (hex), head (hex) and last number of every log.
    """

    schema: int
    program: str
    files: dict[str, str]
    standing: Standing
    folder: str = ""


def keep(db: OpenTables) -> TablesCopy:
    """Copy and prove. Raises `BusyError`, `CopyNoRoomError`, `CopyUnlikeError` and what the machine refuses.

    No other program can commit meanwhile. Costs a reading and a writing of the database, and one reading of the copy.
    """
    data = db.path.parent
    home = data / FOLDER
    _take_log_over(db)
    with file_failures(data):
        _see_room(db.path)
        owner_only.make_folder(home, exist_ok=True)
        part = home / f".{secrets.token_hex(8)}.part"
        owner_only.make_folder(part)
        db.execute("BEGIN IMMEDIATE")
        try:
            copied = _copied(db, part)
        except BaseException:
            shutil.rmtree(part, ignore_errors=True)
            raise
        finally:
            db.rollback()
        whole = home / copied.folder
        held_files.rename(part, whole)
        sync_folder(home)
        for other in home.iterdir():
            if other != whole:
                shutil.rmtree(other, ignore_errors=True)
    return copied


def kept(data: Path) -> TablesCopy | None:
    """The copy that lies in this data folder; None where there is none that is whole."""
    try:
        notes = sorted((data / FOLDER).glob(f"[!.]*/{NOTE}"))
        return typed_values.from_json(notes[-1].read_bytes(), TablesCopy) if notes else None
    except (OSError, msgspec.DecodeError):
        return None


def is_unsurpassed(db: OpenTables, copy: TablesCopy) -> bool:
    """Whether no event has come since the copy was made: putting it back loses none."""
    return _standing(db) == copy.standing


def drafts_since(db: OpenTables, copy: TablesCopy) -> int:
    """How many pages left half filled the database holds that the copy lacks, or holds otherwise."""
    sql = "SELECT id, kind, at, dropped_at FROM draft"
    before = db.copy_at(db.path.parent / FOLDER / copy.folder / _DATABASE)
    try:
        return len(set(db.all(sql)) - set(before.all(sql)))
    finally:
        before.close()


def put_back(db: OpenTables, copy: TablesCopy) -> None:
    """Put the copy in the place of the database; `db` is closed by it. The caller holds the desk's lock.

    What stood there is kept beside it until the next copy is made. Cut at any moment, one of the two stands there
    whole. Raises `CopyUnlikeError`.
    """
    data, place = db.path.parent, db.path
    home = data / FOLDER
    source = home / copy.folder
    with file_failures(data):
        _prove(db, source, copy)
        _take_log_over(db)
        set_aside = home / "replaced"
        owner_only.make_folder(set_aside, exist_ok=True)
        _copy_file(place, set_aside / _DATABASE)
        sync_folder(set_aside)
        sync_folder(home)
        db.close()
        # A write-ahead log left by another program would be read into the database that takes this one's place.
        for ending in ("-wal", "-shm"):
            held_files.remove(place.with_name(f"{_DATABASE}{ending}"), missing_ok=True)
        sync_folder(data)
        for left in data.glob(f".{_DATABASE}.*.part"):  # of a putting back that was cut
            held_files.remove(left, missing_ok=True)
        new = place.with_name(f".{_DATABASE}.{secrets.token_hex(4)}.part")
        try:
            _copy_file(source / _DATABASE, new)
            held_files.replace(new, place)
        except BaseException:
            held_files.remove(new, missing_ok=True)
            raise
        sync_folder(data)
    head_file.sync_head(data)


# --- making and proving ----------------------------------------------------------------------------------------------


def _copied(db: OpenTables, part: Path) -> TablesCopy:
    data = db.path.parent
    wal = db.path.with_name(f"{_DATABASE}-wal")
    if wal.exists() and wal.stat().st_size:  # somebody wrote meanwhile: the copy would lack it
        raise BusyError
    names = [name for name in (_DATABASE, vault.FILE, head_file.FILE) if (data / name).exists()]
    files = {name: _copy_file(data / name, part / name) for name in names}
    ((version,),) = db.all("PRAGMA user_version")
    made = compatibility.made_by(db)
    copy = TablesCopy(
        schema=version,
        program=made.program if made else "",
        files=files,
        standing=_standing(db),
        folder=f"{version:04}-{secrets.token_hex(4)}",
    )
    _prove(db, part, copy)
    note = part / NOTE
    note.write_bytes(msgspec.json.encode(copy))
    with note.open("rb+") as file:
        os.fsync(file.fileno())
    sync_folder(part)
    return copy


def _prove(db: OpenTables, folder: Path, copy: TablesCopy) -> None:
    """The copy has the very bytes, opens with the desk's key, every page is sound, every log ends where it ended."""
    for name, sha in copy.files.items():
        with (folder / name).open("rb") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != sha:
                raise CopyUnlikeError(why=f"{name} đọc lại khác lúc ghi")
    opened = db.copy_at(folder / _DATABASE)
    try:
        if opened.all("PRAGMA cipher_integrity_check"):
            raise CopyUnlikeError(why="có trang hỏng")
        if _standing(opened) != copy.standing:
            raise CopyUnlikeError(why="sổ cái kết thúc ở chỗ khác")
    finally:
        opened.close()
        for ending in ("-wal", "-shm"):  # what a reader of a database in this mode leaves beside it
            held_files.remove(folder / f"{_DATABASE}{ending}", missing_ok=True)


def _take_log_over(db: OpenTables) -> None:
    """All that was committed stands in the one file. Raises `BusyError` while another program reads."""
    ((is_busy, _, _),) = db.all("PRAGMA wal_checkpoint(TRUNCATE)")
    if is_busy:
        raise BusyError


def _standing(db: OpenTables) -> Standing:
    rows = db.all("SELECT name, head, last_seq FROM log ORDER BY name")
    return tuple((name.hex(), head.hex(), last) for name, head, last in rows)


def _copy_file(source: Path, target: Path) -> str:
    """Durably, for the owner alone; the SHA-256 of what was read, in hex."""
    digest = hashlib.sha256()
    handle = owner_only.open_file(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0))
    with source.open("rb") as file, os.fdopen(handle, "wb") as out:
        while piece := file.read(_PIECE):
            digest.update(piece)
            out.write(piece)
        out.flush()
        os.fsync(out.fileno())
    return digest.hexdigest()


def _see_room(database: Path) -> None:
    needed, free = database.stat().st_size + _SPARE, shutil.disk_usage(database.parent).free
    if free < needed:
        raise CopyNoRoomError(needed=needed >> 20, free=free >> 20)
