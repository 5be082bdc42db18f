"""Results that are ready and go to the citizen's home: the list for whoever goes."""

from __future__ import annotations

from datetime import date

from desk_app.domain.dossiers.dossier import Dossier
from desk_app.domain.handling.ways_out import WayOut
from desk_app.domain.report import Cell, Column
from desk_app.services.catalogue import procedure_versions
from desk_app.services.desk.desk import Desk
from desk_app.services.reports.kind import ReportKind
from desk_app.store.queries import dossiers, registers


def _row(desk: Desk, kept: Dossier) -> dict[str, Cell]:
    applicant = kept.applicant
    return {
        "code": kept.code,
        "applicant": applicant.full_name,
        "address": applicant.residence,
        "phone": applicant.phone,
        "procedure": procedure_versions.procedure_of(desk, kept).title,
        "result": kept.result,
    }


def _rows(desk: Desk, _first: date, _last: date) -> list[dict[str, Cell]]:
    found = registers.ready_for(desk.db, WayOut.HOME)
    return [_row(desk, dossiers.by_code(desk.db, code)) for code in found]


VISITS = ReportKind(
    name="visits",
    title="Kết quả chờ trả tại nhà",
    form="bao-cao-tra-tai-nha",
    columns=(
        Column(key="code", title="Mã hồ sơ"),
        Column(key="applicant", title="Người nộp"),
        Column(key="address", title="Nơi ở"),
        Column(key="phone", title="Điện thoại"),
        Column(key="procedure", title="Thủ tục"),
        Column(key="result", title="Kết quả"),
    ),
    rows=_rows,
    is_of_now=True,
)
