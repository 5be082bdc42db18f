"""What the district keeps: frames as they came, devices, files, what was set aside. SQLite, or PostgreSQL by URL."""

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


def open_storage(place: str | Path) -> Storage:
    """The storage at a `postgresql://` URL, or else in an SQLite file; its tables are made or brought up to date.

    Raises `DataFolderMissingError`, `DatabaseDownError`, `NewerFileError` and what a machine can refuse.
    """
    if isinstance(place, str) and place.startswith(("postgresql://", "postgres://")):
        return postgres.PostgresStorage(place)
    return SqliteStorage(Path(place))
