"""The own log's last number and hash, kept in a small file beside the database: a lost tail shows.

A flipped bit in the WAL makes SQLite drop every later commit in silence, and a replaced file looks whole; only
something outside the database can tell.
"""

from __future__ import annotations

import logging
import os
from pathlib import Path

import msgspec
from msgspec import Struct

from desk_app import typed_values
from desk_app.own_files import owner_only

FILE = "head.json"
_WIDTH = 224
_log = logging.getLogger(__name__)


class Head(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Where a log stands: its name and last hash in hex, its last number; the dossier number given last and its day.

    `seq` 0 is a log without events.
    """

    log: str
    seq: int
    head: str
    day: str = ""
    number: int = 0


def write_head(data: Path, head: Head) -> None:
    """Note the head without waiting for the disk: the commit already waited, and one wait is all a save may cost.

    The line has a fixed width and is written in place, so a power cut leaves the old or the new one. A failure is
    only logged: the dossier is saved.
    """
    line = msgspec.json.encode(head).ljust(_WIDTH) + b"\n"
    try:
        file = owner_only.open_file(data / FILE, os.O_WRONLY | os.O_CREAT | getattr(os, "O_BINARY", 0))
        try:
            os.write(file, line)
        finally:
            os.close(file)
    except OSError as error:
        _log.warning("head file not written: %s", error.strerror)


def sync_head(data: Path) -> None:
    """Make the noted head durable; for the end of the day and the closing of the program. A failure is only logged."""
    try:
        file = os.open(data / FILE, os.O_RDWR | getattr(os, "O_BINARY", 0))
        try:
            os.fsync(file)
        finally:
            os.close(file)
    except FileNotFoundError:
        return
    except OSError as error:
        _log.warning("head file not synced: %s", error.strerror)


def read_head(data: Path) -> Head | None:
    """What was noted last; None when there is no file or it cannot be read, which proves nothing either way."""
    try:
        return typed_values.from_json((data / FILE).read_bytes(), Head)
    except (OSError, msgspec.DecodeError):
        return None
