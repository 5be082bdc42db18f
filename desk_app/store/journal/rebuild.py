"""Makes every projection anew from the journal: exactly the rows that incremental writing left."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING

from desk_app.domain.dossiers.dossier import Dossier, fold
from desk_app.domain.dossiers.events import Received
from desk_app.domain.history.founding import Writers
from desk_app.lazy import lazy
from desk_app.protocol.event_body import event_of
from desk_app.store.database.database import DeskDatabase, unit_of_work
from desk_app.store.database.schema import PROJECTION_INDEXES
from desk_app.store.journal import rows as journal_rows
from desk_app.store.projections import of_no_dossier, placements, projections

if TYPE_CHECKING:
    from desk_app.store.peers import writers
else:
    writers = lazy("desk_app.store.peers.writers")

_WINDOW = 10_000
_CACHE_KIB = 64_000
_SELECT = """
    WITH one AS (
        SELECT dossier, n, log, seq, kind, body FROM event
        UNION ALL SELECT dossier, n, log, seq, kind, body FROM orphan WHERE settled = 0
    )
    SELECT one.dossier, one.n, log.name, one.seq, one.body FROM one JOIN log ON log.id = one.log
    WHERE one.dossier IN (SELECT dossier FROM one WHERE kind = 'received' AND n > ? AND n <= ?)
    ORDER BY one.dossier
"""
Folded = tuple[int, Dossier]


def rebuild(db: DeskDatabase) -> int:
    """Empty and fill the projections in one transaction; how many dossiers there are."""
    total = 0
    with unit_of_work(db), without_garbage_looks(), _large_cache(db):
        for index in PROJECTION_INDEXES:
            db.execute(f"DROP INDEX IF EXISTS {index}")
        db.execute("DELETE FROM dossier")
        db.execute("DELETE FROM person")
        db.execute("DELETE FROM attachment")
        db.execute("DELETE FROM further_people")
        db.execute("DELETE FROM register_line")
        db.execute("DELETE FROM work_line")
        placements.clear(db)
        db.execute("DELETE FROM payment")
        for _, window in folded_windows(db):
            projections.add_rows(db, iter(window))
            total += len(window)
        for statement in PROJECTION_INDEXES.values():
            db.execute(statement)
        projections.index_all(db)
        of_no_dossier.rebuild(db)
    return total


@contextmanager
def without_garbage_looks() -> Iterator[None]:
    """Python does not look for garbage in between: folding makes objects by the thousand, and none of them in circles.

    Its looks would take a third of the time.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


@contextmanager
def _large_cache(db: DeskDatabase) -> Iterator[None]:
    """More pages in memory meanwhile: each one that is read or written again is decrypted or encrypted again."""
    ((before,),) = db.all("PRAGMA cache_size")
    db.execute(f"PRAGMA cache_size=-{_CACHE_KIB}")
    try:
        yield
    finally:
        db.execute(f"PRAGMA cache_size={int(before)}")


def last_number(db: DeskDatabase) -> int:
    """The number of the newest event, 0 before the first; an event set aside keeps its own."""
    ((last,),) = db.all(
        "SELECT max(coalesce((SELECT max(n) FROM event), 0),"
        " coalesce((SELECT max(n) FROM orphan WHERE settled = 0), 0))"
    )
    return int(last)


def folded_windows(db: DeskDatabase, *, after: int = 0) -> Iterator[tuple[range, list[Folded]]]:
    """Dossiers by the number of their reception, folded, in windows of the journal: a million are too many at once."""
    known = cache(lambda: writers.writers(db))
    for start in range(after, last_number(db), _WINDOW):
        rows = db.all(_SELECT, (start, start + _WINDOW))
        window = range(start + 1, start + _WINDOW + 1)
        dossiers = [folded(db, list(events), known) for _, events in groupby(rows, key=lambda row: row[0])]
        # A dossier received twice counts by the first reception, which may lie in another window.
        yield window, sorted((one for one in dossiers if one is not None and one[0] in window), key=lambda one: one[0])


def folded(
    db: DeskDatabase, rows: list[tuple[str, int, bytes, int, str]], known: Callable[[], Writers] | None = None
) -> Folded | None:
    """One dossier of its events (dossier, number, log, number in it, line); None without a reception."""
    events = [(number, event_of(name.hex(), seq, body), body) for _, number, name, seq, body in rows]
    numbered = journal_rows.in_order(db, events, known)
    received = [number for number, event in numbered if isinstance(event.payload, Received)]
    return (received[0], fold(event for _, event in numbered)) if received else None
