"""Files written whole and durably, readable by their owner alone, or not at all."""

from __future__ import annotations

import io
import os
from pathlib import Path

from desk_app import foreign_folder
from desk_app.district.failures import FolderRefusedError
from desk_app.errors import of_system


def write(path: Path, data: bytes) -> None:
    """Put `data` at `path`: the whole of it, on the disk, or what was there before. Raises `FolderRefusedError`."""
    try:
        foreign_folder.write_whole(path, [data], is_private=True)
    except OSError as error:
        raise FolderRefusedError(of_system(error, path), folder=path) from error


def sync_folder(folder: Path) -> None:
    """Make a rename in `folder` durable, where the system can."""
    if hasattr(os, "O_DIRECTORY"):
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def open_private(path: Path) -> io.BufferedWriter:
    """A new empty file that only its owner may read."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    return os.fdopen(handle, "wb")
