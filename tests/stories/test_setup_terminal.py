"""What makes a desk ready, at the terminal: its steps, each left for later and taken up; and the sheet of keys."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pypdfium2
import pytest

from tests.kit.desk.desks import CARD
from tests.kit.desk.terminal import Terminal


def states(terminal: Terminal) -> dict[str, str]:
    return {each["step"]: each["state"] for each in terminal.ask("setup")}


def test_each_step_is_listed_with_its_command_and_may_wait(terminal: Terminal) -> None:
    steps = terminal.ask("setup")
    assert [each["step"] for each in steps] == ["printer", "scanner", "district", "backup"]
    assert all(each["command"].startswith("desk-app ") for each in steps)
    assert set(states(terminal).values()) == {"open"}
    terminal.ask("setup", "district", "--later")
    terminal.ask("setup", "backup", "--later")
    assert states(terminal) == {"printer": "open", "scanner": "open", "district": "later", "backup": "later"}
    assert "Cấp trên: để sau" in terminal.run("setup").out


def test_a_step_is_done_with_what_is_named_and_stays_open_where_it_does_not_work(
    terminal: Terminal, tmp_path: Path
) -> None:
    place = tmp_path / "usb"
    place.mkdir()
    terminal.ask("setup", "backup", "--later")
    terminal.ask("setup", "backup", "--use", str(place))
    assert terminal.ask("settings", "get", "backup_folder")["value"] == str(place)
    terminal.ask("setup", "scanner", "--use", "-", stdin=CARD.encode())
    assert states(terminal) == {"printer": "open", "scanner": "done", "district": "open", "backup": "done"}
    assert "Máy quét chưa dùng được" in terminal.refused("setup", "scanner", "--use", "-", stdin=b"xin chao")
    assert "Không có bước" in terminal.refused("setup", "nothing", "--later")
    assert "desk-app enrol" in terminal.refused("setup", "district", "--use", "ABC")
    assert "--use" in terminal.refused("setup", "printer")


@pytest.mark.skipif(sys.platform == "win32", reason="the printer is a program of this test named lp")
def test_a_printer_is_taken_when_it_took_the_trial_page(terminal: Terminal, tmp_path: Path) -> None:
    lp = tmp_path / "bin" / "lp"
    lp.parent.mkdir()
    lp.write_text(
        f'#!/bin/sh\nif [ "$2" = gone ]; then echo "no such printer" >&2; exit 1; fi\ncat > "{tmp_path}/page"\n'
    )
    lp.chmod(0o755)
    at = Terminal(terminal.data, {**terminal.variables, "PATH": f"{lp.parent}{os.pathsep}{os.environ['PATH']}"})
    at.refused("setup", "printer", "--use", "gone")
    assert states(at)["printer"] == "open"
    assert not (tmp_path / "page").exists()
    at.ask("setup", "printer", "--use", "Quay")
    assert states(at)["printer"] == "done"
    assert (tmp_path / "page").stat().st_size > 500
    assert at.ask("settings", "get", "printers.A5")["value"] == "Quay"


def test_the_keys_are_listed_and_written_as_one_sheet_without_any_desk(terminal: Terminal, tmp_path: Path) -> None:
    at = Terminal(tmp_path / "nothing", terminal.variables)
    told = at.ask("keys")
    pairs = {each["key"]: each["does"] for group in told["groups"] for each in group["keys"]}
    assert pairs["F2"] == "Tiếp nhận"
    assert "F9                Lưu và in giấy hẹn" in at.run("keys").out
    file = tmp_path / "phím tắt.pdf"
    assert at.ask("keys", "--out", str(file))["path"] == str(file)
    with pypdfium2.PdfDocument(file) as document:
        assert len(document) == 1 and [round(side) for side in document[0].get_size()] == [595, 842]
        text = document[0].get_textpage().get_text_bounded()
    assert all(key in text for key in pairs)
    at.refused("keys", "--out", str(file / "x.pdf"))
