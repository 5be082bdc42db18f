"""A file of law is recognised by what is in it, looked at without writing, and taken in whole or not at all."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from desk_app.errors import DeskError
from desk_app.services.catalogue import imports, law_files
from desk_app.services.catalogue.imports import DaysFileError
from desk_app.services.catalogue.law_files import NoLawFileError, UnknownLawFileError
from desk_app.services.desk.desk import Desk

CHANGE = {"code": "09619", "from": "Xã Quảng Oai", "to": "Phường Thử", "by": "NQ", "in_force_from": "2026-11-01"}
ROW = {"code": "1.900001", "name": "Thủ tục thử", "state": "ACTIVE"}


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("catalogue.jsonl", json.dumps(ROW), "catalogue"),
        ("2027.csv", "date,kind,name\n2027-02-05,off,Tết\n", "holidays"),
        ("2027.txt", "05/02/2027;off;Tết\n", "holidays"),
        ("2027.toml", '[[day]]\ndate = "2027-02-05"\nkind = "off"\nname = "Tết"\n', "holidays"),
        ("x.json", json.dumps({"changes": [CHANGE]}), "units"),
        ("x.csv", "mã;tên mới;hiệu lực từ\n09619;Phường Thử;01/11/2026\n", "units"),
    ],
)
def test_a_file_is_recognised_and_looking_writes_nothing(
    desk: Desk, tmp_path: Path, name: str, content: str, kind: str
) -> None:
    file = tmp_path / name
    file.write_text(content, "utf-8")
    before = (imports.listed_days(desk, None), desk.unit_changes)
    seen = law_files.look(desk, file)
    assert seen.kind == kind
    desk.forget_law()
    assert (imports.listed_days(desk, None), desk.unit_changes) == before
    assert law_files.take_in(desk, file) == seen
    assert law_files.look(desk, file).is_nothing


def test_a_procedure_is_told_by_code_and_name(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "catalogue.jsonl").write_text(json.dumps(ROW), "utf-8")
    assert law_files.look(desk, tmp_path).added == ("1.900001  Thủ tục thử",)


@pytest.mark.parametrize(
    ("name", "content", "error"),
    [
        ("x.txt", b"hello", UnknownLawFileError),
        ("x.xlsx", b"PK\x03\x04", DaysFileError),
        ("x.csv", b"date,kind,name\nmai,off,x\n", DaysFileError),
        ("x.json", b"{", DeskError),
    ],
)
def test_what_is_none_of_them_is_refused(
    desk: Desk, tmp_path: Path, name: str, content: bytes, error: type[Exception]
) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    for deed in (law_files.look, law_files.take_in):
        with pytest.raises(error):
            deed(desk, file)


def test_a_place_that_is_not_there_or_holds_nothing_is_refused(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(NoLawFileError):
        law_files.look(desk, tmp_path / "khong-co.csv")
    with pytest.raises(UnknownLawFileError):
        law_files.look(desk, tmp_path)


def test_the_state_of_the_law_is_told_in_words(desk: Desk) -> None:
    told = law_files.state(desk)
    assert "9 thủ tục" in told.procedures
    assert "2026" in told.holidays
    assert "20/09/2026" in told.units
    assert told.new_name == ""
