"""Turns blocks into strips, in order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from desk_app.documents.forms import conditions
from desk_app.documents.forms.form_records import MM
from desk_app.documents.layout import blocks as block_kinds
from desk_app.documents.layout import fonts
from desk_app.documents.layout.code_strips import SCANNED, barcode_strips, qr_strips
from desk_app.documents.layout.lines import rows_of, value_of
from desk_app.documents.layout.marks import Mark, Rule, Text
from desk_app.documents.layout.strip import Strip, StripFrame, baseline_of, marks_of
from desk_app.documents.layout.tables import table_strips

COPY_SLOT = "\ufffccopy"
"""Stands for the copy's name until the page is made for one copy; no value can contain it, the font lacks U+FFFC."""

_ALIGNS = {"title": "centre", "subtitle": "centre", "centre": "centre", "right": "right"}
_SIZES = {"title": 14 / 13, "note": 10 / 13, "caption": 10 / 13}
_INDENT = 10 * MM


def strips_of(blocks: Iterable[block_kinds.Block], values: Mapping[str, object], frame: StripFrame) -> list[Strip]:
    """The strips of these blocks, in order."""
    strips: list[Strip] = []
    for block in blocks:
        match block:
            case block_kinds.TextLine():
                if block.kind == "caption":  # it stays with the line that it explains
                    _hold_next(strips)
                strips += _paragraph(block, values, frame)
            case block_kinds.Gap() | block_kinds.Space() | block_kinds.PageBreak():
                strips.append(_empty(block, frame))
            case block_kinds.UnderRule():
                strips.append(_under_rule(block, strips[-1] if strips else None, frame))
            case block_kinds.Columns():
                strips.append(_columns(block, values, frame))
            case block_kinds.Table():
                _hold_next(strips)  # what is said above a table does not stay alone at the foot of a page
                strips += table_strips(block, values, frame)
            case block_kinds.When():
                chosen = block.blocks if conditions.holds(block.condition, values) else block.otherwise
                strips += strips_of(chosen, values, frame)
            case block_kinds.CopyMark():
                baseline = frame.size * 0.9
                slot = Text(frame.left + frame.wide / 2, baseline, fonts.ITALIC, frame.size * 0.9, COPY_SLOT)
                strips.append(Strip(height=frame.size * 1.25, pieces=(slot,)))
            case block_kinds.Barcode():
                strips += barcode_strips(block, _scanned(values, block.key), frame)
            case block_kinds.Qr():
                strips += qr_strips(block, _scanned(values, block.key), frame)
    return strips


def _scanned(values: Mapping[str, object], key: str) -> str:
    return value_of(values, f"{key}{SCANNED}") or value_of(values, key)


def _hold_next(strips: list[Strip]) -> None:
    """Keep the strip above, if there is anything on it, on the page of what follows."""
    if strips and strips[-1].pieces:
        strips[-1] = replace(strips[-1], holds_next=True)


def _empty(block: block_kinds.Gap | block_kinds.Space | block_kinds.PageBreak, frame: StripFrame) -> Strip:
    match block:
        case block_kinds.Gap():
            return Strip(height=block.lines * frame.size * frame.leading, is_gap=True)
        case block_kinds.Space():
            return Strip(height=block.height * MM * frame.scale, is_gap=True)
        case block_kinds.PageBreak():
            return Strip(height=0.0, new_page=True)


def _paragraph(block: block_kinds.TextLine, values: Mapping[str, object], frame: StripFrame) -> list[Strip]:
    size = frame.size * _SIZES.get(block.kind, 1.0)
    tall = size * (frame.leading if block.kind in ("text", "left") else min(frame.leading, 1.3))
    align = _ALIGNS.get(block.kind, "left")
    if block.kind in ("text", "note") and not any(
        isinstance(span, block_kinds.Blank | block_kinds.TickBox | block_kinds.CellRow) for span in block.spans
    ):
        align = "justify"
    rows = rows_of(
        block.spans,
        values,
        wide=frame.wide,
        size=size,
        align=align,
        indent=_INDENT if block.indent else 0.0,
    )
    heading = block.kind in ("title", "subtitle") or _is_bold(block)
    last = len(rows) - 1
    return [
        Strip(
            height=tall,
            pieces=tuple(marks_of(row, frame, size=size, baseline=baseline_of(tall, size))),
            # one row of a paragraph alone at the foot of a page reads badly: the first stays with the second
            holds_next=heading or (number == 0 and number != last),
        )
        for number, row in enumerate(rows)
    ]


def _is_bold(block: block_kinds.TextLine) -> bool:
    """Whether the whole line is fixed words in bold: the head of what follows."""
    return bool(block.spans) and all(
        isinstance(span, block_kinds.Words) and (span.font in (fonts.BOLD, fonts.BOLD_ITALIC) or not span.text.strip())
        for span in block.spans
    )


def _under_rule(block: block_kinds.UnderRule, above: Strip | None, frame: StripFrame) -> Strip:
    wide = frame.wide / 3
    if block.whole and above is not None:
        texts = [piece for piece in above.pieces if isinstance(piece, Text)]
        if texts:
            end = texts[-1]
            wide = end.x + fonts.width(end.text, end.font, end.size) - texts[0].x
    x = frame.left + (frame.wide - wide) / 2
    return Strip(height=frame.size * 0.4, pieces=(Rule(x, 1.6, x + wide, 1.6, 0.7),))


def _columns(block: block_kinds.Columns, values: Mapping[str, object], frame: StripFrame) -> Strip:
    """One strip as high as its longest column; it takes the row above along when it must go to a new page.

    A barcode that is too wide for its column stands below all columns: a scanner needs it more than a place.
    """
    total = sum(block.weights)
    gutter = 4 * MM if len(block.weights) > 1 else 0.0
    room = frame.wide - gutter * (len(block.weights) - 1)
    left, tallest = frame.left, 0.0
    pieces: list[Mark] = []
    below: list[Strip] = []
    for weight, cell in zip(block.weights, block.cells, strict=True):
        wide = room * weight / total
        column = frame.part(left, wide, block.size)
        y = 0.0
        for strip in strips_of(cell, values, column):
            pieces += [Strip.moved(piece, y) for piece in strip.pieces]
            y += strip.height
        tallest = max(tallest, y)
        left += wide + gutter
        below += _too_wide(cell, values, column, frame)
    for strip in below:
        pieces += [Strip.moved(piece, tallest) for piece in strip.pieces]
        tallest += strip.height
    return Strip(height=tallest, pieces=tuple(pieces), glued=True)


def _too_wide(
    cell: Iterable[block_kinds.Block], values: Mapping[str, object], column: StripFrame, frame: StripFrame
) -> list[Strip]:
    """The barcodes of a column that find no room in it, over the width of the frame."""
    strips: list[Strip] = []
    for block in cell:
        if isinstance(block, block_kinds.Barcode) and not barcode_strips(block, _scanned(values, block.key), column):
            strips += barcode_strips(block, _scanned(values, block.key), frame)
    return strips
