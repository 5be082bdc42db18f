"""Proves that every sealed value stands where it was sealed: altered, swapped or foreign ones do not open."""

from __future__ import annotations

from collections.abc import Iterator

from desk_app.district.storage import Session, schema, table_copy
from desk_app.district.storage.at_rest import seals
from desk_app.district.storage.at_rest.columns import SEALED

_MOST_TOLD = 50


def problems(session: Session) -> Iterator[str]:
    """What does not open, a sentence each; nothing in a storage that encrypts its pages."""
    if isinstance(session.seals, seals.OpenSeals):
        return
    for table in SEALED:
        found = 0
        keys = [list(schema.TABLES[table]).index(name) for name in schema.key_of(table)]
        for rows in table_copy.stored_pieces(session, table):
            for row in rows:
                wrong = seals.unopened(session.seals, table, row)
                if wrong and found < _MOST_TOLD:
                    named = ", ".join(_shown(row[place]) for place in keys)
                    yield f"Bảng {table}, dòng {named}: nội dung bị sửa hoặc đổi chỗ ở {', '.join(wrong)}."
                found += bool(wrong)


def _shown(value: object) -> str:
    return value.hex()[:16] if isinstance(value, bytes) else str(value)
