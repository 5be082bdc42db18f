"""The three executables of a version's folder: one small C file, told each time what Python is to run."""

from __future__ import annotations

import os
from pathlib import Path

from installer import roots
from installer.linux.contents import ARCHIVE
from installer.release import Release

SOURCE = Path(__file__).with_name("program.c")
MODULES = {
    "ban-mot-cua": "desk_app.window_program",
    "desk-app": "desk_app.cli",
    "desk-district": "desk_app.district.cli",
}
"""Program → the module whose main() it is."""
_DEED = (
    "import sys; lib = sys.path[-1].rpartition('/python')[0]; sys.path += [lib, lib + '/{archive}']; "
    "sys.argv[0] = sys.executable; from {module} import main; sys.exit(main())"
)
"""Python itself finds its library below lib/, by the name of the folder that holds os; the rest lies in lib/."""


def compile_into(folder: Path, release: Release, log: Path) -> None:
    """Writes them into `folder`, whose lib/ holds the library of Python already."""
    roots.need("gcc", "gcc")
    [library] = (folder / "lib").glob("libpython3*.so*")
    for name, module in MODULES.items():
        made = folder / name
        deed = _DEED.format(archive=ARCHIVE, module=module)
        command = ["gcc", "-O2", "-s", "-Wall", "-Werror", "-Wno-format-truncation", f'-DDEED="{deed}"']
        command += [f'-DPYTHON="{library.name}"', "-o", str(made), str(SOURCE), "-ldl"]
        roots.run(command, log=log)
        os.utime(made, (release.epoch, release.epoch))
