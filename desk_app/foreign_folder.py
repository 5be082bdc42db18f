"""The one door to files and folders that a person names: sticks, files of law, attachments, papers written out.

Whoever prepared such a folder is not trusted. No link is followed, only regular files are read, sizes and counts are
bounded before anything is read, and a file is written under a random new name before it takes its own. What the
operating system refuses is passed on as `OSError`; each caller says it in its own words.
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
import secrets
import stat
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, Self

from desk_app import places
from desk_app.errors import (
    FileOverLimitError,
    FolderOverfullError,
    LinkRefusedError,
    NotAFileError,
    SlowPlaceError,
)
from desk_app.own_files import held_files, links, owner_only

MOST_FILES = 20_000
"""So many names of a folder are looked at; a stick of an office holds a few hundred."""
MOST_TEXT = 1 << 20
"""The longest file that holds a few lines: a password, a card, a form, in bytes."""
_PIECE = 1 << 16
_SYNCED = 32 << 20
_PART = re.compile(r"\..+\.[0-9a-f]{16}\.part", re.ASCII | re.DOTALL)
_PART_ROOM = 64  # characters of the name under which a file is written first
_PATIENCE_S, _SLOWEST = 30.0, 100_000
"""A file may take so many seconds, and one more for each so many bytes of it."""
_READ = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_NEW = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


# --- reading ------------------------------------------------------------------------------


@contextmanager
def reading(path: Path, *, most: int) -> Iterator[BinaryIO]:
    """The file, open; at most `most` bytes long when it was opened.

    Raises `LinkRefusedError`, `NotAFileError`, `FileOverLimitError` and `OSError`.
    """
    with os.fdopen(_opened(path), "rb", buffering=0) as file:
        _see_regular(path, os.fstat(file.fileno()).st_mode)
        _see_size(path, os.fstat(file.fileno()).st_size, most)
        yield file


def pieces(path: Path, *, most: int, clock: Callable[[], float] = time.monotonic) -> Iterator[bytes]:
    """The file's bytes, 64 KiB at a time; `clock` s. Raises as `reading` does, and `SlowPlaceError`."""
    spent, size = 0.0, 0
    with reading(path, most=most) as file:
        while True:
            begun = clock()
            piece = file.read(_PIECE)
            spent += clock() - begun
            if not piece:
                return
            size += len(piece)
            _see_size(path, size, most)  # it may grow while it is read
            if spent > _PATIENCE_S + size / _SLOWEST:
                raise SlowPlaceError(file=path.name)
            yield piece


def whole(path: Path, *, most: int) -> bytes:
    """All of the file's bytes. Raises as `pieces` does."""
    return b"".join(pieces(path, most=most))


def text(path: Path, *, most: int = MOST_TEXT) -> str:
    """The text of a UTF-8 file, without a byte order mark. Raises as `pieces` does, and `UnicodeDecodeError`."""
    return whole(path, most=most).decode("utf-8-sig").replace("\r\n", "\n")


def listed(folder: Path, *, suffix: str = "", most: int = MOST_FILES) -> list[Path]:
    """What is in a folder under names that end so, by name, but nothing hidden. Says nothing of what each one is.

    Raises `FolderOverfullError` and `OSError`.
    """
    found = []
    with os.scandir(places.reachable(folder)) as entries:
        for number, entry in enumerate(entries, start=1):
            if number > most:
                raise FolderOverfullError(folder=folder.name, most=most)
            if entry.name.endswith(suffix) and not entry.name.startswith("."):
                found.append(folder / entry.name)
    return sorted(found)


def is_file(path: Path) -> bool:
    """Whether a regular file stands at this very name; a link to one is none."""
    try:
        return stat.S_ISREG(os.lstat(places.reachable(path)).st_mode) and not links.is_link(path)
    except (OSError, ValueError):
        return False


def is_there(path: Path) -> bool:
    """Whether anything has this name, a link that leads nowhere too."""
    return os.path.lexists(places.reachable(path))


# --- writing ------------------------------------------------------------------------------


def write_whole(path: Path, content: Iterable[bytes], *, is_private: bool = False, reads_back: bool = False) -> int:
    """Put the whole of `content` at `path`, durably, or leave what was there; the size in bytes.

    A link at `path` is replaced, never followed. With `is_private` only the owner may read the file. With `reads_back`
    it is read again before and after it takes its name. Raises `UnlikeWrittenError`, `OSError`, and what `content`
    raises.
    """
    part = f".{path.name[:40]}.{secrets.token_hex(8)}.part"
    with _Folder(path.parent) as folder:
        try:
            digest, size = folder.written(part, content, is_private=is_private)
            if reads_back:
                folder.see_same(part, digest)
            folder.rename(part, path.name)
            folder.sync()
            if reads_back:
                folder.see_same(path.name, digest)
        except BaseException:
            with suppress(OSError):
                folder.unlink(part)
            raise
    return size


def write_new(path: Path, content: bytes) -> None:
    """A new file that only its owner may read, durably or not at all. Raises `FileExistsError`, `OSError`."""
    with _Folder(path.parent) as folder:
        handle = folder.opened_privately(path.name, _NEW)
        try:
            with os.fdopen(handle, "wb") as out:
                out.write(content)
                out.flush()
                os.fsync(out.fileno())
            folder.sync()
        except BaseException:
            with suppress(OSError):  # a stick that is gone keeps what it has
                folder.unlink(path.name)
            raise


