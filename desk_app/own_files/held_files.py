"""Files that another program holds for a moment: after a pause the same is asked again, some times.

On Windows an antivirus, the search index or a sync program opens each new file at once, and for that moment nobody may
rename, remove or open it. What is still held after the last pause is told by `errors.machine` (`HeldByAnotherError`).
Elsewhere a file can be renamed while it is open, and nothing is asked twice.
"""

from __future__ import annotations

import errno
import os
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")
PAUSES_S = (0.02, 0.05, 0.1, 0.2, 0.4, 0.8)
"""About a second and a half in all: a scan of a small file takes milliseconds, and a window must not stand longer."""
_HELD = frozenset({5, 32, 33})
"""ERROR_ACCESS_DENIED (a name that is being removed), ERROR_SHARING_VIOLATION, ERROR_LOCK_VIOLATION."""


def replace(old: Path, new: Path) -> None:
    """Give `old` the name `new`, whatever had that name. Raises `OSError`."""
    patiently(lambda: old.replace(new))


def rename(old: Path, new: Path) -> None:
    """Give `old` the name `new`, which nothing has. Raises `OSError`."""
    patiently(lambda: old.rename(new))


def remove(path: Path, *, missing_ok: bool = False) -> None:
    """Take a file's name away. Raises `OSError`."""
    patiently(lambda: path.unlink(missing_ok=missing_ok))


def opened(path: Path | str, flags: int) -> int:
    """`os.open` of a file that is there. Raises `OSError`."""
    return patiently(lambda: os.open(path, flags))


def patiently(
    act: Callable[[], T],
    *,
    windows: bool = sys.platform == "win32",
    pauses_s: Sequence[float] = PAUSES_S,
    sleep: Callable[[float], None] = time.sleep,
) -> T:
    """What `act` gives; where another program holds its file, asked again after each pause. Raises `OSError`."""
    for pause in pauses_s if windows else ():
        try:
            return act()
        except OSError as error:
            if not is_held(error):
                raise
        sleep(pause)
    return act()


def is_held(error: OSError) -> bool:
    """Whether another program may be holding the file; of an `open`, Windows tells only that it is not allowed."""
    number = getattr(error, "winerror", None)
    if number:
        return number in _HELD
    return error.errno == errno.EACCES and not (error.filename and Path(error.filename).is_dir())
