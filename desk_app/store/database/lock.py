"""One program at a time writes a desk: a lock file that the system lets go when its holder dies."""

from __future__ import annotations

import errno
import os
import sys
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from desk_app.errors import DataFolderMissingError, NetworkFolderError, SecondProgramError
from desk_app.own_files import owner_only
from desk_app.store.database.failures import file_failures

FILE = "desk.lock"
_TAKEN = frozenset({errno.EAGAIN, errno.EWOULDBLOCK, errno.EACCES, errno.EDEADLK})
"""What a lock held by another program says; a file system without locks says something else."""

if sys.platform == "win32":
    import msvcrt

    _BEYOND = 1 << 30  # a locked byte cannot be read there, so it lies far behind the text

    def _take(file: int) -> None:
        os.lseek(file, _BEYOND, os.SEEK_SET)
        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        os.lseek(file, 0, os.SEEK_SET)
else:
    import fcntl

    def _take(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


class DeskLock:
    """Held until `close`, the end of the `with` block, or the death of the process."""

    def __init__(self, file: int) -> None:
        self._file: int | None = file

    def close(self) -> None:
        if self._file is not None:
            os.close(self._file)
            self._file = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def hold(data: Path, name: str = FILE) -> DeskLock:
    """The lock of this data folder; commands that only read do not take it. `name` is another file for another lock.

    Raises `SecondProgramError` naming the other process, `DataFolderMissingError`, `NetworkFolderError` where the
    file system refuses locks, and what the machine says of the folder.
    """
    if not data.is_dir():
        raise DataFolderMissingError(folder=data)
    with file_failures(data):
        file = owner_only.open_file(data / name, os.O_RDWR | os.O_CREAT)
    try:
        _take(file)
    except OSError as error:
        if error.errno not in _TAKEN:
            os.close(file)
            raise NetworkFolderError(folder=data) from error
        pid = os.read(file, 20).decode("ascii", "replace").strip()
        os.close(file)
        raise SecondProgramError(pid=pid or "?") from error
    with suppress(OSError):  # on a full disk the number is missing, the lock holds
        os.write(file, f"{os.getpid():<20}".encode())
    return DeskLock(file)
