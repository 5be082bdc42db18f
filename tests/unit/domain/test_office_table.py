"""Bytes and tables as offices' programs write them."""

from __future__ import annotations

import codecs

import pytest

from desk_app.domain.office_table import FileFault, rows_of, text_of

COLUMNS = {"date": ("ngày", "ngày nghỉ"), "kind": ("loại",), "name": ("tên",)}


def cells(text: str) -> list[tuple[int, dict[str, str]]]:
    return [(row.line, dict(row.cells)) for row in rows_of(text, COLUMNS, needed=("date", "kind"))]


def fault(text: str) -> str:
    with pytest.raises(FileFault) as refusal:
        cells(text)
    return str(refusal.value)


@pytest.mark.parametrize(
    "data",
    [
        "Ngày;Loại".encode(),
        codecs.BOM_UTF8 + "Ngày;Loại".encode(),
        "Ngày;Loại".encode("utf-16"),
        codecs.BOM_UTF16_BE + "Ngày;Loại".encode("utf-16-be"),
        "Ngày;Loại".encode("utf-16-le"),
        "Ngày;Loại".encode("utf-16-be"),
        "Nga\u0300y;Loa\u0323i".encode(),
        "Nga\u0300y;Loa\u0323i".encode("cp1258"),
    ],
)
def test_a_text_is_read_in_whatever_code_it_came(data: bytes) -> None:
    assert text_of(data) == "Ngày;Loại"


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"PK\x03\x04rest", "tệp Excel"),
        (b"\xd0\xcf\x11\xe0rest", "tệp Excel"),
        (b"abc\x00d", "không phải tệp văn bản"),
        (b"\x00\x00ab", "không phải tệp văn bản"),
        (codecs.BOM_UTF16_LE + b"a", "bảng mã"),
    ],
)
def test_what_is_no_text_is_refused(data: bytes, why: str) -> None:
    with pytest.raises(FileFault, match=why):
        text_of(data)


@pytest.mark.parametrize("mark", ["\t", ";", ",", "|"])
def test_cells_are_parted_by_the_mark_of_the_first_line(mark: str) -> None:
    text = f"Ngày{mark}Loại{mark}Tên\n1/1{mark}off{mark}Tết\n"
    assert cells(text) == [(2, {"date": "1/1", "kind": "off", "name": "Tết"})]


def test_a_mark_inside_quotation_marks_parts_nothing() -> None:
    assert cells('"a,b,c";off;Tết') == [(1, {"date": "a,b,c", "kind": "off", "name": "Tết"})]
    assert cells('1/1,off,"Tết; nghỉ; bù"') == [(1, {"date": "1/1", "kind": "off", "name": "Tết; nghỉ; bù"})]


def test_lines_are_counted_as_an_editor_counts_them() -> None:
    text = '\n;;\n"Ngày nghỉ";Loại;Khác;Tên\n\n1/1;off;x;"Tết\nta"\n2/1;off;;\n'
    assert cells(text) == [
        (5, {"date": "1/1", "kind": "off", "name": "Tết ta"}),
        (7, {"date": "2/1", "kind": "off", "name": ""}),
    ]


def test_what_excel_puts_before_a_table_names_the_mark() -> None:
    assert cells("sep=|\n1/1|off|a;b;c;d\n") == [(2, {"date": "1/1", "kind": "off", "name": "a;b;c;d"})]
    assert cells("\nSEP=;\nNgày;Loại\n1/1;off\n") == [(4, {"date": "1/1", "kind": "off"})]


@pytest.mark.parametrize("text", ["", "\n\n", ";;\n", "sep=;\n", "sep=;\n\n"])
def test_a_table_without_a_row_has_none(text: str) -> None:
    assert cells(text) == []


def test_a_row_that_is_short_or_ends_in_marks_is_taken() -> None:
    assert cells("1/1;off\n2/1;off;Tết;;;\n") == [
        (1, {"date": "1/1", "kind": "off"}),
        (2, {"date": "2/1", "kind": "off", "name": "Tết"}),
    ]


def test_a_fault_is_told_by_its_line() -> None:
    assert fault("Ngày;Tên\n1/1;Tết\n") == "dòng 1: tiêu đề thiếu cột «loại»"
    assert fault("\nTên;Khác\nTết;x\n") == "dòng 2: tiêu đề thiếu cột «ngày», «loại»"
    assert fault("1/1;off;Tết\n2/1;off;Tết;dư\n").startswith("dòng 2: có 4 ô")
    assert fault('1/1;off\n\n2/1;"off" x\n').startswith("dòng 3: dấu nháy kép")
