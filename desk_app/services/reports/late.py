"""Dossiers past their due moment, the longest overdue first."""

from __future__ import annotations

from datetime import date

from desk_app.domain.calendar.moments import milliseconds
from desk_app.domain.report import Cell, Column
from desk_app.services.desk.desk import Desk
from desk_app.services.dossiers import queries
from desk_app.services.reports.kind import ReportKind
from desk_app.store.queries.dossiers import DossierRow

_DAY_MS = 86_400_000
_MOST = 100_000


def _row(row: DossierRow, now: int) -> dict[str, Cell]:
    return {
        "code": row.code,
        "applicant": row.applicant,
        "procedure": row.procedure_name,
        "received": row.received_at,
        "due": row.due_at,
        "days": (now - row.due_at) // _DAY_MS,
        "clerk": row.clerk,
    }


def _rows(desk: Desk, _first: date, _last: date) -> list[dict[str, Cell]]:
    now = milliseconds(desk.now())
    return [_row(row, now) for row in queries.listed(desk, "late", _MOST)]


LATE = ReportKind(
    name="late",
    title="Hồ sơ quá hạn",
    form="bao-cao-qua-han",
    columns=(
        Column(key="code", title="Mã hồ sơ"),
        Column(key="applicant", title="Người nộp"),
        Column(key="procedure", title="Thủ tục"),
        Column(key="received", title="Tiếp nhận", kind="day"),
        Column(key="due", title="Hẹn trả", kind="moment"),
        Column(key="days", title="Số ngày quá hạn", kind="count"),
        Column(key="clerk", title="Người tiếp nhận"),
    ),
    rows=_rows,
    is_of_now=True,
)
