"""What the first start was told before there is a desk to keep it in; a password is never among it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import msgspec

from desk_app import places, typed_values
from desk_app.own_files import held_files, owner_only

_FILE = "first-start.json"
_MOST = 1 << 16
_NEW = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)


def kept() -> dict[str, str]:
    """The texts by field, as they were left; empty where nothing was begun or the file is no longer whole."""
    try:
        content = _file().read_bytes()[:_MOST]
        return typed_values.from_json(content, dict[str, str])
    except (OSError, msgspec.DecodeError):
        return {}


def keep(texts: Mapping[str, str]) -> None:
    """Write the texts down for this account alone; an account without a home goes on without."""
    with suppress(OSError):
        file = _file()
        file.parent.mkdir(parents=True, exist_ok=True)
        beside = file.with_suffix(".new")
        with os.fdopen(owner_only.open_file(beside, _NEW), "wb") as out:
            out.write(msgspec.json.encode(dict(texts)))
        held_files.replace(beside, file)


def forget() -> None:
    """The desk is made."""
    with suppress(OSError):
        held_files.remove(_file(), missing_ok=True)


def _file() -> Path:
    return places.state_folder() / _FILE
