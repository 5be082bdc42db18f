"""The Windows program as a folder: CPython, the wheels of windows.lock, the program, and three small launchers.

ban-mot-cua.exe desk-app.exe desk-district.exe      start python313.dll beside them
python313.dll python313.zip python313._pth …        the interpreter, its library, where modules are looked for
lib/                                                 the wheels, resources/, forms/
lib/desk_app.zip                                     the program: one file is opened and looked through, not a thousand
"""

from __future__ import annotations

import os
import shutil
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from installer.release import Release
from installer.windows import binaries, stubs
from installer.windows.binaries import Binary
from installer.windows.contents import place_in_folder
from installer.windows.interpreter import Interpreter

HERE = Path(__file__).parent
COMPILING = HERE.parent / "compiling.py"
PROGRAMS = {
    "ban-mot-cua": ("desk_app.window_program", "Bàn Một Cửa"),
    "desk-app": ("desk_app", "Bàn Một Cửa (cửa sổ lệnh)"),
    "desk-district": ("desk_app.district", "Bàn Một Cửa (phía cấp trên)"),
}
"""Program → its module, and what Windows calls it."""
ARCHIVE = "lib/desk_app.zip"
WINDOWED = frozenset({"ban-mot-cua"})
_COMPILER = "x86_64-w64-mingw32-gcc"
_RESOURCES = "x86_64-w64-mingw32-windres"
_LINK = ("-O2", "-s", "-Wall", "-Werror", "-Wno-format-truncation", "-Wl,--no-insert-timestamp")


Tools = Callable[[list[str]], None]
"""Runs a program of the place that has Python 3.13, NSIS and the compiler; paths mean the same there."""


@dataclass(frozen=True)
class Ingredients:
    """`source`: the staged project; `work`: a folder to throw away; `icon`: an .ico file."""

    release: Release
    source: Path
    wheels: tuple[Path, ...]
    interpreter: Interpreter
    icon: Path
    work: Path


def make(parts: Ingredients, out: Path, tools: Tools) -> Path:
    """Fills `out`, made anew; every file has the release's time. Stops where a library would find something missing."""
    for folder in (out, parts.work):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
    modules = Modules(parts.work / "modules", out)
    for name, content in parts.interpreter.binaries.items():
        (out / name).write_bytes(content)
    for place, content in _of_wheels(parts.wheels):
        modules.put(place, content)
    program = parts.work / "program"
    for place, content in _of_program(parts.source):
        modules.compile(content, place, program)
    for place, content in _of_project(parts.source):
        modules.put(place, content)
    library = parts.work / "library"
    for name, path in parts.interpreter.library.items():
        modules.compile(path.read_bytes(), name, library)
    modules.finish(parts.work, tools)
    versioned = parts.interpreter.versioned
    _zip(library, out / f"{versioned}.zip")
    _zip(program, out / ARCHIVE)
    paths = (f"{versioned}.zip", ".", "lib", ARCHIVE.replace("/", "\\"))
    (out / f"{versioned}._pth").write_text("\n".join([*paths, ""]), encoding="utf-8", newline="\r\n")
    there = binaries.in_folder(out)
    _stubs(out, there, versioned, parts.work, tools)
    for name, (module, described) in PROGRAMS.items():
        macros = [f'-DPYTHON="{versioned}"', f'-DMODULE="{module}"', "-DINSTALLED"]
        made = windows_program(
            HERE / "program.c", name, described, parts, tools, [*macros, "-municode", *_window(name)]
        )
        shutil.copyfile(made, out / f"{name}.exe")
    ours = ("python3.dll", "icuuc.dll", *(f"{name}.exe" for name in PROGRAMS))
    missing = binaries.unanswered({**there, **{name: binaries.read(out / name) for name in ours}})
    if missing:
        raise SystemExit("Gói Windows thiếu thư viện:\n" + "\n".join(missing))
    same_time(out, parts.release.epoch)
    return out


class Modules:
    """Puts files in place; modules wait to be compiled together, under the Python that will run them."""

    def __init__(self, waiting: Path, out: Path) -> None:
        self._waiting, self._out = waiting, out
        self._list: list[tuple[Path, Path, str]] = []

    def put(self, place: str, content: bytes) -> None:
        """A file at `place` below the folder; a module as bytecode."""
        if place.endswith(".py"):
            self.compile(content, place, self._out)
            return
        target = self._out / place
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)

    def compile(self, content: bytes, place: str, below: Path) -> None:
        source = self._waiting / below.name / place
        source.parent.mkdir(parents=True, exist_ok=True)
        source.write_bytes(content)
        self._list.append((source, below / f"{place}c", place))

    def finish(self, work: Path, tools: Tools) -> None:
        listed = work / "modules.txt"
        lines = (f"{source}\t{target}\t{shown}" for source, target, shown in sorted(self._list))
        listed.write_text("\n".join(lines), encoding="utf-8")
        shutil.copyfile(COMPILING, work / "compiling.py")
        tools(["python3.13", str(work / "compiling.py"), str(listed)])


