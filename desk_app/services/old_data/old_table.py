"""A file of old data opened: the rows, which of them is the heading, and what the file itself says of each column."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from msgspec import Struct

from desk_app import foreign_folder
from desk_app.documents.tables import delimited, workbook
from desk_app.documents.tables.table import DAY, FAULT, FONT_OF_KIND, NUMBER, Sheet, SheetRow, TableFault
from desk_app.domain.letters import old_fonts
from desk_app.domain.letters.old_fonts import Encoding
from desk_app.domain.old_records import cells, columns
from desk_app.domain.old_records.columns import DAYS, ColumnWord, DayOrder, OldColumn
from desk_app.domain.old_records.rows import CellText
from desk_app.errors import BecauseError, DeskError, of_system

MOST_BYTES = 64 << 20
_ZIP, _OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_HEADING_WITHIN = 15
_SAMPLED = 2_000
_SHOWN = 5


class NoOldFileError(BecauseError):
    message = "Không mở được {file}."
    remedy = "Kiểm tra đường dẫn; nếu ở trên USB thì cắm lại USB rồi chọn lại."


class OldFileError(DeskError):
    message = "Không đọc được {file}: {why}."
    remedy = "Mở tệp bằng Excel hay LibreOffice, lưu lại thành XLSX hoặc CSV UTF-8 rồi chọn lại."


class ColumnLook(Struct, frozen=True, kw_only=True):
    """A column as the file has it and as it would be read. `offered` is what its letters look like; `by_font`: its
    own fonts say so. `needs` is what a person has to say first, a sentence; `remark` what they should know.

    `samples` are (as it stands, as it would be read).
    """

    column: OldColumn
    heading: str
    offered: Encoding = Encoding.UNICODE
    by_font: bool = False
    needs: str = ""
    remark: str = ""
    samples: tuple[tuple[str, str], ...] = ()


class OldTable(Struct, frozen=True, kw_only=True):
    """The rows of a sheet under their headings; `sheets` names all sheets of the workbook."""

    file: str
    sheets: tuple[str, ...]
    headings: tuple[str, ...]
    body: tuple[SheetRow, ...]
    is_bytes: bool = False
    is_cut: bool = False

    def cells(self, row: SheetRow, read: Mapping[str, OldColumn]) -> dict[str, CellText]:
        """The cells of a row by fact."""
        found = {}
        for fact, column in read.items():
            if column.place < len(row.texts) and (row.texts[column.place] or row.kinds[column.place] == FAULT):
                kind = row.kinds[column.place]
                font = FONT_OF_KIND.get(kind, Encoding.UNICODE)
                found[fact] = CellText(row.texts[column.place], font, kind == DAY, kind == FAULT)
        return found

    def of_column(self, place: int) -> Iterator[tuple[str, str]]:
        """Text and kind of each cell of a column that has something."""
        for row in self.body:
            if place < len(row.texts) and row.texts[place]:
                yield row.texts[place], row.kinds[place]


def opened(path: Path, what: str, *, sheet: int = 0) -> OldTable:
    """The table of a file. Raises `NoOldFileError`, `OldFileError` and what the foreign doors refuse."""
    try:
        data = foreign_folder.whole(path, most=MOST_BYTES)
    except OSError as error:
        raise NoOldFileError(of_system(error, path), file=path.name) from error
    try:
        names, found = _read(data, sheet)
    except TableFault as error:
        raise OldFileError(file=path.name, why=error) from error
    first = [row.texts for row in found.rows[:_HEADING_WITHIN]]
    place = columns.heading_place(first, what)
    width = max((len(row.texts) for row in found.rows[:_SAMPLED]), default=0)
    said = found.rows[place].texts if place >= 0 else ()
    return OldTable(
        file=path.name,
        sheets=names,
        headings=tuple(said[n].strip() if n < len(said) else "" for n in range(width)),
        body=tuple(found.rows[place + 1 :]),
        is_bytes=found.is_bytes,
        is_cut=found.is_cut,
    )


def _read(data: bytes, sheet: int) -> tuple[tuple[str, ...], Sheet]:
    if data.startswith(_OLD_EXCEL):
        raise TableFault("đây là tệp Excel kiểu cũ (.xls) hoặc có mật khẩu")
    if data.startswith(_ZIP):
        return workbook.sheets(data), workbook.sheet(data, sheet)
    return ("",), delimited.sheet(data)


def looks(table: OldTable, what: str, said: Mapping[int, ColumnWord]) -> tuple[ColumnLook, ...]:
    """Each column as it would be read: by what a person `said` of it, else by what heading, fonts and values show."""
    headings = [columns.readable(heading, what) for heading in table.headings]
    given = [said[n].fact if n in said else None for n in range(len(headings))]
    taken = {fact for fact in given if fact}
    facts = columns.matched(headings, what)
    found = []
    for place, heading in enumerate(headings):
        fact = given[place]
        if fact is None:
            fact = "" if facts[place] in taken else facts[place]
        found.append(_look(table, place, heading, fact, said.get(place)))
    return tuple(found)


def _look(table: OldTable, place: int, heading: str, fact: str, said: ColumnWord | None) -> ColumnLook:
    cells_ = list(table.of_column(place)) if fact else []
    texts = [(text, kind) for text, kind in cells_ if kind not in (NUMBER, DAY) and not text.isascii()]
    encoding, offered, by_font, needs = _encoding(table, texts, said)
    order: DayOrder | None = None
    remark = ""
    if fact in DAYS:
        order, remark, unsure = _order([text for text, kind in cells_ if kind != DAY], said)
        needs = needs or unsure
    column = OldColumn(place=place, fact=fact, encoding=encoding, order=order)
    return ColumnLook(
        column=column,
        heading=heading,
        offered=offered,
        by_font=by_font,
        needs=needs,
        remark=remark,
        samples=_samples(table, column),
    )


def _encoding(
    table: OldTable, texts: list[tuple[str, str]], said: ColumnWord | None
) -> tuple[Encoding, Encoding, bool, str]:
    """How the column is to be read, what it looks like, whether its fonts say so, and what a person must say."""
    fonts = Counter(FONT_OF_KIND.get(kind, Encoding.UNICODE) for _, kind in texts)
    of_fonts = next(iter(fonts)) if len(fonts) == 1 else Encoding.BY_FONT if fonts else Encoding.UNICODE
    offered = of_fonts
    if of_fonts is Encoding.UNICODE:
        offered = old_fonts.looks_like(text for text, _ in texts[:_SAMPLED])
    if said is not None and said.encoding is not None:
        return said.encoding, offered, of_fonts is not Encoding.UNICODE, ""
    if of_fonts is Encoding.BY_FONT:
        return Encoding.BY_FONT, offered, True, "cột có nhiều loại phông: xem mẫu rồi chọn bảng mã"
    if of_fonts is not Encoding.UNICODE:
        return of_fonts, offered, True, ""
    if texts and (table.is_bytes or offered is not Encoding.UNICODE):
        return Encoding.UNICODE, offered, False, f"chữ không phải Unicode, giống {offered.label}: xem mẫu rồi chọn"
    return Encoding.UNICODE, offered, False, ""


def _order(texts: list[str], said: ColumnWord | None) -> tuple[DayOrder, str, str]:
    """The order of a column's days, what to know of it, and what a person must say."""
    shown, disagrees = cells.order_of(texts)
    if said is not None and said.order is not None:
        return said.order, "", ""
    if disagrees:
        return DayOrder.DMY, "", "cột có cả ngày/tháng và tháng/ngày: chọn một kiểu, dòng không khớp sẽ bị từ chối"
    if shown is not None:
        return shown, "", ""
    return DayOrder.DMY, "đọc là ngày/tháng/năm" if any("/" in each or "-" in each for each in texts) else "", ""


def _samples(table: OldTable, column: OldColumn) -> tuple[tuple[str, str], ...]:
    """A few cells before and after, those first whose letters change: a column is judged by them."""
    if not column.fact:
        return tuple((text, text) for text, _ in _first(table, column.place))
    found: dict[str, str] = {}
    changed: dict[str, str] = {}
    for text, kind in table.of_column(column.place):
        own = FONT_OF_KIND.get(kind, Encoding.UNICODE)
        after = old_fonts.to_unicode(text, own if column.encoding is Encoding.BY_FONT else column.encoding)
        (changed if after != text else found)[text] = after
        if len(changed) >= _SHOWN or len(found) >= _SAMPLED:
            break
    return tuple({**changed, **found}.items())[:_SHOWN]


def _first(table: OldTable, place: int) -> list[tuple[str, str]]:
    cells_ = table.of_column(place)
    return [cell for cell, _ in zip(cells_, range(_SHOWN), strict=False)]
