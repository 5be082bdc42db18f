"""The Windows set-up: one NSIS file with a version's folder, the launchers and the pointer to the version."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from installer.windows.folder import HERE, PROGRAMS, WINDOWED, Ingredients, Tools, windows_program

LAUNCHER = HERE.parent / "launcher" / "launcher.c"


def make(parts: Ingredients, version_folder: Path, out: Path, tools: Tools) -> None:
    """Writes `out`, the .exe. All inputs lie below the work folder, as the tools may see nothing else."""
    work = parts.work / "set-up"
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    version = parts.release.version
    launchers = work / "launchers"
    launchers.mkdir()
    for name, (_, described) in PROGRAMS.items():
        # A window alone has no console; the terminal programs have one.
        options = ["-mwindows"] if name in WINDOWED else []
        made = windows_program(LAUNCHER, name, described, parts, tools, options)
        shutil.copyfile(made, launchers / f"{name}.exe")
        os.utime(launchers / f"{name}.exe", (parts.release.epoch, parts.release.epoch))
    placed = parts.work / "version"
    shutil.rmtree(placed, ignore_errors=True)
    shutil.copytree(version_folder, placed)
    listed = work / "files.nsh"
    lines = [*_lines(placed, rf"$INSTDIR\versions\{version}"), *_lines(launchers, "$INSTDIR")]
    listed.write_text("\n".join(lines) + "\n", encoding="utf-8")
    kilobytes = sum(path.stat().st_size for path in placed.rglob("*") if path.is_file()) // 1024
    shutil.copyfile(HERE / "set_up.nsi", work / "set_up.nsi")
    shutil.copyfile(parts.icon, work / "program.ico")
    defined = {
        "VERSION": version,
        "NUMBERS": ".".join([*version.split("."), "0", "0", "0"][:4]),
        "OUT": str(work / "made.exe"),
        "ICON": str(work / "program.ico"),
        "FILES": str(listed),
        "KILOBYTES": str(kilobytes),
    }
    options = [f"-D{name}={value}" for name, value in defined.items()]
    tools(["makensis", "-V2", "-WX", "-INPUTCHARSET", "UTF8", *options, str(work / "set_up.nsi")])
    shutil.copyfile(work / "made.exe", out)


def _lines(folder: Path, place: str) -> list[str]:
    """NSIS lines that put every file below `folder` at `place`, in the order of their names."""
    lines, last = [], None
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        below = path.relative_to(folder).parent.as_posix().replace("/", "\\")
        target = place if below == "." else rf"{place}\{below}"
        if target != last:
            lines.append(f'SetOutPath "{target}"')
            last = target
        lines.append(f'File "{path}"')
    return lines
