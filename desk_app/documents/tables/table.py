"""A table as it stood in a file: rows of texts, with what the file itself says of each cell."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from desk_app.domain.letters.old_fonts import Encoding

MOST_ROWS, MOST_COLUMNS, LONGEST_CELL = 200_000, 100, 2_000
TEXT, NUMBER, DAY, FAULT = "t", "n", "d", "e"
"""What a cell holds: text, a number as Excel wrote it, a day as ISO, an error of Excel's or a text far too long."""
KIND_OF_FONT = {Encoding.TCVN3: "T", Encoding.TCVN3_CAPITALS: "H", Encoding.VNI: "V"}
"""A text whose font is one of before Unicode."""
FONT_OF_KIND = {kind: encoding for encoding, kind in KIND_OF_FONT.items()}


class TableFault(ValueError):  # noqa: N818 - a reason that services turn into their own error
    """Why a file is refused, in Vietnamese; never what a cell says."""


class SheetRow(Struct, frozen=True):
    """A row that has something in it: its number in the file from 1, its texts, a letter for each (`TEXT` …)."""

    line: int
    texts: tuple[str, ...]
    kinds: str


class Sheet(Struct, frozen=True, kw_only=True):
    """A sheet of a workbook, or a delimited file: the name, its rows. `is_bytes`: each letter is a byte as it stood."""

    name: str
    rows: Sequence[SheetRow]
    is_bytes: bool = False
    is_cut: bool = False
    """Whether the file has more rows than are read here."""
