"""Opens the desk's encrypted database and holds its transactions. Refuses to write without encryption."""

from __future__ import annotations

import hmac
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from desk_app.errors import (
    DamagedFileError,
    DataFolderMissingError,
    DeskExistsError,
    NetworkFolderError,
    NoDeskError,
    NotEncryptedError,
    OlderFileError,
    WrongKeyError,
)
from desk_app.lazy import lazy
from desk_app.store.database import compatibility, driver, schema
from desk_app.store.database.driver import Error, IntegrityError, Opening, OperationalError
from desk_app.store.database.failures import machine_failures
from desk_app.store.database.head_file import Head, read_head, write_head
from desk_app.store.keys import vault

if TYPE_CHECKING:
    import sqlite_utils

    from desk_app.store.database import copies, migrations
else:
    sqlite_utils = lazy("sqlite_utils")
    copies = lazy("desk_app.store.database.copies")
    migrations = lazy("desk_app.store.database.migrations")

__all__ = [
    "FILE",
    "DeskDatabase",
    "Error",
    "IntegrityError",
    "Opening",
    "OperationalError",
    "Values",
    "machine_failures",
    "open_database",
    "unit_of_work",
]

FILE = "desk.db"
Values = Sequence[object] | Mapping[str, object]

_PRAGMAS = ("foreign_keys=ON", "trusted_schema=OFF", "temp_store=MEMORY", "cache_size=-16000")
_WRITER_PRAGMAS = (
    "synchronous=FULL",
    "fullfsync=ON",
    "wal_autocheckpoint=1000",
    "journal_size_limit=8388608",
    "recursive_triggers=ON",  # else INSERT OR REPLACE takes an event away past the trigger that forbids it
)


class DeskDatabase:
    """The encrypted database over one connection; machine failures come as DeskErrors.

    `new_head` is the own log's head written in the open transaction; it goes to the head file after the commit, with
    `new_number`, the day and the number of the code given last.
    """

    def __init__(self, connection: driver.Connection, opening: Opening) -> None:
        self.conn = connection
        self._opening = opening
        self._savepoints = 0
        self.new_head: Head | None = None
        self.new_number: tuple[str, int] | None = None

    @cached_property
    def tools(self) -> sqlite_utils.Database:
        """sqlite-utils over the same connection: tables, migrations, inspection. Not for the clerk's work."""
        return sqlite_utils.Database(self.conn, execute_plugins=False, strict=True)

    @property
    def path(self) -> Path:
        return self._opening.path

    @property
    def cipher(self) -> str:
        """The version of SQLCipher that keeps the pages."""
        found = self.one("PRAGMA cipher_version")
        return str(found[0]) if found else ""

    @property
    def key(self) -> bytes:
        """The raw 32 bytes, for copies under the same key and the process that makes them. Never logged."""
        return self._opening.key

    def derived_key(self, purpose: bytes) -> bytes:
        """32 bytes for something kept beside the database, as safe as the database's own key."""
        return hmac.digest(self._opening.key, b"desk " + purpose, "sha256")

    def copy_at(self, path: Path) -> DeskDatabase:
        """A copy of this database under the same key, only to look, whichever program made its tables."""
        return open_database(path, self._opening.key, readonly=True, any_tables=True)

    def taken_head(self) -> Head | None:
        head, self.new_head = self.new_head, None
        return head

    def with_number(self, head: Head) -> Head:
        """The head with the number this desk gave last; a connection that gave none keeps what is noted."""
        if self.new_number is None:
            noted = read_head(self.path.parent)
            self.new_number = (noted.day, noted.number) if noted else ("", 0)
        day, number = self.new_number
        return replace(head, day=day, number=number)

    def execute(self, sql: str, parameters: Any = None) -> Any:
        with machine_failures(self.path):
            return self.conn.execute(sql, () if parameters is None else parameters)

    def all(self, sql: str, values: Values = ()) -> list[tuple[Any, ...]]:
        """Every row at once: a cursor read half-way would pin the WAL, and may fail at any row."""
        with machine_failures(self.path):
            rows: list[tuple[Any, ...]] = self.conn.execute(sql, values).fetchall()
        return rows

    def one(self, sql: str, values: Values = ()) -> tuple[Any, ...] | None:
        """The first row, or None."""
        with machine_failures(self.path):
            rows = self.conn.execute(sql, values).fetchall()
        return rows[0] if rows else None

    def many(self, sql: str, rows: Iterable[Sequence[object]]) -> None:
        with machine_failures(self.path):
            self.conn.executemany(sql, rows)

    def triggers(self) -> set[str]:
        return {name for (name,) in self.all("SELECT name FROM sqlite_master WHERE type = 'trigger'")}

    @contextmanager
    def atomic(self) -> Iterator[None]:
        """A savepoint inside the open transaction: everything in it, or nothing of it."""
        name = f"nested_{self._savepoints}"
        self._savepoints += 1
        self.conn.execute(f"SAVEPOINT {name}")
        try:
            yield
            self.conn.execute(f"RELEASE {name}")
        except BaseException:
            if self.conn.in_transaction:
                self.conn.execute(f"ROLLBACK TO {name}")
                self.conn.execute(f"RELEASE {name}")
            raise
        finally:
            self._savepoints -= 1

    def rollback(self) -> None:
        """Nothing to do where SQLite has rolled back by itself, as it does on a full disk."""
        if self.conn.in_transaction:
            self.conn.execute("ROLLBACK")

    def close(self) -> None:
        self.conn.close()

    def reader(self) -> DeskDatabase:
        """A second, read-only connection to the same file, for another thread."""
        return open_database(self.path, self._opening.key, readonly=True)

    def writer(self) -> DeskDatabase:
        """A second connection that may write, for a long exchange on another thread; its transactions must be short."""
        return open_database(self.path, self._opening.key)

    def reopened(self) -> DeskDatabase:
        """A fresh connection in place of this one, as is needed after `DamagedFileError`."""
        self.close()
        return open_database(self.path, self._opening.key, readonly=self._opening.readonly)


