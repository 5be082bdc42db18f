"""People who show a passport, and telephone numbers, through the services on a real encrypted desk."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from desk_app.domain.dossiers.dossier import Dossier
from desk_app.domain.people.person import Person
from desk_app.errors import BadFactError
from desk_app.services.desk.desk import Desk
from desk_app.services.dossiers import queries, steps
from desk_app.services.reception import cards, reception

COPY = "2.000815"
VIETNAMESE = "P<VNMNGUYEN<<THI<BICH<PHUONG<<<<<<<<<<<<<<<<\nC1234567<0VNM8503172F3303171038185012345<<62"
JAPANESE = "P<JPNTANAKA<<THU<<<<<<<<<<<<<<<<<<<<<<<<<<<<\nTK12345671JPN8503172F3303171<<<<<<<<<<<<<<<8"


def received(desk: Desk, **facts: str) -> Dossier:
    draft = replace(reception.new_draft(COPY), people={"applicant": Person(**{"full_name": "Thử", **facts})})
    return reception.receive(desk, draft).dossier


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("12AB34567", "12AB34567"),
        ("m123a4567", "M123A4567"),
        ("A123456AB", "A123456AB"),
        ("EH 1234567", "EH1234567"),
        ("CC332125", "CC332125"),
        ("X1234567A", "X1234567A"),
        ("001 190 000 001", "001190000001"),
    ],
)
def test_a_number_is_recorded_as_papers_have_it_and_found_again(desk: Desk, typed: str, kept: str) -> None:
    dossier = received(desk, id_number=typed)
    assert dossier.applicant.id_number == kept
    assert dossier.applicant.id_kind == ("" if kept.isdecimal() else "Hộ chiếu")
    for sought in (kept, kept.lower(), typed):
        assert [row.code for row in queries.find(desk, sought)] == [dossier.code]
        assert [person.id_number for person in cards.find_people(desk, sought)] == [kept]
    known = cards.known_person(desk, kept)
    assert known is not None


def test_a_foreign_passport_gives_a_person_with_the_names_of_the_countries(desk: Desk) -> None:
    scan = cards.scan(desk, JAPANESE)
    assert (scan.person.nationality, scan.person.id_kind) == ("Nhật Bản", "Hộ chiếu")
    assert scan.person.id_number == "TK1234567"


def test_who_showed_a_vietnamese_passport_is_known_by_both_its_numbers(desk: Desk) -> None:
    draft = replace(reception.new_draft(COPY), people={"applicant": cards.scan(desk, VIETNAMESE).person})
    reception.receive(desk, draft)
    for number in ("038185012345", "C1234567"):
        known = cards.known_person(desk, number)
        assert known is not None
        assert known.document_number == "C1234567"
    assert [person.id_number for person in cards.find_people(desk, "c1234")] == ["038185012345"]


def test_a_foreigners_number_of_figures_is_corrected_like_any_other(desk: Desk) -> None:
    dossier = received(desk, id_number="12345678", nationality="Na Uy")
    steps.correct(desk, dossier.code, {"people.applicant.id_number": "87654321"}, reason="gõ nhầm")
    with pytest.raises(BadFactError):
        steps.correct(desk, dossier.code, {"people.applicant.id_number": "8765"}, reason="gõ nhầm")


@pytest.mark.parametrize(
    ("stored", "sought"),
    [
        ("+842438251234", "02438251234"),
        ("+84 24 3825 7777", "02438257777"),
        ("024 3825 9999", "+842438259999"),
        ("0084912345678", "0912345678"),
        ("84912345678", "+84 912 345 678"),
        ("0912.345.678", "0084912345678"),
        ("+842438251234", "0243825"),
        ("0912345678 / 0987654321", "+84987654321"),
        ("+81 90 1234 5678", "0081901234"),
    ],
)
def test_a_phone_is_found_by_any_other_writing_of_it(desk: Desk, stored: str, sought: str) -> None:
    dossier = received(desk, phone=stored)
    received(desk, phone="0110999999")
    assert dossier.applicant.phone == stored
    assert [row.code for row in queries.find(desk, sought)] == [dossier.code]


@pytest.mark.parametrize("phone", ["1", "abc", "Thôn 1, xã Cũ", "038185012345"])
def test_what_is_no_phone_is_refused_and_corrected_to_nothing_else(desk: Desk, phone: str) -> None:
    with pytest.raises(BadFactError) as refusal:
        received(desk, phone=phone)
    assert refusal.value.facts["field"] == "applicant.phone"
    kept = received(desk, phone="0912345678")
    with pytest.raises(BadFactError):
        steps.correct(desk, kept.code, {"people.applicant.phone": phone}, reason="gõ nhầm")


@pytest.mark.parametrize(
    ("typed", "kept"), [("05/03/28", "1928-03-05"), ("050328", "1928-03-05"), ("5/3/26", "2026-03-05")]
)
def test_a_birth_year_of_two_figures_is_the_last_that_was(desk: Desk, typed: str, kept: str) -> None:
    assert received(desk, born_on=typed).applicant.born_on == kept


@pytest.mark.parametrize("typed", ["2190", "2027", "21/11/2026", "2026-12-01"])
def test_a_birth_still_to_come_is_never_recorded(desk: Desk, typed: str) -> None:
    with pytest.raises(BadFactError) as refusal:
        received(desk, born_on=typed)
    assert "sau hôm nay" in str(refusal.value)
    kept = received(desk, born_on="20/11/2026")
    with pytest.raises(BadFactError):
        steps.correct(desk, kept.code, {"people.applicant.born_on": typed}, reason="gõ nhầm")


def test_a_birth_asked_by_a_form_is_never_one_to_come(desk: Desk) -> None:
    draft = replace(
        reception.new_draft("1.001193"),
        people={"applicant": Person(full_name="Thử")},
        fields={"child.full_name": "Bé Thử", "child.born_on": "25/12/2026"},
    )
    with pytest.raises(BadFactError) as refusal:
        reception.receive(desk, draft)
    assert refusal.value.facts["field"] == "child.born_on"
