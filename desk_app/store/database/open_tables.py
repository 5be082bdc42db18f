"""What of an open database they ask that the opening itself calls: a copy of it, and which program made its tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol


class OpenTables(Protocol):
    """A `DeskDatabase`, as far as its tables are not known yet."""

    @property
    def path(self) -> Path:
        """The file."""

    def one(self, sql: str, values: Sequence[object] | Mapping[str, object] = ()) -> tuple[Any, ...] | None:
        """The first row, or None."""

    def all(self, sql: str, values: Sequence[object] | Mapping[str, object] = ()) -> list[tuple[Any, ...]]:
        """Every row."""

    def execute(self, sql: str, parameters: Any = None) -> Any:
        """Carry out a statement."""

    def rollback(self) -> None:
        """Give the open transaction up, where one is open."""

    def copy_at(self, path: Path) -> OpenTables:
        """A copy of this database under the same key, only to look."""

    def close(self) -> None:
        """Let it go."""
