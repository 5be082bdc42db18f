"""Rows of a whole table, some at a time and in the order of its key: a year's frames do not fit into memory."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from desk_app.district.storage import schema
from desk_app.district.storage.at_rest import seals
from desk_app.district.storage.contract import Row, Session

_AT_ONCE = 500


def pieces(session: Session, table: str, *, at_once: int = _AT_ONCE) -> Iterator[list[Row]]:
    """Every row with the columns of `schema.TABLES[table]`, opened where they are sealed."""
    for rows in stored_pieces(session, table, at_once=at_once):
        yield [tuple(seals.opened_row(session.seals, table, row)) for row in rows]


def stored_pieces(session: Session, table: str, *, at_once: int = _AT_ONCE) -> Iterator[list[Row]]:
    """The same rows as they are stored."""
    columns = list(schema.TABLES[table])
    key = schema.key_of(table)
    places = [columns.index(name) for name in key]
    select = f"SELECT {', '.join(columns)} FROM {table}"
    marks = ", ".join("?" for _ in key)
    last: list[Any] = []
    while True:
        behind = f" WHERE ({', '.join(key)}) > ({marks})" if last else ""
        rows = session.all(f"{select}{behind} ORDER BY {', '.join(key)} LIMIT {at_once:d}", last)
        if not rows:
            return
        yield rows
        last = [rows[-1][place] for place in places]
