"""What a print queue answers, told for what it is: paused, not accepting, unknown, or in its own words."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from desk_app.services.papers import printing
from desk_app.services.papers.printing import PrinterError, PrinterPausedError, PrintRefusedError

if os.name == "nt":
    pytest.skip("CUPS is not there", allow_module_level=True)


@pytest.fixture
def told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Stands for CUPS: what `lpstat -p`, `lpstat -a` and `lp` say, and how `lp` ends."""

    def tell(*, state: str = "", takes: str = "", says: str = "", ends: int = 0) -> Path:
        mark = tmp_path / "sent"
        lpstat = f"""case "$1" in -p) echo "{state}";; -a) echo "{takes}";; esac"""
        lp = f"""cat > "{mark}"; echo "{says}" >&2; exit {ends}"""
        for name, text in (("lpstat", lpstat), ("lp", lp)):
            file = tmp_path / name
            file.write_text(f"#!/bin/sh\n{text}\n")
            file.chmod(0o755)
        monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
        return mark

    return tell


@pytest.mark.parametrize(
    ("state", "takes"),
    [
        ("printer Q disabled since Sat 28 Nov 2026 -", "Q accepting requests since today"),
        ("printer Q is idle.  enabled since today", "Q not accepting requests since today -"),
    ],
)
def test_a_queue_that_stands_still_gets_nothing_and_is_told(told, state: str, takes: str) -> None:
    mark = told(state=state, takes=takes)
    with pytest.raises(PrinterPausedError if "disabled" in state else PrintRefusedError):
        printing.send_raw(b"x", "Q")
    assert not mark.exists()


def test_a_queue_at_work_takes_the_paper(told) -> None:
    mark = told(state="printer Q is idle.  enabled since today", takes="Q accepting requests since today")
    printing.send_raw(b"x", "Q")
    assert mark.read_bytes() == b"x"


@pytest.mark.parametrize(
    ("says", "why"),
    [
        ("lp: Error - The printer or class does not exist.", "máy này không có hàng đợi in tên đó"),
        ("lp: Destination is not accepting jobs.", "hàng đợi in đang không nhận lệnh in"),
        ("lp: Unsupported document-format", "Hệ thống in cho biết: Unsupported document-format"),
        ("", "Xem máy in"),
    ],
)
def test_the_reason_of_the_print_system_is_told(told, says: str, why: str) -> None:
    told(says=says, ends=1)
    with pytest.raises(PrinterError) as refusal:
        printing.send_raw(b"x", "Q")
    assert why in refusal.value.remedy
    assert str(refusal.value) == "Chưa in được tới máy in «Q»: hệ thống in từ chối lệnh in."
