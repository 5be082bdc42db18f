"""The four faces that papers are set in: which characters they have and how wide these are.

Reads the font files itself, so that the window can lay out and check text before reportlab is imported.
"""

from __future__ import annotations

import struct
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

from desk_app import places
from desk_app.documents.layout import letters

REGULAR, BOLD, ITALIC, BOLD_ITALIC = "R", "B", "I", "BI"
FILES = {
    REGULAR: "Tinos-Regular.ttf",
    BOLD: "Tinos-Bold.ttf",
    ITALIC: "Tinos-Italic.ttf",
    BOLD_ITALIC: "Tinos-BoldItalic.ttf",
}
UNITS = 2048
"""Widths are whole units of 1/2048 of the font size."""

VIETNAMESE_LETTERS = letters.VIETNAMESE


@dataclass(frozen=True, slots=True)
class Face:
    """A font file: the advance width of every character it has, in units of 1/2048 em."""

    file: str
    widths: dict[int, int]


@cache
def face(font: str) -> Face:
    """The face of a style; read once per process."""
    name = FILES[font]
    return Face(name, _widths((places.resources() / "fonts" / name).read_bytes()))


@lru_cache(maxsize=50_000)
def units(text: str, font: str) -> int:
    """How wide NFC `text` runs, in units of 1/2048 of the size; a character without a glyph counts as the empty box."""
    widths = face(font).widths
    missing = UNITS // 2
    return sum(widths.get(ord(character), missing) for character in text)


def width(text: str, font: str, size: float) -> float:
    """How wide NFC `text` runs at `size`, in points."""
    return units(text, font) * size / UNITS


def missing_letters(text: str) -> list[str]:
    """What may not be recorded: the letters no paper can show, each once, in order; a mark stays with its letter."""
    known = _printable()
    if known.issuperset(text):
        return []
    normal = unicodedata.normalize("NFC", text)
    return list(dict.fromkeys(part for part in letters.split(normal) if part not in known and not part.isspace()))


def missing_characters(text: str) -> str:
    """What cannot be drawn at all: the characters without a glyph, each once, in order; "" when all have one.

    Older desks took any mark over any letter; what they recorded must still print, with the mark where it falls.
    """
    return "".join(dict.fromkeys(mark for part in missing_letters(text) for mark in part if mark not in _drawable()))


@cache
def _printable() -> frozenset[str]:
    """What every style can show: characters with a glyph, and a base with the mark over it; never a mark alone."""
    alone = (character for character in _drawable() if not unicodedata.combining(character))
    pairs = (pair for code, pair in letters.PAIRS.items() if all(code in face(style).widths for style in FILES))
    return frozenset((*alone, *pairs))


@cache
def _drawable() -> frozenset[str]:
    """The characters of which every style has a glyph; private codes are ours and no character of a text."""
    every = frozenset.intersection(*(frozenset(face(style).widths) for style in FILES))
    return frozenset(chr(code) for code in every if code not in letters.PAIRS)


def _widths(data: bytes) -> dict[int, int]:
    """Advance widths by code point, from the tables head, hhea, hmtx and cmap (format 4) of a TrueType file."""
    count = struct.unpack_from(">H", data, 4)[0]
    tables = {data[at : at + 4]: struct.unpack_from(">I", data, at + 8)[0] for at in range(12, 12 + 16 * count, 16)}
    per_em = struct.unpack_from(">H", data, tables[b"head"] + 18)[0]
    if per_em != UNITS:
        raise ValueError(f"font has {per_em} units an em, not {UNITS}")
    metrics = struct.unpack_from(">H", data, tables[b"hhea"] + 34)[0]
    pairs = struct.unpack_from(f">{metrics * 2}H", data, tables[b"hmtx"])
    advances = pairs[::2]
    return {code: advances[min(glyph, metrics - 1)] for code, glyph in _glyphs(data, tables[b"cmap"]).items() if glyph}


def _glyphs(data: bytes, cmap: int) -> dict[int, int]:
    """Glyph numbers by code point, from the Windows Unicode subtable (OpenType specification, cmap format 4)."""
    count = struct.unpack_from(">H", data, cmap + 2)[0]
    for at in range(cmap + 4, cmap + 4 + 8 * count, 8):
        platform, encoding, offset = struct.unpack_from(">HHI", data, at)
        start = cmap + offset
        if (platform, encoding) == (3, 1) and struct.unpack_from(">H", data, start)[0] == 4:
            break
    else:
        raise ValueError("font has no Unicode character map of format 4")
    segments = struct.unpack_from(">H", data, start + 6)[0] // 2
    row = f">{segments}H"
    ends = struct.unpack_from(row, data, start + 14)
    starts = struct.unpack_from(row, data, start + 16 + 2 * segments)
    deltas = struct.unpack_from(row, data, start + 16 + 4 * segments)
    ranges_at = start + 16 + 6 * segments
    ranges = struct.unpack_from(row, data, ranges_at)
    glyphs: dict[int, int] = {}
    for index, (first, last, delta, jump) in enumerate(zip(starts, ends, deltas, ranges, strict=True)):
        for code in range(first, min(last, 0xFFFE) + 1):
            if jump:
                glyph = struct.unpack_from(">H", data, ranges_at + 2 * index + jump + 2 * (code - first))[0]
                glyph = (glyph + delta) & 0xFFFF if glyph else 0
            else:
                glyph = (code + delta) & 0xFFFF
            glyphs[code] = glyph
    return glyphs
