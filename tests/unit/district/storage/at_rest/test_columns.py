"""Every column of every table was decided upon: clear with a reason, or sealed."""

from __future__ import annotations

from desk_app.district.storage import schema
from desk_app.district.storage.at_rest.columns import CLEAR, SEALED


def test_every_column_is_either_clear_or_sealed_and_says_why() -> None:
    undecided = {}
    for table, columns in schema.TABLES.items():
        clear, sealed = set(CLEAR.get(table, {})), set(SEALED.get(table, {}))
        wrong = (set(columns) - clear - sealed) | (clear & sealed) | ((clear | sealed) - set(columns))
        if wrong:
            undecided[table] = sorted(wrong)
    assert undecided == {}
    assert set(CLEAR) | set(SEALED) == set(schema.TABLES)
    assert all(len(why) > 5 for columns in (*CLEAR.values(), *SEALED.values()) for why in columns.values())


def test_no_column_that_a_row_is_found_by_is_sealed() -> None:
    assert [table for table in SEALED if set(schema.key_of(table)) & set(SEALED[table])] == []


def test_only_texts_and_bytes_are_sealed() -> None:
    kinds = {schema.TABLES[table][column] for table, columns in SEALED.items() for column in columns}
    assert kinds == {"bytes", "text"}
