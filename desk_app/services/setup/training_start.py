"""Training mode beside the work: its own data folder, and a second window of the program over it."""

from __future__ import annotations

import subprocess
from pathlib import Path

from desk_app import places

_SUFFIX = "-tap-huan"


def folder_beside(data: Path) -> Path:
    """The data folder of training mode for a desk in `data`: never `data` itself, whatever was named."""
    return data if data.name.endswith(_SUFFIX) else data.with_name(data.name + _SUFFIX)


def command(data: str | None) -> list[str]:
    """What starts the window of training mode; `data` is the folder that was named, None for the usual one."""
    return [*places.window_command(), "--training", *(["--data", data] if data else [])]


def start(data: str | None) -> None:
    """Open the window of training mode; it lives on when this program ends."""
    quiet = subprocess.DEVNULL
    subprocess.Popen(command(data), stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True)
