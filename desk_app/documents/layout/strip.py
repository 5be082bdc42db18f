"""Strips: pieces of a page that stay whole, with positions from their own upper edge, and the frame they stand in."""

from __future__ import annotations

import math
from dataclasses import dataclass

from desk_app.documents.forms.form_records import DOT, MM, Form, page_size
from desk_app.documents.layout import fonts, lines
from desk_app.documents.layout.lines import PITCH, Piece, Row
from desk_app.documents.layout.marks import Bars, Box, Leader, Mark, Matrix, Rule, Text

_HAIR = 0.5
_STRIKE = 0.27
"""How high above the baseline a line through text runs, as a share of its size: the middle of the small letters."""
_AIR = 1.5
"""Between a value and the dots after it, and between dots and the next word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StripFrame:
    """Where text may stand, in points; its size, and its leading in sizes. `scale` is how much smaller all is set."""

    left: float
    wide: float
    top: float
    size: float
    leading: float
    scale: float = 1.0

    @classmethod
    def of(cls, form: Form, *, scale: float = 1.0, tightness: float = 1.0) -> StripFrame:
        """The frame of a form's page, its text set smaller by `scale` and its rows closer by `tightness`."""
        top, right, _, left = form.head.margins
        return cls(
            left=left * MM,
            wide=page_size(form.head)[0] - (left + right) * MM,
            top=top * MM,
            size=form.head.size * scale,
            leading=form.head.leading * tightness,
            scale=scale,
        )

    def part(self, left: float, wide: float, size: float = 0.0) -> StripFrame:
        """A column of this frame; `size` 0 keeps the text size."""
        return StripFrame(
            left=left,
            wide=wide,
            top=self.top,
            size=size * self.scale or self.size,
            leading=self.leading,
            scale=self.scale,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Strip:
    """Marks with y from the strip's upper edge. Kept on one page with its neighbour where glued or holding it."""

    height: float
    pieces: tuple[Mark, ...] = ()
    is_gap: bool = False
    new_page: bool = False
    glued: bool = False
    holds_next: bool = False
    header: Strip | None = None

    @staticmethod
    def moved(mark: Mark, y: float) -> Mark:
        """The mark, `y` points further down."""
        match mark:
            case Text():
                return Text(mark.x, mark.y + y, mark.font, mark.size, mark.text, mark.spread)
            case Leader():
                return Leader(mark.x1, mark.x2, mark.y + y, mark.pitch)
            case Rule():
                return Rule(mark.x1, mark.y1 + y, mark.x2, mark.y2 + y, mark.thickness)
            case Box():
                return Box(mark.x, mark.y + y, mark.side, mark.ticked)
            case Bars():
                return Bars(mark.x, on_dots(mark.y + y), mark.module, mark.height, mark.runs, mark.text)
            case Matrix():
                return Matrix(mark.x, on_dots(mark.y + y), mark.module, mark.rows, mark.text)


def baseline_of(tall: float, size: float) -> float:
    return (tall - size) / 2 + size * 0.82


def marks_of(row: Row, frame: StripFrame, *, size: float, baseline: float) -> list[Mark]:
    marks: list[Mark] = []
    pitch = PITCH * size
    grid = frame.left + frame.wide
    for piece in row.pieces:
        x = frame.left + piece.x
        if piece.kind == lines.WORD:
            marks.append(Text(x, baseline, piece.font, size, piece.text.rstrip(), piece.spread))
            if piece.struck:
                marks.append(Rule(x, baseline - _STRIKE * size, x + piece.wide, baseline - _STRIKE * size, 0.7))
        elif piece.kind == lines.LEADER:
            # dots of all rows stand on one grid that ends at the right margin, so they line up down the page
            first = int((grid - x - _AIR) / pitch)
            end = x + piece.wide
            last = math.ceil((grid - end + _AIR) / pitch) if end < grid - _AIR else 0
            if first - last >= 2:
                marks.append(Leader(grid - first * pitch, grid - last * pitch, baseline, pitch))
        elif piece.kind == lines.BOX:
            side = piece.wide
            marks.append(Box(x, baseline - side * 0.92, side, piece.text == "x"))
        elif piece.kind == lines.CELLS:
            marks += _cells(piece, x, size=size, baseline=baseline)
    return marks


def _cells(piece: Piece, x: float, *, size: float, baseline: float) -> list[Mark]:
    """A frame around all cells, a rule between two, and in each the middle of its character."""
    count = round(piece.wide / (lines.CELL_WIDE * size))
    one = piece.wide / count
    top, bottom = baseline - size * 0.92, baseline + size * 0.28
    marks: list[Mark] = [Rule(x, y, x + piece.wide, y, _HAIR) for y in (top, bottom)]
    marks += [Rule(x + at * one, top, x + at * one, bottom, _HAIR) for at in range(count + 1)]
    for at, character in enumerate(piece.text):
        wide = fonts.width(character, piece.font, size)
        marks.append(Text(x + at * one + (one - wide) / 2, baseline, piece.font, size, character))
    return marks


def on_dots(length: float) -> float:
    """The nearest whole number of printer dots: bars between dots come out uneven."""
    return round(length / DOT) * DOT
