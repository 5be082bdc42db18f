"""The rows of a workbook's sheet (XLSX): texts, numbers as they stand, days as ISO. A formula is never reckoned: what
Excel kept of its result is the cell.

Our own reading, on expat: docs/decisions/0163.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from desk_app.documents.tables import workbook_parts
from desk_app.documents.tables.archive import Archive, local, parser
from desk_app.documents.tables.table import (
    DAY,
    FAULT,
    LONGEST_CELL,
    MOST_COLUMNS,
    MOST_ROWS,
    NUMBER,
    TEXT,
    Sheet,
    SheetRow,
)
from desk_app.documents.tables.workbook_parts import Style

_PLACE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_WHOLE = re.compile(r"-?\d+")
_DECIMAL = re.compile(r"-?\d+(\.\d+)?([eE][+-]?\d+)?")
_LAST_ROW = 1_048_576
_LAST_DAY = 2_957_003
"""A year short of 10000 in either epoch."""
_PLAIN = Style()


def sheets(data: bytes) -> tuple[str, ...]:
    """The names of the sheets, in order. Raises `TableFault`."""
    return tuple(name for name, _ in workbook_parts.book(Archive(data)).sheets)


def sheet(data: bytes, place: int = 0) -> Sheet:
    """The rows of one sheet, by its place. Raises `TableFault`."""
    archive = Archive(data)
    found = workbook_parts.book(archive)
    name, part = found.sheets[place if 0 <= place < len(found.sheets) else 0]
    reader = _SheetReader(workbook_parts.styles(archive), workbook_parts.shared_strings(archive), found.from_1904)
    return reader.read(archive, part, name)


class _SheetReader:
    """Handlers of expat for one sheet; they run for every cell, so they are plain."""

    def __init__(
        self,
        styles: list[Style],
        strings: tuple[list[str], dict[int, str]],
        from_1904: bool,  # noqa: FBT001 - own
    ) -> None:
        self._styles = {str(number): style for number, style in enumerate(styles)}
        self._names: dict[str, str] = {}
        self._columns: dict[str, int] = {}
        self._strings, self._string_kinds = strings
        self._epoch = date(1904, 1, 1) if from_1904 else date(1899, 12, 30)
        self._from_1904 = from_1904
        self._rows: list[SheetRow] = []
        self._line = 0
        self._texts: list[str] = []
        self._kinds: list[str] = []
        self._column = -1
        self._type = ""
        self._style = _PLAIN
        self._value: list[str] = []
        self._takes = False
        self._length = 0
        self._is_cut = False

    def read(self, archive: Archive, part: str, name: str) -> Sheet:
        made = parser()
        made.StartElementHandler = self._begin
        made.EndElementHandler = self._end
        made.CharacterDataHandler = self._data
        archive.parse(part, made)
        return Sheet(name=name, rows=self._rows, is_cut=self._is_cut)

    def _begin(self, name: str, told: dict[str, str]) -> None:
        match self._names.get(name) or self._named(name):
            case "v":
                self._takes = self._column >= 0
            case "c":
                found = _PLACE.fullmatch(told.get("r", ""))
                self._column = self._place(found[1]) if found else self._column + 1
                self._type = told.get("t", "")
                self._style = self._styles.get(told.get("s", ""), _PLAIN)
                self._value, self._length = [], 0
            case "row":
                number = told.get("r", "")
                self._line = int(number) if number.isdecimal() and len(number) < 8 else self._line + 1
                self._texts, self._kinds, self._column = [], [], -1

    def _named(self, name: str) -> str:
        """What the element is, with whatever prefix; "t" of an inline text is read like "v". Few names ever come."""
        plain = local(name)
        self._names[name] = "v" if plain == "t" else plain
        return self._names[name]

    def _place(self, letters: str) -> int:
        if letters not in self._columns:
            self._columns[letters] = _column(letters)
        return self._columns[letters]

    def _data(self, text: str) -> None:
        if self._takes and self._length <= LONGEST_CELL:
            self._value.append(text[: LONGEST_CELL + 1])
            self._length += len(text)

    def _end(self, name: str) -> None:
        match self._names[name]:
            case "v":
                self._takes = False
            case "c":
                if self._value and self._column < MOST_COLUMNS:
                    self._put(*self._cell("".join(self._value)))
            case "row" if any(self._texts):
                if len(self._rows) >= MOST_ROWS or self._line > _LAST_ROW:
                    self._is_cut = True
                    return
                self._rows.append(SheetRow(self._line, tuple(self._texts), "".join(self._kinds)))

    def _put(self, text: str, kind: str) -> None:
        missing = self._column - len(self._texts)
        if missing < 0:
            return  # a second cell of one place
        if missing:
            self._texts += [""] * missing
            self._kinds += [TEXT] * missing
        self._texts.append(text)
        self._kinds.append(kind)

    def _cell(self, value: str) -> tuple[str, str]:
        if len(value) > LONGEST_CELL:
            return "", FAULT
        match self._type:
            case "s":
                number = int(value) if value.isdecimal() and len(value) < 10 else -1
                if not 0 <= number < len(self._strings):
                    return "", FAULT
                text, kind = self._strings[number], self._string_kinds.get(number, self._style.kind)
                return ("", FAULT) if len(text) > LONGEST_CELL else (text, kind)
            case "str" | "inlineStr":
                return value, self._style.kind
            case "e":
                return value, FAULT
            case "b":
                return ("1" if value == "1" else "0"), NUMBER
            case "d":
                return value[:10], DAY
            case _:
                return self._number(value)

    def _number(self, value: str) -> tuple[str, str]:
        if not _DECIMAL.fullmatch(value):
            return "", FAULT
        if self._style.is_day:
            return self._day(value)
        return _written(value), NUMBER

    def _day(self, value: str) -> tuple[str, str]:
        """Excel takes 1900 for a leap year: numbers up to 60 are a day later than they say."""
        number = float(value)
        if not 0 < number <= _LAST_DAY:
            return (_written(value), NUMBER)
        whole = int(number)
        if not self._from_1904 and whole <= 60:
            whole += 1
        return (self._epoch + timedelta(days=whole)).isoformat(), DAY


def _written(value: str) -> str:
    """A number as a person reads it: "79090000123", "1.5"; never rounded, never with an exponent where it is whole."""
    if _WHOLE.fullmatch(value):
        return value
    number = float(value)
    if number == int(number) and abs(number) < 1e15:
        return str(int(number))
    return value


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
