"""Which USB sticks are plugged in, as far as the system says; asking never touches the stick itself."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from desk_app.lazy import lazy

if TYPE_CHECKING:
    import ctypes
else:
    ctypes = lazy("ctypes")

_MOUNTS = Path("/proc/self/mounts")
_PLACES = ("/media/", "/run/media/")
_REMOVABLE = 2


def plugged_in() -> list[str]:
    """Folders of removable drives, the one plugged in last at the end."""
    if sys.platform == "win32":
        return _drives()
    if not _MOUNTS.exists():
        return []
    points = [line.split(" ")[1] for line in _MOUNTS.read_text("utf-8", "replace").splitlines()]
    # The kernel writes a blank in a name as \040.
    return [point.replace("\\040", " ") for point in points if point.startswith(_PLACES)]


def _drives() -> list[str]:
    kernel = ctypes.windll.kernel32  # type: ignore[attr-defined,unused-ignore]
    roots = [f"{letter}:\\" for letter in "DEFGHIJKLMNOPQRSTUVWXYZ"]
    return [root for root in roots if kernel.GetDriveTypeW(root) == _REMOVABLE]
