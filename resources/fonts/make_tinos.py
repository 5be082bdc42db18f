"""Cut the four Tinos styles down to Latin and Vietnamese, without hinting: 500 KB → under 110 KB each.

Adds a glyph for every letter that is a base and a mark for Unicode (Ê̆, M̆): PDF is drawn without shaping, and three of
the four styles have no place for a mark over a capital. Run by hand where fonttools is installed, from the folder of
the program: `PYTHONPATH=. python resources/fonts/make_tinos.py FOLDER`, with the TTF files of the npm package
@expo-google-fonts/tinos (Tinos 1.340, OFL 1.1 without a reserved font name; licence beside this file).
"""

from __future__ import annotations

import math
import sys
import unicodedata
from pathlib import Path

from fontTools import subset
from fontTools.pens.boundsPen import BoundsPen
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

from desk_app.documents.layout import letters

STYLES = {
    "400Regular": "Regular",
    "400Regular_Italic": "Italic",
    "700Bold": "Bold",
    "700Bold_Italic": "BoldItalic",
}
KEPT = "U+0020-007E,U+00A0-024F,U+0300-0323,U+031B,U+1E00-1EFF,U+2000-206F,U+20AB,U+2116,U+2190-2193,U+2212,U+25A0-25CF"
HORN = "\u031b"
OVER_SMALL, OVER_TALL, OVER_MARK = 150, 112, 60
"""How far a mark stands above: letters as high as x (as in ĕ), higher letters (as in Ĕ), another mark. 1/2048 em."""
LEAN = 0.6
"""How much of an italic's slant its marks follow: as those of Ĕ and Ŏ, which the designers placed."""
DOTLESS = {"i": "ı", "j": "ȷ"}


class Stacker:
    """Puts marks over the letters of one style."""

    def __init__(self, font: TTFont) -> None:
        self._font = font
        self._names = font.getBestCmap()
        self._glyphs = font.getGlyphSet()
        self._slant = LEAN * math.tan(math.radians(-font["post"].italicAngle))
        self._low = self._box("x")[3] * 1.1

    def add_all(self) -> None:
        made = {code: self._stacked(*pair) for code, pair in letters.PAIRS.items()}
        for code, (glyph, advance) in made.items():
            name = f"uni{code:04X}"
            self._font.setGlyphOrder([*self._font.getGlyphOrder(), name])
            self._font["glyf"].glyphs[name] = glyph
            glyph.recalcBounds(self._font["glyf"])
            self._font["hmtx"].metrics[name] = advance, glyph.xMin
            for table in self._font["cmap"].tables:
                if table.isUnicode():
                    table.cmap[code] = name

    def _stacked(self, base: str, mark: str) -> tuple[object, int]:
        base = DOTLESS.get(base, base)
        # the horn of ơ stands beside the letter: the mark sits over the o
        body = unicodedata.normalize(
            "NFC", "".join(part for part in unicodedata.normalize("NFD", base) if part != HORN)
        )
        plain = DOTLESS.get(unicodedata.normalize("NFD", base)[0], unicodedata.normalize("NFD", base)[0])
        letter, own = self._box(plain), self._box(body)
        over = self._box(mark)
        gap = OVER_MARK if own[3] > letter[3] + 20 else OVER_SMALL if letter[3] < self._low else OVER_TALL
        up = round(own[3] + gap - over[1])
        # centred as the eye sees it: along the slant of an italic
        middle = (letter[0] + letter[2]) / 2 - (over[0] + over[2]) / 2
        right = round(middle + up * self._slant)
        pen = TTGlyphPen(self._glyphs)
        pen.addComponent(self._names[ord(base)], (1, 0, 0, 1, 0, 0))
        pen.addComponent(self._names[ord(mark)], (1, 0, 0, 1, right, up))
        return pen.glyph(), self._font["hmtx"].metrics[self._names[ord(base)]][0]

    def _box(self, character: str) -> tuple[float, float, float, float]:
        """Left, bottom, right, top of a glyph whose slant is taken away."""
        pen = BoundsPen(self._glyphs)
        self._glyphs[self._names[ord(character)]].draw(TransformPen(pen, (1, 0, -self._slant, 1, 0, 0)))
        return pen.bounds


if __name__ == "__main__":
    package, here = Path(sys.argv[1]), Path(__file__).parent
    stacked = ",".join(f"U+{code:04X}" for code in letters.PAIRS)
    for theirs, ours in STYLES.items():
        source = TTFont(package / theirs / f"Tinos_{theirs}.ttf", recalcTimestamp=False)
        Stacker(source).add_all()
        options = subset.Options(
            hinting=False, layout_features=[], notdef_outline=True, name_IDs=["*"], recalc_timestamp=False
        )
        cutter = subset.Subsetter(options)
        cutter.populate(unicodes=subset.parse_unicodes(f"{KEPT},{stacked}"))
        cutter.subset(source)
        subset.save_font(source, here / f"Tinos-{ours}.ttf", options)
