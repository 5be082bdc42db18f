"""The Windows set-up, built in a Debian root that has Python 3.13, NSIS and a compiler for Windows."""

from __future__ import annotations

from pathlib import Path

from installer import describing
from installer.release import Release
from installer.roots import DebianRoot, Session, say
from installer.windows import debian_library, folder, interpreter, set_up, wheels
from installer.windows.folder import Ingredients, Tools

TOOLS = ("gcc-mingw-w64-x86-64-win32", "nsis", "python3.13-minimal", "libpython3.13-stdlib")
SUITE = "trixie"
"""The first Debian whose NSIS makes 64-bit set-ups; its Python has the bytecode of the interpreter in the wheel."""


def tools_root(roots_folder: Path) -> DebianRoot:
    root = DebianRoot(roots_folder / f"tools-{SUITE}", SUITE)
    root.make(TOOLS)
    return root


def build(release: Release, source: Path, pictures: Path, work: Path, roots_folder: Path, out: Path) -> list[Path]:
    parts, made, tools = program_folder(release, source, pictures, work, roots_folder)
    describing.describe(made, "windows-amd64", release)
    say("Windows: làm bộ cài (NSIS) …")
    package = out / f"ban-mot-cua-{release.version}-windows-amd64.exe"
    set_up.make(parts, made, package, tools)
    return [package]


def program_folder(
    release: Release, source: Path, pictures: Path, work: Path, roots_folder: Path
) -> tuple[Ingredients, Path, Tools]:
    """The program as a folder in `work`, what it was made of, and what runs a command of the tools' system there."""
    root = tools_root(roots_folder)
    work.mkdir(parents=True)
    variables = {"SOURCE_DATE_EPOCH": str(release.epoch), "PYTHONHASHSEED": "0", "TZ": "UTC"}

    def tools(command: list[str]) -> None:
        root.run(command, Session(shared={work: str(work)}, variables=variables))

    say("Windows: lấy các gói theo windows.lock …")
    fetched = wheels.fetch(roots_folder.parent / "wheels")
    [carrier] = [wheel for wheel in fetched if wheel.name.startswith("panda3d-")]
    library = debian_library.fetch(roots_folder.parent / "library", root)
    say("Windows: làm thư mục chương trình …")
    parts = Ingredients(
        release=release,
        source=source,
        wheels=tuple(fetched),
        interpreter=interpreter.of_wheel(carrier, library),
        icon=pictures / "ban-mot-cua.ico",
        work=work / "making",
    )
    return parts, folder.make(parts, work / "folder", tools), tools
