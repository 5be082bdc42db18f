"""Reads a passphrase from the file that a person or a service names; writes nothing, so a link is no danger by itself.

systemd and Kubernetes hand secrets over as links, a shell as a pipe. A link is followed where root or the account
itself made it; nobody else chooses which file is read. A pipe gets a time and a size. Other files are refused.
"""

from __future__ import annotations

import errno
import os
import select
import stat
import sys
import time
from pathlib import Path

from desk_app import foreign_folder
from desk_app.errors import FileOverLimitError, LinkRefusedError, NotAFileError, SlowPlaceError

MOST = 64 << 10
"""The longest file of a passphrase, in bytes; a person may have written more below the first line."""
_MOST_LINKS = 16
_PATIENCE_S = 10.0


def text(path: Path, *, patience_s: float = _PATIENCE_S) -> str:
    """The text of a UTF-8 file, without a byte order mark; of a pipe at least its first line.

    Raises `LinkRefusedError`, `NotAFileError`, `FileOverLimitError`, `SlowPlaceError`, `UnicodeDecodeError`, `OSError`.
    """
    if sys.platform == "win32":
        return foreign_folder.text(path, most=MOST)
    place, flags = _followed(path)
    handle = os.open(place, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC | flags)
    try:
        mode = os.fstat(handle).st_mode
        if stat.S_ISDIR(mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
        if not (stat.S_ISREG(mode) or stat.S_ISFIFO(mode)):
            raise NotAFileError(file=path.name)
        found = _read(handle, path, patience_s, is_pipe=stat.S_ISFIFO(mode))
    finally:
        os.close(handle)
    return found.decode("utf-8-sig").replace("\r\n", "\n")


def _followed(path: Path) -> tuple[Path, int]:
    """Where the links lead, and how that is opened: a name that is none any more, or one that only the system knows."""
    place = path
    for _ in range(_MOST_LINKS):
        told = os.lstat(place)
        if not stat.S_ISLNK(told.st_mode):
            return place, os.O_NOFOLLOW
        if told.st_uid not in (0, os.geteuid()):
            raise LinkRefusedError(file=path.name)
        target = place.parent / place.readlink()
        if not os.path.lexists(target):  # /proc/self/fd/0 leads to "pipe:[17]"
            return place, 0
        place = target
    raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(path))


def _read(handle: int, path: Path, patience_s: float, *, is_pipe: bool) -> bytes:
    found = bytearray()
    until = time.monotonic() + patience_s
    while not (is_pipe and b"\n" in found):
        ready, _, _ = select.select([handle], [], [], max(0.0, until - time.monotonic()))
        if not ready:
            raise SlowPlaceError(file=path.name)
        piece = os.read(handle, MOST + 1 - len(found))
        if not piece:
            break
        found += piece
        if len(found) > MOST:
            raise FileOverLimitError(file=path.name, most=f"{MOST >> 10} KB")
    return bytes(found)
