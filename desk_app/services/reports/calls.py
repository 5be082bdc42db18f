"""Report: whom somebody must telephone, with the number and what to say."""

from __future__ import annotations

from datetime import date

from desk_app.domain.report import Cell, Column
from desk_app.services.desk.desk import Desk
from desk_app.services.messages import calling
from desk_app.services.reports.kind import ReportKind


def _rows(desk: Desk, _first: date, _last: date) -> list[dict[str, Cell]]:
    return [
        {
            "code": line.code,
            "applicant": line.applicant,
            "phone": line.phone or "không có số",
            "about": line.about.label,
            "words": line.words,
            "since": line.since_at,
            "tries": line.tries,
        }
        for line in calling.call_list(desk)
    ]


CALLS = ReportKind(
    name="calls",
    title="Danh sách gọi điện báo người dân",
    form="danh-sach-goi-dien",
    columns=(
        Column(key="code", title="Mã hồ sơ"),
        Column(key="applicant", title="Người nộp"),
        Column(key="phone", title="Điện thoại"),
        Column(key="about", title="Báo việc"),
        Column(key="words", title="Lời báo"),
        Column(key="since", title="Từ lúc", kind="moment"),
        Column(key="tries", title="Đã gọi", kind="count"),
    ),
    rows=_rows,
    is_of_now=True,
)
