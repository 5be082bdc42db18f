"""report: a report of a span of days, as lines, PDF or workbook."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

from desk_app.cli.opening import opened
from desk_app.domain.calendar import dates
from desk_app.domain.report import Report, totals_row
from desk_app.errors import BadFactError
from desk_app.services.desk.desk import Desk
from desk_app.services.papers.paper_files import write_file
from desk_app.services.reports import reports
from desk_app.terminal import Answer


def report(chosen: argparse.Namespace) -> Answer:
    """Of today where no days are named; the ending of `--out` says what is written."""
    with opened(chosen) as desk:
        today = desk.today()
        last = day_said(chosen.to, "to", "Đến ngày") or today
        first = day_said(chosen.since, "from", "Từ ngày") or (last if chosen.to else today)
        made = reports.report(desk, chosen.name, first, last)
        path = Path(chosen.out) if chosen.out else None
        if path is not None:
            write_file(path, _bytes(desk, made, path))
    data = {
        "title": made.title,
        "columns": [{"key": column.key, "title": column.title} for column in made.columns],
        "rows": [{column.key: column.told(row[column.key]) for column in made.columns} for row in made.rows],
        "totals": made.totals,
        "path": str(path) if path else None,
    }
    return Answer(data, (*_lines(made), *([str(path)] if path else [])))


def _bytes(desk: Desk, made: Report, path: Path) -> bytes:
    match path.suffix.lower():
        case ".pdf":
            return reports.as_pdf(desk, made)
        case ".xlsx":
            return reports.as_workbook(made)
        case _:
            raise BadFactError(field="out", label="--out", why="tên tệp phải có đuôi .pdf hoặc .xlsx")


def day_said(text: str | None, field: str, label: str) -> date | None:
    """The day of an option; None where it was not given. Raises `BadFactError`."""
    if not text:
        return None
    try:
        return date.fromisoformat(dates.parse_typed(text))
    except (BadFactError, ValueError) as error:
        raise BadFactError(field=field, label=label, why="cần ngày/tháng/năm") from error


def _lines(made: Report) -> list[str]:
    filters = "; ".join(f"{name} {value}" for name, value in made.filters.items())
    lines = [f"{made.title} ({filters}): {len(made.rows)} hồ sơ"]
    lines += ["  ".join(column.shown(row[column.key]) for column in made.columns) for row in made.rows]
    total = totals_row(made)
    return [*lines, "  ".join(text for text in total if text)] if total else lines
