from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from desk_app.cli import main

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.mark.parametrize(
    "program", [["main.py"], ["-m", "desk_app.district"]], ids=["window without a screen", "district"]
)
def test_an_installation_proves_itself_without_a_desk(program: list[str], tmp_path: Path) -> None:
    plain = {key: value for key, value in os.environ.items() if key not in {"DISPLAY", "WAYLAND_DISPLAY"}}
    data = tmp_path / "chưa có"
    command = [sys.executable, *program, "--selftest", "--json", "--data", str(data)]
    done = subprocess.run(command, cwd=ROOT, env=plain, capture_output=True, text=True, timeout=120, check=False)
    found = {each["item"]: each for each in json.loads(done.stdout)}
    assert {each for each in found if not found[each]["ok"]} == set()
    assert done.returncode == 0
    assert {"modules", "database", "letters", "tls", "key_store", "forms", "printers", "ports", "disk", "clock"} <= set(
        found
    )
    assert not data.exists()


def test_doctor_answers_where_there_is_no_desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = tmp_path / "chưa có"
    assert main(["doctor", "--json", "--data", str(data)]) == 0
    subjects = [each["subject"] for each in json.loads(capsys.readouterr().out)]
    assert {"Dữ liệu", "Máy in", "Máy quét", "Kho khóa", "Bộ gõ tiếng Việt", "USB", "Chỗ trống trên đĩa"} <= set(
        subjects
    )
    assert not data.exists()
