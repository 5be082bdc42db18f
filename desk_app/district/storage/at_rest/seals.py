"""Seals single values of the tables under the district's storage key: AES-256-GCM, bound to table, column and row.

A sealed value that was moved to another row, altered or sealed by another key opens as the empty value; the checks of
the district tell where (`desk_app.district.checks.seal_checks`). The reception never stops for one bad row.
"""

from __future__ import annotations

import base64
import binascii
import os
from collections.abc import Iterator, Sequence
from typing import Any, Protocol, TypeVar

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from desk_app.district.storage import schema
from desk_app.district.storage.at_rest.columns import SEALED

Value = TypeVar("Value", bytes, str)
_NONCE = 12
_CHECK = "district storage check"


class Seals(Protocol):
    """What a session does to the values of the columns in `columns.SEALED`; `key` is the row's, as in `schema.KEYS`."""

    def sealed(self, table: str, column: str, key: Sequence[object], value: Value, /) -> Value:
        """The value as it is stored."""
        ...

    def opened(self, table: str, column: str, key: Sequence[object], value: Value, /) -> Value:
        """The value as it was given; empty where it does not open."""
        ...

    def opens(self, table: str, column: str, key: Sequence[object], value: Value, /) -> bool:
        """Whether a stored value is what was sealed for this very place."""
        ...


class OpenSeals:
    """Of a storage that encrypts whole pages: values stay as they are."""

    def sealed(self, _table: str, _column: str, _key: Sequence[object], value: Value, /) -> Value:
        return value

    def opened(self, _table: str, _column: str, _key: Sequence[object], value: Value, /) -> Value:
        return value

    def opens(self, _table: str, _column: str, _key: Sequence[object], _value: Value, /) -> bool:
        return True


class KeyedSeals:
    """Of a storage whose machine others run. Each column has a key of its own, derived from the storage key."""

    def __init__(self, key: bytes) -> None:
        self._ciphers = {
            (table, column): AESGCM(derived(key, f"district column {table}.{column}"))
            for table, columns in SEALED.items()
            for column in columns
        }

    def sealed(self, table: str, column: str, key: Sequence[object], value: Value, /) -> Value:
        """Nonce ‖ ciphertext ‖ tag; base 64 of it for a text."""
        nonce = os.urandom(_NONCE)
        given: Any = value
        raw = given.encode() if isinstance(given, str) else given
        made: Any = nonce + self._ciphers[table, column].encrypt(nonce, raw, _place(table, column, key))
        if isinstance(given, str):
            made = base64.b64encode(made).decode()
        stored: Value = made
        return stored

    def opened(self, table: str, column: str, key: Sequence[object], value: Value, /) -> Value:
        try:
            return self._unsealed(table, column, key, value)
        except (InvalidTag, binascii.Error, ValueError):
            return value[:0]

    def opens(self, table: str, column: str, key: Sequence[object], value: Value, /) -> bool:
        try:
            self._unsealed(table, column, key, value)
        except (InvalidTag, binascii.Error, ValueError):
            return False
        return True

    def _unsealed(self, table: str, column: str, key: Sequence[object], value: Value, /) -> Value:
        stored: Any = value
        raw = base64.b64decode(stored, validate=True) if isinstance(stored, str) else bytes(stored)
        plain: Any = self._ciphers[table, column].decrypt(raw[:_NONCE], raw[_NONCE:], _place(table, column, key))
        opened: Value = plain.decode() if isinstance(stored, str) else plain
        return opened


def sealed_row(seals: Seals, table: str, row: Sequence[object]) -> list[object]:
    """A whole row, in the order of `schema.TABLES`, as it is stored."""
    made = list(row)
    for place, column, key in _sealed_places(table, row):
        made[place] = seals.sealed(table, column, key, row[place])  # type: ignore[type-var]
    return made


def opened_row(seals: Seals, table: str, row: Sequence[object]) -> list[object]:
    """The row that `sealed_row` was given."""
    made = list(row)
    for place, column, key in _sealed_places(table, row):
        made[place] = seals.opened(table, column, key, row[place])  # type: ignore[type-var]
    return made


def unopened(seals: Seals, table: str, row: Sequence[object]) -> list[str]:
    """The columns of a stored row that do not open."""
    return [
        column
        for place, column, key in _sealed_places(table, row)
        if not seals.opens(table, column, key, row[place])  # type: ignore[type-var]
    ]


def derived(key: bytes, purpose: str) -> bytes:
    """32 bytes for one purpose, as safe as the key they come from."""
    return HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=purpose.encode()).derive(key)


def check_value(key: bytes) -> bytes:
    """What a storage remembers of its key, to refuse another one."""
    return derived(key, _CHECK)[:16]


def _sealed_places(table: str, row: Sequence[object]) -> Iterator[tuple[int, str, list[object]]]:
    columns = list(schema.TABLES[table])
    if table not in SEALED:
        return
    key = [row[columns.index(name)] for name in schema.key_of(table)]
    for column in SEALED[table]:
        yield columns.index(column), column, key


def _place(table: str, column: str, key: Sequence[object]) -> bytes:
    return msgspec.msgpack.encode([table, column, *key])
