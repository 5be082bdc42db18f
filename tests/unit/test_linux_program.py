"""The executable of the Linux folder: what it makes the system look through, and what it tells Python."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from installer.linux import modules, programs, together
from installer.linux.programs import SOURCE
from installer.release import Release

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
    assert there == ["rarely.zip", "together.bin", "together.pyc"]
    (lib / "uvicorn").mkdir()
    with pytest.raises(SystemExit, match="uvicorn"):
        modules.place(listed, lib, tmp_path / "work")


def placed(folder: Path, files: dict[str, str]) -> Path:
    """A lib/ with these modules: path → source."""
    lines = []
    for name, text in files.items():
        file = folder / "source" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        lines.append(f"{name.removesuffix('.py').removesuffix('/__init__').replace('/', '.')}\t{file}")
    (folder / "modules.tsv").write_text("\n".join(lines), encoding="utf-8")
    (folder / "lib").mkdir()
    modules.place(folder / "modules.tsv", folder / "lib", folder / "work")
    return folder / "lib"


def told(lib: Path, code: str) -> subprocess.CompletedProcess[str]:
    """What a Python says that has nothing but its own modules and those of `lib`."""
    begin = f"import sys; sys.path.append({str(lib)!r}); import together; together.look_into({str(lib)!r}); "
    return subprocess.run([sys.executable, "-I", "-S", "-c", begin + code], capture_output=True, text=True, check=False)


def test_modules_lie_in_one_file_and_python_finds_them_there(tmp_path: Path) -> None:
    files = {
        "desk_app/__init__.py": "NUMBER = 1\n",
        "own/__init__.py": "NUMBER = 2\n",
        "own/part.py": "from own import NUMBER\nNUMBER += 1\n",
        "spaced/deep/__init__.py": "NUMBER = 5\n",
    }
    lib = placed(tmp_path, files)
    left = sorted(path.relative_to(lib).as_posix() for path in lib.rglob("*") if path.is_file())
    # Python looks for the folder of a package without a beginning; the trials of updates change the version in a file.
    alone = ["desk_app/__init__.pyc", "spaced/deep/__init__.pyc"]
    assert left == sorted([*alone, "rarely.zip", "together.bin", "together.pyc"])
    said = told(
        lib,
        "import desk_app, own.part, spaced.deep; print(desk_app.NUMBER, own.part.NUMBER, spaced.deep.NUMBER);"
        " print(own.part.__file__); print(own.__path__);"
        " print(own.part.__loader__.get_code('own.part').co_filename)",
    )
    assert said.stdout.splitlines() == ["1 3 5", f"{lib}/own/part.pyc", f"['{lib}/own']", "own/part.py"]
    assert not (lib / "own").exists()


def test_a_module_of_a_cut_file_does_not_load_and_a_missing_one_is_not_found(tmp_path: Path) -> None:
    lib = placed(tmp_path, {"own/__init__.py": "", "own/part.py": "NUMBER = 3\n" * 50})
    whole = lib / "together.bin"
    whole.write_bytes(whole.read_bytes()[:-9])
    assert "ImportError: together.bin is damaged" in told(lib, "import own.part").stderr
    assert "ModuleNotFoundError: No module named 'own.other'" in told(lib, "import own.other").stderr


def test_the_same_modules_give_the_same_file_in_whatever_order_they_come() -> None:
    content = {"own": ("own/__init__.pyc", bytes(16) + b"a"), "own.part": ("own/part.pyc", bytes(16) + b"bc")}
    whole = together.packed(content)
    assert whole == together.packed(dict(reversed(content.items())))
    assert whole.endswith(b"abc")


def test_a_library_to_be_read_ahead_must_be_there(tmp_path: Path) -> None:
    (tmp_path / "lib").mkdir()
    (tmp_path / "lib" / "libpython3.11.so.1.0").touch()
    with pytest.raises(SystemExit, match="libQt6Core"):
        programs.compile_into(tmp_path, Release("0.5.0", 0), tmp_path / "log")


def test_a_package_without_a_beginning_is_not_compressed_as_python_would_not_find_it_there(tmp_path: Path) -> None:
    (tmp_path / "client.py").write_text("NUMBER = 1\n", encoding="utf-8")
    (tmp_path / "lib").mkdir()
    listed = tmp_path / "modules.tsv"
    listed.write_text(f"uvicorn.client\t{tmp_path / 'client.py'}\n", encoding="utf-8")
    with pytest.raises(SystemExit, match=r"uvicorn: thiếu __init__"):
        modules.place(listed, tmp_path / "lib", tmp_path / "work")
