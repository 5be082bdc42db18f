"""An increment: what a desk holds beyond a base, as a small encrypted database of its own with the same key.

It goes back to the base, not to the increment before it: any increment can be lost without harm to another.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from desk_app.store.backups.backup_tables import (
    ALWAYS,
    GROWING,
    IN_BLOCKS,
    OF_LOGS,
    WHOLE,
    BaseMarks,
    blocks_of,
    changed_blocks,
    table_print,
)
from desk_app.store.database import driver
from desk_app.store.database.database import DeskDatabase, Opening
from desk_app.store.database.failures import machine_failures

_CACHE_KIB = 16_000


@contextmanager
def begun(path: Path, key: bytes, *, desk: Path, base: Path | None = None) -> Iterator[DeskDatabase]:
    """A connection to the increment at `path`, in one transaction: the desk's database is there as `desk`, the base,
    a copy that nobody writes, as `base`. What is read of the desk is one moment of it.
    """
    with machine_failures(path):
        address = f"{path.absolute().as_uri()}?mode=rwc"
        connection = driver.connect(address, uri=True, isolation_level=None, timeout=10, check_same_thread=False)
    try:
        db = DeskDatabase(connection, Opening(path=path, key=key, readonly=False))
        db.execute("PRAGMA cipher_log_level=NONE")
        db.execute(f"PRAGMA key=\"x'{key.hex()}'\"")
        for pragma in ("journal_mode=DELETE", "synchronous=FULL", "temp_store=MEMORY", "trusted_schema=OFF"):
            db.execute(f"PRAGMA {pragma}")
        attach(db, "desk", desk, key, how="mode=ro")
        if base is not None:
            attach(db, "base", base, key, how="mode=ro&immutable=1")
        db.execute("BEGIN")
        yield db
        db.execute("COMMIT")
    finally:
        connection.close()


def attach(db: DeskDatabase, name: str, path: Path, key: bytes, *, how: str) -> None:
    """Another database of the same key under this name."""
    with machine_failures(path):
        db.conn.execute(f"ATTACH DATABASE ? AS {name} KEY \"x'{key.hex()}'\"", (f"{path.absolute().as_uri()}?{how}",))
        db.conn.execute(f"PRAGMA {name}.cache_size=-{_CACHE_KIB}")


def fill(db: DeskDatabase, marks: BaseMarks) -> None:
    """Write what the desk holds beyond the base that `marks` tells of; inside `begun`."""
    last = {number: seq for number, seq, _ in marks.logs.values()}
    for table in OF_LOGS:
        db.execute(f"CREATE TABLE main.{table} AS SELECT * FROM desk.{table} WHERE 0")
        for (log,) in db.all("SELECT id FROM desk.log ORDER BY id"):
            db.execute(
                f"INSERT INTO main.{table} SELECT * FROM desk.{table} WHERE log = ? AND seq > ? ORDER BY seq",
                (log, last.get(log, 0)),
            )
    db.execute("CREATE INDEX main.increment_dossier ON event(dossier)")
    for table in GROWING:
        db.execute(
            f"CREATE TABLE main.{table} AS SELECT * FROM desk.{table} WHERE n > {int(marks.grown[table])} ORDER BY n"
        )
    for table in IN_BLOCKS:
        db.execute(f"CREATE TABLE main.{table} AS SELECT * FROM desk.{table} WHERE 0")
        db.execute(f"CREATE TABLE main.{blocks_of(table)}(first INTEGER, last INTEGER)")
        for block in changed_blocks(db, marks, table, "desk"):
            ends = (block[0], block[-1])
            db.execute(f"INSERT INTO main.{blocks_of(table)} VALUES(?,?)", ends)
            db.execute(f"INSERT INTO main.{table} SELECT * FROM desk.{table} WHERE n BETWEEN ? AND ? ORDER BY n", ends)
    for table in WHOLE:
        if table in ALWAYS or table_print(db, table, "desk") != marks.prints.get(table):
            db.execute(f"CREATE TABLE main.{table} AS SELECT * FROM desk.{table}")


def holds(db: DeskDatabase, table: str, schema: str = "main") -> bool:
    """Whether the increment carries this table."""
    return db.one(f"SELECT 1 FROM {schema}.sqlite_master WHERE type = 'table' AND name = ?", (table,)) is not None
