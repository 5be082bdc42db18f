"""Barcodes on paper: in modules of whole printer dots, and left out where there is no room for bars that scan."""

from __future__ import annotations

from desk_app.documents.forms.form_records import DOT, MM
from desk_app.documents.layout import barcodes
from desk_app.documents.layout.blocks import Barcode, Qr
from desk_app.documents.layout.marks import Bars, Matrix
from desk_app.documents.layout.strip import Strip, StripFrame, on_dots

SCANNED = ".scanned"
"""Behind a key: what the barcode of that value holds where it is more than the value."""


def barcode_strips(block: Barcode, text: str, frame: StripFrame) -> list[Strip]:
    """Modules of 2 or 3 whole dots of a 203 dpi head (0.25 mm decodes in every test); a code too wide is left out."""
    if not text:
        return []
    runs, modules = barcodes.code128(text)
    quiet = 2 * barcodes.QUIET_MODULES
    dots = 3 if (modules + quiet) * 3 * DOT <= frame.wide else 2
    module = dots * DOT
    if modules * module > frame.wide:
        return []
    x = on_dots(frame.left + (frame.wide - modules * module) / 2)
    height = on_dots(block.height * MM)
    return [Strip(height=height + 2, pieces=(Bars(x, 1.0, module, height, runs, text),))]


def qr_strips(block: Qr, text: str, frame: StripFrame) -> list[Strip]:
    """As large as `side` allows in whole dots, at least 3 a module."""
    if not text:
        return []
    rows = barcodes.qr(text)
    dots = max(3, int(block.side * MM / (len(rows) * DOT)))
    side = len(rows) * dots * DOT
    x = on_dots(frame.left + (frame.wide - side) / 2)
    return [Strip(height=side + 2, pieces=(Matrix(x, 1.0, dots * DOT, rows, text),))]
