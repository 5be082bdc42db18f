"""Turns blocks into strips: pieces of a page that stay whole, with positions from their own upper edge."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from desk_app.documents import barcodes, conditions, fonts, lines
from desk_app.documents.blocks import (
    Barcode,
    Block,
    Columns,
    CopyMark,
    Gap,
    Line,
    PageBreak,
    Qr,
    Space,
    Table,
    UnderRule,
    When,
)
from desk_app.documents.form_records import DOT, MM, SHEETS, Form
from desk_app.documents.lines import PITCH, Row, rows_of, value_of
from desk_app.documents.marks import Bars, Box, Leader, Mark, Matrix, Rule, Text

COPY_SLOT = "\ufffccopy"
"""Stands for the copy's name until the page is made for one copy; compared by identity."""

_ALIGNS = {"title": "centre", "subtitle": "centre", "centre": "centre", "right": "right"}
_SIZES = {"title": 14 / 13, "note": 10 / 13}
_INDENT = 10 * MM
_CELL_PAD = 3.0
_HAIR = 0.5
_AIR = 1.5
"""Between a value and the dots after it, and between dots and the next word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """Where text may stand, in points; its size, and its leading in sizes. `scale` is how much smaller all is set."""

    left: float
    wide: float
    top: float
    size: float
    leading: float
    scale: float = 1.0

    @classmethod
    def of(cls, form: Form, *, scale: float = 1.0, tightness: float = 1.0) -> Frame:
        """The frame of a form's page, its text set smaller by `scale` and its rows closer by `tightness`."""
        top, right, _, left = form.head.margins
        return cls(
            left=left * MM,
            wide=SHEETS[form.paper][0] - (left + right) * MM,
            top=top * MM,
            size=form.head.size * scale,
            leading=form.head.leading * tightness,
            scale=scale,
        )

    def part(self, left: float, wide: float, size: float = 0.0) -> Frame:
        """A column of this frame; `size` 0 keeps the text size."""
        return Frame(
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
                return Bars(mark.x, _on_dots(mark.y + y), mark.module, mark.height, mark.runs, mark.text)
            case Matrix():
                return Matrix(mark.x, _on_dots(mark.y + y), mark.module, mark.rows, mark.text)


def strips_of(blocks: Iterable[Block], values: Mapping[str, object], frame: Frame) -> list[Strip]:
    """The strips of these blocks, in order."""
    strips: list[Strip] = []
    for block in blocks:
        match block:
            case Line():
                strips += _paragraph(block, values, frame)
            case Gap():
                strips.append(Strip(height=block.lines * frame.size * frame.leading, is_gap=True))
            case Space():
                strips.append(Strip(height=block.height * MM * frame.scale, is_gap=True))
            case UnderRule():
                strips.append(_under_rule(block, strips[-1] if strips else None, frame))
            case Columns():
                strips.append(_columns(block, values, frame))
            case Table():
                strips += _table(block, values, frame)
            case When():
                chosen = block.blocks if conditions.holds(block.condition, values) else block.otherwise
                strips += strips_of(chosen, values, frame)
            case CopyMark():
                baseline = frame.size * 0.9
                slot = Text(frame.left + frame.wide / 2, baseline, fonts.ITALIC, frame.size * 0.9, COPY_SLOT)
                strips.append(Strip(height=frame.size * 1.25, pieces=(slot,)))
            case PageBreak():
                strips.append(Strip(height=0.0, new_page=True))
            case Barcode():
                strips += _barcode(block, value_of(values, block.key), frame)
            case Qr():
                strips += _qr(block, value_of(values, block.key), frame)
    return strips


def _paragraph(block: Line, values: Mapping[str, object], frame: Frame) -> list[Strip]:
    size = frame.size * _SIZES.get(block.kind, 1.0)
    tall = size * (frame.leading if block.kind in ("text", "left") else min(frame.leading, 1.3))
    align = _ALIGNS.get(block.kind, "left")
    if block.kind in ("text", "note") and not any(hasattr(span, "key") for span in block.spans):
        align = "justify"
    rows = rows_of(
        block.spans,
        values,
        wide=frame.wide,
        size=size,
        align=align,
        indent=_INDENT if block.indent else 0.0,
    )
    heading = block.kind in ("title", "subtitle")
    last = len(rows) - 1
    return [
        Strip(
            height=tall,
            pieces=tuple(_marks(row, frame, size=size, baseline=_baseline(tall, size))),
            # one row of a paragraph alone at the foot of a page reads badly: the first stays with the second
            holds_next=heading or (number == 0 and number != last),
        )
        for number, row in enumerate(rows)
    ]


def _baseline(tall: float, size: float) -> float:
    return (tall - size) / 2 + size * 0.82


def _marks(row: Row, frame: Frame, *, size: float, baseline: float) -> list[Mark]:
    marks: list[Mark] = []
    pitch = PITCH * size
    grid = frame.left + frame.wide
    for piece in row.pieces:
        x = frame.left + piece.x
        if piece.kind == lines.WORD:
            marks.append(Text(x, baseline, piece.font, size, piece.text.rstrip(), piece.spread))
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
    return marks


def _under_rule(block: UnderRule, above: Strip | None, frame: Frame) -> Strip:
    wide = frame.wide / 3
    if block.whole and above is not None:
        texts = [piece for piece in above.pieces if isinstance(piece, Text)]
        if texts:
            end = texts[-1]
            wide = end.x + fonts.width(end.text, end.font, end.size) - texts[0].x
    x = frame.left + (frame.wide - wide) / 2
    return Strip(height=frame.size * 0.4, pieces=(Rule(x, 1.6, x + wide, 1.6, 0.7),))


def _columns(block: Columns, values: Mapping[str, object], frame: Frame) -> Strip:
    """One strip as high as its longest column; it takes the row above along when it must go to a new page."""
    total = sum(block.weights)
    gutter = 4 * MM if len(block.weights) > 1 else 0.0
    room = frame.wide - gutter * (len(block.weights) - 1)
    left, tallest = frame.left, 0.0
    pieces: list[Mark] = []
    for weight, cell in zip(block.weights, block.cells, strict=True):
        wide = room * weight / total
        column = frame.part(left, wide, block.size)
        y = 0.0
        for strip in strips_of(cell, values, column):
            pieces += [Strip.moved(piece, y) for piece in strip.pieces]
            y += strip.height
        tallest = max(tallest, y)
        left += wide + gutter
    return Strip(height=tallest, pieces=tuple(pieces), glued=True)


def _table(block: Table, values: Mapping[str, object], frame: Frame) -> list[Strip]:
    size = block.size * frame.scale or frame.size
    total = sum(block.weights)
    edges = [frame.left]
    for weight in block.weights:
        edges.append(edges[-1] + frame.wide * weight / total)
    centred = ("c",) * len(block.weights)
    header = _table_row(block.header, values, edges, size=size, aligns=centred, top=True)
    strips = [header]
    body = list(block.body)
    repeated = body.pop() if block.rows else None
    for row in body:
        strips.append(_table_row(row, values, edges, size=size, aligns=block.aligns, header=header))
    if repeated is not None:
        given = values.get(block.rows)
        rows: list[Mapping[str, object]] = list(given) if isinstance(given, tuple | list) else []
        rows += [{}] * (block.at_least - len(rows))
        for facts in rows:
            merged = {**values, **facts}
            strips.append(_table_row(repeated, merged, edges, size=size, aligns=block.aligns, header=header))
    return strips


def _table_row(
    row: tuple[Line, ...],
    values: Mapping[str, object],
    edges: list[float],
    *,
    size: float,
    aligns: tuple[str, ...],
    header: Strip | None = None,
    top: bool = False,
) -> Strip:
    leading = size * 1.25
    cells = [
        rows_of(
            cell.spans,
            values,
            wide=edges[at + 1] - edges[at] - 2 * _CELL_PAD,
            size=size,
            align={"c": "centre", "r": "right"}.get(aligns[at], "left"),
            dotted=False,
        )
        for at, cell in enumerate(row)
    ]
    most = max(len(cell) for cell in cells)
    tall = most * leading + 2.5
    pieces: list[Mark] = []
    for at, cell in enumerate(cells):
        inner = Frame(left=edges[at] + _CELL_PAD, wide=edges[at + 1] - edges[at] - 2 * _CELL_PAD, top=0, size=size, leading=1)
        # numbers and headers stand in the middle of a tall row, running text at its top
        y = 1.25 + ((most - len(cell)) * leading / 2 if aligns[at] == "c" else 0.0)
        for line in cell:
            pieces += _marks(line, inner, size=size, baseline=y + _baseline(leading, size))
            y += leading
    if top:
        pieces.append(Rule(edges[0], 0.0, edges[-1], 0.0, _HAIR))
    pieces.append(Rule(edges[0], tall, edges[-1], tall, _HAIR))
    pieces += [Rule(edge, 0.0, edge, tall, _HAIR) for edge in edges]
    return Strip(height=tall, pieces=tuple(pieces), header=header, holds_next=top)


def _barcode(block: Barcode, text: str, frame: Frame) -> list[Strip]:
    """Modules of 2 or 3 whole dots of a 203 dpi head (0.25 mm decodes in every test); a code too wide is left out."""
    if not text:
        return []
    runs, modules = barcodes.code128(text)
    quiet = 2 * barcodes.QUIET_MODULES
    dots = 3 if (modules + quiet) * 3 * DOT <= frame.wide else 2
    module = dots * DOT
    if modules * module > frame.wide:
        return []
    x = _on_dots(frame.left + (frame.wide - modules * module) / 2)
    height = _on_dots(block.height * MM)
    return [Strip(height=height + 2, pieces=(Bars(x, 1.0, module, height, runs, text),))]


def _qr(block: Qr, text: str, frame: Frame) -> list[Strip]:
    """As large as `side` allows in whole dots, at least 3 a module."""
    if not text:
        return []
    rows = barcodes.qr(text)
    dots = max(3, int(block.side * MM / (len(rows) * DOT)))
    side = len(rows) * dots * DOT
    x = _on_dots(frame.left + (frame.wide - side) / 2)
    return [Strip(height=side + 2, pieces=(Matrix(x, 1.0, dots * DOT, rows, text),))]


def _on_dots(length: float) -> float:
    return round(length / DOT) * DOT
