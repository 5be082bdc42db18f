"""The law as data: the national list, the table of days, old addresses."""

import json
from pathlib import Path

import pytest
from msgspec.structs import replace

from desk_app.errors import MissingFactError, UnknownProcedureError
from desk_app.services.catalogue import imports, procedure_choices
from desk_app.services.catalogue.imports import DaysFileError
from desk_app.services.desk.desk import Desk
from desk_app.services.reception import addresses, reception
from desk_app.store.reference import catalogue

ROW = {
    "categories": ["Hộ tịch"],
    "departments": ["Ủy ban nhân dân cấp xã"],
    "departmentPromulgate": "Bộ Tư pháp",
    "formalityTargetType": ["Công dân Việt Nam"],
    "state": "ACTIVE",
    "type": "STANDARD",
}


def national(folder: Path, *rows: tuple[str, str]) -> Path:
    folder.mkdir(exist_ok=True)
    lines = [json.dumps({"code": code, "name": name, **ROW}, ensure_ascii=False) for code, name in rows]
    (folder / "catalogue.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
    (folder / "details.jsonl").write_text("", "utf-8")
    return folder


def test_an_import_says_what_it_added_and_twice_changes_nothing(desk: Desk, tmp_path: Path) -> None:
    folder = national(tmp_path / "list", ("1.900001", "Thủ tục thử một"), ("1.900002", "Thủ tục thử hai"))
    assert imports.compare_catalogue(desk, folder).added == ("1.900001", "1.900002")
    assert imports.import_catalogue(desk, folder).added == ("1.900001", "1.900002")
    again = imports.import_catalogue(desk, folder)
    assert (again.added, again.changed, again.retired) == ((), (), ())
    assert again.unchanged == ("1.900001", "1.900002")


def test_a_changed_row_becomes_a_version_beside_the_old_one(desk: Desk, tmp_path: Path) -> None:
    imports.import_catalogue(desk, national(tmp_path / "list", ("1.900001", "Tên cũ")))
    done = imports.import_catalogue(desk, national(tmp_path / "list", ("1.900001", "Tên mới")))
    assert done.changed == ("1.900001",)
    assert {each.name for each in catalogue.versions(desk.db, "1.900001")} == {"Tên cũ", "Tên mới"}
    assert catalogue.in_force(desk.db, "1.900001", desk.today().isoformat()).name == "Tên mới"


def test_a_row_that_left_the_list_is_retired_and_comes_back_with_it(desk: Desk, tmp_path: Path) -> None:
    both = ("1.900001", "Thủ tục thử một"), ("1.900002", "Thủ tục thử hai")
    imports.import_catalogue(desk, national(tmp_path / "list", *both))
    assert imports.import_catalogue(desk, national(tmp_path / "list", both[0])).retired == ("1.900002",)
    assert "1.900002" not in {choice.code for choice in reception.choices(desk)}
    imports.import_catalogue(desk, national(tmp_path / "list", *both))
    assert "1.900002" in {choice.code for choice in reception.choices(desk)}


def test_a_national_row_neither_replaces_nor_retires_what_the_program_ships(desk: Desk, tmp_path: Path) -> None:
    on = desk.today().isoformat()
    shipped = catalogue.in_force(desk.db, "2.000815", on)
    imports.import_catalogue(desk, national(tmp_path / "list", ("2.000815", "Tên khác"), ("1.900001", "Thủ tục thử")))
    assert catalogue.in_force(desk.db, "2.000815", on) == shipped
    imports.import_catalogue(desk, national(tmp_path / "list", ("1.900001", "Thủ tục thử")))
    assert catalogue.in_force(desk.db, "2.000815", on) == shipped


def test_a_procedure_without_a_known_limit_asks_the_clerk_for_the_date(desk: Desk, tmp_path: Path) -> None:
    imports.import_catalogue(desk, national(tmp_path / "list", ("1.900001", "Thủ tục thử một")))
    outlook = reception.outlook(desk, reception.new_draft("1.900001"))
    assert outlook.due_at is None
    assert any("thời hạn" in warning for warning in outlook.warnings)


def test_a_new_dossier_begins_with_the_offices_choice_or_with_none(desk: Desk, tmp_path: Path) -> None:
    def first() -> str:
        return reception.first_procedure(desk, reception.choices(desk))

    assert first() == ""  # nothing was used yet: the alphabet is no choice
    imports.import_catalogue(desk, national(tmp_path / "list", ("1.900001", "An thử"), ("1.900002", "Thủ tục thử hai")))
    assert first() == ""
    procedure_choices.begin_with(desk, "1.900002")
    assert first() == "1.900002"
    procedure_choices.begin_with(desk, "")
    assert first() == ""
    with pytest.raises(UnknownProcedureError):
        procedure_choices.begin_with(desk, "9.999999")


def test_a_reception_without_a_procedure_is_refused_by_its_field(desk: Desk) -> None:
    with pytest.raises(MissingFactError) as refused:
        reception.receive(desk, reception.new_draft(""))
    assert refused.value.facts["field"] == "procedure"


def test_a_procedure_of_another_province_is_marked_where_the_offices_own_is_known(desk: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "list"
    folder.mkdir()
    by = (
        "UBND tỉnh Thanh Hóa",
        "UBND Thành phố Hà Nội",
        "Trung tâm phục vụ hành chính công Thành phố Hà Nội",
        "Bộ Tư pháp",
    )
    rows = [
        {**ROW, "code": f"1.90000{n}", "name": "Một tên", "departmentPromulgate": each} for n, each in enumerate(by)
    ]
    (folder / "catalogue.jsonl").write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), "utf-8")
    imports.import_catalogue(desk, folder)
    found = {each.code: each for each in reception.choices(desk)}
    assert [found[f"1.90000{n}"].promulgator for n in range(4)] == [*by[:3], ""]
    assert [found[f"1.90000{n}"].is_elsewhere for n in range(4)] == [True, False, False, False]
    desk.settings = replace(desk.settings, province="")
    assert not any(each.is_elsewhere for each in reception.choices(desk))


