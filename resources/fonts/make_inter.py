"""Cut the four weights of Inter down to Latin and Vietnamese with figures of one width: 340 KB → under 100 KB each.

Gives a line the height that Vietnamese capitals need: Inter's own line ends below the marks of Ế and Ê̆, and Qt cuts a
label of one line there. Run by hand where fonttools is installed: `python make_inter.py FOLDER`, with the TTF files of
the npm package @expo-google-fonts/inter (OFL 1.1 without a reserved font name; licence beside this file).
"""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

WEIGHTS = ("400Regular", "500Medium", "600SemiBold", "700Bold")
KEPT = (
    "U+0020-007E,U+00A0-024F,U+0300-0323,U+031B,U+1E00-1EFF,U+2000-206F,U+20AB,U+2116,U+2190-2193,U+2212,U+25CF,U+2713"
)
BREVE = 0x306
GAP = 88
"""Between Â, Ê or Ô and the breve over it, in 1/2048 em. Inter's own gap is 157 and reaches 15.04 px up at 13 px."""
ASCENT = 2340
"""Height of a line above its foot: 15 px at 13 px, so that Ê̆ (2301) and Ế (2263) end within the line. Inter: 1984."""
MARK_TO_BASE = 4


def lower_breves(font: TTFont) -> None:
    """Set the breve of Ê̆ and its like `GAP` above the letter."""
    names, glyphs = font.getBestCmap(), font["glyf"]
    breve = names[BREVE]
    for lookup in font["GPOS"].table.LookupList.Lookup:
        for table in (getattr(each, "ExtSubTable", each) for each in lookup.SubTable):
            if table.LookupType != MARK_TO_BASE or breve not in table.MarkCoverage.glyphs:
                continue
            mark = table.MarkArray.MarkRecord[table.MarkCoverage.glyphs.index(breve)]
            foot = glyphs[breve].yMin - mark.MarkAnchor.YCoordinate
            for name in {names[ord(letter)] for letter in "ÂÊÔ"} & set(table.BaseCoverage.glyphs):
                base = table.BaseArray.BaseRecord[table.BaseCoverage.glyphs.index(name)]
                base.BaseAnchor[mark.Class].YCoordinate = glyphs[name].yMax + GAP - foot


def raise_lines(font: TTFont) -> None:
    font["hhea"].ascent = font["OS/2"].sTypoAscender = font["OS/2"].usWinAscent = ASCENT


if __name__ == "__main__":
    package, here = Path(sys.argv[1]), Path(__file__).parent
    for weight in WEIGHTS:
        cut = here / f"Inter-{weight[3:]}.ttf"
        subset.main(
            [
                str(package / weight / f"Inter_{weight}.ttf"),
                f"--unicodes={KEPT}",
                "--layout-features=kern,mark,mkmk,ccmp,locl,tnum",
                "--notdef-outline",
                "--name-IDs=*",
                f"--output-file={cut}",
            ]
        )
        made = TTFont(cut, recalcTimestamp=False)
        lower_breves(made)
        raise_lines(made)
        made.save(cut)
