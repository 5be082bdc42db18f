"""A desk restored beside the one in use, to take its place when the program starts again; nothing is thrown away."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from desk_app.domain.calendar.moments import VIETNAM
from desk_app.own_files import held_files
from desk_app.services.desk.desk import is_begun
from desk_app.store.database.failures import file_failures


def folder(data: Path) -> Path:
    """Where a desk is restored that is to take the place of the one in `data`."""
    return data.with_name(f".{data.name}.restored")


def is_waiting(data: Path) -> bool:
    return folder(data).is_dir() and is_begun(folder(data))


def take_place(data: Path, now: datetime) -> Path | None:
    """Put the restored desk into `data`; where what was there lies now, None where nothing waited.

    Two renames: after a power cut between them the next start does the second.
    """
    if not is_waiting(data):
        return None
    before = data.with_name(f"{data.name}.truoc-khoi-phuc-{now.astimezone(VIETNAM):%Y%m%d-%H%M%S}")
    with file_failures(data.parent):
        if data.exists():
            held_files.rename(data, before)
        held_files.rename(folder(data), data)
    return before
