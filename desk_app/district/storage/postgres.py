"""PostgreSQL by one URL, through psycopg 3. A connection that died is made anew; the caller asks again."""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg import errors

from desk_app.district.storage import schema
from desk_app.district.storage.at_rest import plain_rows
from desk_app.district.storage.at_rest.seals import KeyedSeals, Seals, sealed_row
from desk_app.district.storage.contract import Row, Session
from desk_app.errors import BusyError, DatabaseDownError, DiskFullError, NewerFileError

_WORDS = {"bytes": "BYTEA", "int": "BIGINT", "text": "TEXT"}
_COPIED = {"bytes": "bytea", "int": "int8", "text": "text"}
_REFUSED = "CREATE FUNCTION {table}_kept() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'kept'; END $$"
_ONLY_GROWS = (
    _REFUSED,
    "CREATE TRIGGER {table}_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} EXECUTE FUNCTION {table}_kept()",
)
_ONE_WRITER = 0x435831  # "CX1": the advisory lock that keeps writers of several programs apart
_MOST_READERS = 8
_PROGRAM = "sealed desk-district"
"""Another name than earlier versions had, which write in the clear (`plain_rows`)."""
_SWEEP = ("VACUUM FULL {table}", "VACUUM {table}")
"""What was plain must not stay in the table's file; the first asks for as much room again."""
_log = logging.getLogger(__name__)


class _PostgresSession:
    """A transaction on one connection."""

    def __init__(self, connection: psycopg.Connection[Row], seals: Seals) -> None:
        self._connection = connection
        self.seals: Seals = seals

    def all(self, sql: str, values: Sequence[object] = ()) -> list[Row]:
        return self._connection.execute(_marked(sql), tuple(values), binary=True).fetchall()

    def one(self, sql: str, values: Sequence[object] = ()) -> Row | None:
        return self._connection.execute(_marked(sql), tuple(values), binary=True).fetchone()

    def run(self, sql: str, values: Sequence[object] = ()) -> int:
        return self._connection.execute(_marked(sql), tuple(values)).rowcount

    def many(self, sql: str, rows: Iterable[Sequence[object]]) -> None:
        with self._connection.cursor() as cursor:
            cursor.executemany(_marked(sql), rows)

    def fill(self, table: str, rows: Sequence[Sequence[object]]) -> None:
        columns = schema.TABLES[table]
        into = f"COPY {table}({', '.join(columns)}) FROM STDIN (FORMAT BINARY)"
        with self._connection.cursor() as cursor, cursor.copy(into.encode()) as copy:
            copy.set_types([_COPIED[kind] for kind in columns.values()])
            for row in rows:
                copy.write_row(sealed_row(self.seals, table, row))

    @contextmanager
    def attempt(self) -> Iterator[None]:
        with self._connection.transaction():
            yield


