"""Where CPython for Windows comes from: the panda3d wheel, or an installation made by python.org's own installer."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from installer.windows.contents import is_of_interpreter, is_of_library

_IN_WHEEL = "deploy_libs/"


@dataclass(frozen=True)
class Interpreter:
    """CPython's own binaries by name, and its library's modules: path below Lib → file."""

    binaries: dict[str, bytes]
    library: dict[str, Path]

    @property
    def versioned(self) -> str:
        """ "python313": the library all else is loaded by."""
        [name] = [name for name in self.binaries if name.startswith("python3") and name != "python3.dll"]
        return name.removesuffix(".dll")


def of_wheel(wheel: Path, library: Path) -> Interpreter:
    """`library`: the standard library of the same minor version."""
    with zipfile.ZipFile(wheel) as packed:
        names = [name for name in packed.namelist() if name.startswith(_IN_WHEEL)]
        chosen = {name.removeprefix(_IN_WHEEL): name for name in names}
        binaries = {
            short.lower() if short.lower().startswith("vcruntime") else short: packed.read(name)
            for short, name in sorted(chosen.items())
            if is_of_interpreter(short)
        }
    return Interpreter(binaries, dict(_modules(library)))


def of_installation(folder: Path) -> Interpreter:
    """`folder` is sys.base_prefix of a Python from python.org: DLLs, Lib and the interpreter beside them."""
    found = [*folder.glob("*.dll"), *(folder / "DLLs").iterdir()]
    binaries = {
        path.name.lower() if path.name.lower().startswith("vcruntime") else path.name: path.read_bytes()
        for path in sorted(found)
        if is_of_interpreter(path.name) and path.name.lower() != "python3.dll"
    }
    return Interpreter(binaries, dict(_modules(folder / "Lib")))


def _modules(library: Path) -> Iterator[tuple[str, Path]]:
    for path in sorted(library.rglob("*.py")):
        name = path.relative_to(library).as_posix()
        if is_of_library(name):
            yield name, path
