"""What the first start was told before there is a desk to keep it in; a password is never among it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import msgspec

from desk_app import places, typed_values

_FILE = "first-start.json"
_MOST = 1 << 16


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
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
            out.write(msgspec.json.encode(dict(texts)))
        beside.replace(file)


def forget() -> None:
    """The desk is made."""
    with suppress(OSError):
        _file().unlink(missing_ok=True)


def _file() -> Path:
    return places.state_folder() / _FILE
