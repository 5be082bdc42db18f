"""A backup opens without the program: forty lines, public packages, the recovery code."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from pathlib import Path

from desk_app.services.dossiers import steps

SCRIPT = Path(__file__).resolve().parents[4] / "docs" / "open_backup.py"


def test_the_script_of_forty_lines_opens_base_increment_and_files_by_the_recovery_code(counter):
    text = SCRIPT.read_text("utf-8")
    assert len(text.splitlines()) <= 40
    assert "desk_app" not in text
    (code,) = counter.receive(1)
    counter.back_up()
    counter.receive(2)
    paper = counter.folder / "giay.txt"
    paper.write_text("bản chụp " * 9000)
    steps.attach(counter.desk, code, paper)
    made = counter.back_up()
    out = counter.folder / "out"
    command = [sys.executable, "-I", str(SCRIPT), str(made.folder), str(out)]
    subprocess.run(command, input=counter.code, text=True, check=True, timeout=60)
    found = [json.loads(line) for line in (out / "events.jsonl").read_text("utf-8").splitlines()]
    ours = counter.desk.db.all("SELECT body FROM event ORDER BY at, seq")
    assert sorted(each["body"] for each in found) == sorted(body for (body,) in ours)
    assert (out / hashlib.sha256(paper.read_bytes()).hexdigest()).read_bytes() == paper.read_bytes()
    wrong = subprocess.run(command, input="0" * 27, text=True, check=False, capture_output=True, timeout=60)
    assert wrong.returncode != 0
