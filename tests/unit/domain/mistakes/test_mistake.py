"""Days of which only the year is known, ages at least and at most, and the sex that a number says."""

from __future__ import annotations

from datetime import date

import pytest

from desk_app.domain.mistakes.mistake import SaidCase, is_before, least_years, most_years, sex_of
from desk_app.domain.people.person import Person


@pytest.mark.parametrize(
    ("one", "other", "before"),
    [
        ("2020-01-01", "2020-01-02", True),
        ("2020-01-02", "2020-01-02", False),
        ("2020-01-03", "2020-01-02", False),
        ("2019", "2020-01-02", True),
        ("2020", "2020-12-31", False),
        ("2020-01-01", "2020", False),
        ("2019-12-31", "2020", True),
        ("2020", "2020", False),
        ("2019", "2020", True),
        ("2021", "2020-01-02", False),
        ("", "2020", False),
        ("2020", "", False),
    ],
)
def test_a_day_is_before_another_only_where_that_is_sure(one: str, other: str, *, before: bool) -> None:
    assert is_before(one, other) is before


@pytest.mark.parametrize(
    ("born_on", "on", "least", "most"),
    [
        ("2000-05-05", "2020-05-05", 20, 20),
        ("2000-05-05", "2020-05-04", 19, 19),
        ("2000-05-05", "2020-05-06", 20, 20),
        ("2000", "2020-05-05", 19, 20),
        ("2000-05-05", "2020", 19, 20),
        ("2000", "2020", 19, 20),
        ("", "2020", None, None),
        ("2000", "", None, None),
    ],
)
def test_an_age_of_years_alone_has_a_doubt_of_one(born_on: str, on: str, least: int | None, most: int | None) -> None:
    assert (least_years(born_on, on), most_years(born_on, on)) == (least, most)


@pytest.mark.parametrize(
    ("person", "sex"),
    [
        (Person(full_name="", sex="Nữ", id_number="034093000003"), "Nữ"),
        (Person(full_name="", id_number="034093000003"), "Nam"),
        (Person(full_name="", id_number="034193000003"), "Nữ"),
        (Person(full_name="", id_number="012345678"), ""),
    ],
)
def test_the_sex_said_goes_before_that_of_the_number(person: Person, sex: str) -> None:
    assert sex_of(person) == sex


def test_a_day_is_read_from_people_and_answers_and_what_is_none_yet_is_none() -> None:
    case = SaidCase(
        people={"child": Person(full_name="Lê Thử", born_on="2020"), "mother": Person(full_name="", born_on="20")},
        fields={"died_on": "2020-01-02", "lived_from": "2020-1-2", "purpose": "vay vốn"},
        today=date(2026, 11, 28),
    )
    days = {key: case.day(key) for key in ("child.born_on", "mother.born_on", "died_on", "lived_from", "purpose")}
    assert days == {
        "child.born_on": "2020",
        "mother.born_on": "",
        "died_on": "2020-01-02",
        "lived_from": "",
        "purpose": "",
    }
    assert case.day("father.born_on") == case.day("divorce_on") == ""


def test_who_has_a_name_or_a_number_is_named() -> None:
    people = {
        "mother": Person(full_name="Trần Thị Thử"),
        "father": Person(full_name="", id_number="034093000003"),
        "child": Person(full_name="", born_on="2020"),
    }
    case = SaidCase(people=people, fields={}, today=date(2026, 11, 28))
    assert [role for role, _ in case.named()] == ["mother", "father"]
