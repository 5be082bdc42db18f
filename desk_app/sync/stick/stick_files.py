"""Files on a stick: written whole or not at all, read back before they are believed, failures in a clerk's words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from desk_app import foreign_folder
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
from desk_app.foreign_folder import UnlikeWrittenError

_OF_A_STICK: dict[type[DeskError], type[DeskError]] = {
    ReadOnlyDiskError: StickReadOnlyError,
    DiskFullError: StickFullError,
    QuotaFullError: StickFullError,
    DeviceGoneError: StickPulledOutError,
    DiskFailedError: StickPulledOutError,
    PlaceMissingError: StickPulledOutError,
}
"""What is said otherwise of a stick than of the machine's own disk."""
LONGEST = (4 << 30) - 1
"""The longest file of a stick, in bytes: what FAT32 holds."""


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
    file = folder / name
    with stick_failures(file):
        try:
            return file, foreign_folder.write_whole(file, pieces, reads_back=True)
        except UnlikeWrittenError as error:
            raise StickMiswrittenError from error


def files_on(folder: Path, suffix: str) -> list[Path]:
    """Files whose names end so, by name; what a torn copy left behind (a hidden file) is none."""
    see_stick(folder)
    with stick_failures(folder):
        return foreign_folder.listed(folder, suffix=suffix)


def pieces_of(file: Path, *, most: int = LONGEST) -> Iterator[bytes]:
    """The file's bytes, 64 KiB at a time. Raises the stick's errors."""
    with stick_failures(file):
        yield from foreign_folder.pieces(file, most=most)
