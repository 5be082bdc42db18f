"""A report as a workbook (XLSX): numbers as numbers, days as days, so that an office can go on reckoning with it."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from xlsxwriter import Workbook

from desk_app.domain.calendar.moments import in_vietnam
from desk_app.domain.report import Cell, Column, Report, totals_row

_FORMATS = {"day": "dd/mm/yyyy", "moment": "hh:mm dd/mm/yyyy", "money": "#,##0", "count": "#,##0"}
_FIRST_MOMENT = datetime(1980, 1, 1)  # noqa: DTZ001 - a workbook has no zones; the same bytes for the same report
_WIDEST = 60


def to_xlsx(report: Report) -> bytes:
    """The bytes of the file: the same for the same report."""
    out = io.BytesIO()
    # Texts stay texts: a name that begins with "=" is no formula, an address no link.
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(out, options) as book:
        book.set_properties({"title": report.title, "created": _FIRST_MOMENT})
        sheet = book.add_worksheet(_sheet_name(report.title))
        bold = book.add_format({"bold": True})
        head = book.add_format({"bold": True, "border": 1, "text_wrap": True, "align": "center", "valign": "vcenter"})
        kinds = {kind: book.add_format({"border": 1, "num_format": code}) for kind, code in _FORMATS.items()}
        kinds["text"] = book.add_format({"border": 1, "text_wrap": True, "valign": "top"})
        sheet.write_string(0, 0, report.title, bold)
        line = 1
        for name, value in report.filters.items():
            sheet.write_string(line, 0, f"{name}: {value}")
            line += 1
        line += 1
        for place, column in enumerate(report.columns):
            sheet.write_string(line, place, column.title, head)
            sheet.set_column(place, place, _width(report, column))
        sheet.freeze_panes(line + 1, 0)
        for row in report.rows:
            line += 1
            for place, column in enumerate(report.columns):
                _write(sheet, (line, place), column, row[column.key], kinds)
        for place, text in enumerate(totals_row(report)):
            column, total = report.columns[place], report.totals.get(report.columns[place].key)
            if total is None:
                sheet.write_string(line + 1, place, text, bold)
            else:
                _write(sheet, (line + 1, place), column, total, kinds)
    return out.getvalue()


def sheet_to_xlsx(name: str, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    """A sheet that another program takes in: headings in row 1, then texts and nothing else; the same bytes again."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(out, options) as book:
        book.set_properties({"created": _FIRST_MOMENT})
        sheet = book.add_worksheet(_sheet_name(name))
        for line, row in enumerate((headings, *rows)):
            for place, text in enumerate(row):
                if text:
                    sheet.write_string(line, place, text)
        sheet.freeze_panes(1, 0)
    return out.getvalue()


def _write(sheet: Any, at: tuple[int, int], column: Column, cell: Cell, kinds: dict[str, Any]) -> None:
    look = kinds[column.kind]
    if column.kind in {"day", "moment"} and isinstance(cell, int) and cell:
        sheet.write_datetime(*at, in_vietnam(cell).replace(tzinfo=None), look)
    elif isinstance(cell, int) and column.kind not in {"day", "moment"}:
        sheet.write_number(*at, cell, look)
    else:
        sheet.write_string(*at, column.shown(cell), look)


def _width(report: Report, column: Column) -> int:
    longest = max((len(column.shown(row[column.key])) for row in report.rows), default=0)
    return min(_WIDEST, max(longest, len(column.title)) + 2)


def _sheet_name(title: str) -> str:
    """At most 31 characters, none of those a sheet's name cannot have."""
    return "".join(" " if mark in "[]:*?/\\" else mark for mark in title)[:31].strip() or "Báo cáo"