def _of_wheels(wheels: tuple[Path, ...]) -> Iterator[tuple[str, bytes]]:
    for wheel in sorted(wheels):
        with zipfile.ZipFile(wheel) as packed:
            for name in sorted(packed.namelist()):
                place = None if name.endswith("/") else place_in_folder(name)
                if place is not None:
                    yield place, packed.read(name)


def _of_program(source: Path) -> Iterator[tuple[str, bytes]]:
    """The modules of desk_app, which has nothing else."""
    for path in sorted((source / "desk_app").rglob("*")):
        if path.is_file():
            if path.suffix != ".py":
                raise SystemExit(f"{path.relative_to(source)}: trong desk_app chỉ có mô-đun; thứ khác để ở resources")
            yield path.relative_to(source).as_posix(), path.read_bytes()


def _of_project(source: Path) -> Iterator[tuple[str, bytes]]:
    """resources/ and forms/ beside the program, as places.py looks for them; no scripts that make resources."""
    for top in ("forms", "resources"):
        for path in sorted((source / top).rglob("*")):
            if path.is_file() and path.suffix != ".py":
                yield f"lib/{path.relative_to(source).as_posix()}", path.read_bytes()
    for name in ("LICENSE", "docs/notices.md"):
        yield f"lib/{name}", (source / name).read_bytes()


def _zip(folder: Path, out: Path) -> None:
    """Not compressed: it loads faster so, and the set-up compresses it better than the archive could."""
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as packed:
        for path in sorted(folder.rglob("*.pyc")):
            entry = zipfile.ZipInfo(path.relative_to(folder).as_posix())
            entry.external_attr = 0o644 << 16
            packed.writestr(entry, path.read_bytes())


def _stubs(out: Path, there: Mapping[str, Binary], versioned: str, work: Path, tools: Tools) -> None:
    written: Mapping[str, str] = {
        "python3": stubs.python3(there[f"{versioned}.dll"], versioned),
        "icuuc": stubs.icuuc(there.values(), stubs.ICUUC.read_text(encoding="utf-8")),
    }
    shutil.copyfile(stubs.ICUUC, work / "icuuc.c")
    (work / "python3.c").write_text("", encoding="utf-8")
    for name, text in written.items():
        (work / f"{name}.def").write_text(text, encoding="utf-8")
        target = work / f"{name}.dll"
        command = [
            _COMPILER,
            "-shared",
            "-nostdlib",
            "-Wl,--entry=0",
            "-Wl,--disable-auto-image-base",
            *_LINK,
            "-o",
            str(target),
        ]
        tools([*command, str(work / f"{name}.c"), str(work / f"{name}.def")])
        shutil.copyfile(target, out / f"{name}.dll")


def windows_program(
    source: Path, name: str, described: str, parts: Ingredients, tools: Tools, options: list[str]
) -> Path:
    """Compiles one small C program with the program's icon, manifest and version; gives the .exe in the work folder."""
    work = parts.work / name
    work.mkdir(parents=True, exist_ok=True)
    numbers = [*parts.release.version.split("."), "0", "0", "0"][:4]
    words = {
        "@NAME@": name,
        "@DESCRIPTION@": described,
        "@VERSION@": parts.release.version,
        "@NUMBERS@": ".".join(numbers),
        "@COMMAS@": ",".join(numbers),
    }
    for each in ("program.rc", "program.manifest"):
        text = (HERE / each).read_text(encoding="utf-8")
        for mark, value in words.items():
            text = text.replace(mark, value)
        (work / each).write_text(text, encoding="utf-8")
    shutil.copyfile(parts.icon, work / "program.ico")
    shutil.copyfile(source, work / "program.c")
    resource, made = work / "program.res.o", work / f"{name}.exe"
    tools([_RESOURCES, "-I", str(work), str(work / "program.rc"), "-O", "coff", "-o", str(resource)])
    tools([_COMPILER, *_LINK, *options, "-o", str(made), str(work / "program.c"), str(resource)])
    return made


def _window(name: str) -> list[str]:
    return ["-mwindows", "-DWINDOW"] if name in WINDOWED else []


def same_time(folder: Path, epoch: int) -> None:
    for path in [*folder.rglob("*"), folder]:
        os.utime(path, (epoch, epoch), follow_symlinks=False)
