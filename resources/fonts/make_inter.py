"""Cut the four weights of Inter down to Latin and Vietnamese with figures of one width: 340 KB → under 100 KB each.

Run by hand where fonttools is installed: `python make_inter.py FOLDER`, with the TTF files of the npm package
@expo-google-fonts/inter (OFL 1.1 without a reserved font name; licence beside this file).
"""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools import subset

WEIGHTS = ("400Regular", "500Medium", "600SemiBold", "700Bold")
KEPT = (
    "U+0020-007E,U+00A0-024F,U+0300-0323,U+031B,U+1E00-1EFF,U+2000-206F,U+20AB,U+2116,U+2190-2193,U+2212,U+25CF,U+2713"
)

if __name__ == "__main__":
    package, here = Path(sys.argv[1]), Path(__file__).parent
    for weight in WEIGHTS:
        subset.main(
            [
                str(package / weight / f"Inter_{weight}.ttf"),
                f"--unicodes={KEPT}",
                "--layout-features=kern,mark,mkmk,ccmp,locl,tnum",
                "--notdef-outline",
                "--name-IDs=*",
                f"--output-file={here / f'Inter-{weight[3:]}.ttf'}",
            ]
        )
