"""Old data in the terminal: looked at, taken in by what a person says of the columns, found, taken back."""

from __future__ import annotations

from pathlib import Path

from tests.kit.desk import old_tables
from tests.kit.desk.terminal import Terminal

ROWS = [
    ("Hä vµ tªn", "Sè CCCD", "Ngµy sinh"),
    ("NguyÔn ThÞ Thö", "001190000001", "15/01/1990"),
    ("Lß V¨n MÉu", "12", "1956"),
]
DOSSIERS = [("Số hồ sơ", "Họ tên", "Ngày nhận"), ("7/2022", "Lò Văn Mẫu", "15/03/2022")]


def test_a_table_is_looked_at_taken_in_found_and_taken_back(terminal: Terminal, tmp_path: Path) -> None:
    file = old_tables.text(tmp_path / "dan.csv", ROWS, encoding="latin-1")
    seen = terminal.ask("import", "people", str(file), "--dry-run")
    assert seen["needs"]
    assert seen["columns"][0]["looks_like"] == "tcvn3"
    refused = terminal.run("import", "people", str(file))
    assert (refused.code, refused.out) == (1, "")
    report = tmp_path / "bao-cao.xlsx"
    said = ("--encoding", "A=tcvn3", "--dates", "born_on=dmy", "--report", str(report))
    done = terminal.ask("import", "people", str(file), *said)
    assert (done["taken"], [one["row"] for one in done["refused"]]) == (1, [3])
    assert report.read_bytes().startswith(b"PK")
    old = old_tables.text(tmp_path / "hs.csv", DOSSIERS)
    terminal.ask("import", "dossiers", str(old), "--columns", "C=received_on")
    (found,) = terminal.ask("find", "7/2022")
    assert (found["code"], found["status"], found["old"]["received_on"]) == ("7/2022", "old", "2022-03-15")
    assert [one["rows"] for one in terminal.ask("import", "list")] == [1, 1]
    assert terminal.ask("import", "undo", done["id"])["rows"] == 1
    assert terminal.ask("check")["problems"] == []


def test_what_is_said_wrong_of_a_column_is_refused(terminal: Terminal, tmp_path: Path) -> None:
    file = old_tables.text(tmp_path / "hs.csv", DOSSIERS)
    for said in (("--columns", "Z=code"), ("--columns", "A=tên"), ("--encoding", "abc"), ("--dates", "C=xyz")):
        done = terminal.run("import", "dossiers", str(file), *said)
        assert (done.code, done.out) == (1, ""), said
        assert "chưa đúng" in done.err
