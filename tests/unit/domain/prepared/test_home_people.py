"""What was prepared at home fills gaps of whom it speaks of, and is told where it stands otherwise."""

from __future__ import annotations

import pytest

from desk_app.domain.people.person import Person
from desk_app.domain.prepared import home_people
from desk_app.domain.prepared.home_people import HomeDifference
from desk_app.domain.prepared.prepared_answers import UNKNOWN

FATHER = Person(full_name="Lê Văn Thử", id_number="034093000003", born_on="1993-05-05", sex="Nam")


def test_facts_of_people_are_gathered_by_role_without_the_unknown_and_the_empty() -> None:
    prepared = {
        "father.full_name": "Lê Văn Thử",
        "father.born_on": "1993",
        "mother.full_name": UNKNOWN,
        "child.full_name": "",
        "child.sex": "Nữ",
        "birth_place": "Trạm y tế",
    }
    assert home_people.facts_by_role(prepared) == {
        "father": {"full_name": "Lê Văn Thử", "born_on": "1993"},
        "child": {"sex": "Nữ"},
    }


def test_only_people_said_to_be_unknown_are_unknown() -> None:
    prepared = {"father.full_name": UNKNOWN, "birth_place": UNKNOWN, "mother.full_name": "Trần Thị Thử"}
    assert home_people.unknown_people(prepared) == ("father",)


def test_what_is_known_of_a_person_leaves_out_what_is_empty() -> None:
    assert home_people.facts_of(Person(full_name="Lê Văn Thử", sex="Nam")) == {"full_name": "Lê Văn Thử", "sex": "Nam"}


@pytest.mark.parametrize(
    ("facts", "may_be"),
    [
        ({"id_number": "034093000003", "full_name": "Phạm Văn Khác"}, True),
        ({"id_number": "034093000004", "full_name": "Lê Văn Thử"}, False),
        ({"full_name": "LE VAN THU"}, True),
        ({"full_name": "Phạm Văn Khác"}, False),
        ({"born_on": "1990"}, True),
        ({}, True),
    ],
)
def test_the_number_decides_whose_facts_they_are_and_else_the_name(facts: dict[str, str], *, may_be: bool) -> None:
    assert home_people.may_be(FATHER, facts) is may_be


def test_without_a_number_here_or_there_the_name_decides() -> None:
    nameless, numberless = Person(full_name="", id_number="034093000003"), Person(full_name="Lê Văn Thử")
    assert home_people.may_be(nameless, {"full_name": "Phạm Văn Khác"})
    assert not home_people.may_be(numberless, {"id_number": "034093000004", "full_name": "Phạm Văn Khác"})
    assert home_people.may_be(numberless, {"id_number": "034093000004", "full_name": "Lê Văn Thử"})


def test_gaps_are_filled_and_nothing_else_and_of_nobody_else() -> None:
    facts = {"full_name": "Lê Văn Thử", "born_on": "1990", "ethnicity": "Tày"}
    assert home_people.gaps(FATHER, facts) == {"ethnicity": "Tày"}
    filled = home_people.filled(FATHER, facts)
    assert (filled.born_on, filled.ethnicity) == ("1993-05-05", "Tày")
    assert home_people.filled(FATHER, {**facts, "full_name": "Phạm Văn Khác"}) == FATHER


def told(role: str, person: Person, **facts: str) -> list[HomeDifference]:
    return list(home_people.differences(role, person, facts))


def test_a_fact_that_stands_otherwise_is_shown_as_the_screen_writes_it() -> None:
    found = told("father", FATHER, full_name="Lê Văn Thử", born_on="1990-01-02", sex="Nam", ethnicity="Tày")
    assert found == [
        HomeDifference(key="father.born_on", label="Người cha, ngày sinh", known="05/05/1993", prepared="02/01/1990")
    ]


def test_a_fact_of_the_applicant_bears_the_plain_label() -> None:
    assert [each.label for each in told("applicant", FATHER, sex="Nữ")] == ["Giới tính"]


def test_of_somebody_else_only_who_they_are_is_told() -> None:
    found = told("father", FATHER, full_name="Phạm Văn Khác", born_on="1990-01-02", ethnicity="Tày")
    assert [each.key for each in found] == ["father.full_name"]
    found = told("father", FATHER, id_number="034093000004", sex="Nữ")
    assert [each.key for each in found] == ["father.id_number"]


@pytest.mark.parametrize(
    ("known", "prepared", "is_told"),
    [
        ("LE VAN THU", "Lê Văn Thử", False),  # a zone has no marks
        ("LE VAN THU", "Lê Văn Thủy", True),
        ("LÊ VĂN  THỬ", "Lê Văn Thử", False),
        ("Lê Văn Thử", "Lê Văn  Thứ", True),
        ("Lê Văn Thử", "lê  văn thử", False),
    ],
)
def test_marks_count_only_where_the_known_name_has_any(known: str, prepared: str, *, is_told: bool) -> None:
    person = Person(full_name=known, id_number="034093000003")
    found = told("father", person, full_name=prepared, id_number="034093000003")
    assert bool(found) is is_told
