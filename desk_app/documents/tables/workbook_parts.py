"""What stands beside a workbook's sheets: their names, the shared strings, and what styles say of fonts and days."""

from __future__ import annotations

import re
from collections.abc import Callable

from msgspec import Struct

from desk_app.documents.tables.archive import Archive, local, parser
from desk_app.documents.tables.table import KIND_OF_FONT, LONGEST_CELL, TEXT, TableFault
from desk_app.domain.letters.old_fonts import of_font

MOST_STRINGS, MOST_LETTERS = 3_000_000, 120_000_000
_MOST_STYLES = 70_000
_TOO_MUCH = "tệp Excel có quá nhiều chữ; chia thành nhiều tệp nhỏ"
_DAYS_OF_EXCEL = frozenset({*range(14, 18), 22, *range(27, 37), *range(50, 59)})
"""Numbers of formats that Excel itself has for days (ECMA-376 part 1, 18.8.30)."""
_QUOTED = re.compile(r'"[^"]*"|\\.|\[(?!h|m|s)[^\]]*\]', re.IGNORECASE)
_DAY_LETTERS = re.compile(r"[yd]", re.IGNORECASE)


class Style(Struct, frozen=True):
    """What a cell's style says: the kind of its texts by the font, and whether its number is a day."""

    kind: str = TEXT
    is_day: bool = False


class Book(Struct, frozen=True, kw_only=True):
    """The sheets (name, part) in order, and whether days count from 1904."""

    sheets: tuple[tuple[str, str], ...]
    from_1904: bool


Attributes = dict[str, str]


def book(archive: Archive) -> Book:
    """Raises `TableFault`, also where there is no sheet."""
    named: list[tuple[str, str]] = []
    from_1904 = False

    def begin(name: str, told: Attributes) -> None:
        nonlocal from_1904
        if local(name) == "sheet" and len(named) < _MOST_STYLES:
            link = next((text for key, text in told.items() if local(key) == "id"), "")
            named.append((told.get("name", ""), link))
        elif local(name) == "workbookPr":
            from_1904 = told.get("date1904", "0") in ("1", "true")

    _walk(archive, "xl/workbook.xml", begin)
    parts = _links(archive)
    sheets = tuple((name, parts[link]) for name, link in named if archive.has(parts.get(link, "")))
    if not sheets:
        raise TableFault("tệp Excel không có trang tính nào đọc được")
    return Book(sheets=sheets, from_1904=from_1904)


def _links(archive: Archive) -> dict[str, str]:
    """The part of each relation of the workbook."""
    found: dict[str, str] = {}

    def begin(name: str, told: Attributes) -> None:
        if local(name) == "Relationship":
            target = told.get("Target", "")
            found[told.get("Id", "")] = target[1:] if target.startswith("/") else f"xl/{target}"

    _walk(archive, "xl/_rels/workbook.xml.rels", begin)
    return found


def styles(archive: Archive) -> list[Style]:
    """What each cell format says, by its number; nothing where the workbook has no styles."""
    fonts: list[str] = []
    formats: dict[str, str] = {}
    found: list[Style] = []
    within: list[str] = []

    def begin(name: str, told: Attributes) -> None:
        name = local(name)
        if len(fonts) > _MOST_STYLES or len(found) > _MOST_STYLES:
            raise TableFault("tệp Excel có quá nhiều kiểu ô")
        if name == "font" and within[-1:] == ["fonts"]:
            fonts.append("")
        elif name == "name" and within[-1:] == ["font"] and fonts:
            fonts[-1] = told.get("val", "")
        elif name == "numFmt":
            formats[told.get("numFmtId", "")] = told.get("formatCode", "")
        elif name == "xf" and within[-1:] == ["cellXfs"]:
            found.append(_style(told, fonts, formats))
        within.append(name)

    def end(_: str) -> None:
        within.pop()

    if archive.has("xl/styles.xml"):
        _walk(archive, "xl/styles.xml", begin, end)
    return found


def _style(told: Attributes, fonts: list[str], formats: dict[str, str]) -> Style:
    font, number = told.get("fontId", ""), told.get("numFmtId", "0")
    name = fonts[int(font)] if font.isdecimal() and len(font) < 6 and int(font) < len(fonts) else ""
    code = _QUOTED.sub("", formats.get(number, ""))
    of_excel = number.isdecimal() and len(number) < 6 and int(number) in _DAYS_OF_EXCEL and number not in formats
    return Style(KIND_OF_FONT.get(of_font(name), TEXT), of_excel or bool(_DAY_LETTERS.search(code)))


def shared_strings(archive: Archive) -> tuple[list[str], dict[int, str]]:
    """The strings by number, and the kind of those whose own letters have a font of before Unicode."""
    strings = _Strings()
    if archive.has("xl/sharedStrings.xml"):
        _walk(archive, "xl/sharedStrings.xml", strings.begin, strings.end, strings.data)
    return strings.found, strings.kinds


class _Strings:
    """Handlers of expat for the shared strings."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self.kinds: dict[int, str] = {}
        self._text: list[str] = []
        self._takes = False
        self._skips = self._letters = 0

    def begin(self, name: str, told: Attributes) -> None:
        name = local(name)
        if name == "si":
            self._text.clear()
        elif name == "rPh":  # how a Japanese name is spoken: not part of it
            self._skips += 1
        elif name == "t":
            self._takes = not self._skips
        elif name == "rFont" and (kind := KIND_OF_FONT.get(of_font(told.get("val", "")))):
            self.kinds[len(self.found)] = kind

    def end(self, name: str) -> None:
        name = local(name)
        if name == "t":
            self._takes = False
        elif name == "rPh":
            self._skips -= 1
        elif name == "si":
            self.found.append("".join(self._text)[: LONGEST_CELL + 1])
            if len(self.found) > MOST_STRINGS:
                raise TableFault(_TOO_MUCH)

    def data(self, part: str) -> None:
        if self._takes:
            self._letters += len(part)
            if self._letters > MOST_LETTERS:
                raise TableFault(_TOO_MUCH)
            self._text.append(part)


def _walk(
    archive: Archive,
    part: str,
    begin: Callable[[str, Attributes], None],
    end: Callable[[str], None] | None = None,
    data: Callable[[str], None] | None = None,
) -> None:
    made = parser()
    made.StartElementHandler, made.EndElementHandler, made.CharacterDataHandler = begin, end, data
    archive.parse(part, made)
