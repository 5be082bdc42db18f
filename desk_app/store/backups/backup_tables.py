"""Which tables an increment carries, and how much of each. What the events say again is left out: it is made anew."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import blake2b
from itertools import zip_longest

from msgspec import Struct

from desk_app.store.database.database import DeskDatabase
from desk_app.store.database.schema import FILE_BLOCK

OF_LOGS = ("event", "checkpoint")
"""Rows numbered in a log: those behind the last number that the base holds of it."""
GROWING = ("number_used", "access")
"""Rows that nobody changes: those behind the last `n` that the base holds."""
WHOLE = (
    "log", "setting", "day", "procedure_version", "draft", "unit_change", "account", "receipt", "day_seal", "orphan",
    "redaction", "device", "sync_state", "set_aside", "announcement", "secret",
)  # fmt: skip
"""Small tables, carried whole where they differ from the base."""
IN_BLOCKS = ("file",)
"""Tables of many rows, each numbered by `n`, of which old ones seldom change: carried are the blocks of numbers that
changed since the base, as triggers note in `file_stamp`, and beside them, in a table of their own (`blocks_of`), which
numbers these are.
"""
MADE_ANEW = (
    "dossier", "person", "tally", "further_people", "search_debt", "register_line", "work_line", "office_fact",
    "old_import", "old_record", "attachment", "search", "held", "linked", "payment", "file_stamp",
)  # fmt: skip
OF_THE_BASE = ("program", "_sqlite_migrations")
"""Which program made the tables: an increment has the same tables as its base."""
ALWAYS = frozenset({"log", "device"})
"""What the proof of an increment asks for."""
_AT_ONCE = 5000


class BaseMarks(Struct, frozen=True, kw_only=True):
    """Where a base ends: of each log (name in hex) its row, last number and last hash in hex; the last `n` of what
    grows; a keyed hash of each small table; of each table in blocks the stamp of each block in hex, "" for none.
    `damaged` are the files (`n`) that the base lacks because the desk itself had lost them; `file_sums` how many whole
    files each block tells of, and their bytes as they lie sealed.
    """

    logs: dict[str, tuple[int, int, str]]
    grown: dict[str, int]
    prints: dict[str, str]
    blocks: dict[str, tuple[str, ...]] = {}
    damaged: tuple[int, ...] = ()
    file_sums: tuple[tuple[int, int], ...] = ()


def marks_of(db: DeskDatabase) -> BaseMarks:
    """The marks of the base that `db` reads."""
    rows = db.all("SELECT name, id, last_seq, head FROM log ORDER BY id")
    return BaseMarks(
        logs={name.hex(): (number, seq, head.hex()) for name, number, seq, head in rows},
        grown={table: db.all(f"SELECT coalesce(max(n), 0) FROM {table}")[0][0] for table in GROWING},
        prints={table: table_print(db, table) for table in WHOLE},
        blocks={table: tuple(_block_stamps(db, table)) for table in IN_BLOCKS},
    )


class LogEnd(Struct, frozen=True):
    """A log by its name in hex, its last number, its last hash in hex, its receptions."""

    log: str
    seq: int
    head: str
    receptions: int


def ends_of(db: DeskDatabase) -> list[LogEnd]:
    """Where every log ends in the base or increment that `db` reads."""
    rows = db.all("SELECT name, last_seq, head, receptions FROM main.log ORDER BY id")
    return [LogEnd(name.hex(), seq, head.hex(), receptions) for name, seq, head, receptions in rows]


def is_continued(db: DeskDatabase, marks: BaseMarks) -> bool:
    """Whether every log of the base still stands in `db`, unchanged up to where the base ends."""
    for name, (number, seq, head) in marks.logs.items():
        log = db.one("SELECT id, last_seq, head FROM log WHERE name = ?", (bytes.fromhex(name),))
        if log is None or log[0] != number or log[1] < seq:
            return False
        there = db.one("SELECT hash FROM event WHERE log = ? AND seq = ?", (number, seq)) if seq else None
        if seq and (there is None or there[0].hex() != head):
            return False
    return True


def table_print(db: DeskDatabase, table: str, schema: str = "main") -> str:
    """A keyed hash of all rows of a table, in the order of their keys."""
    hashed = blake2b(key=db.derived_key(b"backup marks"), digest_size=16)
    for row in _rows(db, table, schema):
        hashed.update(repr(row).encode())
    return hashed.hexdigest()


def _block_stamps(db: DeskDatabase, table: str, schema: str = "main") -> list[str]:
    """The stamp of each block, the first block first."""
    found = dict(db.all(f"SELECT block, stamp FROM {schema}.{table}_stamp"))
    return [found.get(block, b"").hex() for block in range(max(found, default=-1) + 1)]


def changed_blocks(db: DeskDatabase, marks: BaseMarks, table: str, schema: str) -> list[range]:
    """The numbers of the blocks of the table that changed since the base that `marks` tells of."""
    pairs = zip_longest(_block_stamps(db, table, schema), marks.blocks.get(table, ()), fillvalue="")
    return [
        range(at * FILE_BLOCK + 1, (at + 1) * FILE_BLOCK + 1) for at, (now, then) in enumerate(pairs) if now != then
    ]


def blocks_of(table: str) -> str:
    """The table of an increment that names the numbers of the blocks which it carries, `first` and `last` of each."""
    return f"{table}_block"


def sums_with(marks: BaseMarks, carried: list[range], sums: tuple[int, int]) -> tuple[int, int]:
    """How many whole files base and increment tell of together, and their bytes.

    `sums` are those of the blocks carried; the other blocks stand as the base tells of them.
    """
    gone = {(block.start - 1) // FILE_BLOCK for block in carried}
    left = [each for number, each in enumerate(marks.file_sums) if number not in gone]
    return sums[0] + sum(count for count, _ in left), sums[1] + sum(size for _, size in left)


def carried_blocks(db: DeskDatabase, table: str) -> list[range]:
    """The numbers of the blocks of this table that the increment in `db` carries."""
    rows = db.all(f"SELECT first, last FROM main.{blocks_of(table)} ORDER BY first")
    return [range(first, last + 1) for first, last in rows]


def columns(db: DeskDatabase, table: str, schema: str = "main") -> list[str]:
    """The names of a table's columns, none where there is no such table."""
    return [row[1] for row in db.all(f"PRAGMA {schema}.table_info({table})")]


def _rows(db: DeskDatabase, table: str, schema: str) -> Iterator[tuple[object, ...]]:
    keys = [(row[5], row[1]) for row in db.all(f"PRAGMA {schema}.table_info({table})") if row[5]]
    order = ", ".join(name for _, name in sorted(keys))
    at = 0
    while rows := db.all(f"SELECT * FROM {schema}.{table} ORDER BY {order} LIMIT {_AT_ONCE} OFFSET {at}"):
        yield from rows
        at += len(rows)
