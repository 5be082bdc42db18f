"""People who show a passport, and telephone numbers, through the services on a real encrypted desk."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from desk_app.domain.dossier import Dossier
from desk_app.domain.person import Person
from desk_app.errors import BadFactError
from desk_app.services import cards, finding, following, reception
from desk_app.services.desk import Desk

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
        assert [row.code for row in finding.find(desk, sought)] == [dossier.code]
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
    following.correct(desk, dossier.code, {"people.applicant.id_number": "87654321"}, reason="gõ nhầm")
    with pytest.raises(BadFactError):
        following.correct(desk, dossier.code, {"people.applicant.id_number": "8765"}, reason="gõ nhầm")
