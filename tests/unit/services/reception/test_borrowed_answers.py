"""What one key takes from another role, and what a run of alike dossiers shares for a day."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from desk_app.domain.people.person import Person
from desk_app.services.desk.desk import Desk
from desk_app.services.reception import borrowed_answers, reception
from desk_app.services.reception.borrowed_answers import AlikeAnswers

MOTHER = Person(full_name="Trần Thị Thử", id_number="034195000002", born_on="1995-03-02", residence="Thôn 2, xã Thử")
FATHER = Person(full_name="Lê Văn Thử", id_number="034093000003", residence="Thôn 9, xã Thử")
PEOPLE = {"applicant": MOTHER, "mother": MOTHER, "father": FATHER}


def test_a_role_that_nobody_stands_in_takes_a_whole_person_each_offered_once() -> None:
    found = borrowed_answers.offers("subject.full_name", "text", PEOPLE)
    assert [(each.whose, each.person) for each in found] == [("applicant", MOTHER), ("father", FATHER)]
    assert borrowed_answers.offers("father.full_name", "text", PEOPLE) == ()


def test_a_fact_takes_the_same_fact_of_the_others_and_a_place_where_they_live() -> None:
    assert [each.text for each in borrowed_answers.offers("father.residence", "long", PEOPLE)] == ["Thôn 2, xã Thử"]
    assert [each.text for each in borrowed_answers.offers("child.born_on", "date", PEOPLE)] == ["02/03/1995"]
    assert [each.whose for each in borrowed_answers.offers("death_place", "long", PEOPLE)] == ["applicant", "father"]
    assert borrowed_answers.offers("marriage_number", "text", PEOPLE) == ()


def test_a_run_shares_places_and_purposes_and_nothing_of_a_person(desk: Desk) -> None:
    fields = {"registered_kind": "khai sinh", "registered_at": "UBND xã Thử", "registered_number": "15", "copies": "2"}
    draft = replace(reception.new_draft("2.000635"), people={"applicant": MOTHER}, fields=fields)
    shared = borrowed_answers.shared_by_alike(desk, reception.receive(desk, draft).dossier)
    assert shared == {"registered_kind": "khai sinh", "registered_at": "UBND xã Thử"}


def test_what_a_run_shares_ends_with_the_day_and_with_its_close() -> None:
    kept = AlikeAnswers()
    kept.keep("1", {"purpose": "vay vốn"}, date(2026, 11, 20))
    assert kept.of("1", date(2026, 11, 20)) == {"purpose": "vay vốn"}
    assert kept.of("2", date(2026, 11, 20)) == kept.of("1", date(2026, 11, 21)) == {}
    kept.forget()
    assert kept.of("1", date(2026, 11, 20)) == {}
