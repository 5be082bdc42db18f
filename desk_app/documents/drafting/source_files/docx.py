"""A Word file read as an official text: its paragraphs, tables and sheet, with every size bounded before it is used.

Whoever made the file is not trusted: no DTD and so no entity is read, nothing outside of the file is fetched, and of
the archive only two parts are unpacked, up to a limit.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from desk_app.documents.drafting.source_files.elements import ElementReader, parse
from desk_app.documents.drafting.source_files.parts import (
    LEADER,
    MOST_LINE,
    MOST_LINES,
    Source,
    SourceLine,
    SourcePage,
    SourceTable,
    tidy,
)
from desk_app.domain.office_table import FileFault

MOST_BYTES = 10 << 20
"""The longest Word file, in bytes; an official form has 30 KB."""
_MOST_PARTS = 2000
_DOCUMENT, _STYLES = "word/document.xml", "word/styles.xml"
_LEADERS = {"dot", "underscore", "hyphen", "middleDot", "heavy"}
_TWIPS_MM = 25.4 / 1440
_BOX_FONTS = ("wingdings", "webdings", "symbol")
_BOXES = {"F0A8", "F06F", "F071", "F0A3", "F072", "F0FE", "F052"}
_NOTHING_WITH = frozenset({"Fallback", "instrText", "delText", "del", "moveFrom"})
"""What stands in a document twice, or is struck out."""


def read_docx(content: bytes) -> tuple[Source, ...]:
    """The parts of the document, numbered by their paragraphs. Raises `FileFault`."""
    if len(content) > MOST_BYTES:
        raise FileFault(f"dài quá {MOST_BYTES >> 20} MB")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            reader = _read(archive)
    except FileFault:
        raise
    except KeyError as error:
        raise FileFault("không phải tệp Word (.docx)") from error
    except (zipfile.BadZipFile, zlib.error, RuntimeError, EOFError, OSError, ValueError) as error:
        raise FileFault(
            "hỏng hoặc không phải tệp Word (.docx); tệp .doc cũ thì mở bằng Word rồi lưu thành .docx"
        ) from error
    except expat.ExpatError as error:
        raise FileFault("nội dung Word hỏng, không đọc được") from error
    return tuple(reader.done())


class _Styles(ElementReader):
    """Which styles of paragraphs have a tab stop that leads with dots."""

    def __init__(self) -> None:
        self.found: set[str] = set()
        self._style = ""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "style":
            self._style = attributes.get("styleId", "")
        elif tag == "tab" and attributes.get("leader") in _LEADERS and len(self.found) < _MOST_PARTS:
            self.found.add(self._style)

    def end(self, tag: str) -> None:
        if tag == "style":
            self._style = ""

    def text(self, text: str) -> None:
        del text


def _read(archive: zipfile.ZipFile) -> _Document:
    """The document part, heard. Raises `FileFault`, and what a damaged archive or part raises."""
    names = archive.namelist()
    if len(names) > _MOST_PARTS:
        raise FileFault("có quá nhiều phần bên trong")
    reader = _Document(_styles_with_leaders(archive) if _STYLES in names else frozenset())
    parse(archive, _DOCUMENT, reader)
    return reader


def _styles_with_leaders(archive: zipfile.ZipFile) -> frozenset[str]:
    styles = _Styles()
    parse(archive, _STYLES, styles)
    return frozenset(styles.found - {""})


@dataclass
class _Paragraph:
    """A paragraph while it is read."""

    parts: list[str] = field(default_factory=list)
    size: int = 0
    leads: bool = False
    place: str = ""

    def add(self, text: str) -> None:
        if self.size < MOST_LINE:
            self.parts.append(text[: MOST_LINE - self.size])
            self.size += len(text)


@dataclass
class _Grid:
    """A table while it is read; one inside a cell gives its lines to that cell."""

    rows: list[list[list[str]]] = field(default_factory=list)


class _Document(ElementReader):
    """Paragraphs and tables in their order."""

    def __init__(self, styles: frozenset[str]) -> None:
        self._styles = styles
        self._found: list[Source] = []
        self._pages: list[SourcePage] = []
        self._grids: list[_Grid] = []
        self._paragraph: _Paragraph | None = None
        self._number = 0
        self._skipped = 0
        self._in_text = False
        self._is_underlined = False
        self._size: tuple[float, float] = (210.0, 297.0)

    def done(self) -> Iterator[Source]:
        if self._pages:
            yield self._pages[0]
        yield from self._found

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag in _NOTHING_WITH or self._skipped:
            self._skipped += 1
        elif tag in {"p", "tbl", "tr", "tc"}:
            self._open(tag)
        elif tag in {"pgSz", "pgMar"}:
            self._page(tag, attributes)
        elif self._paragraph is not None:
            self._inside(tag, attributes, self._paragraph)

    def _open(self, tag: str) -> None:
        if tag == "p":
            self._number += 1
            self._paragraph = _Paragraph()
        elif tag == "tbl":
            self._grids.append(_Grid())
        elif self._grids and tag == "tr" and len(self._grids[-1].rows) < MOST_LINES:
            self._grids[-1].rows.append([])
        elif self._grids and tag == "tc" and self._grids[-1].rows:
            self._grids[-1].rows[-1].append([])

    def _inside(self, tag: str, attributes: dict[str, str], paragraph: _Paragraph) -> None:
        value = attributes.get("val", "")
        match tag:
            case "pStyle":
                paragraph.leads = paragraph.leads or value in self._styles
            case "tab":
                if "pos" in attributes:
                    paragraph.leads = paragraph.leads or attributes.get("leader") in _LEADERS
                else:
                    paragraph.add("\x01" if not self._is_underlined else "________")
            case "jc":
                paragraph.place = {"center": "centre", "right": "right", "end": "right"}.get(value, "")
            case "r":
                self._is_underlined = False
            case "u":
                self._is_underlined = value not in {"none", ""}
            case "t":
                self._in_text = True
            case "br" | "cr":
                paragraph.add("\n")
            case "sym":
                is_box = attributes.get("char", "").upper() in _BOXES and attributes.get("font", "").lower().startswith(
                    _BOX_FONTS
                )
                paragraph.add("□" if is_box else "")
            case "checkBox" | "checkbox":
                paragraph.add("□")
            case _:
                pass

    def text(self, text: str) -> None:
        if not self._in_text or self._skipped or self._paragraph is None:
            return
        if self._is_underlined and not text.strip() and len(text) >= 4:
            text = "_" * min(len(text), 60)  # room to write, drawn as underlined spaces
        self._paragraph.add(text.translate({0: None, 1: None}))

    def end(self, tag: str) -> None:
        if self._skipped:
            self._skipped -= 1
        elif tag == "t":
            self._in_text = False
        elif tag == "p":
            self._close_paragraph()
        elif tag == "tbl" and self._grids:
            self._close_table(self._grids.pop())

    def _close_paragraph(self) -> None:
        paragraph, self._paragraph = self._paragraph, None
        if paragraph is None or len(self._found) >= MOST_LINES:
            return
        text = "".join(paragraph.parts).replace("□□", "□")
        for line in text.split("\n"):
            shown = _with_leaders(line, leads=paragraph.leads)
            if self._grids:
                rows = self._grids[-1].rows
                if rows and rows[-1]:
                    rows[-1][-1].append(shown)
            else:
                self._found.append(SourceLine(text=shown, number=self._number, place=paragraph.place))

    def _close_table(self, grid: _Grid) -> None:
        if self._grids:  # a table in a cell: its words go to the cell
            rows = self._grids[-1].rows
            if rows and rows[-1]:
                rows[-1][-1] += [line for row in grid.rows for cell in row for line in cell]
        elif len(self._found) < MOST_LINES:
            cells = tuple(tuple(tuple(cell) for cell in row) for row in grid.rows if row)
            self._found.append(SourceTable(rows=cells, number=self._number))

    def _page(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "pgSz":
            self._size = (_mm(attributes, "w", 210), _mm(attributes, "h", 297))
            return
        top, right, bottom, left = (_mm(attributes, side, 20) for side in ("top", "right", "bottom", "left"))
        width, height = self._size
        self._pages.append(SourcePage(width=width, height=height, margins=(top, right, bottom, left), number=1))


def _with_leaders(line: str, *, leads: bool) -> str:
    """Tabs as leaders where the paragraph has a stop that leads with dots; else as room."""
    head = len(line) - len(line.lstrip(" \x01"))
    body = line[head:].replace("\x01", LEADER if leads else "    ")
    lead = "  " if head and not leads else LEADER if head and leads and not body.strip() else ""
    return tidy(f"{lead}{body}").rstrip(" ")


def _mm(attributes: dict[str, str], name: str, usual: float) -> float:
    """A measure in twentieths of a point, as millimetres; the usual one where it is none."""
    text = attributes.get(name, "")
    return round(int(text) * _TWIPS_MM, 1) if text.isascii() and text.isdecimal() and len(text) < 6 else usual
