"""How the packages are made: what goes in, stubs that answer what is imported, pages and archives that come out."""

from __future__ import annotations

import argparse
import io
import re
import subprocess
import tarfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pip
import pytest

from installer import locked, man_pages
from installer.linux import contents as linux_contents
from installer.linux import plain_folder
from installer.release import Release
from installer.trials import results
from installer.windows import binaries, contents, interpreter, stubs, wheels
from installer.windows.binaries import Binary

ROOT = Path(__file__).resolve().parents[2]
PUT_IN_BY_PIP = Path(pip.__file__).parent / "_vendor" / "distlib" / "t64.exe"
"""A real Windows program that every pip brings along."""
RELEASE = Release("1.2.3", 1_795_911_647)
ICUUC = stubs.ICUUC.read_text(encoding="utf-8")


def importing(library: str, *names: str) -> Binary:
    return Binary({library: frozenset(names)}, ())


# --- stubs --------------------------------------------------------------------------------


def test_the_reader_of_windows_programs_reads_a_real_one() -> None:
    seen = binaries.read(PUT_IN_BY_PIP)
    assert "CreateProcessW" in seen.imports["kernel32.dll"]
    assert binaries.unanswered({"t64.exe": seen}) == []


def test_the_stub_of_icu_exports_exactly_what_is_asked() -> None:
    asked = [importing("icuuc.dll", "ucnv_open", "ucnv_close"), importing("kernel32.dll", "Sleep")]
    assert re.findall(r"(?m)^  (\w+)$", stubs.icuuc(asked, ICUUC)) == ["ucnv_close", "ucnv_open"]


def test_a_name_that_the_stub_of_icu_does_not_answer_stops_the_build() -> None:
    with pytest.raises(stubs.UnknownNameError, match="u_strToUpper"):
        stubs.icuuc([importing("icuuc.dll", "ucnv_open", "u_strToUpper")], ICUUC)


def test_the_stub_of_python_hands_on_every_name() -> None:
    text = stubs.python3(Binary({}, ("PyLong_Type", "Py_Main")), "python313")
    assert "PyLong_Type = python313.PyLong_Type" in text
    assert "Py_Main = python313.Py_Main" in text


def test_a_python_without_names_stops_the_build() -> None:
    with pytest.raises(stubs.UnknownNameError):
        stubs.python3(Binary({}, ()), "python313")


def test_a_library_that_is_nowhere_and_a_name_that_it_lacks_are_told() -> None:
    folder = {
        "lib/a.pyd": Binary({"own.dll": frozenset({"here", "gone"}), "kernel32.dll": frozenset({"Sleep"})}, ()),
        "lib/b.pyd": Binary({"nowhere.dll": frozenset({"x"}), "api-ms-win-crt-heap-l1-1-0.dll": frozenset()}, ()),
        "own.dll": Binary({}, ("here",)),
    }
    assert binaries.unanswered(folder) == ["lib/a.pyd: own.dll!gone", "lib/b.pyd: nowhere.dll"]


# --- what goes in -------------------------------------------------------------------------


def test_a_windows_package_carries_the_runtime_beside_the_programs_and_of_qt_only_what_is_used() -> None:
    assert contents.place_in_folder("PySide6/msvcp140.dll") == "msvcp140.dll"
    assert contents.place_in_folder("PySide6/Qt6Widgets.dll") == "lib/PySide6/Qt6Widgets.dll"
    left_out = ["PySide6/Qt6Qml.dll", "PySide6/designer.exe", "shiboken6/msvcp140.dll", "reportlab/fonts/readme.h"]
    left_out += ["panda3d/core.pyd", "six-1.17.0.dist-info/RECORD", "holidays/locale/fr/LC_MESSAGES/FR.mo"]
    left_out += ["holidays/countries/france.py", "holidays/financial/ecb.py", "charset_normalizer/md.pyd"]
    assert [path for path in left_out if contents.place_in_folder(path) is not None] == []


