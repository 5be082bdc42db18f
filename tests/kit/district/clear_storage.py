"""The storages as they were before they were encrypted: the floor of a benchmark. Never in the program."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from desk_app.district.storage import sqlite
from desk_app.district.storage.at_rest import plain_file, plain_rows
from desk_app.district.storage.at_rest.seals import OpenSeals


def write_in_the_clear(set_to: Callable[[object, str, object], None] = setattr) -> None:
    """From now on, in this process: SQLCipher without a key is plain SQLite, and no value is sealed."""
    set_to(sqlite, "_encrypt", lambda *_: None)
    set_to(plain_file, "is_plain", lambda _: False)
    set_to(import_module("desk_app.district.storage.postgres"), "KeyedSeals", lambda _: OpenSeals())
    set_to(plain_rows, "pending", lambda *_: [])


def looks_plain(file: Path) -> bool:
    """Whether it is a plain SQLite file."""
    return file.read_bytes()[:15] == b"SQLite format 3"
