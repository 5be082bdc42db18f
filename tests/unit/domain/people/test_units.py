"""Units of a small made-up country: which name finds which commune, and what a change does."""

from __future__ import annotations

import pytest

from desk_app.domain.people.places.unit_changes import UnitChange
from desk_app.domain.people.places.unit_names import bare, closest, has_kind, name_key, spelling, spelt_alike
from desk_app.domain.people.units import Commune, Units

FILES = {
    "communes": {
        "provinces": {"01": "Thành phố Hà Nội", "38": "Tỉnh Thanh Hóa"},
        "communes": {
            "01": {"00001": "Phường Ba Đình", "00002": "Xã Quảng Oai"},
            "38": {"00003": "Xã Mỹ Đức", "00004": "Phường Mỹ Đức", "00005": "Đặc khu Hòn Mê", "00006": "Xã Cũ"},
        },
    },
    "before-july-2025": {
        "provinces": {
            "Tỉnh Hà Tây": {"now": "01", "districts": {"Huyện Ba Vì": {"Xã Tản": "00002", "Xã Gốc": "~00001 00002"}}},
            "Tỉnh Thanh Hóa": {
                "now": "38",
                "districts": {"Huyện Đông": {"Xã A": "00003"}, "Thành phố Đông": {"Phường B": "00004"}},
            },
        }
    },
    "former-provinces": {"provinces": {"Tỉnh Sơn Bình": ["Tỉnh Hà Tây", "Tỉnh Thanh Hóa"]}},
    "changes": {"aliases": {"99999": "00003"}, "changes": []},
}
DAY = "2026-01-01"


def units(*changes: UnitChange) -> Units:
    return Units.from_json(FILES, more=changes, on=DAY)


def change(code: str, to: str = "", **more: object) -> UnitChange:
    level = "province" if len(code) == 2 else "commune"
    return UnitChange(level=level, code=code, in_force_from=DAY, to=to, **more)


def test_a_commune_is_found_by_name_with_its_kind_or_without() -> None:
    found = units()
    assert [each.code for each in found.find("Mỹ Đức", "38")] == ["00003", "00004"]
    assert [each.code for each in found.find("P. My Duc", "38")] == ["00004"]
    assert [each.code for each in found.find("Xã Mĩ Đức", "38")] == ["00003"]
    assert found.find("Mỹ Đức", "01") == ()
    assert {each.code: each.kind for each in found.communes.values()}["00005"] == "Đặc khu"
    assert Commune("1", "Phường Đặc", "38").kind == "Phường"


def test_a_province_is_found_by_todays_name_and_by_that_of_one_merged() -> None:
    found = units()
    assert [each.code for each in found.provinces_of("Hà Tây")] == ["01"]
    assert [each.code for each in found.provinces_of("Sơn Bình")] == ["01", "38"]
    assert found.provinces_of("Mường Mán") == ()
    assert found.province("Sơn Bình") is None
    assert [old.name for old in found.old_provinces("Thanh Hóa")] == ["Tỉnh Thanh Hóa"]
    assert [old.name for old in found.old_provinces("Hà Nội")] == ["Tỉnh Hà Tây"]
    assert found.old_provinces("Mường Mán") == ()
    assert [old.name for old in found.all_old()] == ["Tỉnh Hà Tây", "Tỉnh Thanh Hóa"]


def test_of_two_districts_with_one_name_the_kind_decides() -> None:
    (old,) = units().old_provinces("Thanh Hóa")
    assert [each.name for each in old.in_district("Huyện Đông")] == ["Xã A"]
    assert [each.name for each in old.in_district("TP Đông")] == ["Phường B"]
    assert [each.name for each in old.in_district("Đông")] == ["Xã A", "Phường B"]
    assert [each.name for each in old.in_district("Thị xã Đông")] == ["Xã A", "Phường B"]
    assert old.in_district("Tây") == ()


def test_a_commune_that_was_gone_before_is_marked() -> None:
    (old,) = units().old_provinces("Hà Tây")
    assert [(each.name, each.codes, each.is_former) for each in old.communes] == [
        ("Xã Tản", ("00002",), False),
        ("Xã Gốc", ("00001", "00002"), True),
    ]


def test_a_new_name_holds_and_the_one_before_still_finds_it() -> None:
    found = units(change("00006", "Phường Mới", was="Xã Cũ"))
    assert found.communes["00006"].name == "Phường Mới"
    assert [each.code for each in found.find("Xã Cũ", "38")] == ["00006"]
    assert found.find("Xã Cũ", "01") == ()
    assert found.had_name("00006", "Xã Cũ")
    assert found.had_name("00006", "Phường Mới")
    assert not found.had_name("00006", "Phường Cũ")
    assert not found.had_name("00006", "Xã Khác")
    assert not units().had_name("00006", "Phường Mới")


