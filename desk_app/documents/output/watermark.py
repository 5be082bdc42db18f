"""A word in outline across a page, under everything that stands on it, and never under a code that is scanned."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from reportlab.lib.rl_accel import escapePDF

from desk_app.documents.layout.fonts import BOLD
from desk_app.documents.layout.fonts import width as text_width
from desk_app.documents.layout.marks import Bars, Mark, Matrix, Page

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

    from desk_app.documents.output.pdf_font import FixedSubsetFont

_ANGLE = math.radians(30)
_OF_WIDTH = 0.8
_GREY, _LINE = 0.5, 0.7
"""Dark enough for a receipt printer, which prints what is darker than 150 of 255 and nothing else."""
_QUIET = 8.0


def watermark(page: Page, word: str, canvas: Canvas, font: FixedSubsetFont) -> str:
    """The content that lies under the page: the word once for each width of the page, so that no piece goes without."""
    document = canvas._doc  # noqa: SLF001 - as in `pdf`
    size = page.width * _OF_WIDTH / (text_width(word, BOLD, 1.0) * math.cos(_ANGLE))
    wide, cos, sin = text_width(word, BOLD, size), math.cos(_ANGLE), math.sin(_ANGLE)
    rows = max(1, round(page.height / page.width))
    parts = [f"q {_GREY} G {_LINE} w BT 1 Tr"]
    for row in range(rows):
        x = (page.width - wide * cos) / 2
        y = page.height * (row + 0.5) / rows - wide * sin / 2
        parts.append(f"{cos:.5f} {sin:.5f} {-sin:.5f} {cos:.5f} {x:.2f} {y:.2f} Tm")
        for subset, encoded in font.splitString(word, document):
            parts.append(f"{font.getSubsetInternalName(subset, document)} {size:.4g} Tf ({escapePDF(encoded)}) Tj")
    parts.append("0 Tr ET Q")
    return "\n".join([*parts, *_spared(page.marks, page.height)])


def _spared(marks: Sequence[Mark], flip: float) -> list[str]:
    """White behind each code, with the quiet around it that scanners need."""
    areas: list[tuple[float, float, float, float]] = []
    for mark in marks:
        match mark:
            case Bars():
                wide = mark.module * max((at + run for at, run in mark.runs), default=0)
                areas.append((mark.x, mark.y, wide, mark.height))
            case Matrix():
                side = mark.module * len(mark.rows)
                areas.append((mark.x, mark.y, side, side))
            case _:
                continue
    return [
        f"q 1 g {x - _QUIET:.2f} {flip - y - high - _QUIET / 2:.2f} {wide + 2 * _QUIET:.2f} {high + _QUIET:.2f} re f Q"
        for x, y, wide, high in areas
    ]
