"""Addresses taken apart, and where old communes went."""

from __future__ import annotations

import json
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk_app import places
from desk_app.domain.people.address import Address, Units, parse, suggest

FILES = {file.stem: json.loads(file.read_text("utf-8")) for file in (places.resources() / "units").glob("*.json")}
UNITS = Units.from_json(FILES)
BEFORE = [
    (province, district, commune, codes.lstrip("~").split(), codes.startswith("~"))
    for province, content in FILES["before-july-2025"]["provinces"].items()
    for district, communes in content["districts"].items()
    for commune, codes in communes.items()
]


def codes(text: str) -> set[str]:
    return {found.commune_code for found in suggest(parse(text), UNITS)}


def test_there_are_34_provinces_and_3321_communes() -> None:
    assert len(UNITS.provinces) == 34
    assert Counter(commune.kind for commune in UNITS.communes.values()) == {"Xã": 2621, "Phường": 687, "Đặc khu": 13}


def test_471_old_communes_were_split_and_every_commune_of_today_came_from_somewhere() -> None:
    known = [entry for entry in BEFORE if not entry[4]]
    assert len(known) == 10_040
    assert sum(len(codes) > 1 for *_, codes, _ in known) == 471
    assert {code for *_, codes, _ in known for code in codes} == set(UNITS.communes)


@pytest.mark.parametrize("file", FILES)
def test_the_data_says_where_it_comes_from_and_that_nobody_checked_it(file: str) -> None:
    assert FILES[file]["citation"]
    assert "MIT" in FILES[file]["source"]
    assert FILES[file]["verified"] is False


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Thôn 1, Xã Cũ, Huyện Cũ, Hà Nội", ("Thôn 1", "Xã Cũ", "Huyện Cũ", "Hà Nội")),
        ("Cũ, Cũ, Hà Nội", ("", "Cũ", "Cũ", "Hà Nội")),
        ("Thôn 1, Cũ, Cũ, Hà Nội", ("Thôn 1", "Cũ", "Cũ", "Hà Nội")),
        ("Số 5, ngõ 2, P. 5, Q. 3, TP. Hồ Chí Minh", ("Số 5, ngõ 2", "P. 5", "Q. 3", "TP. Hồ Chí Minh")),
        ("Thôn 1, Xã Quảng Oai, Thành phố Hà Nội", ("Thôn 1", "Xã Quảng Oai", "", "Thành phố Hà Nội")),
        ("Thôn 1, Quảng Oai, Hà Nội", ("Thôn 1", "Quảng Oai", "", "Hà Nội")),
        ("Quảng Oai, Hà Nội", ("", "Quảng Oai", "", "Hà Nội")),
        ("Huyện Côn Đảo, Bà Rịa - Vũng Tàu", ("", "", "Huyện Côn Đảo", "Bà Rịa - Vũng Tàu")),
        ("Xã Cũ - Huyện Cũ - Bà Rịa - Vũng Tàu", ("", "Xã Cũ", "Huyện Cũ", "Bà Rịa-Vũng Tàu")),
        ("Thôn 1 xã Cũ huyện Cũ tỉnh Cũ", ("Thôn 1", "xã Cũ", "huyện Cũ", "tỉnh Cũ")),
        ("Xã Cũ,, Huyện Cũ , Hà Nội.", ("", "Xã Cũ", "Huyện Cũ", "Hà Nội")),
        ("Hà Nội", ("", "", "", "Hà Nội")),
        ("", ("", "", "", "")),
    ],
)
def test_an_address_is_taken_apart_from_its_end(text: str, parts: tuple[str, str, str, str]) -> None:
    address = parse(text)
    assert (address.detail, address.commune, address.district, address.province) == parts


@given(st.text())
def test_any_text_is_an_address_and_loses_no_word(text: str) -> None:
    address = parse(text)
    assert isinstance(suggest(address, UNITS), tuple)
    assert parse(address.text).text == address.text


@pytest.mark.parametrize("detail", ["", "Thôn 1", "Số 5B, ngõ 12", "Tổ 12A1", "Thôn Đông, khu 3"])
def test_every_address_of_today_comes_back_as_it_is(detail: str, pytestconfig: pytest.Config) -> None:
    step = 1 if pytestconfig.getoption("every_place") else 5
    for commune in list(UNITS.communes.values())[len(detail) % step :: step]:
        text = ", ".join(part for part in (detail, commune.name, UNITS.provinces[commune.province].name) if part)
        (found,) = suggest(parse(text), UNITS)
        assert (found.text, found.commune_code, found.exact) == (text, commune.code, True)


@pytest.mark.parametrize("province", FILES["before-july-2025"]["provinces"])
def test_every_old_address_is_offered_all_communes_its_own_went_to_and_no_other(
    province: str, pytestconfig: pytest.Config
) -> None:
    step = 1 if pytestconfig.getoption("every_place") else 3
    theirs = [entry for entry in BEFORE if entry[0] == province]
    for _, district, commune, expected, is_former in theirs[len(province) % step :: step]:
        if is_former or not commune:
            continue
        found = suggest(parse(f"Thôn 1, {commune}, {district}, {province}"), UNITS)
        names = [UNITS.communes[code] for code in expected]
        assert [each.commune_code for each in found] == expected
        assert [each.text for each in found] == [
            f"Thôn 1, {name.name}, {UNITS.provinces[name.province].name}" for name in names
        ]
        assert {each.exact for each in found} == {len(expected) == 1}


@given(old=st.sampled_from([entry for entry in BEFORE if not entry[4] and entry[2]]))
def test_a_card_that_prints_no_kinds_and_capitals_is_understood_too(
    old: tuple[str, str, str, list[str], bool],
) -> None:
    province, district, commune, expected, _ = old
    words = ("Tỉnh ", "Thành phố ", "Thị xã ", "Quận ", "Huyện ", "Phường ", "Thị trấn ", "Xã ")
    bare = [part if part[-1].isdigit() else without(part, words) for part in (commune, district, province)]
    assert set(expected) <= codes(", ".join(bare).upper())


def without(name: str, kinds: tuple[str, ...]) -> str:
    return next((name.removeprefix(kind) for kind in kinds if name.startswith(kind)), name)


def test_a_split_town_is_offered_both_and_neither_is_sure() -> None:
    found = suggest(parse("Thôn 1, Tây Đằng, Ba Vì, Hà Nội"), UNITS)
    assert [(each.text, each.exact) for each in found] == [
        ("Thôn 1, Xã Quảng Oai, Thành phố Hà Nội", False),
        ("Thôn 1, Xã Minh Châu, Thành phố Hà Nội", False),
    ]


@pytest.mark.parametrize(
    ("text", "commune"),
    [
        ("Lũng Cú, Đồng Văn, Hà Giang", "Xã Lũng Cú"),
        ("Xã Lũng Cú, Tỉnh Hà Giang", "Xã Lũng Cú"),
        ("Tổ 5, P. Trúc Bạch, Q. Ba Đình, TP. Hà Nội", "Phường Ba Đình"),
        ("Nguyễn Trung Trực, Ba Đình, Hà Nội", "Phường Ba Đình"),
        ("P5, Q. Gò Vấp, TPHCM", "Phường An Nhơn"),
        ("Phường 05, Quận Gò Vấp, TP.HCM", "Phường An Nhơn"),
        ("Hương Vân, Hương Trà, Thừa Thiên Huế", "Phường Hương Trà"),
        ("Huyện Côn Đảo, Bà Rịa - Vũng Tàu", "Đặc khu Côn Đảo"),
        ("Phường An Khánh, Quận 2, TP. Hồ Chí Minh", "Phường An Khánh"),
        ("xã Quảng Oai, huyện Ba Vì, Hà Nội", "Xã Quảng Oai"),
    ],
)
def test_old_addresses_as_people_write_them(text: str, commune: str) -> None:
    assert {UNITS.communes[code].name for code in codes(text)} == {commune}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Hà Nội",
        "Thôn 1, Xã Cũ, Huyện Cũ, Hà Nội",
        "Xã Xyz, Ba Vì, Hà Nội",
        "Xã Quảng Oai, Tỉnh Xyz",
        "a, b, c, d",
        "Phường Trúc Bạch, huyện Ba Vì, Hà Nội",
        "Phường Ỷ La, huyện Đồng Văn, Hà Giang",
    ],
)
def test_an_unknown_name_is_offered_nothing(text: str) -> None:
    assert suggest(parse(text), UNITS) == ()


