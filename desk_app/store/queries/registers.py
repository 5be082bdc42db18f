"""What registers and reports ask: dossiers of a span of days with their lines."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from desk_app.domain.calendar.moments import span_of
from desk_app.domain.worklists.ratios import DueRow, RatioBy
from desk_app.store.database.database import DeskDatabase
from desk_app.store.queries.dossiers import DossierSummary

_RECEIVED = """
    SELECT d.code, d.applicant, coalesce(v.title, d.procedure), d.status, d.received_at, d.due_at, d.returned_at,
           d.clerk, r.first_due_at, r.result, r.fee, r.return_by, r.apologies, r.completions, r.channel,
           d.id
    FROM dossier d JOIN register_line r ON r.dossier = d.id
    LEFT JOIN procedure_version v ON v.code = d.procedure AND v.version = d.procedure_version
    WHERE d.received_at >= ? AND d.received_at < ? ORDER BY d.received_at, d.id
"""
_DUE = """
    SELECT d.id, d.status, d.due_at, r.ready_at, r.ended_at, coalesce(v.title, d.procedure), r.unit, d.clerk,
           coalesce(w.counts, 0)
    FROM dossier d INDEXED BY dossier_due_all JOIN register_line r ON r.dossier = d.id
    LEFT JOIN procedure_version v ON v.code = d.procedure AND v.version = d.procedure_version
    LEFT JOIN work_line w ON w.dossier = d.id
    WHERE d.due_at > 0 AND d.due_at >= ? AND d.due_at < ? ORDER BY d.due_at, d.id
"""


class RegisterRow(DossierSummary, frozen=True, kw_only=True):
    """A dossier as registers read it; `fee` None while unknown, `id` the row of the dossier."""

    first_due_at: int
    result: str
    fee: int | None
    return_by: str
    apologies: int
    completions: int
    channel: str
    id: int


def received_between(db: DeskDatabase, first: date, last: date) -> list[RegisterRow]:
    """Dossiers received on these days of Vietnam, both included, the earliest first."""
    start, end = span_of(first, last)
    names = RegisterRow.__struct_fields__
    return [RegisterRow(**dict(zip(names, row, strict=True))) for row in db.all(_RECEIVED, (start, end))]


def ids_received(db: DeskDatabase, start: int, end: int, *, procedures: Sequence[str]) -> list[str]:
    """The ids of dossiers of these procedures received from `start` up to `end` (UTC ms), the earliest first."""
    marks = ",".join("?" * len(procedures))
    sql = (
        "SELECT dossier FROM dossier WHERE received_at >= ? AND received_at < ?"
        f" AND procedure IN ({marks}) ORDER BY received_at, id"
    )
    return [found for (found,) in db.all(sql, (start, end, *procedures))]


def ready_for(db: DeskDatabase, return_by: str) -> list[str]:
    """The codes of dossiers whose result is ready and leaves this way, the longest waiting first."""
    sql = (
        "SELECT d.code FROM dossier d JOIN register_line r ON r.dossier = d.id"
        " WHERE d.status = 'result_ready' AND r.return_by = ? ORDER BY r.ready_at, d.id"
    )
    return [code for (code,) in db.all(sql, (return_by,))]


def due_between(db: DeskDatabase, start: int, end: int, *, own_unit: str) -> list[DueRow]:
    """From `start` up to `end` (UTC ms), the earliest first; `own_unit` names the desk for what went nowhere else."""
    found = []
    for number, status, due, ready, ended, procedure, unit, clerk, counts in db.all(_DUE, (start, end)):
        met = min((moment for moment in (ready, ended) if moment), default=0)
        by = {RatioBy.PROCEDURE.value: procedure, RatioBy.UNIT.value: unit or own_unit, RatioBy.CLERK.value: clerk}
        found.append(DueRow(id=number, status=status, due_at=due, met_at=met, by=by, counts=bool(counts)))
    return found
