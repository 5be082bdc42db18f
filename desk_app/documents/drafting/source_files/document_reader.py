"""The body of a Word file, heard element by element: its paragraphs and tables in their order, and its sheet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from desk_app.documents.drafting.source_files.elements import ElementReader
from desk_app.documents.drafting.source_files.numbering import Counters
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
from desk_app.documents.drafting.source_files.styles import LEADERS, StylesReader

_TWIPS_MM = 25.4 / 1440
_BOX_FONTS = ("wingdings", "webdings", "symbol")
_BOXES = {"F0A8", "F06F", "F071", "F0A3", "F072", "F0FE", "F052"}
_NOTHING_WITH = frozenset(
    {"Fallback", "instrText", "delText", "del", "moveFrom", "pPrChange", "rPrChange", "sectPrChange", "tblPrChange"}
)
"""What stands in a document twice, or is struck out."""
_TOLD = {
    "del": "changes",
    "ins": "changes",
    "moveFrom": "changes",
    "txbxContent": "boxes",
    "commentReference": "comments",
    "blip": "pictures",
    "imagedata": "pictures",
    "vMerge": "merged",
    "gridSpan": "merged",
}
"""What a draft cannot keep as it stands, by the element that shows it."""
_BLANK = "________"


@dataclass
class _Paragraph:
    """A paragraph while it is read."""

    parts: list[str] = field(default_factory=list)
    size: int = 0
    leads: bool = False
    place: str = ""
    numbered: tuple[str, str] = ("", "")

    def add(self, text: str) -> None:
        if self.size < MOST_LINE:
            self.parts.append(text[: MOST_LINE - self.size])
            self.size += len(text)


@dataclass
class _Grid:
    """A table while it is read; one inside a cell gives its lines to that cell."""

    rows: list[list[list[str]]] = field(default_factory=list)


class DocumentReader(ElementReader):
    """Paragraphs and tables in their order."""

    def __init__(self, styles: StylesReader, counters: Counters, *, first_note: int = 1) -> None:
        """The first footnote is called `first_note`: other notes of the text may have the numbers before."""
        self._styles = styles
        self._counters = counters
        self.first_note = self._next_note = first_note
        self.note_ids: list[tuple[str, str]] = []
        self.seen: set[str] = set()
        self._outer: list[_Paragraph] = []
        self._placeholders: list[bool] = []
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
        if tag in _TOLD and not self._skipped:
            self.seen.add(_TOLD[tag])
        if tag in _NOTHING_WITH or self._skipped:
            self._skipped += 1
        elif tag in {"sdt", "showingPlcHdr", "sdtContent"}:
            self._placeholder(tag)
        elif tag in {"p", "tbl", "tr", "tc"}:
            self._open(tag)
        elif tag in {"pgSz", "pgMar"}:
            self._page(tag, attributes)
        elif self._paragraph is not None:
            self._inside(tag, attributes, self._paragraph)

    def _open(self, tag: str) -> None:
        if tag == "p":
            self._number += 1
            if self._paragraph is not None:  # of a text box, which hangs on a paragraph
                self._outer.append(self._paragraph)
            self._paragraph = _Paragraph()
        elif tag == "tbl":
            if self._grids:
                self.seen.add("nested")
            self._grids.append(_Grid())
        elif self._grids and tag == "tr" and len(self._grids[-1].rows) < MOST_LINES:
            self._grids[-1].rows.append([])
        elif self._grids and tag == "tc" and self._grids[-1].rows:
            self._grids[-1].rows[-1].append([])

    def _placeholder(self, tag: str) -> None:
        """A control whose text only says that something is to be typed there is a blank."""
        if tag == "sdt":
            self._placeholders.append(False)
        elif tag == "showingPlcHdr" and self._placeholders:
            self._placeholders[-1] = True
        elif tag == "sdtContent" and any(self._placeholders) and self._paragraph is not None:
            self._paragraph.add(_BLANK)

    def _inside(self, tag: str, attributes: dict[str, str], paragraph: _Paragraph) -> None:
        value = attributes.get("val", "")
        match tag:
            case "pStyle":
                paragraph.leads = paragraph.leads or value in self._styles.leading
                paragraph.numbered = self._styles.numbered.get(value, paragraph.numbered)
            case "numId":
                paragraph.numbered = (value, paragraph.numbered[1])
            case "ilvl":
                paragraph.numbered = (paragraph.numbered[0], value)
            case "jc":
                paragraph.place = {"center": "centre", "right": "right", "end": "right"}.get(value, "")
            case "r":
                self._is_underlined = False
            case "u":
                self._is_underlined = value not in {"none", ""}
            case "t":
                self._in_text = True
            case _:
                self._sign(tag, attributes, paragraph)

    def _sign(self, tag: str, attributes: dict[str, str], paragraph: _Paragraph) -> None:
        """What is written without being text."""
        match tag:
            case "tab" if "pos" in attributes:
                paragraph.leads = paragraph.leads or attributes.get("leader") in LEADERS
            case "tab":
                paragraph.add("\x01" if not self._is_underlined else _BLANK)
            case "br" | "cr":
                paragraph.add("\n")
            case "sym":
                is_box = attributes.get("char", "").upper() in _BOXES and attributes.get("font", "").lower().startswith(
                    _BOX_FONTS
                )
                paragraph.add("□" if is_box else "")
            case "checkBox" | "checkbox":
                paragraph.add("□")
            case "textInput":
                paragraph.add(_BLANK)  # a field of the old kind; its text is blanks
            case "footnoteReference" | "endnoteReference":
                self.note_ids.append((tag.removesuffix("Reference"), attributes.get("id", "")))
                paragraph.add(f"({self._next_note})")
                self._next_note += 1
            case _:
                pass

    def text(self, text: str) -> None:
        if not self._in_text or self._skipped or self._paragraph is None or any(self._placeholders):
            return
        if self._is_underlined and not text.strip() and len(text) >= 4:
            text = "_" * min(len(text), 60)  # room to write, drawn as underlined spaces
        self._paragraph.add(text.translate({0: None, 1: None}))

    def end(self, tag: str) -> None:
        if self._skipped:
            self._skipped -= 1
        elif tag == "t":
            self._in_text = False
        elif tag == "sdt" and self._placeholders:
            self._placeholders.pop()
        elif tag == "p":
            self._close_paragraph()
        elif tag == "tbl" and self._grids:
            self._close_table(self._grids.pop())

    def _close_paragraph(self) -> None:
        paragraph, self._paragraph = self._paragraph, self._outer.pop() if self._outer else None
        if paragraph is None or len(self._found) >= MOST_LINES:
            return
        text = "".join(paragraph.parts).replace("□□", "□")
        if text.strip() and paragraph.numbered[0]:
            text = f"{self._counters.next(*paragraph.numbered)} {text}".lstrip(" ")
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
        if self._pages and (width, height) != (self._pages[0].width, self._pages[0].height):
            self.seen.add("sheets")
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
