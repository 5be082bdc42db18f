"""Files written whole and durably, readable by their owner alone, or not at all."""

from __future__ import annotations

import io
import os
import stat
from pathlib import Path

from desk_app import foreign_folder
from desk_app.district.failures import FolderRefusedError
from desk_app.errors import of_system
from desk_app.own_files import owner_only

_MARKS = frozenset({"district.toml", "keys.json"})
"""What only a district's data folder holds."""


def write(path: Path, data: bytes) -> None:
    """Put `data` at `path`: the whole of it, on the disk, or what was there before. Raises `FolderRefusedError`."""
    try:
        foreign_folder.write_whole(path, [data], is_private=True)
    except OSError as error:
        raise FolderRefusedError(of_system(error, path), folder=path) from error


def make_private_folder(folder: Path) -> None:
    """Make the district's folder, for its owner's eyes alone.

    A folder that is there is closed to others when it is empty or holds a district already, and belongs to who runs
    this. A folder with other people's files keeps its rights; every file that is put there is private by itself.
    Raises `FolderRefusedError`.
    """
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        try:
            owner_only.make_folder(folder)
        except FileExistsError:
            if _is_ours(folder):
                owner_only.close(folder)
    except OSError as error:
        raise FolderRefusedError(of_system(error, folder), folder=folder) from error


def make_private_file(path: Path) -> None:
    """An empty file that only its owner may read, where there is none; one of our own is closed to others.

    Raises `OSError`.
    """
    try:
        open_private(path).close()
    except FileExistsError:
        told = path.lstat()
        if stat.S_ISREG(told.st_mode) and _belongs_to_us(told) and owner_only.is_open_to_others(path):
            owner_only.close(path)


def _is_ours(folder: Path) -> bool:
    names = {path.name for path in folder.iterdir()}
    return _belongs_to_us(folder.stat()) and (not names or bool(names & _MARKS))


def _belongs_to_us(told: os.stat_result) -> bool:
    return not hasattr(os, "geteuid") or told.st_uid == os.geteuid()


def open_private(path: Path) -> io.BufferedWriter:
    """A new empty file that only its owner may read."""
    handle = owner_only.open_file(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0))
    return os.fdopen(handle, "wb")