def test_an_end_sends_to_where_it_went_however_far() -> None:
    found = units(
        change("00006", was="Xã Cũ", now=("00005", "00004")),
        change("00005", was="Đặc khu Hòn Mê", now=("00003", "00004")),
    )
    assert found.now("00006") == ("00003", "00004")
    assert found.now("99999") == ("00003",)
    assert found.now("12345") == ()
    assert [each.code for each in found.find("Xã Cũ", "38")] == ["00003", "00004"]
    assert set(found.ended) == {"00005", "00006"}


def test_a_beginning_needs_a_province_there_is() -> None:
    found = units(change("00007", "Xã Sinh", province="01"), change("00008", "Xã Lạc", province="77"))
    assert found.communes["00007"] == Commune("00007", "Xã Sinh", "01")
    assert "00008" not in found.communes


def test_a_commune_can_move_to_another_province_and_a_province_change_its_name() -> None:
    found = units(change("00006", "Xã Cũ", was="Xã Cũ", province="01"), change("38", "Thành phố Thanh Hóa"))
    assert found.communes["00006"].province == "01"
    assert found.provinces["38"].name == "Thành phố Thanh Hóa"
    assert found.had_name("38", "Thành phố Thanh Hóa")
    same = units(change("38"), change("77", "Tỉnh Lạc"))
    assert (same.provinces["38"].name, "77" in same.provinces) == ("Tỉnh Thanh Hóa", False)


def test_a_change_to_come_changes_nothing_yet() -> None:
    later = change("00006", "Phường Mới")
    assert Units.from_json(FILES, more=(later,), on="2025-12-31").communes["00006"].name == "Xã Cũ"
    assert Units.from_json(FILES, more=(later,)).aliases == {}


@pytest.mark.parametrize(
    ("name", "level", "kind", "rest"),
    [
        ("P.5", "commune", "phường", "5"),
        ("p5", "commune", "phường", "5"),
        ("TT. Đông", "commune", "thị trấn", "Đông"),
        ("Đặc khu Hòn Mê", "commune", "đặc khu", "Hòn Mê"),
        ("Xã", "commune", "", "Xã"),
        ("Phượng", "commune", "", "Phượng"),
        ("Huyện đảo Cồn Cỏ", "district", "huyện", "Cồn Cỏ"),
        ("Q.1", "district", "quận", "1"),
        ("TX Đông", "district", "thị xã", "Đông"),
        ("T. Thanh Hóa", "province", "tỉnh", "Thanh Hóa"),
        ("TP.HCM", "province", "thành phố", "HCM"),
    ],
)
def test_a_kind_is_taken_from_before_a_name(name: str, level: str, kind: str, rest: str) -> None:
    assert bare(name, level) == (kind, rest)


@pytest.mark.parametrize(
    ("one", "other", "level", "is_key", "is_alike"),
    [
        ("Phường 05", "P.5", "commune", True, True),
        ("Xã Mỹ Đức", "xã Mĩ Đức", "commune", True, True),
        ("Xã Hoà Thuỷ", "Xã Hòa Thủy", "commune", True, True),
        ("Xã Đắk Ơ", "Đăk Ơ", "commune", True, True),
        ("Xã Dak O", "Xã Đắk Ơ", "commune", True, True),
        ("Xã Mỹ Duc", "Xã Mỹ Đức", "commune", True, False),
        ("Xã Hòa", "Xã Hóa", "commune", True, False),
        ("TP. HCM", "Thành phố Hồ Chí Minh", "province", True, False),
        ("BMT", "Thành phố Buôn Ma Thuột", "district", True, False),
        ("Xã Một", "Xã Hai", "commune", False, False),
        ("Phường 0", "Phường 00", "commune", False, True),
    ],
)
def test_spellings_of_one_name(one: str, other: str, level: str, *, is_key: bool, is_alike: bool) -> None:
    assert (name_key(one, level) == name_key(other, level)) == is_key
    assert spelt_alike(one, other, level) == is_alike
    assert spelling(one, level) == spelling(one.upper(), level)


def test_the_kind_written_is_the_units_own_or_none() -> None:
    assert has_kind("Đông", "Xã Đông", "commune")
    assert has_kind("X. Đông", "Xã Đông", "commune")
    assert not has_kind("Phường Đông", "Xã Đông", "commune")


def test_the_closest_have_the_marks_then_the_letters_then_the_kind() -> None:
    named = [Commune("1", "Xã Hòa", "38"), Commune("2", "Phường Hóa", "38"), Commune("3", "Phường Hòa", "38")]

    def codes(name: str) -> list[str]:
        return [each.code for each in closest(name, named)]

    assert codes("Hòa") == ["1", "3"]
    assert codes("Phường Hòa") == ["3"]
    assert codes("Đặc khu Hòa") == ["1", "3"]
    assert codes("Hoa") == ["1", "2", "3"]
    assert codes("P. Hoa") == ["2", "3"]
    assert codes("Khác") == ["1", "2", "3"]


def test_the_same_letters_are_closer_than_a_spelling_rule() -> None:
    named = [Commune("1", "Xã Mĩ", "38"), Commune("2", "Xã Mỹ", "38")]
    assert [each.code for each in closest("My", named)] == ["2"]
    assert [each.code for each in closest("Mi", named)] == ["1"]
