"""The rows of delimited text (CSV): UTF-8, UTF-16, or bytes of a program of before Unicode, each byte a letter."""

from __future__ import annotations

import codecs
import csv
import io
import re

from desk_app.documents.tables.table import (
    FAULT,
    LONGEST_CELL,
    MOST_COLUMNS,
    MOST_ROWS,
    TEXT,
    Sheet,
    SheetRow,
    TableFault,
)

_SEPARATORS = "\t;,|"
_SAMPLED = 20
_SAYS_SEPARATOR = re.compile(r"sep=(.)\s*", re.IGNORECASE)


def sheet(data: bytes) -> Sheet:
    """The rows of the file, each with the line on which it begins. Raises `TableFault`."""
    text, is_bytes = _decoded(data)
    if "\x00" in text:
        raise TableFault("đây không phải tệp bảng tính: cần XLSX, CSV hoặc tệp chữ phân cách bằng tab")
    lines = text.splitlines(keepends=True)
    before = 0
    said = _SAYS_SEPARATOR.fullmatch(lines[0].strip("\r\n")) if lines else None
    if said:
        before = 1
    separator = said[1] if said else _separator(lines)
    reader = csv.reader(io.StringIO("".join(lines[before:]), newline=""), delimiter=separator)
    rows: list[SheetRow] = []
    line, is_cut = before + 1, False
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                if len(rows) >= MOST_ROWS:
                    is_cut = True
                    break
                rows.append(_row(line, cells))
            line = before + reader.line_num + 1
    except csv.Error as error:
        raise TableFault(f"dòng {line}: dấu nháy kép không mở và đóng đúng cặp, hoặc một ô quá dài") from error
    return Sheet(name="", rows=rows, is_bytes=is_bytes, is_cut=is_cut)


def _decoded(data: bytes) -> tuple[str, bool]:
    """The text, and whether its letters are bytes that only a column's encoding tells."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            return data.decode("utf-16"), False
        except UnicodeDecodeError as error:
            raise TableFault("tệp chữ bị cụt hoặc hỏng") from error
    try:
        return data.decode("utf-8-sig"), False
    except UnicodeDecodeError:
        return data.decode("latin-1"), True


def _separator(lines: list[str]) -> str:
    """The sign that the first rows have alike and most often, else the one of the first row; a comma where none is."""
    first = [line for line in lines[:_SAMPLED] if line.strip()]

    def weight(sign: str) -> tuple[int, int]:
        found = [line.count(sign) for line in first]
        return (min(found, default=0), found[0] if found else 0)

    best = max(_SEPARATORS, key=weight)
    return best if weight(best) > (0, 0) else ","


def _row(line: int, cells: list[str]) -> SheetRow:
    cells = cells[:MOST_COLUMNS]
    kinds = "".join(FAULT if len(cell) > LONGEST_CELL else TEXT for cell in cells)
    return SheetRow(line, tuple(cell if len(cell) <= LONGEST_CELL else "" for cell in cells), kinds)
