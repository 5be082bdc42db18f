"""People as they come to the counter: the dead, those nobody can name, those of whom only a year is known."""

from __future__ import annotations

from datetime import datetime

import pypdfium2
import pytest
from msgspec.structs import replace

from desk_app.documents.values import values_of
from desk_app.domain.calendar.moments import VIETNAM
from desk_app.domain.people.person import Person
from desk_app.errors import BadFactError
from desk_app.services.catalogue.procedure_papers import told_of
from desk_app.services.desk.desk import Desk
from desk_app.services.papers import papers
from desk_app.services.reception import reception
from desk_app.services.reception.draft import Draft
from desk_app.store.reference import catalogue
from tests.kit.desk.desks import TestClock

WOMAN = Person(full_name="Trần Thị Thử", id_number="034195000002", born_on="1995-03-02", sex="Nữ")
MAN = Person(full_name="Lê Văn Thử", id_number="034093000003", born_on="1993", residence="Thôn 2, xã Thử Nghiệm")


def drafted(procedure: str, people: dict[str, Person], **fields: str) -> Draft:
    typed = {key.replace("__", "."): text for key, text in fields.items()}
    return replace(reception.new_draft(procedure), people={"applicant": WOMAN, **people}, fields=typed)


def printed(desk: Desk, draft: Draft) -> dict[str, object]:
    return values_of(*reception.unsaved(desk, draft))


def test_a_dead_parent_with_a_number_stands_as_dead_in_the_line_of_the_residence(desk: Desk) -> None:
    draft = drafted("1.001193", {"father": MAN}, father_dead="Có")
    asked = {question.key: question for question in reception.outlook(desk, draft).questions}
    assert asked["father_dead"].aside  # nobody passes through it on the way
    assert "father.residence" not in asked
    assert printed(desk, draft)["father.residence"] == "Đã chết"
    assert printed(desk, drafted("1.001193", {"father": MAN}))["father.residence"] == "Thôn 2, xã Thử Nghiệm"


def test_what_was_said_of_somebody_without_a_name_is_kept_printed_and_asked_about(desk: Desk) -> None:
    draft = drafted("1.001193", {}, father__born_on="1990", father__id_number="034090000001")
    assert "father.full_name" in {doubt.field for doubt in reception.asked_back(desk, draft)}
    kept = reception.receive(desk, draft).dossier.people["father"]
    assert (kept.full_name, kept.born_on, kept.id_number) == ("", "1990", "034090000001")
    assert printed(desk, draft)["father.born_on"] == "1990"


def test_what_a_form_takes_for_granted_makes_nobody(desk: Desk) -> None:
    assert set(reception.receive(desk, drafted("1.001193", {})).dossier.people) == {"applicant", "mother"}


def test_the_number_of_somebody_without_a_name_is_judged_like_any_other(desk: Desk) -> None:
    with pytest.raises(BadFactError) as refusal:
        reception.receive(desk, drafted("1.001193", {}, father__id_number="12"))
    assert refusal.value.facts["field"] == "father.id_number"


def test_of_a_birth_of_which_only_the_year_is_known_the_year_stands_in_words(desk: Desk) -> None:
    values = printed(desk, drafted("1.001193", {}, child__full_name="Lò Văn Thử", child__born_on="1956"))
    assert values["child.born_on"] == "1956"
    assert values["child.born_on.words"] == "Năm một nghìn chín trăm năm mươi sáu"


def test_an_adult_asks_for_the_own_registration_of_birth(desk: Desk) -> None:
    values = printed(desk, drafted("1.001193", {}, relation="Bản thân"))
    assert (values["child.full_name"], values["child.born_on"], values["child.sex"]) == (
        "Trần Thị Thử",
        "02/03/1995",
        "Nữ",
    )


def test_the_marital_status_is_asked_of_nobody_with_a_number_but_for_an_earlier_period(desk: Desk) -> None:
    def asked(people: dict[str, Person], **fields: str) -> set[str]:
        draft = drafted("1.004873", people, **fields)
        return {question.key for question in reception.outlook(desk, draft).questions}

    assert "marital_status" not in asked({})
    assert "marital_status" in asked({}, earlier_period="Có")
    assert "marital_status" in asked({"applicant": replace(WOMAN, id_number="")})


def test_who_must_come_and_sign_is_said_with_the_papers_and_stands_on_the_slip(desk: Desk, clock: TestClock) -> None:
    clock.moment = datetime(2026, 11, 30, 9, 0, tzinfo=VIETNAM)
    marriage = drafted("1.000894", {"groom": MAN})
    (said,) = reception.outlook(desk, marriage).presence
    assert "Bên nữ và bên nam" in said
    assert "ủy quyền" in reception.outlook(desk, drafted("1.001193", {})).presence[0]
    assert "Điều 20" in reception.outlook(desk, drafted("2.001016", {})).presence[0]
    assert reception.outlook(desk, drafted("2.000815", {})).presence == ()
    code = reception.receive(desk, marriage).dossier.code
    slip = next(paper for paper in papers.draw(desk, code) if paper.form == "giay-tiep-nhan")
    with pypdfium2.PdfDocument(slip.pdf) as document:
        assert "cùng có mặt" in document[0].get_textpage().get_text_range()


def test_a_procedure_that_nobody_may_fill_in_for_the_citizen_says_so_with_its_law(desk: Desk) -> None:
    found = catalogue.in_force(desk.db, "2.000908", "2026-11-20")
    law = found.legal_basis[0].number
    for procedure, is_told in ((replace(found, prefill_allowed=False), True), (found, False)):
        told = [each for each in told_of(desk, procedure, desk.now()) if "không được điền thay" in each and law in each]
        assert bool(told) is is_told
