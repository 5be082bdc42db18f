"""Seals the rows that 0.2.0 … 0.4.0 left in the clear in a PostgreSQL, some at a time; an interruption loses nothing.

How far each table is stands in `sealing`, written in the same transaction as the rows. That table belongs to this
storage alone: no backup carries it.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from desk_app import typed_values
from desk_app.district.failures import PlainDatabaseInUseError, StorageKeyError
from desk_app.district.storage import schema
from desk_app.district.storage.at_rest.columns import SEALED
from desk_app.district.storage.at_rest.seals import check_value

if TYPE_CHECKING:
    from desk_app.district.storage.contract import Row, Session

_AT_ONCE = 200
_KEY = "key"
_OLD_PROGRAM = "desk-district"
"""How connections of the versions that write in the clear are called."""
_log = logging.getLogger(__name__)


class _Sealing(Struct, frozen=True, kw_only=True):
    """How far a table is: the columns that are sealed in all rows, and those being sealed with the last row's key."""

    columns: tuple[str, ...] = ()
    coming: tuple[str, ...] = ()
    last: tuple[Any, ...] = ()


def pending(session: Session, key: bytes) -> list[str]:
    """The tables that hold values in the clear; none for a storage that is new. Raises `StorageKeyError`."""
    session.run("CREATE TABLE IF NOT EXISTS sealing(name TEXT PRIMARY KEY, value BYTEA NOT NULL)")
    known = _value(session, _KEY)
    if known is None:
        _put(session, _KEY, check_value(key))
    elif known != check_value(key):
        raise StorageKeyError(file="PostgreSQL")
    found = []
    for table, columns in SEALED.items():
        missing = [name for name in columns if name not in _state(session, table).columns]
        if missing and session.one(f"SELECT 1 FROM {table} LIMIT 1"):
            found.append(table)
        elif missing:
            done(session, table)
    return found


def refuse_old_programs(session: Session) -> None:
    """A program of an earlier version that is connected still would go on writing in the clear.

    Raises `PlainDatabaseInUseError`.
    """
    rows = session.all(
        "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND application_name = ?",
        (_OLD_PROGRAM,),
    )
    if rows:
        raise PlainDatabaseInUseError


def seal_some(session: Session, table: str) -> bool:
    """Seal the next rows; False when there are none left."""
    state = _state(session, table)
    if not state.coming:
        missing = tuple(name for name in SEALED[table] if name not in state.columns)
        if not missing:
            return False
        _log.warning("Đang niêm phong bảng %s: chỉ một lần, dừng giữa chừng thì lần sau làm tiếp.", table)
        state = replace(state, coming=missing)
    key = schema.key_of(table)
    rows = _rows(session, table, key, state)
    if not rows:
        return False
    if table == schema.ONLY_GROWS:
        session.run(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    where = " AND ".join(f"{name} = ?" for name in key)
    sets = ", ".join(f"{name} = ?" for name in state.coming)
    session.many(
        f"UPDATE {table} SET {sets} WHERE {where}",
        [_sealed(session, table, state, row[: len(key)], row[len(key) :]) for row in rows],
    )
    if table == schema.ONLY_GROWS:
        session.run(f"ALTER TABLE {table} ENABLE TRIGGER USER")
    _put(session, table, msgspec.msgpack.encode(replace(state, last=rows[-1][: len(key)])))
    return True


def done(session: Session, table: str) -> None:
    """Every row of the table is sealed, and what was in the clear is swept away."""
    _put(session, table, msgspec.msgpack.encode(_Sealing(columns=tuple(SEALED[table]))))


def _rows(session: Session, table: str, key: list[str], state: _Sealing) -> list[Row]:
    names, marks = ", ".join(key), ", ".join("?" for _ in key)
    behind = f" WHERE ({names}) > ({marks})" if state.last else ""
    return session.all(
        f"SELECT {names}, {', '.join(state.coming)} FROM {table}{behind} ORDER BY {names} LIMIT {_AT_ONCE:d}",
        state.last,
    )


def _sealed(session: Session, table: str, state: _Sealing, key: Row, values: Row) -> list[object]:
    pairs = zip(state.coming, values, strict=True)
    return [*(session.seals.sealed(table, column, key, value) for column, value in pairs), *key]


def _state(session: Session, table: str) -> _Sealing:
    told = _value(session, table)
    return typed_values.from_msgpack(told, _Sealing) if told else _Sealing()


def _value(session: Session, name: str) -> bytes | None:
    row = session.one("SELECT value FROM sealing WHERE name = ?", (name,))
    return bytes(row[0]) if row else None


def _put(session: Session, name: str, value: bytes) -> None:
    session.run(
        "INSERT INTO sealing(name, value) VALUES(?, ?) ON CONFLICT(name) DO UPDATE SET value = excluded.value",
        (name, value),
    )
