"""Fees of the dossiers received in a span of days, by dossier; what nobody knows yet stands as not known."""

from __future__ import annotations

from datetime import date

from desk_app.domain.report import Cell, Column
from desk_app.services.desk.desk import Desk
from desk_app.services.dossiers import signers
from desk_app.services.reports.kind import ReportKind
from desk_app.store.queries import registers


def _rows(desk: Desk, first: date, last: date) -> list[dict[str, Cell]]:
    found = registers.received_between(desk.db, first, last)
    told = signers.who_received(desk, [row.id for row in found])
    return [
        {
            "code": row.code,
            "applicant": row.applicant,
            "procedure": row.procedure_name,
            "received": row.received_at,
            "fee": row.fee,
            "clerk": told.get(row.id, row.clerk),
        }
        for row in found
    ]


DAY_FEES = ReportKind(
    name="day-fees",
    title="Phí, lệ phí theo hồ sơ tiếp nhận",
    form="bao-cao-phi",
    columns=(
        Column(key="code", title="Mã hồ sơ"),
        Column(key="applicant", title="Người nộp"),
        Column(key="procedure", title="Thủ tục"),
        Column(key="received", title="Tiếp nhận", kind="moment"),
        Column(key="fee", title="Phí, lệ phí (đồng)", kind="money", is_summed=True),
        Column(key="clerk", title="Người tiếp nhận"),
    ),
    rows=_rows,
)
