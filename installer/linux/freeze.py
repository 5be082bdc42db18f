"""The Linux program as a folder: PyInstaller gathers it, Python itself loads it, three small executables start it."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from installer import roots
from installer.known import ROOT
from installer.linux import modules, programs
from installer.release import Release

HERE = Path(__file__).parent


def freeze(release: Release, source: Path, work: Path, out: Path) -> Path:
    """Fills `out`, made anew, with the same bytes every time."""
    for folder in (out, work):
        shutil.rmtree(folder, ignore_errors=True)
    work.mkdir(parents=True)
    roots.need("objdump", "binutils")  # PyInstaller asks it what a library needs; strip comes with it
    variables = {
        "DESK_SOURCE": str(source),
        "DESK_INSTALLER": str(ROOT),
        "DESK_MODULES": str(work / "modules.tsv"),
        "PYTHONPATH": str(source),
        "PYTHONHASHSEED": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
        "SOURCE_DATE_EPOCH": str(release.epoch),
        "PYINSTALLER_CONFIG_DIR": str(work / "cache"),
        "TZ": "UTC",
        "LC_ALL": "C.UTF-8",
    }
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--distpath", str(work / "dist")]
    command += ["--workpath", str(work / "build"), str(HERE / "desk.spec")]
    roots.run(command, log=work.with_name("linux.log"), cwd=work, variables=variables)
    shutil.move(work / "dist" / "folder", out)
    (out / "unused").unlink()
    modules.place(work / "modules.tsv", out / "lib", work / "modules")
    programs.compile_into(out, release, work.with_name("programs.log"))
    settle(out, release.epoch)
    return out


def settle(folder: Path, epoch: int) -> None:
    """The same rights and times whoever built it: programs and folders 755, else 644."""
    for path in [*folder.rglob("*"), folder]:
        if path.is_symlink():
            continue
        is_run = path.is_dir() or (path.parent == folder and path.name in programs.MODULES) or _has_shebang(path)
        path.chmod(0o755 if is_run else 0o644)
        os.utime(path, (epoch, epoch))


def _has_shebang(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(2) == b"#!"
