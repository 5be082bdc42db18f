"""People, catalogue, days and settings."""

from __future__ import annotations

import pytest

from desk_app.domain.calendar.deadlines import DayEntry, DayKind
from desk_app.domain.dossiers.events import Corrected
from desk_app.domain.people.person import Person
from desk_app.domain.procedures.procedure import Procedure, TimeLimit
from desk_app.errors import UnknownProcedureError
from desk_app.store.queries import people
from desk_app.store.reference import catalogue, days, settings
from desk_app.store.reference.days import Change
from tests.kit.desk import books

NUMBER, OLD = "001190000001", "012345678"
LIMIT = TimeLimit(unit="same_day")


def procedure(version="1", **facts):
    return Procedure(**({"code": "1.001193", "name": "Đăng ký khai sinh", "version": version, "limit": LIMIT} | facts))


def test_newer_facts_win_and_older_ones_fill_the_holes(db):
    books.received(db, 1, id_number=NUMBER, phone="0110000001", name="Nguyễn Thị Cũ")
    books.received(db, 2, id_number=NUMBER, phone="", name="Nguyễn Thị Mới")
    known = people.by_id_number(db, NUMBER)
    assert (known.full_name, known.phone) == ("Nguyễn Thị Mới", "0110000001")


def test_a_correction_is_a_fact_too(db):
    dossier = books.received(db, 1, id_number=NUMBER)
    books.written(db, Corrected(changes={"people.applicant.phone": "0110999999"}), dossier=dossier)
    assert people.by_id_number(db, NUMBER).phone == "0110999999"
    books.written(db, Corrected(changes={"people.applicant.id_number": "001190000077"}), dossier=dossier)
    assert people.by_id_number(db, NUMBER) is None
    assert people.by_id_number(db, "001190000077").phone == "0110999999"


def test_a_new_card_is_recognised_by_the_old_number_it_names(db):
    books.received(db, 1, id_number=OLD, phone="0110000001")
    scanned = Person(full_name="Nguyễn Thị Thử Nghiệm", id_number=NUMBER, old_id_number=OLD)
    assert people.by_id_number(db, NUMBER) is None
    assert people.known(db, scanned).phone == "0110000001"
    books.received(db, 2, id_number=NUMBER, old_id_number=OLD, phone="")
    assert people.by_id_number(db, NUMBER).phone == "0110000001"
    assert people.by_id_number(db, OLD).id_number == NUMBER


def test_a_mother_is_known_as_well_as_an_applicant(db):
    mother = Person(full_name="Trần Thị Mẹ", id_number="001160000009")
    applicant = Person(full_name="Nguyễn Văn Con", id_number=NUMBER)
    books.received(db, 1, people={"applicant": applicant, "mother": mother})
    assert people.by_id_number(db, "001160000009") == mother
    assert people.find(db, "00116") == [mother]


def test_nobody_is_known_by_nothing(db):
    books.received(db, 1, id_number="")
    assert people.by_id_number(db, "") is None
    assert people.known(db, Person(full_name="Ai Đó")) is None
    assert people.find(db, "") == []


def test_people_are_found_by_name_or_number_each_once(db):
    for number in (1, 2):
        books.received(db, number, id_number=NUMBER, name="Nguyễn Thị Thử")
    books.received(db, 3, id_number="001190000002", name="Trần Văn Mẫu")
    assert [person.full_name for person in people.find(db, "nguyen thi")] == ["Nguyễn Thị Thử"]
    assert {person.id_number for person in people.find(db, "0011 9000")} == {NUMBER, "001190000002"}
    assert len(people.find(db, "001190", limit=1)) == 1


def test_the_office_beats_the_program_and_the_program_the_national_list(db):
    catalogue.put(db, procedure("n", name="Quốc gia", in_force_from="2026-06-01"), added_at=3, rank="national")
    assert catalogue.in_force(db, "1.001193", "2026-11-20").version == "n"
    catalogue.put(db, procedure("p", name="Chương trình"), added_at=1, rank="program")
    assert catalogue.in_force(db, "1.001193", "2026-11-20").version == "p"
    catalogue.put(db, procedure("o", name="Đơn vị"), added_at=2, rank="office")
    assert catalogue.in_force(db, "1.001193", "2026-11-20").version == "o"
    assert [one.version for one in catalogue.versions(db, "1.001193")] == ["o", "p", "n"]
    assert [choice.title for choice in catalogue.choices(db, "2026-11-20")] == ["Đơn vị"]


