"""What all desks of a commune hold alike (names, hours, pattern of codes): a projection of the events that set it."""

from __future__ import annotations

from itertools import groupby

from desk_app.domain.dossiers.events import OfficeChanged, Recorded
from desk_app.protocol.event_body import event_of
from desk_app.store.database.database import DeskDatabase

_TAKE = """
    INSERT INTO office_fact(key, value, lamport, log) VALUES(?,?,?,?)
    ON CONFLICT(key) DO UPDATE SET value = excluded.value, lamport = excluded.lamport, log = excluded.log
    WHERE (excluded.lamport, excluded.log) > (office_fact.lamport, office_fact.log)
"""
_EVENTS = """
    SELECT log.name, one.seq, one.body FROM (
        SELECT log, seq, kind, body FROM event WHERE dossier = ''
        UNION ALL SELECT log, seq, kind, body FROM orphan WHERE dossier = '' AND settled = 0
    ) one JOIN log ON log.id = one.log WHERE one.kind = 'office'
"""


def take(db: DeskDatabase, event: Recorded) -> None:
    """Let an event set what it sets, where no later one has; any other event changes nothing."""
    if isinstance(event.payload, OfficeChanged):
        rows = [(key, value, event.lamport, event.log) for key, value in event.payload.values.items()]
        db.many(_TAKE, rows)


def rebuild(db: DeskDatabase) -> None:
    """Make the projection anew; inside `unit_of_work`."""
    db.execute("DELETE FROM office_fact")
    for name, seq, body in db.all(_EVENTS):
        take(db, event_of(name.hex(), seq, body))


def in_order(db: DeskDatabase) -> list[dict[str, str]]:
    """The JSON texts that hold, by key: those of one event together, the latest event last."""
    rows = db.all("SELECT lamport, log, key, value FROM office_fact ORDER BY lamport, log, key")
    return [{key: value for *_, key, value in one} for _, one in groupby(rows, key=lambda row: row[:2])]
