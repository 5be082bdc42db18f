"""The head once more, in the user's account: a data folder put back whole from a backup brings its old head along.

One small file for each desk and place, so that a copy opened elsewhere is no alarm; it names no log's content.
"""

from __future__ import annotations

import hashlib
import logging
import os
from pathlib import Path

import msgspec

from desk_app import places, typed_values
from desk_app.errors import DeskError
from desk_app.own_files import held_files, owner_only
from desk_app.store.database.head_file import Head, read_head
from desk_app.store.keys import vault

_log = logging.getLogger(__name__)


def note(data: Path) -> None:
    """Copy the head noted in the folder, durably; for the closing of the program and the end of an exchange.

    A failure is only logged: it costs a warning that may never be needed.
    """
    head = read_head(data)
    if head is None:
        return
    try:
        file = _file(data)
        owner_only.make_folder(file.parent, parents=True, exist_ok=True)
        beside = file.with_suffix(".new")
        with beside.open("wb") as out:
            out.write(msgspec.json.encode(head))
            out.flush()
            os.fsync(out.fileno())
        held_files.replace(beside, file)
    except (OSError, DeskError) as error:
        _log.warning("head not noted in the profile: %s", type(error).__name__)


def noted(data: Path) -> Head | None:
    """What was noted last for the desk in this folder; None proves nothing."""
    try:
        return typed_values.from_json(_file(data).read_bytes(), Head)
    except (OSError, DeskError, msgspec.DecodeError):
        return None


def _file(data: Path) -> Path:
    name = hashlib.sha256(f"{vault.name_of(data)}\0{data.resolve()}".encode()).hexdigest()[:32]
    return places.state_folder() / "heads" / f"{name}.json"
