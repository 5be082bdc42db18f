"""Takes a file for this process alone, or says at once that another has it; the system lets go when a holder dies."""

from __future__ import annotations

import errno
import os
import sys

_TAKEN = frozenset({errno.EAGAIN, errno.EWOULDBLOCK, errno.EACCES, errno.EDEADLK})
"""What a lock held by another program says; a file system without locks says something else."""

if sys.platform == "win32":
    import ctypes
    import msvcrt

    _LOCK_VIOLATION = 33  # ERROR_LOCK_VIOLATION; the C library's `_locking` leaves no number under Wine
    _kernel = ctypes.WinDLL("kernel32", use_last_error=True)

    def take(file: int, *, at: int = 0) -> None:
        """Lock one byte of the open `file`, `at` bytes from its beginning. Raises `OSError`."""
        handle = ctypes.c_void_p(msvcrt.get_osfhandle(file))
        if not _kernel.LockFile(handle, ctypes.c_uint32(at & 0xFFFFFFFF), ctypes.c_uint32(at >> 32), 1, 0):
            number = ctypes.get_last_error()
            code = errno.EAGAIN if number == _LOCK_VIOLATION else errno.ENOLCK
            raise OSError(code, os.strerror(code))
else:
    import fcntl

    def take(file: int, *, at: int = 0) -> None:  # noqa: ARG001 - only Windows locks by the byte
        """Lock the open `file` as a whole. Raises `OSError`."""
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def is_taken(error: OSError) -> bool:
    """Whether `take` was refused because another program holds the file."""
    return error.errno in _TAKEN
