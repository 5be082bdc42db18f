"""What earlier dossiers say of the dead is told with its code and day, and asked about where it must be wrong."""

from __future__ import annotations

from datetime import date

import pytest

from desk_app.domain.mistakes.against_memory import Earlier, of_the_dead
from desk_app.domain.mistakes.mistake import Mistake, SaidCase, Weight
from desk_app.domain.people.person import Person

CODE = "H26-261101-0001"
TODAY = date(2026, 11, 28)


def told(role: str, earlier: Earlier) -> list[Mistake]:
    case = SaidCase(people={role: Person(full_name="Lê Văn Thử")}, fields={}, today=TODAY)
    return list(of_the_dead(case, {role: earlier}))


@pytest.mark.parametrize(("day", "said"), [("2026-11-01", f"{CODE} ngày 01/11/2026: "), ("", f"{CODE}: ")])
def test_a_dead_applicant_is_asked_about_with_the_day_where_one_is_known(day: str, said: str) -> None:
    (mistake,) = told("applicant", Earlier(dead_by=CODE, dead_on=day))
    assert (mistake.field, mistake.weight) == ("applicant.id_number", Weight.ASKED)
    assert said in mistake.text


def test_a_dead_parent_is_shown_where_the_declaration_says_so() -> None:
    (mistake,) = told("mother", Earlier(dead_by=CODE, dead_on="2026-11-01"))
    assert (mistake.field, mistake.weight) == ("mother.full_name", Weight.SHOWN)


@pytest.mark.parametrize("role", ["deceased", "subject", "subject2", "child"])
def test_of_whom_the_dossier_is_may_be_dead(role: str) -> None:
    assert told(role, Earlier(dead_by=CODE)) == []


def test_the_living_are_no_mistake() -> None:
    assert told("applicant", Earlier()) == []
