"""Files on a stick: written whole or not at all, read back before they are believed, failures in a clerk's words."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from desk_app.errors import (
    DeskError,
    DeviceGoneError,
    DiskFailedError,
    DiskFullError,
    NoStickError,
    PlaceMissingError,
    QuotaFullError,
    ReadOnlyDiskError,
    StickFullError,
    StickMiswrittenError,
    StickPulledOutError,
    StickReadOnlyError,
    of_system,
)

_OF_A_STICK: dict[type[DeskError], type[DeskError]] = {
    ReadOnlyDiskError: StickReadOnlyError,
    DiskFullError: StickFullError,
    QuotaFullError: StickFullError,
    DeviceGoneError: StickPulledOutError,
    DiskFailedError: StickPulledOutError,
    PlaceMissingError: StickPulledOutError,
}
"""What is said otherwise of a stick than of the machine's own disk."""
_PIECE = 1 << 16


@contextmanager
def stick_failures(place: Path) -> Iterator[None]:
    """What the machine says of a file or folder on a stick, as a `DeskError`: read-only, full, gone and the like."""
    try:
        yield
    except OSError as error:
        told = of_system(error, place)
        of_a_stick = _OF_A_STICK.get(type(told))
        raise (of_a_stick() if of_a_stick else told) from error


def see_stick(folder: Path) -> None:
    """Raises `NoStickError` where there is no such folder."""
    try:
        is_there = folder.is_dir()
    except OSError:
        is_there = False
    if not is_there:
        raise NoStickError(folder=folder)


def write_whole(folder: Path, name: str, pieces: Iterable[bytes]) -> tuple[Path, int]:
    """The file and its size, once it stands on the stick and reads back as it was written; else nothing of it.

    Under another name first: a stick pulled out leaves no file that looks finished. Raises the stick's errors.
    """
    see_stick(folder)
    part, file = folder / f".{name}.part", folder / name
    try:
        with stick_failures(file):
            digest, size = _written(part, pieces)
            _see_same(part, digest)
            part.replace(file)
            _sync_folder(folder)
            _see_same(file, digest)
    except BaseException:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
        raise
    return file, size


def _written(part: Path, pieces: Iterable[bytes]) -> tuple[bytes, int]:
    digest, size = hashlib.sha256(), 0
    with part.open("wb") as out:
        for piece in pieces:
            out.write(piece)
            digest.update(piece)
            size += len(piece)
        out.flush()
        os.fsync(out.fileno())
        if hasattr(os, "posix_fadvise"):  # else the reading back would only ask the machine's own memory
            os.posix_fadvise(out.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
    return digest.digest(), size


def _see_same(file: Path, digest: bytes) -> None:
    with file.open("rb") as kept:
        if hashlib.file_digest(kept, "sha256").digest() != digest:
            raise StickMiswrittenError


def _sync_folder(folder: Path) -> None:
    """Make the name durable, where the system lets a folder be synced."""
    if os.name == "nt":
        return
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):
            raise
    finally:
        os.close(opened)


def files_on(folder: Path, suffix: str) -> list[Path]:
    """Files whose names end so, by name; what a torn copy left behind (a hidden file) is none."""
    see_stick(folder)
    with stick_failures(folder):
        return sorted(file for file in folder.iterdir() if file.name.endswith(suffix) and not file.name.startswith("."))


def pieces_of(file: Path) -> Iterator[bytes]:
    """The file's bytes, 64 KiB at a time. Raises `StickPulledOutError`."""
    with stick_failures(file), file.open("rb") as kept:
        while piece := kept.read(_PIECE):
            yield piece
