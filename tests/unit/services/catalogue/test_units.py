"""Administrative units of a desk: imported, aged, shown; and the office's own unit under its new name."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from desk_app.domain.calendar.moments import VIETNAM
from desk_app.services.catalogue import own_unit, unit_data, units
from desk_app.services.catalogue.own_unit import NothingToAdoptError
from desk_app.services.catalogue.units import UnitsFileError, UnknownUnitCodeError
from desk_app.services.desk.desk import Desk
from desk_app.services.maintenance import checks
from desk_app.services.reception import addresses, reception
from desk_app.services.reception.draft import Draft
from tests.kit.desk.desks import TestClock

CHANGE = {
    "level": "commune",
    "code": "09619",
    "from": "Xã Quảng Oai",
    "to": "Phường Quảng Oai",
    "by": "Nghị quyết thử",
    "in_force_from": "2026-11-01",
}


def written(folder: Path, content: object, name: str = "thay-doi.json") -> Path:
    file = folder / name
    text = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)
    file.write_text(text, "utf-8", newline="")
    return file


def at(desk: Desk, *day: int) -> None:
    assert isinstance(desk.clock, TestClock)
    desk.clock.moment = datetime(*day, 9, tzinfo=VIETNAM)


def test_an_import_holds_from_its_day_and_twice_changes_nothing(desk: Desk, tmp_path: Path) -> None:
    file = written(tmp_path, {"changes": [CHANGE]})
    assert len(units.compare_units(desk, file).added) == 1
    assert units.of_desk(desk).communes["09619"].name == "Xã Quảng Oai"
    done = units.import_units(desk, file)
    assert done.added == ("09619  Xã Quảng Oai → Phường Quảng Oai, từ 01/11/2026 (Nghị quyết thử)",)
    assert units.of_desk(desk).communes["09619"].name == "Phường Quảng Oai"
    (answer,) = addresses.suggestions("Xã Quảng Oai, Thành phố Hà Nội", desk.today(), desk.unit_changes)
    assert answer.text == "Phường Quảng Oai, Thành phố Hà Nội"
    again = units.import_units(desk, file)
    assert (again.added, again.changed, again.unchanged) == ((), (), 1)
    at(desk, 2026, 10, 31)
    assert units.of_desk(desk).communes["09619"].name == "Xã Quảng Oai"


def test_a_later_file_corrects_an_earlier_one(desk: Desk, tmp_path: Path) -> None:
    units.import_units(desk, written(tmp_path, {"changes": [CHANGE]}))
    done = units.import_units(desk, written(tmp_path, {"changes": [{**CHANGE, "to": "Phường Khác"}]}))
    assert len(done.changed) == 1
    assert units.unit("09619", desk.today(), desk).name == "Phường Khác"


def test_a_table_of_excel_is_read_and_a_row_nobody_understands_is_told(desk: Desk, tmp_path: Path) -> None:
    text = "Mã;Tên cũ;Tên mới;Văn bản;Hiệu lực từ\r\n09619;Xã Quảng Oai;Phường Quảng Oai;NQ 1;01/11/2026\r\n"
    text += (
        "961;a;b;c;01/11/2026\r\n09661;Xã Minh Châu;;NQ 1;01/11/2026\r\n09661;x;Phường Minh Châu;NQ 1;mai\r\n;;;;\r\n"
    )
    done = units.import_units(desk, written(tmp_path, text, "thay-doi.csv"))
    assert len(done.added) == 1
    assert [row for row, _ in done.not_understood] == ["dòng 3", "dòng 4", "dòng 5"]
    assert "961" in done.not_understood[0][1]
    assert "tên mới" in done.not_understood[1][1]
    assert "mai" in done.not_understood[2][1]


def test_a_whole_list_of_a_day_brings_only_what_differs(desk: Desk, tmp_path: Path) -> None:
    now = units.of_desk(desk)
    communes: dict[str, dict[str, str]] = {code: {} for code in now.provinces}
    for each in now.communes.values():
        communes[each.province][each.code] = each.name.replace("òa", "oà")
    communes["22"]["06978"] = communes["22"].pop("06970")
    communes["01"]["09619"] = "Phường Quảng Oai"
    provinces = {code: each.name for code, each in now.provinces.items()}
    provinces["79"] = "Thành phố Tên Khác"
    file = written(tmp_path, {"provinces": provinces, "communes": communes}, "2026-11-10.json")
    done = units.import_units(desk, file)
    assert [line[:5] for line in done.added] == ["79  T", "09619"]
    assert units.unit("09619", desk.today(), desk).in_force_from == "2026-11-10"


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("", "không có thay đổi"),
        ("{", "dòng 1"),
        ({"x": 1}, "không có mục changes"),
        ({"provinces": {}, "communes": {}}, "ngày hiệu lực"),
        ("mã,tên\n1,2\n", "thiếu cột"),
        ({"changes": []}, "không có thay đổi"),
    ],
)
def test_a_file_that_is_none_is_refused_with_its_fault(desk: Desk, tmp_path: Path, content: object, why: str) -> None:
    with pytest.raises(UnitsFileError, match=why):
        units.import_units(desk, written(tmp_path, content))
    assert desk.unit_changes == ()


def test_a_file_that_is_not_there_is_refused(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(UnitsFileError):
        units.import_units(desk, tmp_path / "khong-co.json")


def test_a_unit_is_shown_with_what_named_it(desk: Desk) -> None:
    found = units.unit("25270", desk.today())
    assert (found.name, found.level, found.in_force_from, found.by) == (
        "Phường Lộc Ninh",
        "commune",
        "2026-04-30",
        "237/NQ-UBTVQH16",
    )
    assert found.earlier == ("Xã Lộc Ninh",)
    assert units.unit("79", desk.today()).by.startswith("Nghị quyết 202/2025/QH15")
    assert units.unit("06978", desk.today()).code == "06970"
    with pytest.raises(UnknownUnitCodeError):
        units.unit("00000", desk.today())


def test_the_age_of_the_list_is_told_until_a_newer_one_comes(desk: Desk, tmp_path: Path) -> None:
    assert not units.state(desk.today(), desk).is_old
    at(desk, 2027, 4, 1)
    assert units.state(desk.today(), desk).is_old
    (line,) = [each for each in checks.doctor(desk) if each.subject == "Đơn vị hành chính"]
    assert "units import" in line.remedy
    units.import_units(desk, written(tmp_path, {"changes": [{**CHANGE, "in_force_from": "2027-07-01"}]}))
    state = units.state(desk.today(), desk)
    assert not state.is_old
    assert state.coming is not None
    assert state.coming.version == "2027-07-01"


def lang_giang(desk: Desk, **names: str) -> None:
    desk.settings = replace(
        desk.settings,
        **{
            "commune": "xã Lạng Giang",
            "province": "Tỉnh Bắc Ninh",
            "office": "Trung tâm Phục vụ hành chính công xã Lạng Giang",
            "superior": "UBND tỉnh Bắc Ninh",
            **names,
        },
    )


def test_an_office_whose_commune_became_a_ward_is_told_and_takes_the_new_names(desk: Desk) -> None:
    lang_giang(desk)
    found = own_unit.new_name(desk)
    assert found is not None
    assert "388/NQ-UBTVQH16" in found.in_words or "39/2026/QH16" in found.in_words
    (line,) = [each for each in checks.doctor(desk) if each.subject == "Tên đơn vị"]
    assert own_unit.COMMAND in line.remedy
    own_unit.adopt(desk)
    kept = desk.settings
    assert (kept.commune, kept.province) == ("phường Lạng Giang", "Thành phố Bắc Ninh")
    assert kept.office == "Trung tâm Phục vụ hành chính công phường Lạng Giang"
    assert kept.superior == "UBND thành phố Bắc Ninh"
    assert own_unit.new_name(desk) is None
    with pytest.raises(NothingToAdoptError):
        own_unit.adopt(desk)


@pytest.mark.parametrize(
    "names",
    [
        {"commune": "phường Lạng Giang", "province": "Thành phố Bắc Ninh"},
        {"commune": "xã Thử Nghiệm", "province": "Tỉnh Không Có"},
        {"commune": "xã Tân Phú", "province": ""},  # several have had this name
        {"commune": "Lạng Giang", "province": "Bắc Ninh"},
    ],
)
def test_no_new_name_is_told_where_none_is_sure(desk: Desk, names: dict[str, str]) -> None:
    lang_giang(desk, **names)
    assert own_unit.new_name(desk) is None


def test_the_new_name_waits_for_its_day(desk: Desk) -> None:
    lang_giang(desk)
    at(desk, 2026, 8, 20)
    assert own_unit.new_name(desk) is None


def test_a_dossier_keeps_the_names_it_was_received_under(desk: Desk) -> None:
    lang_giang(desk)
    draft = reception.new_draft("1.004873")
    kept = reception.receive(desk, _with_name(draft)).dossier
    own_unit.adopt(desk)
    assert kept.office.commune == "xã Lạng Giang"
    after = reception.receive(desk, _with_name(reception.new_draft("1.004873"))).dossier
    assert after.office.commune == "phường Lạng Giang"


def _with_name(draft: Draft) -> Draft:
    from desk_app.domain.people.person import Person

    return replace(draft, people={"applicant": Person(full_name="Nguyễn Thị Thử")})


def test_the_program_knows_until_when_it_looked() -> None:
    assert date.fromisoformat(unit_data.read_on()) <= date(2026, 11, 28)
