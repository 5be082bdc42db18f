"""Tables of the time before the program, of people who do not exist: workbooks with the fonts of their cells, CSV."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from pathlib import Path

from xlsxwriter import Workbook

PEOPLE = ("Họ và tên", "Số CCCD", "Ngày sinh", "Giới tính", "Nơi thường trú")
Cell = str | int | date | None


def workbook(
    file: Path, rows: Sequence[Sequence[Cell]], *, fonts: Mapping[int, str] | None = None, from_1904: bool = False
) -> Path:
    """A workbook of one sheet; `fonts` name the font of each column's texts by its place."""
    out = io.BytesIO()
    with Workbook(out, {"in_memory": True, "strings_to_numbers": False, "date_1904": from_1904}) as book:
        sheet = book.add_worksheet("Dân")
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        for line, row in enumerate(rows):
            for place, cell in enumerate(row):
                font = (fonts or {}).get(place)
                look = book.add_format({"font_name": font}) if font else None
                if isinstance(cell, date):
                    sheet.write_datetime(line, place, datetime.combine(cell, time()), day)
                elif isinstance(cell, int):
                    sheet.write_number(line, place, cell)
                elif cell is not None:
                    sheet.write_string(line, place, cell, look)
    file.write_bytes(out.getvalue())
    return file


def text(file: Path, rows: Sequence[Sequence[str]], *, encoding: str = "utf-8", separator: str = ";") -> Path:
    """Delimited text; "latin-1" writes each letter of a TCVN3 or VNI text as the byte it was."""
    file.write_bytes("\r\n".join(separator.join(row) for row in rows).encode(encoding))
    return file
