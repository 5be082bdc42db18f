"""The scale of the window beside the desk: Qt asks for it before the desk can be opened. It says nothing of anybody."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from desk_app.own_files import held_files
from desk_app.store.database.failures import file_failures

_FILE = "screen-scale"
USUAL = 100
_LEAST, _MOST = 80, 200


def kept(data: Path) -> int:
    """In percent; the usual one where no file says another that a window can have."""
    with suppress(OSError, ValueError):
        scale = int((data / _FILE).read_text("ascii")[:8])
        if _LEAST <= scale <= _MOST:
            return scale
    return USUAL


def keep(data: Path, scale: int) -> None:
    """Write the scale down for the next start; raises what the disk says."""
    file = data / _FILE
    with file_failures(data):
        if scale == USUAL:
            held_files.remove(file, missing_ok=True)
        elif scale != kept(data):
            file.write_text(f"{scale}\n", "ascii")
