"""What was chosen for a document reaches the printer: copies, sides and tray, by `lp`, by wire and by Qt."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest

from desk_app.services.papers import printing
from desk_app.services.papers.papers import Paper
from tests.kit.machine import scripts

_FAKE = """import json, sys
data = sys.stdin.buffer.read() if {reads} else b""
open({log!r}, "a").write(json.dumps([sys.argv[1:], len(data)]) + "\\n")
print({answer!r}, end="")
"""


def a_paper(**more: object) -> Paper:
    usual: dict[str, object] = {
        "kind": "form",
        "name": "to-khai",
        "form": "to-khai",
        "version": "1",
        "title": "Tờ khai",
        "sheet": "A4",
        "pages": 1,
        "copies": 1,
        "pdf": b"%PDF-1.4",
    }
    return Paper(**{**usual, **more})  # type: ignore[arg-type]


@pytest.fixture
def asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where stand-ins for the commands of CUPS write down how they were called."""
    if sys.platform == "win32":
        pytest.skip("Windows has no CUPS")
    log = tmp_path / "asked"
    slots = "InputSlot/Khay: *Auto Upper Lower\nDuplex/Hai mat: *None DuplexNoTumble\n"
    for name, answer in (("lp", ""), ("lpstat", ""), ("lpoptions", slots)):
        scripts.write(tmp_path / name, _FAKE.format(reads=name == "lp", log=str(log), answer=answer))
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    return log


def jobs(log: Path) -> list[list[str]]:
    lines = [json.loads(line)[0] for line in log.read_text().splitlines()]
    return [line for line in lines if "-t" in line]


def test_lp_is_told_copies_sides_and_tray(asked: Path) -> None:
    printing.send(a_paper(copies=3, duplex="long", tray="Lower"), "HP-1")
    (told,) = jobs(asked)
    assert told[told.index("-n") + 1] == "3"
    assert {"media=A4", "sides=two-sided-long-edge", "InputSlot=Lower"} <= set(told)


def test_lp_is_told_nothing_of_what_was_left_to_the_printer(asked: Path) -> None:
    printing.send(a_paper(), "HP-1")
    (told,) = jobs(asked)
    assert not [word for word in told if word.startswith(("sides", "InputSlot"))]


@pytest.mark.parametrize(("duplex", "sides"), [("one", "one-sided"), ("short", "two-sided-short-edge")])
def test_each_way_of_sides_has_its_word(asked: Path, duplex: str, sides: str) -> None:
    printing.send(a_paper(duplex=duplex), "HP-1")
    assert f"sides={sides}" in jobs(asked)[0]


def test_a_receipt_is_sent_as_often_as_it_is_wanted(monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[bytes] = []
    monkeypatch.setattr("desk_app.documents.output.thermal.to_escpos", lambda _pdf: b"slip;")
    monkeypatch.setattr(printing, "send_raw", lambda data, _printer: sent.append(data))
    printing.send(a_paper(sheet="80mm", copies=2), "127.0.0.1:9100")
    assert b"".join(sent) == b"slip;slip;"


def test_the_trays_of_a_queue_are_those_it_names(asked: Path) -> None:
    assert printing.trays("HP-1") == ["Auto", "Upper", "Lower"]
    assert printing.trays("127.0.0.1:9100") == []
    assert printing.trays("") == []
