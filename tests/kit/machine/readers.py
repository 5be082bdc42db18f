"""Who else of a machine can read a file: asked of the system itself, not of the program."""

from __future__ import annotations

import sys
from pathlib import Path

from desk_app.own_files import access_list


def others_get_in(path: Path) -> bool:
    """Whether other accounts may open it, by its own rights: its mode, on Windows its access list."""
    if sys.platform == "win32":
        return bool(access_list.Windows().others(path))
    return bool(path.stat().st_mode & 0o077)
