"""Units as law: which name holds on which day, by which text, and what an end or a beginning does."""

from __future__ import annotations

from datetime import date

import pytest

from desk_app.domain.people.address import parse, suggest
from desk_app.domain.people.places.unit_changes import UnitChange, edition_on, editions, merged
from desk_app.services.catalogue import imports
from desk_app.services.catalogue.unit_data import all_changes


@pytest.mark.parametrize(
    ("code", "day", "name"),
    [
        ("75", "2026-04-29", "Tỉnh Đồng Nai"),
        ("75", "2026-04-30", "Thành phố Đồng Nai"),
        ("22", "2026-08-31", "Tỉnh Quảng Ninh"),
        ("22", "2026-09-01", "Thành phố Quảng Ninh"),
        ("24", "2026-09-20", "Thành phố Bắc Ninh"),
        ("25270", "2026-04-30", "Phường Lộc Ninh"),
        ("26326", "2026-11-28", "Phường Dầu Giây"),
        ("26368", "2026-11-28", "Phường Long Thành"),
        ("07294", "2026-09-19", "Xã Bố Hạ"),
        ("07294", "2026-09-20", "Phường Bố Hạ"),
        ("07444", "2026-11-28", "Phường Lục Nam"),
        ("09475", "2026-11-28", "Phường Nhân Thắng"),
        ("09496", "2026-11-28", "Phường Lương Tài"),
    ],
)
def test_a_unit_has_the_name_of_the_day(code: str, day: str, name: str) -> None:
    units = imports.load_units(date.fromisoformat(day))
    assert (units.provinces.get(code) or units.communes[code]).name == name


def test_three_provinces_became_cities_and_22_communes_wards() -> None:
    changes = all_changes()
    assert sorted(each.code for each in changes if each.is_province) == ["22", "24", "75"]
    assert sum(not each.is_province for each in changes) == 22
    assert all(each.by and not each.verified for each in changes)


def test_the_editions_are_the_days_on_which_something_changed() -> None:
    assert [each.version for each in editions(all_changes())] == [
        "2025-07-01",
        "2026-04-30",
        "2026-09-01",
        "2026-09-20",
    ]
    assert edition_on(all_changes(), "2026-09-19").by == ("36/2026/QH16",)
    assert edition_on(all_changes(), "2019-01-01").version == "2025-07-01"


def change(code: str, day: str, to: str = "", **more: object) -> UnitChange:
    return UnitChange(level="commune", code=code, in_force_from=day, to=to, by="thử", **more)


def test_a_commune_that_ended_is_found_where_it_went() -> None:
    day = "2027-01-01"
    more = [change("09619", day, "", was="Xã Quảng Oai", now=("09661",))]
    units = imports.load_units(date(2027, 1, 2), more)
    assert "09619" not in units.communes
    (answer,) = suggest(parse("Thôn 1, Xã Quảng Oai, Thành phố Hà Nội"), units)
    assert answer.text == "Thôn 1, Xã Minh Châu, Thành phố Hà Nội"
    old = suggest(parse("Thôn 1, Tây Đằng, Ba Vì, Hà Nội"), units)
    assert [each.commune_code for each in old] == ["09661"]


def test_a_commune_that_began_is_there_and_one_with_a_new_name_answers_to_the_old_one() -> None:
    more = [
        change("99999", "2027-01-01", "Phường Thử Nghiệm", province="01"),
        change("09619", "2027-01-01", "Phường Tên Khác", was="Xã Quảng Oai"),
    ]
    units = imports.load_units(date(2027, 1, 1), more)
    assert suggest(parse("Phường Thử Nghiệm, Hà Nội"), units)[0].commune_code == "99999"
    (answer,) = suggest(parse("Xã Quảng Oai, Thành phố Hà Nội"), units)
    assert answer.text == "Phường Tên Khác, Thành phố Hà Nội"


def test_the_later_list_holds_over_the_earlier_and_can_take_an_entry_back() -> None:
    (first,) = merged([change("09619", "2027-01-01", "Sai")], [change("09619", "2027-01-01", "Đúng")])
    assert first.to == "Đúng"
    assert merged([first], [change("09619", "2027-01-01", taken_back=True)]) == ()


@pytest.mark.parametrize(
    "wrong",
    [
        {"level": "district"},
        {"code": "9619"},
        {"code": "75", "level": "commune"},
        {"in_force_from": "01/01/2027"},
        {"in_force_from": "2027-02-30"},
    ],
)
def test_an_entry_without_sense_is_refused(wrong: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=r".+"):
        UnitChange(**{"level": "commune", "code": "09619", "in_force_from": "2027-01-01", "to": "Xã Mới", **wrong})
