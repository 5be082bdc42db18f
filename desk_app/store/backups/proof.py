"""Proves a copy by what it holds itself: pages, chains, columns, and that its events make the rows the desk shows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING

from desk_app.lazy import lazy
from desk_app.protocol.event_body import columns_of, first_hash, is_hole, next_hash
from desk_app.store.backups.backup_tables import BaseMarks
from desk_app.store.backups.increment import holds
from desk_app.store.database.database import DeskDatabase
from desk_app.store.journal.check import window_problems
from desk_app.store.journal.rebuild import Folded, folded, without_garbage_looks

if TYPE_CHECKING:
    from desk_app.store.peers import writers
else:
    writers = lazy("desk_app.store.peers.writers")

Heads = Mapping[str, tuple[int, str]]
"""Of logs (name in hex) a number and the hash in hex of the event of that number."""
_CHUNK = 5000
_SEARCHED = 16
_TERMS = 8
"""Of so many touched dossiers so many search terms are looked up: the copy holds none, a restore makes them anew."""


def increment_problems(db: DeskDatabase, marks: BaseMarks, before: Heads) -> list[str]:
    """What is wrong with the increment that `db` holds, inside `increment.begun` with the desk and the base.

    `before` is where the increment that was made last to the same base ends: the rows of what it brings held true then,
    so rows are looked at behind it (docs/decisions/0234). Pages and chains are looked at from the base on: they are
    written anew.
    """
    problems = [f"Tệp sao lưu: {what}" for (what,) in db.all("PRAGMA main.cipher_integrity_check")]
    problems += [f"Cấu trúc: {what}" for (what,) in db.all("PRAGMA main.integrity_check") if what != "ok"]
    problems += _chain_problems(db, marks)
    if problems:
        return problems
    with without_garbage_looks():
        return _row_problems(db, touched(db, before))


def touched(db: DeskDatabase, before: Heads) -> list[str]:
    """The dossiers, by id, whose rows the increment's events behind `before` change; "" stands for the office's facts.

    Of a log that does not go on from where `before` says, all events count.
    """
    found: set[str] = set()
    for number, name in db.all("SELECT id, name FROM main.log ORDER BY id"):
        seq, head = before.get(name.hex(), (0, ""))
        there = db.one("SELECT hash FROM main.event WHERE log = ? AND seq = ?", (number, seq))
        after = seq if there is not None and there[0].hex() == head else 0
        rows = db.all("SELECT DISTINCT dossier FROM main.event WHERE log = ? AND seq > ?", (number, after))
        found.update(dossier for (dossier,) in rows)
    return sorted(found)


def _chain_problems(db: DeskDatabase, marks: BaseMarks) -> list[str]:
    problems = []
    for number, name, head, last in db.all("SELECT id, name, head, last_seq FROM main.log ORDER BY id"):
        _, seq, text = marks.logs.get(name.hex(), (number, 0, first_hash(name).hex()))
        digest = bytes.fromhex(text)
        for found, body, stored, *told in _events(db, number):
            digest = stored if is_hole(body) else next_hash(digest, body.encode())
            if found != seq + 1 or digest != stored or tuple(told) != columns_of(body):
                problems.append(f"Sổ {name.hex()[:8]}: việc số {found} không khớp với chuỗi.")
            digest, seq = stored, found
        if (seq, digest) != (last, head):
            problems.append(f"Sổ {name.hex()[:8]}: chỗ ghi cuối không khớp với các việc đã chép.")
    return problems


def _events(db: DeskDatabase, log: int) -> Iterator[tuple[int, str, bytes, object]]:
    after = 0
    sql = (
        "SELECT seq, body, hash, dossier, kind, lamport, at, clock_offset, author FROM main.event"
        " WHERE log = ? AND seq > ? ORDER BY seq LIMIT ?"
    )
    while rows := db.all(sql, (log, after, _CHUNK)):
        yield from rows
        after = rows[-1][0]


def _row_problems(db: DeskDatabase, dossiers: list[str]) -> list[str]:
    """These dossiers folded from the base's events and the increment's, beside the rows of the desk.

    The base lies on a slow stick: of a dossier whose events are all in the increment, as the desk itself knows, nothing
    is looked for in the base.
    """
    aside = "main" if holds(db, "orphan") else "base"
    sql = f"""
        SELECT ?1, one.n, log.name, one.seq, one.body FROM (
            SELECT n, log, seq, body FROM base.event WHERE dossier = ?1 AND ?2
            UNION ALL SELECT n, log, seq, body FROM main.event WHERE dossier = ?1
            UNION ALL SELECT n, log, seq, body FROM {aside}.orphan WHERE dossier = ?1 AND settled = 0
        ) one JOIN main.log ON log.id = one.log
    """
    erased = {row for (row,) in db.all(f"SELECT hash FROM {'main' if holds(db, 'redaction') else 'base'}.redaction")}
    known = cache(lambda: writers.writers(db))
    found: list[Folded] = []
    for dossier in dossiers:
        rows = db.all(sql, (dossier, _has_earlier(db, dossier))) if dossier else []
        if erased and any(_is_erased(db, row, erased) for row in rows):
            continue  # erased since the base was made: the replay erases it, the desk has erased it
        made = folded(db, rows, known) if rows else None
        if made is not None:
            found.append(made)
    found.sort(key=lambda one: one[0])
    searched = {number for number, _ in found[:: max(1, len(found) // _SEARCHED)]}
    problems: list[str] = []
    for window, run in _runs(found):
        problems += window_problems(db, window, run, searched=searched, most_terms=_TERMS)
    return problems


def _has_earlier(db: DeskDatabase, dossier: str) -> bool:
    """Whether the desk has events of this dossier that the increment does not carry."""
    here, carried = (f"(SELECT count(*) FROM {schema}.event WHERE dossier = ?1)" for schema in ("desk", "main"))
    return db.all(f"SELECT {here} <> {carried}", (dossier,)) == [(1,)]


def _runs(found: list[Folded]) -> Iterator[tuple[range, list[Folded]]]:
    """Dossiers whose numbers follow one on another, by number: what one look at the rows takes in."""
    run: list[Folded] = []
    for one in found:
        if run and one[0] != run[-1][0] + 1:
            yield range(run[0][0], run[-1][0] + 1), run
            run = []
        run.append(one)
    if run:
        yield range(run[0][0], run[-1][0] + 1), run


def _is_erased(db: DeskDatabase, row: tuple[str, int, bytes, int, str], erased: set[bytes]) -> bool:
    found = db.one(
        "SELECT event.hash FROM desk.event JOIN desk.log ON log.id = event.log WHERE log.name = ? AND event.seq = ?",
        (row[2], row[3]),
    )
    return found is not None and found[0] in erased
