"""Where things are, and what a program of the system that this one starts gets to see of it."""

from __future__ import annotations

import os
import sys
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest

from desk_app import places
from desk_app.places import reachable
from desk_app.services.setup import training_start

_DEEP = "\\".join(["Thư mục của quầy tiếp nhận hồ sơ"] * 9)


def test_a_child_of_the_source_program_sees_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LD_LIBRARY_PATH", "/opt/own")
    assert places.environment_of_children() == dict(os.environ)


@pytest.mark.parametrize(("before", "seen"), [("/opt/own", "/opt/own"), ("", None)])
def test_a_child_of_an_installed_program_does_not_load_its_libraries(
    monkeypatch: pytest.MonkeyPatch, before: str, seen: str | None
) -> None:
    monkeypatch.setitem(sys._xoptions, "installed", True)
    monkeypatch.setenv("LD_LIBRARY_PATH", f"/usr/lib/ban-mot-cua/versions/0.4.0/lib:{before}")
    monkeypatch.setenv("LD_LIBRARY_PATH_ORIG", before)
    monkeypatch.setenv("DESK_PROGRAMS", "/usr/lib/ban-mot-cua")
    shown = places.environment_of_children()
    assert shown.get("LD_LIBRARY_PATH") == seen
    assert shown["DESK_PROGRAMS"] == "/usr/lib/ban-mot-cua"
    assert "LD_LIBRARY_PATH_ORIG" not in shown


def test_an_installed_program_starts_itself_and_never_an_interpreter(monkeypatch: pytest.MonkeyPatch) -> None:
    installed = Path("/opt/BanMotCua/versions/1.2.3")
    monkeypatch.setitem(sys._xoptions, "installed", True)
    monkeypatch.setattr(sys, "argv", ["-m", "--data", "/srv/quầy 1"])
    for name in ("ban-mot-cua.exe", "desk-app.exe"):
        monkeypatch.setattr(sys, "executable", str(installed / name))
        assert places.window_command() == [str(installed / "ban-mot-cua.exe")]
        assert places.terminal_command() == [str(installed / "desk-app.exe")]
        assert places.this_command() == [str(installed / name), "--data", "/srv/quầy 1"]
        assert training_start.command("/srv/quầy 1") == [
            str(installed / "ban-mot-cua.exe"),
            "--training",
            "--data",
            "/srv/quầy 1",
        ]


def test_from_source_the_interpreter_is_told_what_to_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "orig_argv", ["python", "-m", "desk_app", "today"])
    assert places.window_command() == [sys.executable, str(places.program_root() / "main.py")]
    assert places.terminal_command() == [sys.executable, "-m", "desk_app"]
    assert places.this_command() == [sys.executable, "-m", "desk_app", "today"]


def test_resources_lie_beside_the_archive_of_the_modules() -> None:
    inside = Path("/opt/lib/desk_app.zip/desk_app/places.pyc")
    assert places.program_root(str(inside)) == Path("/opt/lib").resolve()
    assert (places.program_root() / "resources").is_dir()


def test_the_notices_are_there() -> None:
    assert "LGPL-3.0" in places.notices().read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("path", "told"),
    [
        (f"C:\\{_DEEP}\\giấy.pdf", f"\\\\?\\C:\\{_DEEP}\\giấy.pdf"),
        (f"C:/{_DEEP}/../giấy.pdf", f"\\\\?\\C:\\{_DEEP[: _DEEP.rindex(chr(92))]}\\giấy.pdf"),
        (f"\\\\may-chu\\chung\\{_DEEP}", f"\\\\?\\UNC\\may-chu\\chung\\{_DEEP}"),
        (f"\\\\?\\C:\\{_DEEP}", f"\\\\?\\C:\\{_DEEP}"),
        ("C:\\Hồ sơ\\giấy.pdf", "C:\\Hồ sơ\\giấy.pdf"),
        (_DEEP, _DEEP),
    ],
)
def test_only_a_long_absolute_path_is_told_in_the_way_without_a_limit(path: str, told: str) -> None:
    assert str(reachable(PureWindowsPath(path), windows=True)) == told


def test_room_for_what_comes_behind_is_counted() -> None:
    folder = PureWindowsPath("C:\\" + "a" * 180)
    assert reachable(folder, windows=True) == folder
    assert str(reachable(folder, room=100, windows=True)).startswith("\\\\?\\")


def test_elsewhere_every_path_is_as_it_is() -> None:
    path = PurePosixPath("/" + "a" * 500)
    assert reachable(path, windows=False) == path
