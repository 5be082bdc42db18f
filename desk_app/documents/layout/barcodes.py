"""Barcodes as dark stretches on a grid of modules. Whoever draws them uses one path and one fill: PDFium moves bars
that are filled one by one, each to its own pixel, and most then no longer scan.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING, Any

from desk_app.documents.layout.marks import Run
from desk_app.lazy import lazy

if TYPE_CHECKING:
    import barcode
    import zxingcpp
else:
    barcode = lazy("barcode")
    zxingcpp = lazy("zxingcpp")

QUIET_MODULES = 10
"""Empty modules owed on each side of a Code 128 (ISO/IEC 15417)."""


@lru_cache(maxsize=256)
def code128(text: str) -> tuple[tuple[Run, ...], int]:
    """The dark stretches of a Code 128, and its width in modules without quiet zones.

    Raises `ValueError` for an empty text or characters beyond ASCII.
    """
    if not text or not text.isascii():
        raise ValueError("Code 128 takes ASCII text")
    return _runs(barcode.Code128(text).build()[0])


@lru_cache(maxsize=256)
def qr(text: str) -> tuple[tuple[Run, ...], ...]:
    """The dark stretches of each row of a QR code with medium correction, without its quiet zone."""
    symbol = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    pixels: Any = symbol.to_image(scale=1, add_quiet_zones=False)
    rows: Any = memoryview(pixels).tolist()
    return tuple(_runs("".join("0" if light else "1" for light in row))[0] for row in rows)


def _runs(bits: str) -> tuple[tuple[Run, ...], int]:
    runs: list[Run] = []
    at = 0
    for bit, group in groupby(bits):
        wide = len(list(group))
        if bit == "1":
            runs.append((at, wide))
        at += wide
    return tuple(runs), at