class PostgresStorage:
    """See `contract.Storage`."""

    kind = "postgresql"

    def __init__(self, url: str, key: bytes) -> None:
        """`key` are 32 bytes. Raises `StorageKeyError`, and what `plain_rows.carry_over` raises."""
        self._url = url
        self._seals: Seals = KeyedSeals(key)
        self._lock = threading.RLock()
        self._writer: psycopg.Connection[Row] | None = None
        self._idle: queue.LifoQueue[psycopg.Connection[Row]] = queue.LifoQueue()
        self._readers = threading.BoundedSemaphore(_MOST_READERS)
        try:
            self._bring_up_to_date()
            self._see_sealed(key)
        except BaseException:
            self.close()
            raise

    @contextmanager
    def writing(self) -> Iterator[Session]:
        with self._lock, _failures():
            self._writer = self._alive(self._writer)
            with self._writer.transaction():
                self._writer.execute("SELECT pg_advisory_xact_lock(%s)", (_ONE_WRITER,))
                yield _PostgresSession(self._writer, self._seals)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        with self._readers, _failures():
            connection = self._reader()
            try:
                with connection.transaction():
                    yield _PostgresSession(connection, self._seals)
            finally:
                if not connection.closed:
                    self._idle.put(connection)

    def scrub(self) -> None:
        with self._lock, _failures():
            self._writer = self._alive(self._writer)
            self._writer.execute("VACUUM frame")

    def close(self) -> None:
        with self._lock:
            while not self._idle.empty():
                self._idle.get_nowait().close()
            if self._writer is not None:
                self._writer.close()

    def _connected(self) -> psycopg.Connection[Row]:
        connection = psycopg.connect(self._url, autocommit=True, application_name=_PROGRAM, connect_timeout=10)
        connection.execute("SET jit = off")  # compiling a plan would take longer than any question of ours
        return connection

    def _alive(self, connection: psycopg.Connection[Row] | None) -> psycopg.Connection[Row]:
        """The connection, or another in its place when its server has gone in between."""
        if connection is not None and not connection.closed:
            try:
                connection.execute("")
            except psycopg.OperationalError:
                connection.close()
            else:
                return connection
        return self._connected()

    def _reader(self) -> psycopg.Connection[Row]:
        try:
            connection = self._alive(self._idle.get_nowait())
        except queue.Empty:
            connection = self._connected()
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        connection.read_only = True
        return connection

    def _bring_up_to_date(self) -> None:
        with self.writing() as session:
            session.run("CREATE TABLE IF NOT EXISTS schema_version(version BIGINT NOT NULL)")
            found = session.one("SELECT version FROM schema_version")
            version: int = found[0] if found else 0
            if version > schema.VERSION:
                raise NewerFileError
            if version == schema.VERSION:
                return
            for step in schema.STEPS[version:]:
                for statement in step(_WORDS, strict=""):
                    session.run(statement)
            if version < 1:
                # Compressed already; TOAST would only try in vain.
                session.run("ALTER TABLE frame ALTER z SET STORAGE EXTERNAL")
            if version < 2:
                for statement in _ONLY_GROWS:
                    session.run(statement.format(table=schema.ONLY_GROWS))
            if version < 5:
                # Sealed, so nothing compresses; two rows stand on a page, and none needs a second place to be read.
                session.run("ALTER TABLE dossier_word ALTER z SET STORAGE PLAIN")
            session.run("DELETE FROM schema_version")
            session.run("INSERT INTO schema_version VALUES(?)", (schema.VERSION,))

    def _see_sealed(self, key: bytes) -> None:
        """The key is the one this storage was sealed with, and no row of an earlier version is left in the clear."""
        with self.writing() as session:
            pending = plain_rows.pending(session, key)
        for table in pending:
            with self.writing() as session:
                plain_rows.refuse_old_programs(session)
            while self._sealed_some(table):
                pass
            self._sweep(table)
            with self.writing() as session:
                plain_rows.done(session, table)

    def _sealed_some(self, table: str) -> bool:
        with self.writing() as session:
            return plain_rows.seal_some(session, table)

    def _sweep(self, table: str) -> None:
        with self._lock:
            for statement in _SWEEP:
                try:
                    with _failures():
                        self._writer = self._alive(self._writer)
                        self._writer.execute(statement.format(table=table).encode())
                except DiskFullError:
                    _log.warning("Chưa đủ chỗ trống để dọn bảng %s.", table)
                else:
                    return


def _marked(sql: str) -> bytes:
    return sql.replace("?", "%s").encode()


@contextmanager
def _failures() -> Iterator[None]:
    try:
        yield
    except psycopg.Error as error:
        told: Any = None
        if isinstance(error, errors.DiskFull):
            told = DiskFullError()
        elif isinstance(error, errors.LockNotAvailable | errors.DeadlockDetected | errors.TooManyConnections):
            told = BusyError()
        elif isinstance(error, psycopg.OperationalError | psycopg.InterfaceError):
            told = DatabaseDownError()
        if told is None:
            raise
        raise told from error
