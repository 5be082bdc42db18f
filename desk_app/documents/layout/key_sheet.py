"""The sheet of keys: one A4 page to hang beside the screen, in groups of a key and what the key does."""

from __future__ import annotations

from collections.abc import Sequence

from desk_app.documents.forms.form_records import MM
from desk_app.documents.layout.fonts import BOLD, REGULAR, width
from desk_app.documents.layout.marks import Mark, Page, Rule, Text

KeyGroup = tuple[str, Sequence[tuple[str, str]]]
"""A title, and pairs of a key and what it does."""
_WIDE, _HIGH = 210 * MM, 297 * MM
_EDGE, _GUTTER, _KEY = 14 * MM, 8 * MM, 33 * MM
_LEAST = 7.0


class TallSheetError(ValueError):
    """There are more keys than one page holds, however small."""


def key_sheet(title: str, groups: Sequence[KeyGroup]) -> Page:
    """The page, in the largest letters in which everything fits, in two columns. Raises `TallSheetError`."""
    size = 12.0
    while size >= _LEAST:
        marks = _laid_out(groups, size)
        if marks is not None:
            head = Text(_EDGE, _EDGE + 16, BOLD, 18.0, title)
            line = Rule(_EDGE, _EDGE + 24, _WIDE - _EDGE, _EDGE + 24, 0.8)
            return Page(_WIDE, _HIGH, (head, line, *marks))
        size -= 0.5
    raise TallSheetError


def _laid_out(groups: Sequence[KeyGroup], size: float) -> list[Mark] | None:
    """The groups in this size; None where they do not fit."""
    column_wide = (_WIDE - 2 * _EDGE - _GUTTER) / 2
    top, bottom, row = _EDGE + 44, _HIGH - _EDGE, size * 1.55
    marks: list[Mark] = []
    column, y = 0, top
    for title, keys in groups:
        rows = [_broken(text, size, column_wide - _KEY) for _, text in keys]
        high = row * (sum(len(each) for each in rows) + 2.2)
        if y + high > bottom:
            column, y = column + 1, top
        if column > 1 or y + high > bottom:
            return None
        left = _EDGE + column * (column_wide + _GUTTER)
        marks.append(Text(left, y, BOLD, size + 1, title))
        y += row * 1.2
        for (key, _), lines in zip(keys, rows, strict=True):
            marks.append(Text(left, y, BOLD, size, key))
            for line in lines:
                marks.append(Text(left + _KEY, y, REGULAR, size, line))
                y += row
        y += row
    return marks


def _broken(text: str, size: float, room: float) -> list[str]:
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and width(longer, REGULAR, size) > room:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines
