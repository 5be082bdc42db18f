"""Files of units as an office gets them: changes, a table, or the whole list of a day."""

from __future__ import annotations

import json

import pytest

from desk_app.domain.office_table import FileFault
from desk_app.domain.people.places.unit_changes import UnitChange
from desk_app.domain.people.places.unit_files import changes_in
from desk_app.domain.people.units import Units

KNOWN = {
    "provinces": {"38": "Tỉnh Thanh Hóa"},
    "communes": {"38": {"00001": "Xã Một", "00002": "Xã Hòa", "00003": "Xã Ba", "00004": "Xã Bốn"}},
}


def known(day: str) -> Units:
    assert day == "2027-01-01"
    return Units.from_json({"communes": KNOWN, "before-july-2025": {"provinces": {}}})


def read(content: object, file: str = "xa.json") -> tuple[list[UnitChange], list[tuple[str, str]]]:
    text = content if isinstance(content, str) else json.dumps(content)
    found = changes_in(text.encode(), file=file, known=known)
    return list(found.changes), list(found.not_understood)


def fault(content: object, file: str = "xa.json") -> str:
    with pytest.raises(FileFault) as refusal:
        read(content, file)
    return str(refusal.value)


def test_a_table_names_provinces_by_two_digits_and_communes_by_five() -> None:
    text = "Mã;Tên cũ;Tên mới;Văn bản;Hiệu lực từ\n38;Tỉnh Thanh Hóa;Thành phố Thanh Hóa;1/NQ;1/1/2027\n"
    text += "00001;Xã Một;Phường Một;;01/01/2027\n"
    changes, odd = read(text, "xa.csv")
    assert odd == []
    assert [(each.level, each.code, each.was, each.to, each.by, each.in_force_from) for each in changes] == [
        ("province", "38", "Tỉnh Thanh Hóa", "Thành phố Thanh Hóa", "1/NQ", "2027-01-01"),
        ("commune", "00001", "Xã Một", "Phường Một", "", "2027-01-01"),
    ]


@pytest.mark.parametrize("level", ["tỉnh", "", "xã"])
def test_a_level_of_other_words_is_told_by_the_code(level: str) -> None:
    rows = [{"level": level, "code": code, "to": "Tên", "in_force_from": "2027-01-01"} for code in ("38", "00001")]
    assert [each.level for each in read({"changes": rows})[0]] == ["province", "commune"]


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ({"code": "00001", "in_force_from": "2027-01-01"}, "thiếu tên mới"),
        ({"code": "001", "to": "Xã", "in_force_from": "2027-01-01"}, "mã «001» phải có hai chữ số (tỉnh) hoặc năm"),
        ({"code": "٠٠٠٠١", "to": "Xã", "in_force_from": "2027-01-01"}, "phải có hai chữ số (tỉnh) hoặc năm"),
        ({"code": "1234567890123456", "to": "X", "in_force_from": "2027-01-01"}, "mã «123456789012»"),
        ({"code": "00001", "to": "Xã"}, "thiếu ngày"),
        ({"code": "00001", "to": "Xã", "in_force_from": "2027-01-01", "now": "x"}, "không đúng dạng một thay đổi"),
        ("Xã Một", "không phải một thay đổi"),
    ],
)
def test_a_row_that_is_no_change_is_told_and_the_others_are_taken(row: object, why: str) -> None:
    good = {"code": "00002", "to": "Phường Hòa", "in_force_from": "2027-01-01"}
    changes, odd = read({"changes": [good, row]})
    assert [each.code for each in changes] == ["00002"]
    ((place, said),) = odd
    assert place == "mục changes thứ 2"
    assert why in said
    assert not said.startswith(place)


@pytest.mark.parametrize("row", [{"now": ["00002"]}, {"taken_back": True}])
def test_an_end_and_a_taking_back_need_no_new_name(row: dict[str, object]) -> None:
    changes, odd = read({"changes": [{"code": "00001", "in_force_from": "2027-01-01", **row}]})
    assert (len(changes), odd) == (1, [])


def test_two_rows_of_one_unit_and_day_are_told_and_the_later_holds() -> None:
    rows = [{"code": "00001", "to": to, "in_force_from": "2027-01-01"} for to in ("Xã A", "Xã B")]
    changes, odd = read({"changes": rows})
    assert [each.to for each in changes] == ["Xã B"]
    assert odd == [("mục changes thứ 2", "mã 00001 có hai dòng khác nhau cho cùng ngày; dùng dòng này")]
    assert read({"changes": [rows[0], rows[0]]})[1] == []


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ('{\n"changes": [}', "dòng 2: không đúng cú pháp JSON"),
        ({}, "không có mục changes"),
        ({"provinces": {}}, "không có mục changes"),
        ({"communes": {}}, "không có mục changes"),
        ({"changes": []}, "không có thay đổi nào"),
        ({"provinces": {}, "communes": {}}, "chưa ghi ngày hiệu lực"),
        ({"provinces": {"38": 1}, "communes": {}, "in_force_from": "2027-01-01"}, "provinces cần mã → tên"),
        (
            {"provinces": {}, "communes": {"38": {"1": "Xã Năm"}}, "in_force_from": "2027-01-01"},
            "mã «1» phải có hai chữ số",
        ),
        (
            {"provinces": {}, "communes": {"38": {"1234567890123456": "Xã"}}, "in_force_from": "2027-01-01"},
            "mã «123456789012» phải có hai chữ số",
        ),
    ],
)
def test_a_file_of_no_known_shape_is_refused(content: object, why: str) -> None:
    assert why in fault(content)


def listed(**communes: str) -> dict[str, object]:
    of = {**KNOWN["communes"]["38"], **{code.removeprefix("c"): name for code, name in communes.items()}}
    return {
        "provinces": dict(KNOWN["provinces"]),
        "communes": {"38": {code: name for code, name in of.items() if name}},
        "by": "1/NQ",
    }


def test_a_whole_list_gives_what_differs_from_what_is_known() -> None:
    content = listed(c00001="Phường Một", c00002="Xã Hoà", c00003="", c00009="Xã Chín")
    changes, _ = read(content, "xa-2027-01-01.json")
    assert [(each.code, each.was, each.to, each.by, each.province) for each in changes] == [
        ("00001", "Xã Một", "Phường Một", "1/NQ", ""),
        ("00009", "", "Xã Chín", "1/NQ", "38"),
        ("00003", "Xã Ba", "", "1/NQ", ""),
    ]
    content["provinces"] = {"38": "Thành phố Thanh Hóa", "77": "Tỉnh Lạc"}
    (first, *_), _ = read(content | {"in_force_from": "01/01/2027"})
    assert (first.code, first.was, first.to) == ("38", "Tỉnh Thanh Hóa", "Thành phố Thanh Hóa")
    assert read(content | {"in_force_from": "01/01/2027"})[0][1].code == "00001"


def test_a_list_of_half_the_communes_or_fewer_ends_none() -> None:
    half = listed(c00003="", c00004="")
    assert read(half, "xa-2027-01-01.json")[0] == []
    more = listed(c00004="")
    assert [each.code for each in read(more, "xa-2027-01-01.json")[0]] == ["00004"]


def test_a_cell_that_says_nothing_is_no_fault_and_other_keys_are_let_be() -> None:
    row = {"code": "00001", "to": "Xã A", "in_force_from": "2027-01-01", "by": None, "province": "", "other": 5}
    changes, odd = read({"changes": [row]})
    assert ([each.to for each in changes], odd) == (["Xã A"], [])
