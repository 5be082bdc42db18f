"""Backups of a district seen from inside, and plain databases and backups as 0.2.0 … 0.4.0 made them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import psycopg
from sqlcipher3 import dbapi2

from desk_app.district.admin import backup_file
from desk_app.district.admin.folder import DistrictOffice
from desk_app.district.storage import postgres, schema, sqlite
from desk_app.district.storage.at_rest import plain_file


@contextmanager
def opened(file: Path, key: bytes) -> Iterator[Any]:
    """An encrypted database, for a test to look into or to spoil."""
    with closing(dbapi2.connect(file, isolation_level=None)) as connection:
        connection.execute("PRAGMA cipher_log_level=NONE")
        connection.execute(f"PRAGMA key={plain_file.key_pragma(key)}")
        yield connection


@contextmanager
def inside(office: DistrictOffice, file: Path) -> Iterator[Any]:
    """The database within a copy; what is changed in it is put back into the file."""
    head = backup_file.head_of(file)
    assert head is not None
    beside = file.with_name(file.name + ".inside")
    backup_file.unpack(file, beside)
    key = backup_file.key_of(head, office.district.identity.storage_key, file=file.name)
    with opened(beside, key) as database:
        yield database
    changed = b"".join(backup_file.content(head, beside))
    beside.unlink()
    file.write_bytes(changed)


def old_tables(place: str, version: int) -> Any:
    """A connection to an empty storage in the clear, as a program with this version of the schema made it.

    1 is 0.2.0 and 0.3.0, 2 is 0.4.0.
    """
    if place.startswith("postgresql:"):
        connection: Any = psycopg.connect(place, autocommit=True)
        words, strict, version_told = postgres._WORDS, "", f"INSERT INTO schema_version VALUES({version})"
        connection.execute("CREATE TABLE schema_version(version BIGINT NOT NULL)")
        only_grows = postgres._ONLY_GROWS
    else:
        connection = sqlite3.connect(place, isolation_level=None)
        connection.execute("PRAGMA journal_mode=WAL")
        words, strict, version_told = sqlite._WORDS, " STRICT", f"PRAGMA user_version={version}"
        only_grows = tuple(sqlite._ONLY_GROWS.replace("{deed}", deed) for deed in ("UPDATE", "DELETE"))
    for step in schema.STEPS[:version]:
        for statement in step(words, strict=strict):
            connection.execute(statement)
    if version >= 2:
        for statement in only_grows:
            connection.execute(statement.format(table=schema.ONLY_GROWS))
    connection.execute(version_told)
    return connection


def plain_twin(encrypted: Path, key: bytes, plain: Path, *, version: int = 1) -> None:
    """The same rows in the clear, in the tables that this version of the schema had."""
    with closing(old_tables(str(plain), version)) as made, opened(encrypted, key) as source:
        tables = [name for (name,) in made.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for table in tables:
            columns = [row[1] for row in made.execute(f"PRAGMA table_info({table})")]
            marks = ", ".join("?" for _ in columns)
            rows = source.execute(f"SELECT {', '.join(columns)} FROM {table}").fetchall()
            made.executemany(f"INSERT INTO {table} VALUES({marks})", rows)
