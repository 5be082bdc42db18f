"""What a storage of the district can do. Everything else is SQL that both kinds understand, in the modules beside.

Statements mark values with "?"; a table that is filled by many rows at once goes through `fill`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol

from desk_app.district.storage.at_rest.seals import Seals

Row = tuple[Any, ...]


class Session(Protocol):
    """One transaction. What stands in a sealed column (`at_rest.columns.SEALED`) goes in and out through `seals`.

    `fill` seals by itself.
    """

    @property
    def seals(self) -> Seals:
        """The seals of this storage."""
        ...

    def all(self, sql: str, values: Sequence[object] = ()) -> list[Row]:
        """Every row."""
        ...

    def one(self, sql: str, values: Sequence[object] = ()) -> Row | None:
        """The first row, or None."""
        ...

    def run(self, sql: str, values: Sequence[object] = ()) -> int:
        """How many rows it touched."""
        ...

    def many(self, sql: str, rows: Iterable[Sequence[object]]) -> None:
        """The same statement for each row."""
        ...

    def fill(self, table: str, rows: Sequence[Sequence[object]]) -> None:
        """Add rows that give every column of `schema.TABLES[table]` in order, by the fastest way there is."""
        ...

    def attempt(self) -> AbstractContextManager[None]:
        """A part of the transaction that may fail alone."""
        ...


class Storage(Protocol):
    """A place of the district's data; any thread may ask. Failures of the machine come as DeskErrors."""

    @property
    def kind(self) -> str:
        """ "sqlite" or "postgresql"."""
        ...

    def writing(self) -> AbstractContextManager[Session]:
        """One durable transaction, everything or nothing; only one at a time, also among programs."""
        ...

    def reading(self) -> AbstractContextManager[Session]:
        """A snapshot that no writer disturbs."""
        ...

    def scrub(self) -> None:
        """See that what was overwritten is gone from the files as well, as far as the storage can."""
        ...

    def close(self) -> None: ...