def remove(path: Path) -> None:
    """Take a file's name away, of a link the link's own. Raises `OSError`."""
    with _Folder(path.parent) as folder:
        folder.unlink(path.name)
        folder.sync()


def remove_parts(folder: Path) -> None:
    """Take away what `write_whole` left in a folder when its program was killed. Nobody else may be writing there.

    Raises `FolderOverfullError`, `OSError`.
    """
    with os.scandir(places.reachable(folder)) as entries:
        for number, entry in enumerate(entries, start=1):
            if number > MOST_FILES:
                raise FolderOverfullError(folder=folder.name, most=MOST_FILES)
            if _PART.fullmatch(entry.name) and is_file(folder / entry.name):
                held_files.remove(folder / entry.name)


def make_folder(folder: Path) -> None:
    """Make a folder for papers or copies where there is none. Raises `OSError`."""
    places.reachable(folder).mkdir(parents=True, exist_ok=True)


class UnlikeWrittenError(OSError):
    """The place gives back other bytes than those written there."""


class _Folder:
    """A folder held open, so that nobody can put another one in its place meanwhile; a plain path on Windows."""

    def __init__(self, path: Path) -> None:
        self._path = places.reachable(path, room=_PART_ROOM)
        self._handle: int | None = None

    def __enter__(self) -> Self:
        if os.open in os.supports_dir_fd:
            self._handle = os.open(self._path, os.O_RDONLY | os.O_DIRECTORY)
        return self

    def __exit__(self, *_: object) -> None:
        if self._handle is not None:
            os.close(self._handle)

    def opened(self, name: str, flags: int) -> int:
        return os.open(self._place(name), flags, 0o666, dir_fd=self._handle)

    def opened_privately(self, name: str, flags: int) -> int:
        return owner_only.open_file(self._place(name), flags, dir_fd=self._handle)

    def _place(self, name: str) -> Path | str:
        if self._handle is not None:
            return name
        _see_no_link(self._path / name)
        return self._path / name

    def written(self, name: str, content: Iterable[bytes], *, is_private: bool) -> tuple[bytes, int]:
        digest, size, synced = hashlib.sha256(), 0, 0
        handle = self.opened_privately(name, _NEW) if is_private else self.opened(name, _NEW)
        with os.fdopen(handle, "wb") as out:
            for piece in content:
                out.write(piece)
                digest.update(piece)
                size += len(piece)
                if size - synced >= _SYNCED:  # else gigabytes wait for the disk, and a clerk's save waits behind them
                    out.flush()
                    os.fsync(out.fileno())
                    synced = size
            out.flush()
            os.fsync(out.fileno())
            if hasattr(os, "posix_fadvise"):  # else the reading back would only ask the machine's own memory
                os.posix_fadvise(out.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        return digest.digest(), size

    def see_same(self, name: str, digest: bytes) -> None:
        with os.fdopen(self.opened(name, _READ), "rb") as file:
            if hashlib.file_digest(file, "sha256").digest() != digest:
                raise UnlikeWrittenError(errno.EIO, "read back otherwise than written")

    def rename(self, old: str, new: str) -> None:
        if self._handle is None:
            held_files.replace(self._path / old, self._path / new)
        else:
            os.replace(old, new, src_dir_fd=self._handle, dst_dir_fd=self._handle)

    def unlink(self, name: str) -> None:
        if self._handle is None:
            held_files.remove(self._path / name)
        else:
            os.unlink(name, dir_fd=self._handle)

    def sync(self) -> None:
        """Make a name durable, where the system lets a folder be synced."""
        if self._handle is not None:
            try:
                os.fsync(self._handle)
            except OSError as error:
                if error.errno not in (errno.EINVAL, errno.ENOTSUP):
                    raise


# --- what a name leads to -----------------------------------------------------------------


def _opened(path: Path) -> int:
    path = places.reachable(path)
    _see_no_link(path)
    try:
        return held_files.opened(path, _READ)
    except OSError as error:
        if error.errno == errno.ELOOP:
            raise LinkRefusedError(file=path.name) from error
        if error.errno == errno.ENXIO:
            raise NotAFileError(file=path.name) from error
        raise


def _see_no_link(path: Path) -> None:
    """For a system whose `open` follows links whatever it is told; elsewhere `open` itself refuses."""
    if not hasattr(os, "O_NOFOLLOW") and links.is_link(path):
        raise LinkRefusedError(file=path.name)


def _see_regular(path: Path, mode: int) -> None:
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if not stat.S_ISREG(mode):
        raise NotAFileError(file=path.name)


def _see_size(path: Path, size: int, most: int) -> None:
    if size > most:
        raise FileOverLimitError(file=path.name, most=_in_words(most))


def _in_words(size: int) -> str:
    for unit, name in ((1 << 30, "GB"), (1 << 20, "MB"), (1 << 10, "KB")):
        if size >= unit:
            return f"{round(size / unit)} {name}"
    return f"{size} byte"
