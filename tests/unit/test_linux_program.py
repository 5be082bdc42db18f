"""The executable of the Linux folder: what it makes the system look through, and what it tells Python."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from installer.linux import modules
from installer.linux.programs import SOURCE

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="compiles the program of the Linux folder")

_PYTHON = """
#include <stdio.h>
#include <stdlib.h>
int Py_BytesMain(int count, char **given) {
    for (int i = 0; i < count; i++) puts(given[i]);
    printf("%s|%s\\n", getenv("LD_LIBRARY_PATH"), getenv("LD_LIBRARY_PATH_ORIG"));
    return 7;
}
"""


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A program that runs a stand-in for Python, in a folder with Vietnamese letters and a blank."""
    folder = tmp_path_factory.mktemp("Chương trình")
    (folder / "lib").mkdir()
    source, program = folder / "python.c", folder / "desk-app"
    source.write_text(_PYTHON, encoding="utf-8")
    library = folder / "lib" / "libpython3.so"
    subprocess.run(["cc", "-shared", "-fPIC", "-o", library, source], check=True)
    macros = ['-DPYTHON="libpython3.so"', '-DDEED="the deed"']
    subprocess.run(
        ["cc", "-Wall", "-Werror", "-Wno-format-truncation", *macros, "-o", program, SOURCE, "-ldl"], check=True
    )
    return program


@pytest.mark.parametrize(
    ("before", "seen"),
    [
        ({}, "{lib}|"),
        ({"LD_LIBRARY_PATH": "/opt/own"}, "{lib}:/opt/own|/opt/own"),
        ({"LD_LIBRARY_PATH": "/older/lib:/opt/own", "LD_LIBRARY_PATH_ORIG": "/opt/own"}, "{lib}:/opt/own|/opt/own"),
        ({"LD_LIBRARY_PATH": "/older/lib", "LD_LIBRARY_PATH_ORIG": ""}, "{lib}|"),
    ],
    ids=["nothing", "somebody's", "of the version before, somebody's", "of the version before"],
)
def test_its_libraries_come_first_and_what_stood_there_is_kept(
    program: Path, before: dict[str, str], seen: str
) -> None:
    own = {name: value for name, value in os.environ.items() if not name.startswith("LD_LIBRARY_PATH")}
    done = subprocess.run([program, "today", "--json"], capture_output=True, text=True, env=own | before, check=False)
    told = done.stdout.splitlines()
    assert done.returncode == 7
    assert told[-1] == seen.format(lib=program.parent / "lib")
    assert told[0] == str(program)
    assert told[1:-1] == ["-I", "-S", "-X", "utf8", "-X", "installed", "-c", "the deed", "today", "--json"]


def test_a_folder_without_python_says_what_to_do(program: Path, tmp_path: Path) -> None:
    alone = shutil.copy(program, tmp_path)
    done = subprocess.run([alone], capture_output=True, text=True, check=False)
    assert done.returncode == 3
    assert "libpython3.so" in done.stderr and "Hãy cài lại" in done.stderr


def test_what_is_rarely_used_is_compressed_and_never_parted_from_files_of_its_own(tmp_path: Path) -> None:
    source, lib = tmp_path / "source", tmp_path / "lib"
    for name in ("own/__init__.py", "own/part.py", "uvicorn/__init__.py"):
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        (source / name).write_text("NUMBER = 1\n", encoding="utf-8")
    lib.mkdir()
    listed = tmp_path / "modules.tsv"
    named = {"own": "own/__init__.py", "own.part": "own/part.py", "uvicorn": "uvicorn/__init__.py"}
    listed.write_text("\n".join(f"{name}\t{source / file}" for name, file in named.items()), encoding="utf-8")
    modules.place(listed, lib, tmp_path / "work")
    there = sorted(path.relative_to(lib).as_posix() for path in lib.rglob("*") if path.is_file())
    assert there == ["own/__init__.pyc", "own/part.pyc", "rarely.zip"]
    (lib / "uvicorn").mkdir()
    with pytest.raises(SystemExit, match="uvicorn"):
        modules.place(listed, lib, tmp_path / "work")


def test_a_package_without_a_beginning_is_not_compressed_as_python_would_not_find_it_there(tmp_path: Path) -> None:
    (tmp_path / "client.py").write_text("NUMBER = 1\n", encoding="utf-8")
    (tmp_path / "lib").mkdir()
    listed = tmp_path / "modules.tsv"
    listed.write_text(f"uvicorn.client\t{tmp_path / 'client.py'}\n", encoding="utf-8")
    with pytest.raises(SystemExit, match=r"uvicorn: thiếu __init__"):
        modules.place(listed, tmp_path / "lib", tmp_path / "work")
