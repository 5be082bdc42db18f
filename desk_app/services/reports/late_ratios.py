"""Report: how many dossiers that fell due in a span of days were late, by procedure, unit and clerk."""

from __future__ import annotations

from datetime import date

from desk_app.domain.report import Cell, Column
from desk_app.services.desk.desk import Desk
from desk_app.services.reports.kind import ReportKind
from desk_app.services.worklists import late_ratios


def _rows(desk: Desk, first: date, last: date) -> list[dict[str, Cell]]:
    return [
        {
            "by": line.figures.by.label,
            "name": line.figures.name,
            "all": len(line.figures.all),
            "late": len(line.figures.late),
            "percent": line.percent,
            "verdict": line.verdict.label,
            "limits": late_ratios.limits_told(desk),
        }
        for line in late_ratios.lines(desk, first, last)
    ]


LATE_RATIOS = ReportKind(
    name="late-ratios",
    title="Tỉ lệ hồ sơ trễ hạn",
    form="bao-cao-ti-le-tre",
    columns=(
        Column(key="by", title="Theo"),
        Column(key="name", title="Tên"),
        Column(key="all", title="Đến hạn", kind="count"),
        Column(key="late", title="Trễ hạn", kind="count"),
        Column(key="percent", title="Tỉ lệ"),
        Column(key="verdict", title="So với mức"),
        Column(key="limits", title="Mức đặt"),
    ),
    rows=_rows,
)
