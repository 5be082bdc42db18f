"""SQLCipher in the place of sqlite3, also for sqlite-utils, which is imported only where tables are made.

An installed program carries no sqlite3 of Python's own: what sqlite-utils imports under that name is SQLCipher too.

sqlite-utils looks for "pysqlite3" before sqlite3 and catches that driver's errors; with another one its clauses
would miss them. Importing it takes as long as opening the desk, so a desk that is up to date opens without it.
"""

from __future__ import annotations

import sys
from pathlib import Path

import sqlcipher3
from msgspec import Struct
from sqlcipher3 import dbapi2

from desk_app import places

for _name in ("pysqlite3", "sqlite3") if places.is_installed() else ("pysqlite3",):
    sys.modules.setdefault(_name, sqlcipher3)
    sys.modules.setdefault(f"{_name}.dbapi2", dbapi2)

Connection = dbapi2.Connection
Cursor = dbapi2.Cursor
Error = dbapi2.Error
DatabaseError = dbapi2.DatabaseError
IntegrityError = dbapi2.IntegrityError
OperationalError = dbapi2.OperationalError
connect = dbapi2.connect


class Opening(Struct, frozen=True):
    """Which file is opened, with which raw key (32 B), and whether it may only be read."""

    path: Path
    key: bytes
    readonly: bool


__all__ = [
    "Connection",
    "Cursor",
    "DatabaseError",
    "Error",
    "IntegrityError",
    "Opening",
    "OperationalError",
    "connect",
    "sqlcipher3",
]
