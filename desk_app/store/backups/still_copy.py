"""Reads a copy where it lies: nobody writes it, no file is made beside it, and it may be an increment's few tables."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from desk_app.errors import DamagedFileError
from desk_app.store.database import driver
from desk_app.store.database.database import DeskDatabase, Opening
from desk_app.store.database.failures import machine_failures


@contextmanager
def still(path: Path, key: bytes) -> Iterator[DeskDatabase]:
    """The base or increment at `path`. Raises `DamagedFileError`, also for another key."""
    with machine_failures(path):
        address = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
        connection = driver.connect(address, uri=True, isolation_level=None, check_same_thread=False)
    try:
        db = DeskDatabase(connection, Opening(path=path, key=key, readonly=True))
        db.execute("PRAGMA cipher_log_level=NONE")
        db.execute(f"PRAGMA key=\"x'{key.hex()}'\"")
        db.execute("PRAGMA query_only=ON")
        if db.all("SELECT count(*) FROM sqlite_master") == [(0,)]:
            raise DamagedFileError(file=path.name)
        yield db
    finally:
        connection.close()
