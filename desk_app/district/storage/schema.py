"""The district's tables, once for both storages. What was released is never changed here, only added to.

{bytes} and {int} are the words of each storage; {strict} makes SQLite keep to them.
"""

from __future__ import annotations

from collections.abc import Iterable

from desk_app.district.storage.derived.derived_tables import DERIVED, DERIVED_KEYS

VERSION = 9

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
} | DERIVED
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
} | DERIVED_KEYS


def key_of(table: str) -> list[str]:
    """The columns of a table's key, in order."""
    return [name.strip() for name in KEYS[table].split(",")]


PROJECTIONS = tuple(DERIVED)

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
_FOURTH = ("dossier_tally", "dossier_word", "dossier_held")
_SIXTH = ("message_waiting",)
_SEVENTH = ("dossier_place",)
_EIGHTH = ("suspension_counting",)
_NINTH = ("payment", "cash_count", "message")
_NINTH_INDEXES = (
    "CREATE INDEX payment_day ON payment(day, unit, desk, way, receipt, amount)",
    "CREATE INDEX payment_list ON payment(day, unit, at, n, place)",
    "CREATE INDEX cash_count_day ON cash_count(day, unit, desk)",
    "CREATE INDEX message_state ON message(sending, queued_at, n, place, unit)",
)
_LATER = (*_SECOND, *_FOURTH, *_SIXTH, *_SEVENTH, *_EIGHTH, *_NINTH)
_FOURTH_INDEXES = (
    "CREATE INDEX dossier_unit ON dossier(unit, status, received_at, n)",
    "CREATE INDEX dossier_held_erased ON dossier_held(n) WHERE length(digest) = 0",
    "CREATE INDEX dossier_status ON dossier(status, received_at, n)",
    "CREATE INDEX quarantine_waiting ON quarantine(at, digest) WHERE settled_at = 0",
    "CREATE INDEX quarantine_author ON quarantine(author) WHERE settled_at = 0",
    "CREATE INDEX quarantine_reason ON quarantine(reason, author)",
    "CREATE INDEX projection_error_at ON projection_error(at, log, seq)",
    "CREATE INDEX projection_error_dossier ON projection_error(dossier)",
    "CREATE INDEX audit_account ON audit(account, n)",
)


def statements(words: dict[str, str], *, strict: str) -> list[str]:
    """What makes the tables of the first version; `words` are a storage's own for bytes, int, text."""
    first = [table for table in TABLES if table not in _LATER]
    return [*_tables(first, words, strict), *INDEXES]


def _second(words: dict[str, str], *, strict: str) -> list[str]:
    return _tables(_SECOND, words, strict)


def _third(_words: dict[str, str], **_: str) -> list[str]:
    """Nothing but the number: programs before it would write in the clear, and must not open what is encrypted."""
    return []


def _fourth(words: dict[str, str], *, strict: str) -> list[str]:
    return [
        *_tables(_FOURTH, words, strict),
        *_FOURTH_INDEXES,
        "INSERT INTO dossier_tally(unit, status, n) SELECT unit, status, COUNT(*) FROM dossier GROUP BY unit, status",
    ]


def _fifth(words: dict[str, str], *, strict: str) -> list[str]:
    """The index of names in another form; its marks make it be filled anew (`district.search.debt`)."""
    return ["DROP TABLE dossier_word", *_tables(["dossier_word"], words, strict)]


def _sixth(words: dict[str, str], *, strict: str) -> list[str]:
    return _tables(_SIXTH, words, strict)


def _seventh(words: dict[str, str], *, strict: str) -> list[str]:
    return [*_tables(_SEVENTH, words, strict), "CREATE INDEX dossier_place_group ON dossier_place(group_id)"]


def _eighth(words: dict[str, str], *, strict: str) -> list[str]:
    """Suspended dossiers are read again: a program before this did not know whose time runs."""
    return [
        *_tables(_EIGHTH, words, strict),
        (
            "UPDATE frame SET projected = 0 WHERE (log, first) IN (SELECT frame.log, frame.first FROM dossier"
            " JOIN event ON event.dossier = dossier.n JOIN log ON log.n = event.log"
            " JOIN frame ON frame.log = log.log AND frame.first <= event.seq AND frame.last >= event.seq"
            " WHERE dossier.status = 'suspended')"
        ),
    ]


def _ninth(words: dict[str, str], *, strict: str) -> list[str]:
    return [*_tables(_NINTH, words, strict), *_NINTH_INDEXES]


def _tables(names: Iterable[str], words: dict[str, str], strict: str) -> list[str]:
    made = []
    for table in names:
        listed = ", ".join(f"{name} {words[kind]} NOT NULL" for name, kind in TABLES[table].items())
        made.append(f"CREATE TABLE {table}({listed}, PRIMARY KEY({KEYS[table]})){strict}")
    return made


STEPS = (statements, _second, _third, _fourth, _fifth, _sixth, _seventh, _eighth, _ninth)
"""What brings the tables from each version to the next."""