def open_database(
    path: Path, key: bytes, *, create: bool = False, readonly: bool = False, any_tables: bool = False
) -> DeskDatabase:
    """The desk's database; `key` is the raw 32 bytes of the vault, so no key derivation is paid.

    Tables of an older program are brought up to date after a verified copy was made of them. With `any_tables` they
    stay as they are, whichever program made them, and must not be written into. Raises `DataFolderMissingError`,
    `NoDeskError`, `DeskExistsError` (with `create`), `NotEncryptedError`, `WrongKeyError`, `DamagedFileError`, and from
    the tables `NewerFileError`, for a reader `OlderFileError`.
    """
    if len(key) != 32:
        raise ValueError("a database key has 32 bytes")
    if not path.parent.is_dir():
        raise DataFolderMissingError(folder=path.parent)
    if create and path.exists():
        raise DeskExistsError(folder=path.parent)
    if not create and not path.exists():
        raise NoDeskError(folder=path.parent)
    opening = Opening(path=path, key=key, readonly=readonly)
    with machine_failures(path):
        connection = _connected(opening, create=create)
    try:
        with machine_failures(path):
            _prepare(connection, opening, create=create)
        db = DeskDatabase(connection, opening)
        with machine_failures(path):
            if not any_tables:
                _see_to_tables(db, readonly=readonly)
    except BaseException:
        connection.close()
        raise
    return db


@contextmanager
def unit_of_work(db: DeskDatabase) -> Iterator[DeskDatabase]:
    """One durable transaction, everything or nothing; inside another it is a savepoint.

    BEGIN IMMEDIATE takes the write lock at once: a deferred one fails in the middle, without waiting.
    """
    if db.conn.in_transaction:
        head = db.new_head
        try:
            with machine_failures(db.path), db.atomic():
                yield db
        except BaseException:
            db.new_head = head
            raise
        return
    db.new_head = None
    with machine_failures(db.path):
        db.conn.execute("BEGIN IMMEDIATE")
        try:
            yield db
            db.conn.execute("COMMIT")
        except BaseException:
            db.new_head = None
            db.rollback()
            raise
    head = db.taken_head()
    if head is not None:
        write_head(db.path.parent, db.with_number(head))


def _see_to_tables(db: DeskDatabase, *, readonly: bool) -> None:
    """Up to date: nothing to do. Older: copy, then migrate, where one may write. Newer: only where they allow it.

    Raises `NewerFileError`, `OlderFileError`, and what the copy raises.
    """
    ((version,),) = db.all("PRAGMA user_version")
    if version > schema.VERSION:
        compatibility.enter_newer(db, readonly=readonly)
        return
    if version == schema.VERSION and set(schema.TRIGGERS) <= db.triggers():
        ((applied,),) = db.all("SELECT count(*) FROM _sqlite_migrations")
        if applied == schema.VERSION:
            if not readonly:
                compatibility.owe_what_older_wrote(db)
            return

    migrations.refuse_newer(db.tools)
    if readonly:
        raise OlderFileError
    if 0 < version < schema.VERSION:
        copies.keep(db)
    migrations.bring_up_to_date(db.tools)


def _connected(opening: Opening, *, create: bool) -> driver.Connection:
    mode = "ro" if opening.readonly else "rwc" if create else "rw"
    address = f"{opening.path.absolute().as_uri()}?mode={mode}"
    return driver.connect(address, uri=True, isolation_level=None, timeout=10, check_same_thread=False)


def _prepare(connection: driver.Connection, opening: Opening, *, create: bool) -> None:
    connection.execute("PRAGMA cipher_log_level=NONE")  # it would write to stderr
    connection.execute(f"PRAGMA key=\"x'{opening.key.hex()}'\"")
    if not connection.execute("PRAGMA cipher_version").fetchone():
        raise NotEncryptedError  # plain SQLite takes PRAGMA key in silence and would write in the clear
    try:
        (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except driver.DatabaseError as error:
        if getattr(error, "sqlite_errorname", "") != "SQLITE_NOTADB" or vault.fits(opening.path.parent, opening.key):
            raise
        raise WrongKeyError from error
    if not tables and not create:
        raise DamagedFileError(file=opening.path.name)
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    if opening.readonly:
        connection.execute("PRAGMA query_only=ON")
        return
    if connection.execute("PRAGMA journal_mode=WAL").fetchone() != ("wal",):
        raise NetworkFolderError(folder=opening.path.parent)
    for pragma in _WRITER_PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