def test_marks_and_kinds_tell_communes_of_one_key_apart() -> None:
    (found,) = suggest(Address(commune="Phường Mỹ Tho", province="Tỉnh Đồng Tháp"), UNITS)
    assert UNITS.communes[found.commune_code].name == "Phường Mỹ Tho"
    (found,) = suggest(Address(commune="Xã Mỹ Thọ", province="Đồng Tháp"), UNITS)
    assert UNITS.communes[found.commune_code].name == "Xã Mỹ Thọ"
    assert len(UNITS.find("my tho", "82")) == 2


@pytest.mark.parametrize(
    ("text", "detail", "commune", "district", "now"),
    [
        ("Thôn 1, Xã Cũ, nay là xã Mới, Huyện Cũ, Hà Nội", "Thôn 1", "Xã Cũ", "Huyện Cũ", "xã Mới"),
        ("Hà Nội. Nay là phường Mới", "", "", "", "phường Mới"),  # a dot parts too
        ("Thôn 1, Xã Cũ (hiện nay thuộc xã Mới), Huyện Cũ, Hà Nội", "Thôn 1", "Xã Cũ", "Huyện Cũ", "xã Mới"),
        ("Thôn 1, Xã Cũ (hai), Huyện Cũ, Hà Nội", "Thôn 1", "Xã Cũ", "Huyện Cũ", ""),
        ("Đường Nguyễn A. Ninh, Phường Một, Quận Hai, Hà Nội", "Đường Nguyễn A. Ninh", "Phường Một", "Quận Hai", ""),
        ("Thôn Đông. Xã Cũ. Huyện Cũ. Hà Nội", "Thôn Đông", "Xã Cũ", "Huyện Cũ", ""),
        ("Thôn 1, Xã Cũ, Huyện Cũ cũ, Hà Nội, Việt Nam, 100000", "Thôn 1", "Xã Cũ", "Huyện Cũ", ""),
        ("Phường Phường Đúc, Hà Nội", "", "Phường Phường Đúc", "", ""),
        ("Xã Cũ, Thôn Đông, Hà Nội", "Thôn Đông", "Xã Cũ", "", ""),
        ("Nhà ông Ba, Thôn 5, Huyện Cũ, Hà Nội", "Nhà ông Ba, Thôn 5", "", "Huyện Cũ", ""),
    ],
)
def test_remarks_and_dots_are_no_names(text: str, detail: str, commune: str, district: str, now: str) -> None:
    found = parse(text)
    assert (found.detail, found.commune, found.district, found.now) == (detail, commune, district, now)
    assert found.province == "Hà Nội"


def test_an_address_of_a_province_alone_has_no_other_part() -> None:
    assert parse("Tỉnh Thanh Hóa cũ") == Address(province="Tỉnh Thanh Hóa")
    assert parse("") == Address()


@pytest.mark.parametrize(
    ("text", "province"),
    [("Hà Nội, Việt Nam, nay là phường Thử", "Hà Nội"), ("TP. Hà Nội VN, nay là phường Thử", "TP. Hà Nội")],
)
def test_a_country_that_a_remark_hid_is_let_go_as_well(text: str, province: str) -> None:
    found = parse(text)
    assert (found.text, found.now) == (province, "phường Thử")


def test_a_remark_is_let_go_among_parts_and_stays_where_it_is_all() -> None:
    assert parse("Thôn 1, trước đây, Hà Nội") == Address(detail="Thôn 1", province="Hà Nội")
    assert parse("trước đây") == Address(province="trước đây")