def test_an_unknown_limit_is_told_as_unknown(desk: Desk, tmp_path: Path) -> None:
    imports.import_catalogue(desk, national(tmp_path / "list", ("1.900001", "Thủ tục thử một")))
    said = reception.outlook(desk, reception.new_draft("1.900001")).limit_text
    assert "không ghi rõ" in said
    assert "00" not in said


def test_an_office_can_correct_a_day_and_due_dates_follow(desk: Desk, tmp_path: Path) -> None:
    before = reception.outlook(desk, reception.new_draft("1.004873")).due_at
    file = tmp_path / "2026.csv"
    file.write_text("date,kind,name\n2026-11-23,off,Nghỉ theo quyết định thử\n", "utf-8")
    assert imports.import_days(desk, file).added == 1
    after = reception.outlook(desk, reception.new_draft("1.004873")).due_at
    assert before is not None
    assert after is not None
    assert (before.day, after.day) == (26, 27)


def test_days_that_a_list_does_not_name_stay_estimated_and_are_told(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "2027.csv"
    rows = [f"0{n}/02/2027;off;Tết;QĐ 1" for n in range(5, 10)] + ["03/09/2027;off;Quốc khánh;QĐ 1"]
    file.write_text("date;kind;name;decision\n" + "\n".join(rows) + "\n", "utf-8")
    imports.import_days(desk, file)
    assert imports.left_estimated(desk, {2027}) == ["2027-02-04", "2027-02-10"]
    assert 2027 not in desk.calendar.confirmed_years


@pytest.mark.parametrize(
    "text", ["", "date,kind\n2026-13-45,off\n", "date,kind,name\n2026-11-23,maybe,x\n", "\x00\x01", "[[day]"]
)
def test_a_broken_list_of_days_is_refused_and_changes_nothing(desk: Desk, tmp_path: Path, text: str) -> None:
    file = tmp_path / "days.csv"
    file.write_text(text, "utf-8")
    before = imports.listed_days(desk, None)
    with pytest.raises(DaysFileError):
        imports.import_days(desk, file)
    assert imports.listed_days(desk, None) == before


def test_a_split_commune_gives_every_candidate_and_none_is_called_exact() -> None:
    found = addresses.suggestions("Thôn 1, Tây Đằng, Ba Vì, Hà Nội")
    assert {suggestion.commune_code for suggestion in found} == {"09619", "09661"}
    assert not any(suggestion.exact for suggestion in found)
