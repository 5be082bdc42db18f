"""Making a report of a span of days, and handing it on: as PDF on its form, as a workbook."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from desk_app.documents.values import day_values, office_values
from desk_app.domain import money
from desk_app.domain.calendar.moments import milliseconds
from desk_app.domain.report import Report, totals_row
from desk_app.errors import BadFactError
from desk_app.lazy import lazy
from desk_app.services.desk.desk import Desk
from desk_app.services.reports.kinds import KINDS
from desk_app.store.queries import search_debt

if TYPE_CHECKING:
    from desk_app.documents.output import workbook
    from desk_app.services.papers import drawing
else:
    workbook = lazy("desk_app.documents.output.workbook")
    drawing = lazy("desk_app.services.papers.drawing")

_AT_ONCE = 500


def report(desk: Desk, name: str, first: date, last: date) -> Report:
    """The report of these days, both included. `name` is one of `KINDS`.

    Raises `BadFactError` for days the wrong way round.
    """
    kind = KINDS[name]
    if first > last:
        raise BadFactError(field="from", label="Từ ngày", why="phải trước hoặc bằng đến ngày")
    while not desk.reader and search_debt.work_off(desk.db, most=_AT_ONCE):
        pass  # after an update from an earlier version each dossier is owed its line once
    filters = {"Đến lúc": f"{desk.now():%H:%M %d/%m/%Y}"} if kind.is_of_now else _days(first, last)
    title = f"{desk.watermark}: {kind.title}" if desk.watermark else kind.title
    return Report(
        name=name, title=title, columns=kind.columns, rows=tuple(kind.rows(desk, first, last)), filters=filters
    )


def as_pdf(desk: Desk, made: Report) -> bytes:
    """The report on its form of today; raises `UnknownFormError`."""
    now = desk.now()
    form = desk.forms.in_force(KINDS[made.name].form, now.date().isoformat())
    values: dict[str, object] = {
        **office_values(desk.office),
        **day_values("on", now.date()),
        "filters": "; ".join(f"{name} {value}" for name, value in made.filters.items()),
        "rows": made.table(),
        "count": str(len(made.rows)),
        "tax_code": desk.settings.tax_code,
        "total_words": _in_words(made),
        **{f"total_{column.key}": text for column, text in zip(made.columns, totals_row(made), strict=False) if text},
    }
    said = {key: value for key, value in values.items() if value}
    return drawing.filled(form, said, made_at=milliseconds(now), under=desk.watermark)[1]


def as_workbook(made: Report) -> bytes:
    """The report as XLSX."""
    return workbook.to_xlsx(made)


def _in_words(made: Report) -> str:
    """The sum of the report in words, where it has one of money."""
    summed = [column.key for column in made.columns if column.is_summed and column.kind == "money"]
    return money.in_words(made.totals[summed[0]]) if summed and made.rows else ""


def _days(first: date, last: date) -> dict[str, str]:
    return {"Từ ngày": f"{first:%d/%m/%Y}", "đến ngày": f"{last:%d/%m/%Y}"}