def test_a_version_holds_from_its_first_day_to_its_last(db):
    catalogue.put(db, procedure("1", in_force_from="2025-07-01", in_force_to="2026-06-30"), added_at=0)
    catalogue.put(db, procedure("2", in_force_from="2026-07-01"), added_at=0)
    held = {on: catalogue.in_force(db, "1.001193", on).version for on in ("2025-07-01", "2026-06-30", "2026-07-01")}
    assert held == {"2025-07-01": "1", "2026-06-30": "1", "2026-07-01": "2"}
    with pytest.raises(UnknownProcedureError):
        catalogue.in_force(db, "1.001193", "2025-06-30")
    assert catalogue.choices(db, "2025-06-30") == []


def test_what_a_dossier_cites_never_changes(db):
    assert catalogue.put(db, procedure("1"), added_at=0) == "added"
    assert catalogue.put(db, procedure("1"), added_at=9) == "unchanged"
    corrected = procedure("1", name="Đăng ký khai sinh (sửa)")
    assert catalogue.put(db, corrected, added_at=1) == "changed"
    assert catalogue.put(db, corrected, added_at=2) == "unchanged"
    assert catalogue.by_version(db, "1.001193", "1") == procedure("1")
    assert catalogue.in_force(db, "1.001193", "2026-11-20").name == "Đăng ký khai sinh (sửa)"


def test_a_retired_procedure_is_no_choice_but_still_what_a_dossier_came_under(db):
    catalogue.put(db, procedure("1", source="x"), added_at=0)
    catalogue.retire(db, "1.001193", "2026-11-20", source="x")
    assert catalogue.in_force(db, "1.001193", "2026-11-19").version == "1"
    with pytest.raises(UnknownProcedureError):
        catalogue.in_force(db, "1.001193", "2026-11-20")
    assert catalogue.by_version(db, "1.001193", "1").version == "1"


def test_procedures_used_most_stand_first_then_in_vietnamese_order(db):
    for code, name in (("1", "Ăn"), ("2", "An"), ("3", "Đo"), ("4", "Dung"), ("5", "Bản")):
        catalogue.put(db, procedure(code=code, name=name), added_at=0)
    for number in (1, 2):
        books.received(db, number, procedure="5")
    books.received(db, 3, procedure="3")
    names = [(choice.name, choice.used) for choice in catalogue.choices(db, "2026-11-20")]
    assert names == [("Bản", 2), ("Đo", 1), ("An", 0), ("Ăn", 0), ("Dung", 0)]


def test_a_procedure_nobody_put_in_is_unknown(db):
    with pytest.raises(UnknownProcedureError):
        catalogue.by_version(db, "1.001193", "1")


def test_days_put_in_again_change_nothing_and_corrected_ones_replace(db):
    entries = [
        DayEntry(date="2026-09-02", kind=DayKind.OFF, name="Quốc khánh"),
        DayEntry(date="2026-08-22", kind=DayKind.MAKE_UP, name="Làm bù"),
    ]
    assert days.put_days(db, entries) == Change(2, 0, 0)
    assert days.put_days(db, entries) == Change(0, 0, 2)
    moved = DayEntry(date="2026-09-02", kind=DayKind.OFF, name="Quốc khánh", decision="QĐ thử")
    assert days.put_days(db, [moved, entries[1]]) == Change(0, 1, 1)
    assert days.all_days(db) == [entries[1], moved]
    days.forget_day(db, "2026-08-22")
    assert days.all_days(db) == [moved]


def test_settings_come_back_as_they_were_put(db):
    assert settings.get(db) == settings.Settings()
    kept = settings.Settings(unit="H26.99", commune="xã Thử Nghiệm", desk=2, printers={"A5": "Máy in quầy"})
    settings.put(db, kept)
    assert settings.get(db) == kept


def test_a_setting_of_a_later_program_is_left_alone(db):
    settings.put(db, settings.Settings(unit="H26.99"))
    db.execute("INSERT INTO setting VALUES('later', '1')")
    db.execute("UPDATE setting SET value = '{\"no\": \"shape\"}' WHERE key = 'desk'")
    assert settings.get(db) == settings.Settings(unit="H26.99")
    settings.put(db, settings.get(db))
    assert db.one("SELECT value FROM setting WHERE key = 'later'") == ("1",)
