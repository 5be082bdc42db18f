"""The Windows Python of the program, with pytest beside it and without the program: it runs the source's tests."""

from __future__ import annotations

import shutil
import sys
import zipfile
from pathlib import Path

from installer import release, roots
from installer.known import ROOT
from installer.windows import build, folder, wheels

_TESTING = frozenset(
    [
        "colorama",
        "hypothesis",
        "iniconfig",
        "packaging",
        "pefile",
        "pluggy",
        "pygments",
        "pytest",
        "pytest-qt",
        "sortedcontainers",
    ]
)
_FOR_TESTS = (
    "_pyrepl",
    "bdb.py",
    "cProfile.py",
    "cmd.py",
    "code.py",
    "codeop.py",
    "doctest.py",
    "pdb.py",
    "profile.py",
    "pstats.py",
    "pydoc.py",
    "pydoc_data",
    "unittest",
    "wsgiref",
)
"""Of the standard library, what the program does without and tests need."""
_OF_QT = ("PySide6/QtTest.pyd", "PySide6/Qt6Test.dll")
_OF_PYTHON = ("_sqlite3.pyd", "sqlite3.dll")
"""Tests read databases in the clear with it; the program has SQLCipher."""
_LAUNCHER = ROOT / "tests" / "windows" / "python.c"


def make(out: Path, roots_folder: Path) -> Path:
    """`out`, made anew: folder/ with python.exe, site/ with what tests need; the source is at /srv/source."""
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    source = release.stage(out / "staged")
    release.list_modules(source, out / "modules.log")
    pictures = out / "pictures"
    roots.run([sys.executable, "-m", "installer.icons", str(pictures)], log=out / "pictures.log", cwd=ROOT)
    parts, made, tools = build.program_folder(release.release(), source, pictures, out / "making", roots_folder)
    (made / folder.ARCHIVE).unlink()  # the source itself is tried
    for wheel in parts.wheels:
        for prefix, names, place in (("pyside6_", _OF_QT, made / "lib"), ("panda3d-", _OF_PYTHON, made)):
            if wheel.name.startswith(prefix):
                _take(wheel, names, place)
    site = out / "site"
    for wheel in wheels.fetch_for_tests(roots_folder.parent / "test-wheels", _TESTING):
        with zipfile.ZipFile(wheel) as packed:
            packed.extractall(site)
    library = roots_folder.parent / "library" / "unpacked" / "usr" / "lib" / "python3.13"
    for name in _FOR_TESTS:
        found = library / name
        shutil.copytree(found, site / name) if found.is_dir() else shutil.copyfile(found, site / name)
    versioned = parts.interpreter.versioned
    looked = (f"{versioned}.zip", ".", "lib", r"Z:\srv\source", r"Z:\srv\python\site")
    (made / f"{versioned}._pth").write_text("\n".join([*looked, ""]), encoding="utf-8", newline="\r\n")
    options = [f'-DPYTHON=L"{versioned}"', "-municode"]
    program = folder.windows_program(_LAUNCHER, "python", "Python", parts, tools, options)
    shutil.copyfile(program, made / "python.exe")
    shutil.move(made, out / "folder")
    for rest in (source, pictures, out / "making"):
        shutil.rmtree(rest)
    return out


def _take(wheel: Path, names: tuple[str, ...], place: Path) -> None:
    """Files by the last part of their path for Python's own, by all of it for Qt's."""
    with zipfile.ZipFile(wheel) as packed:
        for name in names:
            [found] = [each for each in packed.namelist() if each in (name, f"deploy_libs/{name}")]
            (place / name).write_bytes(packed.read(found))
