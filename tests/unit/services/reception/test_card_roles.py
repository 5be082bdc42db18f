"""Whose card is it: where the cursor is, where they stand already, who is missing."""

import pytest

from desk_app.domain.people.person import Person
from desk_app.services.reception.card_roles import next_role, role_of_card

WOMAN = Person(full_name="Trần Thị Thử Mẹ", id_number="034195000002", sex="Nữ")
MAN = Person(full_name="Lê Văn Thử Cha", id_number="034093000003", sex="Nam")
OTHER = Person(full_name="Lê Thị Thử Bà", id_number="034160000004", sex="Nữ")
NOBODY = Person(full_name="")
ROLES = ("mother", "father")


def test_the_first_card_is_the_applicants():
    assert role_of_card(MAN, {"applicant": NOBODY}, ROLES) == "applicant"


def test_the_next_card_goes_to_the_next_empty_role_that_fits():
    people = {"applicant": OTHER}
    assert role_of_card(WOMAN, people, ROLES) == "mother"
    assert role_of_card(MAN, people, ROLES) == "father"
    assert role_of_card(MAN, {**people, "father": MAN}, ROLES) == "father"


def test_a_role_that_only_has_a_default_is_empty():
    people = {"applicant": OTHER, "mother": Person(full_name="", nationality="Việt Nam")}
    assert role_of_card(WOMAN, people, ROLES) == "mother"


def test_the_section_with_the_cursor_comes_first_while_it_is_empty():
    bride = Person(full_name="", sex="")
    assert role_of_card(MAN, {"applicant": NOBODY}, ROLES, in_focus="father") == "father"
    assert role_of_card(OTHER, {"applicant": OTHER, "mother": bride}, ROLES, in_focus="mother") == "mother"


def test_a_card_read_twice_stays_where_it_is():
    people = {"applicant": OTHER, "mother": WOMAN}
    assert role_of_card(WOMAN, people, ROLES, in_focus="father") == "mother"
    assert role_of_card(OTHER, people, ROLES, in_focus="father") == "applicant"


def test_nobodys_place_is_taken_while_somebody_is_missing():
    people = {"applicant": OTHER, "father": MAN}
    assert role_of_card(WOMAN, people, ROLES, in_focus="father") == "mother"


def test_with_nobody_missing_the_cursor_says_who_is_replaced():
    people = {"applicant": OTHER, "mother": WOMAN, "father": MAN}
    third = Person(full_name="Lê Văn Thử Ba", id_number="034093000009", sex="Nam")
    assert role_of_card(third, people, ROLES, in_focus="father") == "father"
    assert role_of_card(third, people, ROLES) == "applicant"


@pytest.mark.parametrize(
    ("role", "people", "following"),
    [
        ("applicant", {"applicant": WOMAN}, "mother"),
        ("mother", {"applicant": OTHER, "mother": WOMAN}, "father"),
        ("mother", {"mother": WOMAN}, "applicant"),
        ("father", {"applicant": OTHER, "mother": WOMAN, "father": MAN}, ""),
    ],
)
def test_a_card_in_the_wrong_role_goes_on_to_the_next_empty_one(role, people, following):
    assert next_role(role, WOMAN, people, ROLES) == following
