"""A page 576 dots wide → bytes for an 80 mm receipt printer: one black-and-white picture (ESC/POS GS v 0).

Text commands are refused: no code page of these printers has every Vietnamese letter, and they print "?" silently.
"""

from __future__ import annotations

import struct

from PIL.Image import Dither, Image

from desk_app.documents.output.pdf import to_image

DOTS = 576
_DPI = 203.2
_DARK = 150
_BAND = 255
_RESET, _FEED_AND_CUT = b"\x1b@", b"\x1bd\x04\x1dV\x42\x00"


def to_escpos(pdf: bytes) -> bytes:
    """Every page of the PDF as raster bands, then four lines of feed and a partial cut."""
    return _RESET + _bands(to_dots(pdf)) + _FEED_AND_CUT


def to_dots(pdf: bytes) -> Image:
    """The first page as 1-bit pixels, 576 wide, without dithering: bars and letters stay sharp."""
    grey = to_image(pdf, dpi=_DPI)
    grey = grey.crop((0, 0, DOTS, grey.height))
    return grey.point([0] * _DARK + [255] * (256 - _DARK)).convert("1", dither=Dither.NONE)


def _bands(dots: Image) -> bytes:
    row = DOTS // 8
    dark = bytes(byte ^ 0xFF for byte in dots.tobytes())
    bands = []
    for top in range(0, dots.height, _BAND):
        piece = dark[top * row : (top + _BAND) * row]
        bands.append(b"\x1dv0\x00" + struct.pack("<HH", row, len(piece) // row) + piece)
    return b"".join(bands)
