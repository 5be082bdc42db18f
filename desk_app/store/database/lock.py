"""One program at a time writes a desk: a lock file that the system lets go when its holder dies."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from desk_app.errors import DataFolderMissingError, NetworkFolderError, SecondProgramError
from desk_app.own_files import held_lock, owner_only
from desk_app.store.database.failures import file_failures

FILE = "desk.lock"
_BEYOND = 1 << 30  # Windows lets nobody read a locked byte, so it lies far behind the text


def _take(file: int) -> None:
    held_lock.take(file, at=_BEYOND)


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
        if not held_lock.is_taken(error):
            os.close(file)
            raise NetworkFolderError(folder=data) from error
        pid = os.read(file, 20).decode("ascii", "replace").strip()
        os.close(file)
        raise SecondProgramError(pid=pid or "?") from error
    with suppress(OSError):  # on a full disk the number is missing, the lock holds
        os.write(file, f"{os.getpid():<20}".encode())
    return DeskLock(file)
