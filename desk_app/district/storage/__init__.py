"""What the district keeps: frames as they came, devices, files, what was set aside. SQLCipher, or PostgreSQL by URL."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from desk_app.district.storage.contract import Session, Storage
from desk_app.district.storage.sqlite import SqliteStorage
from desk_app.lazy import lazy

if TYPE_CHECKING:
    from desk_app.district.storage import postgres
else:
    postgres = lazy("desk_app.district.storage.postgres")

__all__ = ["FILE", "Session", "Storage", "open_storage"]

FILE = "district.db"


def open_storage(place: str | Path, key: bytes) -> Storage:
    """The storage at a `postgresql://` URL, or else in a file; its tables are made, encrypted and brought up to date.

    `key` are the 32 bytes of `Opened.storage_key`. Raises `DataFolderMissingError`, `DatabaseDownError`,
    `NewerFileError`, `StorageKeyError` and what a machine can refuse.
    """
    if isinstance(place, str) and place.startswith(("postgresql://", "postgres://")):
        return postgres.PostgresStorage(place, key)
    return SqliteStorage(Path(place), key)
