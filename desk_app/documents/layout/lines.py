"""Breaks one paragraph into rows and shares their free width among the blanks: TeX's dotted glue, with slots.

A blank keeps its slot whether it is empty or filled, so a filled form looks like the printed one; a value longer than
its slot pushes the others, and wraps onto further rows. Pure; positions in points from the left edge of the paragraph.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from desk_app.documents.forms import conditions
from desk_app.documents.layout import fonts
from desk_app.documents.layout.blocks import Blank, CellRow, Span, Words

WORD, SPACE, LEADER, BOX, CELLS = range(5)
PITCH = 0.19
"""Distance of leader dots, as a share of the text size."""
SHORTEST_BLANK = 2.2
"""Width of an empty blank of weight 1, as a multiple of the text size."""
BOX_SIDE = 0.82
CELL_WIDE = 1.3
"""Width of one cell of a row of cells, as a multiple of the text size."""
_SLACK = 0.01


class Piece(NamedTuple):
    """Something on a row: a text run, a leader from x to x + wide, a check box (`text` "x" when ticked), or cells.

    A `struck` text run has a line through it.
    """

    kind: int
    x: float
    wide: float
    text: str
    font: str
    spread: float
    struck: bool = False


class Row(NamedTuple):
    """One row of a paragraph and how wide it runs."""

    pieces: list[Piece]
    wide: float


class _Item(NamedTuple):
    kind: int
    wide: float
    text: str
    font: str
    weight: float
    blank: int
    struck: bool = False


def value_of(values: Mapping[str, object], key: str) -> str:
    """The value of a blank as NFC text; `key.upper` is the value of `key` in capitals."""
    value = values.get(key)
    if value is None and key.endswith(".upper"):
        return value_of(values, key[:-6]).upper()
    return unicodedata.normalize("NFC", value) if isinstance(value, str) else ""


def rows_of(
    spans: Sequence[Span],
    values: Mapping[str, object],
    *,
    wide: float,
    size: float,
    align: str = "left",
    indent: float = 0.0,
    dotted: bool = True,
) -> list[Row]:
    """The rows of a paragraph `wide` points wide. `align`: left, centre, right or justify; always at least one row.

    Without `dotted` an empty blank leaves no dots, only the rows it needs (table cells).
    """
    items, total, owed = _items(spans, values, size=size, dotted=dotted)
    if not items:
        broken = []
    elif total + indent <= wide:
        broken = [(items, total)]
    else:
        broken = _broken(items, wide=wide, indent=indent)
    rows = []
    last = len(broken) - 1
    for number, (line, used) in enumerate(broken):
        start = indent if number == 0 else 0.0
        free = max(0.0, wide - used - start)
        justify = align == "justify" and number != last
        rows.append(_row(line, start=start, free=free, align=align, justify=justify))
    for blank, lines in owed:
        touched = [at for at, (line, _) in enumerate(broken) if any(item.blank == blank for item in line)]
        missing = lines - (touched[-1] - touched[0] + 1 if touched else len(rows))
        rows += [Row([Piece(LEADER, 0.0, wide, "", "", 0.0)] if dotted else [], wide)] * missing
    return rows or [Row([], 0.0)]


@lru_cache(maxsize=20_000)
def _words(text: str, font: str, size: float, blank: int, *, struck: bool = False) -> tuple[tuple[_Item, ...], float]:
    """The words and spaces of a text, and their width together; the same texts come with every paper."""
    scale = size / fonts.UNITS
    items = tuple(
        _Item(SPACE if part == " " else WORD, fonts.units(part, font) * scale, part, font, 0.0, blank, struck)
        for part in re.split(r"( )", text)
        if part
    )
    return items, sum(item.wide for item in items)


def _items(
    spans: Sequence[Span], values: Mapping[str, object], *, size: float, dotted: bool
) -> tuple[list[_Item], float, list[tuple[int, int]]]:
    """What the paragraph is made of, its width in one row, and the blanks (by number) a pen needs several rows for."""
    items: list[_Item] = []
    total = 0.0
    owed: list[tuple[int, int]] = []
    for number, span in enumerate(spans, 1):
        if isinstance(span, Words):
            words, wide = _words(span.text, span.font, size, 0, struck=span.struck)
            items += words
            total += wide
        elif isinstance(span, Blank):
            is_said = conditions.holds(span.condition, values)
            value = " ".join(value_of(values, span.key).split()) if is_said else ""
            words, wide = _words(value, span.font, size, number)
            items += words
            total += wide
            if dotted and (span.dots == "leader" or (span.dots == "if-empty" and not value)):
                shortest = 0.0 if value else SHORTEST_BLANK * size * min(1.0, span.weight)
                items.append(_Item(LEADER, shortest, "", "", span.weight if span.dots == "leader" else 0.0, number))
                total += shortest
            if span.lines > 1 and not value:
                owed.append((number, span.lines))
        elif isinstance(span, CellRow):
            value = "".join(value_of(values, span.key).split())
            wide = max(span.count, len(value)) * CELL_WIDE * size
            items.append(_Item(CELLS, wide, value, span.font, 0.0, number))
            total += wide
        else:
            ticked = conditions.holds(span.condition, values)
            items.append(_Item(BOX, size * BOX_SIDE, "x" if ticked else "", "", 0.0, 0))
            total += size * BOX_SIDE
    return items, total, owed


def _broken(items: list[_Item], *, wide: float, indent: float) -> list[tuple[list[_Item], float]]:
    """Greedy rows: (items, width used); rows break only at spaces, or inside a word wider than the paragraph."""
    rows: list[tuple[list[_Item], float]] = []
    line: list[_Item] = []
    used, room = 0.0, wide - indent + _SLACK
    spaces: list[_Item] = []
    gap = 0.0
    for chunk, chunk_wide in _chunks(items):
        if not chunk_wide and chunk[0].kind == SPACE:
            spaces.append(chunk[0])
            gap += chunk[0].wide
            continue
        if line and used + gap + chunk_wide > room:
            rows.append((line, used))
            line, used, room, spaces, gap = [], 0.0, wide + _SLACK, [], 0.0
        line += spaces
        used += gap
        spaces, gap = [], 0.0
        if chunk_wide <= room:
            line += chunk
            used += chunk_wide
            continue
        for part in (part for item in chunk for part in _fitting(item, room)):
            if line and used + part.wide > room:
                rows.append((line, used))
                line, used, room = [], 0.0, wide + _SLACK
            line.append(part)
            used += part.wide
    if line:
        rows.append((line, used))
    return rows


def _chunks(items: list[_Item]) -> Iterator[tuple[list[_Item], float]]:
    """What may not be torn apart, with its width: all between two spaces; and each space alone, with width 0."""
    chunk: list[_Item] = []
    chunk_wide = 0.0
    for item in items:
        if item.kind == SPACE:
            if chunk:
                yield chunk, chunk_wide
                chunk, chunk_wide = [], 0.0
            yield [item], 0.0
        else:
            chunk.append(item)
            chunk_wide += item.wide
    if chunk:
        yield chunk, chunk_wide


def _fitting(item: _Item, room: float) -> list[_Item]:
    """The item, or a word too long for a row cut into stretches that fit."""
    if item.kind != WORD or item.wide <= room:
        return [item]
    per_unit = item.wide / max(1, fonts.units(item.text, item.font))
    parts: list[_Item] = []
    text, units = "", 0
    for character in item.text:
        more = fonts.units(character, item.font)
        if text and (units + more) * per_unit > room:
            parts.append(item._replace(text=text, wide=units * per_unit))
            text, units = "", 0
        text += character
        units += more
    return [*parts, item._replace(text=text, wide=units * per_unit)]


def _row(line: list[_Item], *, start: float, free: float, align: str, justify: bool) -> Row:
    """Positions on one row: neighbouring words of a face become one text run."""
    grown = _grown(line, free)
    spread = 0.0
    if justify and not grown:
        spread = free / max(1, sum(1 for item in line if item.kind == SPACE))
    if grown or justify:
        free = 0.0
    at = start + (free / 2 if align == "centre" else free if align == "right" else 0.0)
    begin = at
    pieces: list[Piece] = []
    run: list[str] = []
    run_face, run_at = ("", False), at

    def close_run() -> None:
        nonlocal run
        if run:
            pieces.append(Piece(WORD, run_at, at - run_at, "".join(run), run_face[0], spread, run_face[1]))
            run = []

    for number, item in enumerate(line):
        wide = item.wide
        if item.kind <= SPACE:
            if (item.font, item.struck) != run_face:
                close_run()
            if item.kind == SPACE:
                wide += spread
            if not run:
                run_face, run_at = (item.font, item.struck), at + (wide if item.kind == SPACE else 0.0)
            if run or item.kind == WORD:
                run.append(item.text)
        else:
            close_run()
            wide += grown.get(number, 0.0)
            pieces.append(Piece(item.kind, at, wide, item.text, item.font, 0.0))
        at += wide
    close_run()
    return Row(pieces, at - begin)


def _grown(line: list[_Item], free: float) -> dict[int, float]:
    """How much each leader of the row grows, by its place: slots by weight, each at least as wide as its value."""
    leaders = [(number, item) for number, item in enumerate(line) if item.kind == LEADER and item.weight]
    if len(leaders) == 1:
        return {leaders[0][0]: free}
    if not leaders:
        return {}
    filled = {
        number: leader.wide + sum(item.wide for item in line if item.blank == leader.blank and item.kind != LEADER)
        for number, leader in leaders
    }
    total = free + sum(filled.values())
    open_slots = dict(leaders)
    slots: dict[int, float] = {}
    while open_slots:
        weight = sum(leader.weight for leader in open_slots.values())
        full = {number for number, leader in open_slots.items() if filled[number] > total * leader.weight / weight}
        if not full:
            slots |= {number: total * leader.weight / weight for number, leader in open_slots.items()}
            break
        for number in full:
            slots[number] = filled[number]
            total -= filled[number]
            del open_slots[number]
    return {number: max(0.0, slots[number] - filled[number]) for number, _ in leaders}
