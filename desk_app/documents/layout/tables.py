"""Ruled tables: a strip for every row, so that a long list runs over pages with its header set again."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from desk_app.documents.layout.blocks import Table, TextLine
from desk_app.documents.layout.lines import rows_of
from desk_app.documents.layout.marks import Mark, Rule
from desk_app.documents.layout.strip import Strip, StripFrame, baseline_of, marks_of

_CELL_PAD = 3.0
_HAIR = 0.5
_ALIGNS = {"c": "centre", "r": "right", "l": "left"}


def table_strips(block: Table, values: Mapping[str, object], frame: StripFrame) -> list[Strip]:
    """The header and every row of a table; a value that is no table gives no rows beyond `at_least`."""
    size = block.size * frame.scale or frame.size
    total = sum(block.weights)
    edges = [frame.left]
    for weight in block.weights:
        edges.append(edges[-1] + frame.wide * weight / total)
    header = _row(block.header, values, edges, size=size, aligns=("c",) * len(block.weights))
    body = list(block.body)
    repeated = body.pop() if block.rows else None
    rows = [(row, values) for row in body]
    if repeated is not None:
        given = values.get(block.rows)
        facts: list[Mapping[str, object]] = list(given) if isinstance(given, tuple | list) else []
        facts += [{}] * (block.at_least - len(facts))
        rows += [(repeated, {**values, **fact}) for fact in facts]
    return [header, *(_row(row, known, edges, size=size, aligns=block.aligns, header=header) for row, known in rows)]


def _row(
    row: tuple[TextLine, ...],
    values: Mapping[str, object],
    edges: list[float],
    *,
    size: float,
    aligns: tuple[str, ...],
    header: Strip | None = None,
) -> Strip:
    """One row, ruled around. Without a `header` it is the header: it has the upper rule and stays with the next."""
    leading = size * 1.25
    columns = [
        StripFrame(left=left + _CELL_PAD, wide=right - left - 2 * _CELL_PAD, top=0.0, size=size, leading=1.0)
        for left, right in pairwise(edges)
    ]
    cells = [
        rows_of(cell.spans, values, wide=column.wide, size=size, align=_ALIGNS[align], dotted=False)
        for cell, column, align in zip(row, columns, aligns, strict=True)
    ]
    most = max(len(cell) for cell in cells)
    tall = most * leading + 2.5
    pieces: list[Mark] = []
    for cell, column, align in zip(cells, columns, aligns, strict=True):
        # numbers and headers stand in the middle of a tall row, running text at its top
        y = 1.25 + ((most - len(cell)) * leading / 2 if align == "c" else 0.0)
        for line in cell:
            pieces += marks_of(line, column, size=size, baseline=y + baseline_of(leading, size))
            y += leading
    if header is None:
        pieces.append(Rule(edges[0], 0.0, edges[-1], 0.0, _HAIR))
    pieces.append(Rule(edges[0], tall, edges[-1], tall, _HAIR))
    pieces += [Rule(edge, 0.0, edge, tall, _HAIR) for edge in edges]
    return Strip(height=tall, pieces=tuple(pieces), header=header, holds_next=header is None)
