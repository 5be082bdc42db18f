"""The same Windows package made on Windows, with a Python from python.org: installer/windows/ci/python-org.yml runs it.

usage: python -m installer.windows.on_windows [--out DIR]      needs gcc, windres (MinGW-w64) and makensis in PATH
"""

from __future__ import annotations

import os
import platform
import subprocess
import sys
from pathlib import Path

from installer import describing, release
from installer.known import ROOT
from installer.windows import folder, interpreter, set_up, wheels
from installer.windows.folder import Ingredients

_HERE = {
    "python3.13": sys.executable,
    "x86_64-w64-mingw32-gcc": "gcc",
    "x86_64-w64-mingw32-windres": "windres",
    "makensis": "makensis",
}
"""What the tools are called on this machine."""


def main(arguments: list[str]) -> int:
    if not platform.python_version().startswith("3.13."):
        raise SystemExit("Cần chạy bằng Python 3.13 của python.org: gói mang theo đúng Python ấy.")
    out = Path(arguments[1]) if arguments[:1] == ["--out"] else ROOT / "dist"
    work = ROOT / "build" / "packages" / "on-windows"
    told = release.release()
    out.mkdir(parents=True, exist_ok=True)
    source = release.stage(work / "source")
    pictures = work / "pictures"
    subprocess.run([sys.executable, "-m", "installer.icons", str(pictures)], check=True, cwd=ROOT)
    variables = {**os.environ, "SOURCE_DATE_EPOCH": str(told.epoch), "PYTHONHASHSEED": "0"}

    def tools(command: list[str]) -> None:
        subprocess.run([_HERE[command[0]], *command[1:]], check=True, env=variables)

    # The wheel that carries an interpreter is what this recipe does without.
    fetched = wheels.fetch(work / "wheels", without="panda3d")
    parts = Ingredients(
        release=told,
        source=source,
        wheels=tuple(fetched),
        interpreter=interpreter.of_installation(Path(sys.base_prefix)),
        icon=pictures / "ban-mot-cua.ico",
        work=work / "making",
    )
    made = folder.make(parts, work / "folder", tools)
    describing.describe(made, "windows-amd64", told)
    set_up.make(parts, made, out / f"ban-mot-cua-{told.version}-windows-amd64.exe", tools)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
