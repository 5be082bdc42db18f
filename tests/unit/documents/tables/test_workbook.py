"""Workbooks as offices have them, and as somebody prepares them who means harm."""

from __future__ import annotations

import io
import random
import zipfile
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest

from desk_app.documents.tables import archive, delimited, workbook
from desk_app.documents.tables.table import DAY, NUMBER, TEXT, TableFault
from tests.kit.desk import old_tables


def _made(tmp_path: Path, **more: object) -> bytes:
    rows = [["Họ tên", "Số", "Ngày"], ["NguyÔn Thö", 1090000123, date(1990, 1, 15)], [None, None, date(1900, 2, 28)]]
    return old_tables.workbook(tmp_path / "x.xlsx", rows, fonts={0: ".VnTime"}, **more).read_bytes()  # type: ignore[arg-type]


def _changed(data: bytes, name: str, old: bytes, new: bytes) -> bytes:
    """The workbook with a part's bytes replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for each in before.namelist():
            content = before.read(each)
            if each == name:
                assert old in content
                content = content.replace(old, new)
            after.writestr(each, content)
    return out.getvalue()


@pytest.mark.parametrize("from_1904", [False, True])
def test_cells_come_as_they_stand_with_the_font_and_kind_of_each(tmp_path: Path, *, from_1904: bool) -> None:
    if from_1904:  # no day before 1904 exists there
        rows = [["Họ tên", "Số", "Ngày"], ["NguyÔn Thö", 1090000123, date(1990, 1, 15)]]
        file = old_tables.workbook(tmp_path / "x.xlsx", rows, fonts={0: ".VnTime"}, from_1904=True)
        found = workbook.sheet(file.read_bytes())
    else:
        found = workbook.sheet(_made(tmp_path))
        assert found.rows[2].texts == ("", "", "1900-02-28")
    assert found.rows[0].texts == ("Họ tên", "Số", "Ngày")
    assert (found.rows[1].line, found.rows[1].texts) == (2, ("NguyÔn Thö", "1090000123", "1990-01-15"))
    assert found.rows[1].kinds == "T" + NUMBER + DAY


def test_a_formula_is_not_reckoned(tmp_path: Path) -> None:
    data = _changed(_made(tmp_path), "xl/worksheets/sheet1.xml", b"<v>1090000123</v>", b"<f>1+1</f><v>7</v>")
    assert workbook.sheet(data).rows[1].texts[1] == "7"
    data = _changed(_made(tmp_path), "xl/worksheets/sheet1.xml", b"<v>1090000123</v>", b"<f>1+1</f>")
    assert workbook.sheet(data).rows[1].texts[1] == ""


def test_entities_are_refused_before_they_grow(tmp_path: Path) -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><sst>'
    data = _changed(_made(tmp_path), "xl/sharedStrings.xml", b"<sst", bomb + b"<sst")
    with pytest.raises(TableFault, match="DOCTYPE"):
        workbook.sheet(data)


def test_an_archive_that_unpacks_to_too_much_ends_the_reading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MOST_PART", 1 << 20)
    blanks = b" " * (2 << 20)
    data = _changed(_made(tmp_path), "xl/sharedStrings.xml", b"<sst", b"<sst>" + blanks + b"</sst><sst")
    assert len(data) < 100_000
    with pytest.raises(TableFault, match="giãn ra"):
        workbook.sheet(data)


def test_a_cell_far_too_long_is_a_fault_of_its_row(tmp_path: Path) -> None:
    found = workbook.sheet(old_tables.workbook(tmp_path / "x.xlsx", [["a" * 3_000, "b"]]).read_bytes())
    assert (found.rows[0].texts, found.rows[0].kinds) == (("", "b"), "e" + TEXT)


@pytest.mark.parametrize("data", [b"PK\x03\x04", b"PK\x03\x04" + b"\x00" * 100, b""])
def test_what_is_no_workbook_is_refused(data: bytes) -> None:
    with pytest.raises(TableFault):
        workbook.sheet(data)


@pytest.mark.parametrize("seed", range(3))
def test_a_damaged_workbook_is_refused_or_read_and_nothing_else(tmp_path: Path, seed: int) -> None:
    """Bytes changed in the archive, and in the parts beneath, where the checksums of the archive do not help."""
    luck = random.Random(seed)
    whole = _made(tmp_path)
    parts = zipfile.ZipFile(io.BytesIO(whole)).namelist()
    refused = 0
    for turn in range(120):
        data = bytearray(whole)
        if turn % 2:
            out = io.BytesIO()
            with zipfile.ZipFile(io.BytesIO(whole)) as before, zipfile.ZipFile(out, "w") as after:
                bad = luck.choice(parts)
                for name in parts:
                    content = bytearray(before.read(name))
                    if name == bad:
                        _spoil(content, luck)
                    after.writestr(name, bytes(content))
            data = bytearray(out.getvalue())
        else:
            _spoil(data, luck)
        try:
            workbook.sheets(bytes(data))
            workbook.sheet(bytes(data), luck.randrange(3))
        except TableFault:
            refused += 1
    assert 0 < refused < 120


def _spoil(data: bytearray, luck: random.Random) -> None:
    for _ in range(luck.randrange(1, 6)):
        place = luck.randrange(len(data))
        match luck.randrange(3):
            case 0:
                data[place] = luck.randrange(256)
            case 1:
                del data[place : place + luck.randrange(1, 40)]
            case _:
                data[place:place] = luck.choice([b"<", b">", b'"', b"&#0;", b"9" * 30, b"<row r='99999999'>", b"\xff"])
        if not data:
            data += b"x"


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        (b"\xef\xbb\xbfa;b\r\n1;2\r\n", [("a", "b"), ("1", "2")]),
        ("a\tb\n1\t2".encode("utf-16"), [("a", "b"), ("1", "2")]),
        (b"sep=;\na,b;c\n", [("a,b", "c")]),
        (b'a,"b\nc"\n\n1,2\n', [("a", "b\nc"), ("1", "2")]),
        (b"one\ntwo\n", [("one",), ("two",)]),
    ],
)
def test_delimited_text_is_read_as_offices_write_it(text: bytes, rows: list[tuple[str, ...]]) -> None:
    assert [row.texts for row in delimited.sheet(text).rows] == rows


def test_bytes_of_before_unicode_stay_bytes_until_a_person_says_what_they_are() -> None:
    found = delimited.sheet("Hä tªn;Sè\nNguyÔn;1\n".encode("latin-1"))
    assert found.is_bytes
    assert found.rows[1].texts == ("NguyÔn", "1")


@pytest.mark.parametrize("seed", range(2))
def test_delimited_rubbish_is_refused_or_read(seed: int) -> None:
    luck = random.Random(seed)
    lines = 0
    for _ in range(200):
        data = bytes(luck.choice(b'a";,\t\r\n\x00\xff\xfe0\xc3\xa1') for _ in range(luck.randrange(60)))
        with suppress(TableFault):
            lines += len(delimited.sheet(data).rows)
    assert lines
