"""The embedded storage: one SQLCipher file in WAL mode. One writer, any number of readers.

A plain file of an earlier version is carried over first. Refuses to write without encryption.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from sqlcipher3 import dbapi2

from desk_app.district.keys import durable_files
from desk_app.district.storage import schema
from desk_app.district.storage.at_rest import plain_file
from desk_app.district.storage.at_rest.seals import OpenSeals, Seals
from desk_app.district.storage.at_rest.sqlite_failures import failures
from desk_app.district.storage.contract import Row, Session
from desk_app.errors import DataFolderMissingError, NewerFileError, NotEncryptedError, of_system

_PRAGMAS = (
    "busy_timeout=30000",
    "journal_mode=WAL",
    "synchronous=FULL",
    "fullfsync=ON",
    "secure_delete=ON",  # an erased body must not stay in a free page
    "trusted_schema=OFF",
    "temp_store=MEMORY",
    "cache_size=-16000",
    "wal_autocheckpoint=2000",
    "journal_size_limit=33554432",
    "recursive_triggers=ON",  # else INSERT OR REPLACE rewrites the audit past the trigger that forbids it
)
_WORDS = {"bytes": "BLOB", "int": "INTEGER", "text": "TEXT"}
_ONLY_GROWS = (
    "CREATE TRIGGER {table}_{deed} BEFORE {deed} ON {table} BEGIN SELECT RAISE(ABORT, 'the {table} only grows'); END"
)


class _SqliteSession:
    """A transaction on one connection."""

    seals: Seals = OpenSeals()

    def __init__(self, connection: dbapi2.Connection) -> None:
        self._connection = connection

    def all(self, sql: str, values: Sequence[object] = ()) -> list[Row]:
        rows: list[Row] = self._connection.execute(sql, tuple(values)).fetchall()
        return rows

    def one(self, sql: str, values: Sequence[object] = ()) -> Row | None:
        rows = self.all(sql, values)
        return rows[0] if rows else None

    def run(self, sql: str, values: Sequence[object] = ()) -> int:
        return int(self._connection.execute(sql, tuple(values)).rowcount)

    def many(self, sql: str, rows: Iterable[Sequence[object]]) -> None:
        self._connection.executemany(sql, rows)

    def fill(self, table: str, rows: Sequence[Sequence[object]]) -> None:
        marks = ", ".join("?" for _ in schema.TABLES[table])
        self.many(f"INSERT INTO {table} VALUES({marks})", rows)

    @contextmanager
    def attempt(self) -> Iterator[None]:
        self._connection.execute("SAVEPOINT attempt")
        try:
            yield
            self._connection.execute("RELEASE attempt")
        except BaseException:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK TO attempt")
                self._connection.execute("RELEASE attempt")
            raise


class SqliteStorage:
    """See `contract.Storage`."""

    kind = "sqlite"

    def __init__(self, path: Path, key: bytes) -> None:
        """`key` are 32 bytes. Raises what `plain_file.carry_over` raises, and `StorageKeyError`."""
        if not path.parent.is_dir():
            raise DataFolderMissingError(folder=path.parent)
        if len(key) != 32:
            raise ValueError("a storage key has 32 bytes")
        if plain_file.is_plain(path):
            plain_file.carry_over(path, key)
        _make_private(path)
        self.path = path
        self._key = key
        self._lock = threading.RLock()
        self._is_closed = False
        self._idle: queue.LifoQueue[dbapi2.Connection] = queue.LifoQueue()
        with failures(path):
            self._writer = self._connected()
        try:
            self._bring_up_to_date()
        except BaseException:
            self._writer.close()
            raise

    @contextmanager
    def writing(self) -> Iterator[Session]:
        with self._lock, failures(self.path):
            self._writer.execute("BEGIN IMMEDIATE")
            try:
                yield _SqliteSession(self._writer)
                self._writer.execute("COMMIT")
            except BaseException:
                if self._writer.in_transaction:
                    self._writer.execute("ROLLBACK")
                raise

    @contextmanager
    def reading(self) -> Iterator[Session]:
        with failures(self.path):
            try:
                connection = self._idle.get_nowait()
            except queue.Empty:
                connection = self._connected()
            try:
                connection.execute("BEGIN")
                try:
                    yield _SqliteSession(connection)
                finally:
                    connection.execute("ROLLBACK")
            finally:
                self._put_back(connection)

    def scrub(self) -> None:
        with self._lock, failures(self.path):
            self._writer.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def fold(self) -> None:
        """Make one file of it, to be carried away; nobody else may have it open, and only `close` may follow."""
        with self._lock, failures(self.path):
            self._end_idle()
            self._writer.execute("PRAGMA journal_mode=DELETE")

    def close(self) -> None:
        with self._lock:
            self._is_closed = True
            self._end_idle()
            self._writer.close()

    def _put_back(self, connection: dbapi2.Connection) -> None:
        """For the next reader; a reader that outlived the storage ends its connection itself."""
        self._idle.put(connection)
        if self._is_closed:
            self._end_idle()

    def _end_idle(self) -> None:
        while True:
            try:
                self._idle.get_nowait().close()
            except queue.Empty:
                return

    def _connected(self) -> dbapi2.Connection:
        connection = dbapi2.connect(self.path, isolation_level=None, check_same_thread=False)
        try:
            _encrypt(connection, self._key)
            for pragma in _PRAGMAS:
                connection.execute(f"PRAGMA {pragma}")
        except BaseException:
            connection.close()
            raise
        return connection

    def _bring_up_to_date(self) -> None:
        with self.writing() as session:
            ((version,),) = session.all("PRAGMA user_version")
            if version > schema.VERSION:
                raise NewerFileError
            for step in schema.STEPS[version:]:
                for statement in step(_WORDS, strict=" STRICT"):
                    session.run(statement)
            if version < 2:
                for deed in ("UPDATE", "DELETE"):
                    session.run(_ONLY_GROWS.format(table=schema.ONLY_GROWS, deed=deed))
            session.run(f"PRAGMA user_version={schema.VERSION}")


def _encrypt(connection: dbapi2.Connection, key: bytes) -> None:
    """Give the key. Plain SQLite would take it in silence and write in the clear. Raises `NotEncryptedError`."""
    connection.execute("PRAGMA cipher_log_level=NONE")  # it would write to stderr
    connection.execute(f"PRAGMA key={plain_file.key_pragma(key)}")
    if not connection.execute("PRAGMA cipher_version").fetchone():
        raise NotEncryptedError


def _make_private(path: Path) -> None:
    """SQLite gives the files beside its database the same rights."""
    try:
        durable_files.make_private_file(path)
    except OSError as error:
        raise of_system(error, path) from error