def test_python_comes_without_its_tests_and_without_tk() -> None:
    names = [
        "python313.dll",
        "_ssl.pyd",
        "VCRUNTIME140.dll",
        "_tkinter.pyd",
        "_sqlite3.pyd",
        "_testcapi.pyd",
        "tcl86t.dll",
        "_ssl.cp313t-win_amd64.pyd",
    ]
    assert [name for name in names if contents.is_of_interpreter(name)] == [
        "python313.dll",
        "_ssl.pyd",
        "VCRUNTIME140.dll",
    ]


def test_python_of_an_installation_serves_as_well_as_that_of_the_wheel(tmp_path: Path) -> None:
    for name in ("python313.dll", "python3.dll", "vcruntime140.dll", "DLLs/_ssl.pyd", "DLLs/_tkinter.pyd"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"MZ")
    for name in ("Lib/os.py", "Lib/test/test_os.py", "Lib/asyncio/windows_events.py"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("", encoding="utf-8")
    found = interpreter.of_installation(tmp_path)
    assert found.versioned == "python313"
    assert sorted(found.binaries) == ["_ssl.pyd", "python313.dll", "vcruntime140.dll"]
    assert sorted(found.library) == ["asyncio/windows_events.py", "os.py"]


def test_a_linux_package_leaves_the_screen_to_the_system_and_takes_what_wheels_brought() -> None:
    taken = [
        "PySide6/Qt/lib/libQt6Gui.so.6",
        "pillow.libs/libxcb-9065bb12.so.1.1.0",
        "libxcb-cursor.so.0",
        "libssl.so.3",
        "PIL/_imaging.cpython-311-x86_64-linux-gnu.so",
    ]
    left = [
        "libxcb.so.1",
        "libX11.so.6",
        "libstdc++.so.6",
        "libfontconfig.so.1",
        "libzstd.so.1",
        "PIL/_imagingft.cpython-311-x86_64-linux-gnu.so",
        "pillow.libs/libharfbuzz-fb49c9fc.so.0.61450.0",
        "libwebpmux-8fb1c9f6.so.3.1.2",
        "PySide6/Qt/translations/qtbase_de.qm",
        "PySide6/Qt/plugins/platforms/libqminimal.so",
    ]
    assert [name for name in taken + left if linux_contents.goes_along(name)] == taken


def test_a_linux_package_takes_of_other_peoples_modules_what_something_loads() -> None:
    taken = ["holidays", "holidays.countries.vietnam", "holidays.calendars.chinese", "PIL.Image", "PIL.PngImagePlugin"]
    left = ["holidays.countries", "holidays.countries.france", "holidays.financial.ecb", "PIL.Jpeg2KImagePlugin"]
    left += ["PIL.ImageQt", "backports.zstd.tarfile"]
    assert [name for name in taken + left if linux_contents.is_module_taken(name)] == taken


def test_the_windows_lock_pins_what_the_other_locks_pin_and_every_line_has_a_hash() -> None:
    lock = {entry.name: entry for entry in locked.entries((ROOT / "windows.lock").read_text(encoding="utf-8"))}
    everywhere = {
        entry.name: entry.version for entry in locked.entries((ROOT / "requirements.lock").read_text(encoding="utf-8"))
    }
    differing = {name for name, entry in lock.items() if everywhere.get(name, entry.version) != entry.version}
    assert differing <= {"pyside6-essentials", "shiboken6"}  # Python 3.13 takes a later Qt (pyproject.toml)
    assert lock["pyside6-essentials"].version.startswith("6.12")
    assert [name for name, entry in lock.items() if "--hash=sha256:" not in entry.text] == []
    assert "://" not in (ROOT / "windows.lock").read_text(encoding="utf-8")


def test_a_wheel_with_another_hash_than_the_lock_is_not_taken(tmp_path: Path) -> None:
    lock = tmp_path / "windows.lock"
    lock.write_text(f"six==1.17.0 \\\n    --hash=sha256:{'0' * 64}\n", encoding="utf-8")
    (tmp_path / "six-1.17.0-py2.py3-none-any.whl").write_bytes(b"another")
    assert wheels.kept(tmp_path, locked.entries(lock.read_text(encoding="utf-8"))) == {}


# --- what comes out -----------------------------------------------------------------------


def test_an_archive_of_the_same_files_has_the_same_bytes_whenever_it_is_packed(tmp_path: Path) -> None:
    made = []
    for name, order in (("one", ("b", "a")), ("two", ("a", "b"))):
        folder = tmp_path / name / "folder"
        folder.mkdir(parents=True)
        for each in order:
            (folder / each).write_text(each, encoding="utf-8")
        plain_folder.pack(folder, tmp_path / f"{name}.tar.xz", RELEASE.epoch)
        made.append((tmp_path / f"{name}.tar.xz").read_bytes())
    assert made[0] == made[1]
    with tarfile.open(fileobj=io.BytesIO(made[0]), mode="r:xz") as packed:
        assert {(entry.mtime, entry.uid, entry.uname) for entry in packed} == {(RELEASE.epoch, 0, "")}


def test_a_manual_page_tells_every_command_and_every_option_of_its_parser() -> None:
    for name, text in man_pages.pages(RELEASE).items():
        assert text.startswith(f".TH {name.removesuffix('.1').upper()} 1")
        parser = man_pages.PARSERS[name.removesuffix(".1")]()
        options = [
            each for action in parser._actions for each in action.option_strings if action.help != argparse.SUPPRESS
        ]
        assert [each for each in options if each.replace("-", "\\-") not in text] == []
    desk = man_pages.pages(RELEASE)["desk-app.1"]
    for command in ("init", "receive", "doctor", "check"):
        assert f'.SS "{command}"' in desk


def test_the_set_up_of_the_plain_folder_is_a_shell_script() -> None:
    done = subprocess.run(
        ["sh", "-n", str(ROOT / "installer" / "linux" / "cai-dat.sh")], capture_output=True, check=False
    )
    assert done.stderr == b""
    assert done.returncode == 0


def test_the_table_of_trials_keeps_the_lines_of_what_was_not_tried_this_time(tmp_path: Path) -> None:
    page = tmp_path / "packages.md"
    page.write_text("trước\n<!-- đo: make packages-check -->\nchưa\n<!-- hết -->\nsau\n", encoding="utf-8")
    deb = results.Trial(".deb", "Debian 12", 54.8, 170, 40.0, 3.5, ("cài", "gỡ"))
    wine = results.Trial("bộ cài .exe", "Wine 10", 38.9, 136, 30.0, 0.0, ("cài",))
    update = results.Trial("cập nhật .deb", "Debian 12", 0, 170, 12.0, 8.0, ("nhận",))
    results.write([deb, wine, update], [], datetime(2026, 11, 29, tzinfo=UTC), page)
    results.write([replace(deb, install_s=20.0)], ["Ubuntu 24.04"], datetime(2026, 12, 1, tzinfo=UTC), page)
    lines = page.read_text(encoding="utf-8").splitlines()
    assert "| .deb | Debian 12 | 01/12/2026 | 54,8 MB | 170 MB | 20,0 giây | 3,5 giây | cài; gỡ |" in lines
    assert "| bộ cài .exe | Wine 10 | 29/11/2026 | 38,9 MB | 136 MB | 30,0 giây | – | cài |" in lines
    assert "| cập nhật .deb | Debian 12 | 29/11/2026 | – | 170 MB | 12,0 giây | 8,0 giây | nhận |" in lines
    assert update.beyond() == []
    assert len([line for line in lines if line.startswith("| .deb")]) == 1
    assert "Chưa thử được: Ubuntu 24.04" in lines
    assert (lines[0], lines[-1]) == ("trước", "sau") and "chưa" not in lines
