"""SQLCipher in the place of sqlite3. sqlite-utils is imported through here only, so that both use one driver.

sqlite-utils looks for "pysqlite3" before sqlite3 and catches that driver's errors; with another one its clauses
would miss them.
"""

from __future__ import annotations

import sys

import sqlcipher3
from sqlcipher3 import dbapi2

sys.modules.setdefault("pysqlite3", sqlcipher3)
sys.modules.setdefault("pysqlite3.dbapi2", dbapi2)

from sqlite_utils import (  # noqa: E402 - after the alias
    Database,
    Migrations,
    utils,
)

if vars(utils)["sqlite3"] is not sqlcipher3:
    raise RuntimeError("sqlite_utils was imported before desk_app.store.driver")

Connection = dbapi2.Connection
Cursor = dbapi2.Cursor
Error = dbapi2.Error
DatabaseError = dbapi2.DatabaseError
IntegrityError = dbapi2.IntegrityError
OperationalError = dbapi2.OperationalError
connect = dbapi2.connect

__all__ = [
    "Connection",
    "Cursor",
    "Database",
    "DatabaseError",
    "Error",
    "IntegrityError",
    "Migrations",
    "OperationalError",
    "connect",
]
