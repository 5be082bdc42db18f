"""Text that an office's programs write: bytes to text by their own signs, a table to rows with the line of each.

Excel writes commas or semicolons by the machine's country, tabs in UTF-16, blank rows, commas at the end of a row, and
line breaks inside a cell. All of these are read; what cannot be is refused by its line, never half read.
"""

from __future__ import annotations

import codecs
import csv
import io
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from desk_app.domain.text import fold, nfc

_EXCEL = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_SEPARATORS = "\t;,|"


class FileFault(ValueError):  # noqa: N818 - a reason that services turn into their own error
    """Why a file is refused, in Vietnamese, with the line where there is one: "dòng 3: thiếu ngày"."""


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of a table: the line of the file it begins on, and its cells by column."""

    line: int
    cells: Mapping[str, str]


def text_of(data: bytes) -> str:
    """The text of a file: UTF-8, UTF-16 with or without its mark, else the Vietnamese Windows code page.

    Raises `FileFault`.
    """
    if data.startswith(_EXCEL):
        raise FileFault("đây là tệp Excel; trong Excel hãy chọn Lưu thành (Save As), kiểu CSV UTF-8")
    text = _decoded(data)
    if "\x00" in text:
        raise FileFault("không phải tệp văn bản")
    return unicodedata.normalize("NFC", text)


def _decoded(data: bytes) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        names = ["utf-16"]
    elif data[1:2] == b"\x00":
        names = ["utf-16-le"]
    elif data[:1] == b"\x00":
        names = ["utf-16-be"]
    else:
        names = ["utf-8-sig", "cp1258"]
    for name in names:
        try:
            return data.decode(name)
        except UnicodeDecodeError:
            continue
    raise FileFault("không đọc được bảng mã của tệp; hãy lưu lại thành CSV UTF-8")


def rows_of(text: str, columns: Mapping[str, Sequence[str]], *, needed: Sequence[str]) -> list[TableRow]:
    """The rows of a table that has something in them; `columns` gives each column's names in a heading, folded.

    Without a heading the cells stand in the order of `columns`. Raises `FileFault`.
    """
    lines = text.splitlines(keepends=True)
    begin = next((n for n, line in enumerate(lines) if line.strip(" \t;,|\r\n")), 0)
    separator = _separator(lines[begin]) if lines else ","
    if lines and lines[begin].lower().startswith("sep=") and len(lines[begin].strip()) == len("sep=;"):
        separator, begin = lines[begin].strip()[-1], begin + 1  # what Excel itself puts before a table
    rows = _cells("".join(lines[begin:]), separator, begin)
    if not rows:
        return []
    heading = _heading(rows[0][1], columns)
    if not heading:
        return [_row(line, cells, list(columns)) for line, cells in rows]
    missing = [name for name in needed if name not in heading]
    if missing:
        names = ", ".join(f"«{columns[name][0]}»" for name in missing)
        raise FileFault(f"dòng {rows[0][0]}: tiêu đề thiếu cột {names}")
    return [_row(line, cells, heading) for line, cells in rows[1:]]


def _separator(line: str) -> str:
    """What stands most often between the cells of the first line, outside quotation marks."""
    outside = "".join(line.split('"')[::2])
    return max(_SEPARATORS, key=lambda mark: (outside.count(mark), -_SEPARATORS.index(mark)))


def _cells(text: str, separator: str, before: int) -> list[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    found = []
    line = before + 1
    try:
        for row in reader:
            cells = [nfc(cell) for cell in row]
            if any(cells):
                found.append((line, cells))
            line = before + reader.line_num + 1
    except csv.Error as error:
        raise FileFault(f"dòng {line}: dấu nháy kép không mở và đóng đúng cặp") from error
    return found


def _heading(cells: list[str], columns: Mapping[str, Sequence[str]]) -> list[str]:
    """The column of each cell, "" for one nobody knows; nothing when the row is no heading."""
    known = {fold(name): column for column, names in columns.items() for name in (column, *names)}
    found = [known.get(fold(cell), "") for cell in cells]
    return found if any(found) else []


def _row(line: int, cells: list[str], heading: list[str]) -> TableRow:
    if any(cells[len(heading) :]):
        raise FileFault(f"dòng {line}: có {len(cells)} ô, nhiều hơn số cột; ô có dấu phân cách phải đặt trong nháy kép")
    return TableRow(line, {column: cell for column, cell in zip(heading, cells, strict=False) if column})
