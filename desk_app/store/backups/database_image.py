"""The bytes of a whole database file at one moment, read beside a desk that goes on writing; nobody waits.

A reading transaction keeps SQLite from moving newer pages into the main file
(https://www.sqlite.org/walformat.html), so the main file and the frames of the WAL up to any commit behind the
reader's own are one consistent database. Pages stay as SQLCipher encrypted them; no key is needed for them.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from msgspec import Struct

from desk_app.store.database.database import open_database

_PAGE = 4096
_PIECE = 256
_HEADER, _FRAME = 32, 24
_LITTLE, _BIG = 0x377F0682, 0x377F0683
_held: dict[tuple[int, int], int] = {}


class DatabaseImage(Struct, frozen=True):
    """`content` gives `size` bytes; it must be read inside the block that made it."""

    size: int
    content: Iterator[bytes]


class _Wal(Struct, frozen=True):
    """Frames that count: page number → where its newest content lies in the file; `pages` of the database then."""

    header: bytes
    page_size: int
    frames: dict[int, int]
    pages: int


@contextmanager
def image(path: Path, key: bytes) -> Iterator[DatabaseImage]:
    """The database at `path` as it is now. Raises what opening it raises, and `OSError`."""
    reader = open_database(path, key, readonly=True)
    try:
        reader.execute("BEGIN")
        reader.one("SELECT count(*) FROM log")  # the transaction begins with its first look
        with _kept_open(path) as main, _kept_open(path.with_name(path.name + "-wal")) as wal:
            if main is None:
                raise FileNotFoundError(path)
            frames = _frames(wal) if wal is not None else None
            size = frames.pages * frames.page_size if frames is not None else _size(main)
            yield DatabaseImage(size, _content(main, wal, frames, size))
        reader.rollback()
    finally:
        reader.close()


def _content(main: BinaryIO, wal: BinaryIO | None, frames: _Wal | None, size: int) -> Iterator[bytes]:
    page = frames.page_size if frames is not None else _PAGE
    newest = dict(frames.frames) if frames is not None else {}
    for start in range(0, size, page * _PIECE):
        length = min(page * _PIECE, size - start)
        piece = _read(main, start, length)
        first = start // page + 1
        for number in range(first, first + length // page):
            at = newest.get(number)
            if at is None or wal is None or frames is None:
                continue
            found = _page_at(wal, at, frames)
            if found is None:  # the WAL begins anew: all of it stands in the main file
                newest.clear()
                piece = _read(main, start, length)
                break
            piece[(number - first) * page : (number - first + 1) * page] = found
        yield bytes(piece)


def _read(main: BinaryIO, start: int, length: int) -> bytearray:
    """These bytes of the main file, zeros behind its end: pages that so far stand in the WAL alone."""
    main.seek(start)
    piece = bytearray()
    while len(piece) < length and (more := main.read(length - len(piece))):
        piece += more
    return piece.ljust(length, b"\0")


def _page_at(wal: BinaryIO, at: int, frames: _Wal) -> bytes | None:
    """The page of this frame, None where the frame is about to be written over; the header is written first then."""
    wal.seek(at)
    found = wal.read(frames.page_size)
    wal.seek(0)
    return found if wal.read(_HEADER) == frames.header else None


def _frames(wal: BinaryIO) -> _Wal | None:
    """The frames up to the last commit; None where the WAL holds none. Begins again where a writer begins it anew."""
    while True:
        wal.seek(0)
        header = wal.read(_HEADER)
        if len(header) < _HEADER:
            return None
        found = _read_frames(wal, header)
        wal.seek(0)
        if wal.read(_HEADER) == header:
            return found


def _read_frames(wal: BinaryIO, header: bytes) -> _Wal | None:
    magic, _, page_size, _, *_ = struct.unpack(">8I", header)
    if magic not in {_LITTLE, _BIG} or page_size < 512:
        return None
    order = "<" if magic == _LITTLE else ">"
    sums = _summed(header[:24], (0, 0), order)
    if struct.pack(">2I", *sums) != header[24:]:
        return None
    frames: dict[int, int] = {}
    pending: dict[int, int] = {}
    at, pages = _HEADER, 0
    while len(head := wal.read(_FRAME)) == _FRAME and head[8:16] == header[16:24]:
        page = wal.read(page_size)
        sums = _summed(head[:8] + page, sums, order)
        if len(page) < page_size or struct.pack(">2I", *sums) != head[16:]:
            break
        number, committed = struct.unpack(">2I", head[:8])
        pending[number] = at + _FRAME
        if committed:
            frames.update(pending)
            pending.clear()
            pages = committed
        at += _FRAME + page_size
    return _Wal(header, page_size, frames, pages) if pages else None


def _summed(data: bytes, sums: tuple[int, int], order: str) -> tuple[int, int]:
    """SQLite's checksum of the WAL: two running sums over pairs of 32-bit words."""
    one, two = sums
    words = struct.unpack(f"{order}{len(data) // 4}I", data)
    for first, second in zip(words[::2], words[1::2], strict=True):
        one = (one + first + two) & 0xFFFFFFFF
        two = (two + second + one) & 0xFFFFFFFF
    return one, two


def _size(file: BinaryIO) -> int:
    file.seek(0, os.SEEK_END)
    return file.tell()


@contextmanager
def _kept_open(path: Path) -> Iterator[BinaryIO | None]:
    """The file, open to read; None where there is none.

    On POSIX closing any handle of a file lets go of all locks that this process holds on it, SQLite's too
    (https://www.sqlite.org/howtocorrupt.html §2.2), so the handle stays open and is used again.
    """
    try:
        told = path.stat()
        handle = _held.get((told.st_dev, told.st_ino))
        if handle is None:
            handle = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0))
    except FileNotFoundError:
        yield None
        return
    is_closed_after = os.name == "nt"
    if not is_closed_after:
        told = os.fstat(handle)
        handle = _held.setdefault((told.st_dev, told.st_ino), handle)
    with os.fdopen(handle, "rb", buffering=0, closefd=is_closed_after) as file:
        yield file
