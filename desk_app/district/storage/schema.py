"""The district's tables, once for both storages. What was released is never changed here, only added to.

{bytes} and {int} are the words of each storage; {strict} makes SQLite keep to them.
"""

from __future__ import annotations

from collections.abc import Iterable

VERSION = 3

TABLES: dict[str, dict[str, str]] = {
    # One writer each. `is_open` marks the district's own log of a scope that it still writes.
    "log": {
        "log": "bytes",
        "n": "int",
        "kid": "bytes",
        "scope": "text",
        "seq": "int",
        "head": "bytes",
        "lamport": "int",
        "receptions": "int",
        "safe": "int",
        "is_open": "int",
        "began_at": "int",
    },
    # The log of record: signed batches, without their seals, packed for a store.
    "frame": {
        "log": "bytes",
        "first": "int",
        "last": "int",
        "prev": "bytes",
        "head": "bytes",
        "signature": "bytes",
        "z": "bytes",
        "received_at": "int",
        "projected": "int",
    },
    "device": {
        "kid": "bytes",
        "keys": "bytes",
        "certificate": "bytes",
        "role": "text",
        "unit": "text",
        "desk": "int",
        "name": "text",
        "status": "text",
        "reason": "text",
        "enrolled_at": "int",
        "seen_at": "int",
        "clock_offset": "int",
        "app": "text",
        "host": "text",
        "digits": "text",
        "ahead": "int",
    },
    "slot": {"slot": "bytes", "body": "bytes"},
    "quarantine": {
        "digest": "bytes",
        "at": "int",
        "sender": "bytes",
        "author": "bytes",
        "log": "bytes",
        "first": "int",
        "last": "int",
        "prev8": "bytes",
        "signature": "bytes",
        "z": "bytes",
        "reason": "text",
        "settled_at": "int",
    },
    "redaction": {"log": "bytes", "seq": "int", "hash": "bytes", "before": "bytes", "reason": "text", "at": "int"},
    "blob": {"scope": "text", "sha": "bytes", "size": "int", "have": "int", "at": "int"},
    "blob_piece": {"scope": "text", "sha": "bytes", "start": "int", "data": "bytes"},
    "account": {"name": "text", "secret": "text", "role": "text", "added_at": "int"},
    "visit": {"token": "bytes", "name": "text", "until": "int"},
    "meta": {"key": "text", "value": "bytes"},
    # Who tried to sign in wrongly, by digests: an account from an address, b"" for any account, b"" for any address.
    "lockout": {"account": "bytes", "address": "bytes", "tries": "int", "last_at": "int", "until": "int"},
    # Who looked at what. It only grows: each storage refuses to change a row, and each hash carries the one before.
    "audit": {
        "n": "int",
        "at": "int",
        "account": "text",
        "address": "text",
        "deed": "text",
        "asked": "text",
        "hash": "bytes",
    },
    # Read from the frames, behind the reception; can be made again at any time.
    "dossier_key": {"n": "int", "unit": "text", "id": "text"},
    "dossier": {
        "n": "int",
        "unit": "text",
        "id": "text",
        "code": "text",
        "status": "text",
        "procedure": "text",
        "applicant": "text",
        "id_number": "text",
        "received_at": "int",
        "due_at": "int",
        "returned_at": "int",
        "needs_look": "int",
        "events": "int",
    },
    "event": {"dossier": "int", "log": "int", "seq": "int"},
    "projection_error": {"log": "bytes", "seq": "int", "dossier": "text", "reason": "text", "at": "int"},
}
"""Columns by table, in order; all of them NOT NULL. A backup copies exactly these."""

KEYS: dict[str, str] = {
    "log": "log",
    "frame": "log, first",
    "device": "kid",
    "slot": "slot",
    "quarantine": "digest",
    "redaction": "log, seq",
    "blob": "scope, sha",
    "blob_piece": "scope, sha, start",
    "account": "name",
    "visit": "token",
    "meta": "key",
    "lockout": "account, address",
    "audit": "n",
    "dossier_key": "n",
    "dossier": "n",
    "event": "dossier, log, seq",
    "projection_error": "log, seq, dossier",
}


def key_of(table: str) -> list[str]:
    """The columns of a table's key, in order."""
    return [name.strip() for name in KEYS[table].split(",")]


PROJECTIONS = ("dossier_key", "dossier", "event", "projection_error")

INDEXES = (
    "CREATE INDEX log_scope ON log(scope)",
    "CREATE INDEX log_kid ON log(kid)",
    "CREATE UNIQUE INDEX log_n ON log(n)",
    "CREATE UNIQUE INDEX log_open ON log(scope) WHERE is_open = 1",
    "CREATE INDEX frame_waiting ON frame(received_at, log, first) WHERE projected = 0",
    "CREATE INDEX quarantine_sender ON quarantine(sender)",
    "CREATE INDEX quarantine_log ON quarantine(log)",
    "CREATE INDEX device_unit ON device(unit)",
    "CREATE UNIQUE INDEX dossier_key_id ON dossier_key(unit, id)",
    "CREATE INDEX dossier_code ON dossier(code)",
    "CREATE INDEX dossier_received ON dossier(received_at, n)",
)


ONLY_GROWS = "audit"
"""The table of which no row may change or go; each storage says so in its own words when version 2 makes it."""
_SECOND = ("lockout", "audit")


def statements(words: dict[str, str], *, strict: str) -> list[str]:
    """What makes the tables of the first version; `words` are a storage's own for bytes, int, text."""
    return [*_tables([table for table in TABLES if table not in _SECOND], words, strict), *INDEXES]


def _second(words: dict[str, str], *, strict: str) -> list[str]:
    return _tables(_SECOND, words, strict)


def _tables(names: Iterable[str], words: dict[str, str], strict: str) -> list[str]:
    made = []
    for table in names:
        listed = ", ".join(f"{name} {words[kind]} NOT NULL" for name, kind in TABLES[table].items())
        made.append(f"CREATE TABLE {table}({listed}, PRIMARY KEY({KEYS[table]})){strict}")
    return made


def _third(_words: dict[str, str], **_: str) -> list[str]:
    """Nothing but the number: programs before it would write in the clear, and must not open what is encrypted."""
    return []


STEPS = (statements, _second, _third)
"""What brings the tables from each version to the next."""
