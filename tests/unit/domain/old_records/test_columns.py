"""Headings of offices are matched to facts; the first row that names facts is the heading."""

from __future__ import annotations

import pytest

from desk_app.domain.old_records import columns


@pytest.mark.parametrize(
    ("heading", "what", "fact"),
    [
        ("Họ và tên", "people", "full_name"),
        ("HỌ TÊN (*)", "people", "full_name"),
        ("Số CCCD/CMND", "people", "id_number"),
        ("Số CMND", "people", "old_id_number"),
        ("Ngày, tháng, năm sinh", "people", "born_on"),
        ("Địa chỉ", "people", "residence"),
        ("Mã hồ sơ", "people", ""),
        ("Mã hồ sơ", "dossiers", "code"),
        ("Số", "dossiers", ""),
        ("Sổ", "dossiers", "book"),
        ("Trích yếu", "dossiers", "procedure"),
        ("id_number", "people", "id_number"),
        ("Thu nhập", "people", ""),
    ],
)
def test_a_heading_names_its_fact_or_none(heading: str, what: str, fact: str) -> None:
    assert columns.fact_of(heading, what) == fact


def test_of_two_columns_of_one_fact_the_first_has_it() -> None:
    assert columns.matched(["Họ tên", "Người nộp", "SĐT"], "people") == ["full_name", "", "phone"]


def test_a_title_above_the_heading_is_passed_over() -> None:
    rows = [["DANH SÁCH NHÂN KHẨU"], [], ["STT", "Họ tên", "Ngày sinh"], ["1", "Lò Thử", "1956"]]
    assert columns.heading_place(rows, "people") == 2
    assert columns.heading_place([["1", "Lò Thử"]], "people") == -1


def test_a_column_is_called_as_a_spreadsheet_calls_it():
    names = [columns.letters_of(place) for place in range(800)]
    assert (names[0], names[25:28], names[51:53], names[701:703]) == (
        "A",
        ["Z", "AA", "AB"],
        ["AZ", "BA"],
        ["ZZ", "AAA"],
    )
    assert len(set(names)) == 800
