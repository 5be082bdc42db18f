"""What a name is by itself: a link of any kind, or none."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from desk_app import places

_TAGS = frozenset({0xA000000C, 0xA0000003})  # Windows: IO_REPARSE_TAG_SYMLINK and _MOUNT_POINT


def is_link(path: Path) -> bool:
    """Whether the name leads elsewhere; one that is not there leads nowhere."""
    try:
        told = os.lstat(places.reachable(path))
    except OSError:
        return False
    return stat.S_ISLNK(told.st_mode) or getattr(told, "st_reparse_tag", 0) in _TAGS
