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
    "sys.argv[0] = sys.executable; import together; together.look_into(lib{ahead}); "
    "from {module} import main; sys.exit(main())"
)
"""Python itself finds its library below lib/, by the name of the folder that holds os; the rest lies in lib/, most of
it in one file (`together.py`).
"""

_AHEAD = {
    "ban-mot-cua": (
        *(f"PySide6/Qt/lib/lib{part}.so.*" for part in ("Qt6Core", "Qt6Gui", "Qt6Widgets", "icui18n", "icuuc")),
        *(f"PySide6/Qt{part}.abi3.so" for part in ("Core", "Gui", "Widgets")),
        *(f"PySide6/Qt/lib/libQt6{part}.so.*" for part in ("DBus", "Svg", "XcbQpa")),
        *(
            "PySide6/libpyside6.abi3.so.*",
            "shiboken6/libshiboken6.abi3.so.*",
            "_cffi_backend.*.so",
            "msgspec/_core.*.so",
        ),
        *(f"python3.*/lib-dynload/{part}.*.so" for part in ("_decimal", "pyexpat", "unicodedata")),
        *("sqlcipher3/_sqlite3.*.so", "cryptography/hazmat/bindings/_rust.*.so", "libcrypto.so.*"),
    )
}
"""Program → the large libraries that it always loads, read ahead."""


def _ahead(lib: Path, name: str) -> list[str]:
    """Each of `_AHEAD` below `lib`; one that is not there stops the build."""
    found = []
    for pattern in _AHEAD.get(name, ()):
        there = [path for path in lib.glob(pattern) if not path.is_symlink()]
        if len(there) != 1:
            raise SystemExit(f"{len(there)} tệp {pattern} trong lib/, phải là một (installer/linux/programs.py)")
        found.append(there[0].relative_to(lib).as_posix())
    return found


def compile_into(folder: Path, release: Release, log: Path) -> None:
    """Writes them into `folder`, whose lib/ holds the library of Python already."""
    roots.need("gcc", "gcc")
    [library] = (folder / "lib").glob("libpython3*.so*")
    for name, module in MODULES.items():
        made = folder / name
        ahead = "".join(f", '{library}'" for library in _ahead(folder / "lib", name))
        deed = _DEED.format(archive=ARCHIVE, module=module, ahead=ahead)
        command = ["gcc", "-O2", "-s", "-Wall", "-Werror", "-Wno-format-truncation", f'-DDEED="{deed}"']
        command += [f'-DPYTHON="{library.name}"', "-o", str(made), str(SOURCE), "-ldl"]
        roots.run(command, log=log)
        os.utime(made, (release.epoch, release.epoch))
