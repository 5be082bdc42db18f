"""The rows of old records and of the imports that brought them, made from the events alone, in whatever order."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

import msgspec

from desk_app.domain.dossiers.events import OldRecordsBrought, OldRecordsTakenBack, Recorded
from desk_app.domain.dossiers.numbering import payload as code_key
from desk_app.domain.history import owned_ids
from desk_app.domain.history.founding import Writers
from desk_app.domain.name_words import name_words
from desk_app.domain.old_records.record import DOSSIERS, PEOPLE, OldRecord, records_of
from desk_app.lazy import lazy
from desk_app.protocol.event_body import event_of
from desk_app.store.database.database import DeskDatabase

if TYPE_CHECKING:
    from desk_app.store.peers import writers
else:
    writers = lazy("desk_app.store.peers.writers")

_TAKE = """
    INSERT INTO old_import(id, what, source, rows, total, at, author, taken_back_at) VALUES(?,?,?,?,?,?,?,0)
    ON CONFLICT(id) DO UPDATE SET rows = rows + excluded.rows, what = excluded.what, source = excluded.source,
        total = CASE what WHEN '' THEN excluded.total ELSE min(total, excluded.total) END,
        at = CASE what WHEN '' THEN excluded.at ELSE min(at, excluded.at) END, author = excluded.author
"""
_TAKE_BACK = """
    INSERT INTO old_import(id, what, source, rows, total, at, author, taken_back_at) VALUES(?,'','',0,0,0,'',?)
    ON CONFLICT(id) DO UPDATE SET taken_back_at = CASE taken_back_at
        WHEN 0 THEN excluded.taken_back_at ELSE min(taken_back_at, excluded.taken_back_at) END
"""
_INSERT = (
    "INSERT INTO old_record(import, what, line, number, old_number, code_key, words, facts) VALUES(?,?,?,?,?,?,?,?)"
)
_EVENTS = """
    SELECT log.name, one.seq, one.body FROM (
        SELECT log, seq, kind, body FROM event WHERE dossier = ''
        UNION ALL SELECT log, seq, kind, body FROM orphan WHERE dossier = '' AND settled = 0
    ) one JOIN log ON log.id = one.log WHERE one.kind IN ('old_records', 'old_records_back')
    ORDER BY log.name, one.seq
"""
_encode = msgspec.json.Encoder().encode


def take(db: DeskDatabase, event: Recorded, known: Callable[[], Writers] | None = None) -> None:
    """Let an event bring its records or take back an import; any other event changes nothing. `known` looks up the
    writers, for whoever takes many.

    A part under the id of another desk's import brings nothing.
    """
    if isinstance(event.payload, OldRecordsBrought):
        if owned_ids.named_by(event) and not owned_ids.counts(event, known() if known else writers.writers(db)):
            return
        _bring(db, event, event.payload)
    elif isinstance(event.payload, OldRecordsTakenBack):
        db.execute(_TAKE_BACK, (event.payload.import_id, max(event.at, 1)))
        db.execute("DELETE FROM old_record WHERE import = ?", (event.payload.import_id,))


def rebuild(db: DeskDatabase) -> None:
    """Make the projection anew; inside `unit_of_work`."""
    db.execute("DELETE FROM old_record")
    db.execute("DELETE FROM old_import")
    known = cache(lambda: writers.writers(db))
    for event in _events(db):
        take(db, event, known)


def problems(db: DeskDatabase) -> list[str]:
    """Where the rows do not hold what the events brought: a sentence for each import."""
    ought: dict[str, int] = {}
    gone: set[str] = set()
    known = writers.writers(db)
    for event in _events(db):
        match event.payload:
            case OldRecordsBrought() if not owned_ids.counts(event, known):
                pass
            case OldRecordsBrought(import_id=import_id, what=what, rows=rows) if what in (PEOPLE, DOSSIERS):
                ought[import_id] = ought.get(import_id, 0) + len(rows)
            case OldRecordsTakenBack(import_id=import_id):
                gone.add(import_id)
            case _:
                pass
    expected = {import_id: count for import_id, count in ought.items() if import_id not in gone}
    stands = dict(db.all("SELECT import, count(*) FROM old_record GROUP BY import"))
    wrong = {one for one in {*expected, *stands} if expected.get(one) != stands.get(one)}
    return [f"Lần nhập dữ liệu cũ {one[:8]}: số dòng không khớp với sổ cái." for one in sorted(wrong)]


def _events(db: DeskDatabase) -> Iterator[Recorded]:
    for name, seq, body in db.all(_EVENTS):
        yield event_of(name.hex(), seq, body)


def _bring(db: DeskDatabase, event: Recorded, part: OldRecordsBrought) -> None:
    """The rows of a part; none where the import was taken back. A kind of record nobody here knows brings none."""
    if part.what not in (PEOPLE, DOSSIERS):
        return
    told = (
        part.import_id,
        part.what,
        part.source,
        len(part.rows),
        part.total,
        part.brought_at or event.at,
        event.author,
    )
    db.execute(_TAKE, told)
    if db.one("SELECT taken_back_at FROM old_import WHERE id = ?", (part.import_id,)) == (0,):
        db.many(_INSERT, [_row(part, record) for record in records_of(part)])


def _row(part: OldRecordsBrought, record: OldRecord) -> tuple[Any, ...]:
    facts = record.facts
    return (
        part.import_id,
        part.what,
        record.line,
        facts.get("id_number", ""),
        facts.get("old_id_number", ""),
        code_key(facts.get("code", "")),
        " ".join(name_words(facts.get("full_name", ""))),
        _encode(facts).decode(),
    )
