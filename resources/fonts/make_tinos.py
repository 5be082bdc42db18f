"""Cut the four Tinos styles down to Latin and Vietnamese, without hinting: 500 KB → 65 KB each.

Run by hand where fonttools is installed: `python make_tinos.py FOLDER`, with the TTF files of the npm package
@expo-google-fonts/tinos (Tinos 1.340, OFL 1.1 without a reserved font name; licence beside this file).
"""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools import subset

STYLES = {
    "400Regular": "Regular",
    "400Regular_Italic": "Italic",
    "700Bold": "Bold",
    "700Bold_Italic": "BoldItalic",
}
KEPT = "U+0020-007E,U+00A0-024F,U+0300-0323,U+031B,U+1E00-1EFF,U+2000-206F,U+20AB,U+2116,U+2190-2193,U+2212,U+25A0-25CF"

if __name__ == "__main__":
    package, here = Path(sys.argv[1]), Path(__file__).parent
    for theirs, ours in STYLES.items():
        subset.main(
            [
                str(package / theirs / f"Tinos_{theirs}.ttf"),
                f"--unicodes={KEPT}",
                "--no-hinting",
                "--layout-features=",
                "--notdef-outline",
                "--name-IDs=*",
                f"--output-file={here / f'Tinos-{ours}.ttf'}",
            ]
        )
