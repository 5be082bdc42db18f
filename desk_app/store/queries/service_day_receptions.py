"""Dossiers that were received under a service day, with what their reception keeps of it."""

from __future__ import annotations

from datetime import date

from desk_app.domain.calendar.moments import span_of
from desk_app.domain.dossiers.events import Received
from desk_app.domain.handling import results
from desk_app.domain.service_days.day_count import CountedReception
from desk_app.protocol.event_body import event_of
from desk_app.store.database.database import DeskDatabase
from desk_app.store.journal import journal

_UNDER_A_DAY = """
    SELECT d.received_at, d.due_at, d.returned_at, coalesce(v.title, d.procedure), log.name, event.seq, event.body,
           d.dossier, EXISTS (
               SELECT 1 FROM event back WHERE back.dossier = d.dossier AND back.kind = 'step'
               AND instr(back.body, '"action":"annul"') > 0
           )
    FROM dossier d JOIN event ON event.n = d.id JOIN log ON log.id = event.log
    LEFT JOIN procedure_version v ON v.code = d.procedure AND v.version = d.procedure_version
    WHERE d.received_at >= ? AND d.received_at < ? AND instr(event.body, '"service_days"') > 0
    ORDER BY d.received_at, d.id
"""


def received_between(db: DeskDatabase, first: date, last: date) -> list[CountedReception]:
    """Those received on these days of Vietnam, both included, the earliest first."""
    start, end = span_of(first, last)
    found = []
    for received_at, due_at, returned_at, name, log, seq, body, dossier, is_annulled in db.all(
        _UNDER_A_DAY, (start, end)
    ):
        left = results.hand_outs(journal.dossier(db, dossier))[:1] if is_annulled else ()
        payload = event_of(log.hex(), seq, body).payload
        if isinstance(payload, Received) and payload.service_days:
            found.append(
                CountedReception(
                    received_at=received_at,
                    due_at=due_at,
                    returned_at=left[0] if left else returned_at,
                    procedure=name,
                    service_days=payload.service_days,
                )
            )
    return found
