"""A person of a record: what is refused, what a list shows of a number."""

from __future__ import annotations

import pytest

from desk_app.domain.people.person import LABELS, Person, checked, masked, role_name
from desk_app.errors import BadFactError, MissingFactError


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("001190000001", "001******001"),
        ("012345678", "012***678"),
        ("C1234567", "C12**567"),
        ("AB12345", "AB1*345"),
        ("AB1234", "******"),
        ("A1234", "*****"),
        ("", ""),
    ],
)
def test_a_list_shows_the_ends_of_a_number_and_of_a_short_one_nothing(number: str, shown: str) -> None:
    assert masked(number) == shown


@pytest.mark.parametrize("name", ["", "  ", "\t"])
def test_nobody_is_recorded_without_a_name(name: str) -> None:
    with pytest.raises(MissingFactError) as refusal:
        checked(Person(full_name=name), role="mother")
    assert refusal.value.facts["field"] == "mother.full_name"


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"id_number": "123"}, "id_number"),
        ({"document_number": "?"}, "document_number"),
        ({"phone": "12"}, "phone"),
        ({"born_on": "15/01/1990"}, "born_on"),
        ({"born_on": "1990-01"}, "born_on"),
    ],
)
def test_a_fact_of_no_known_shape_is_refused_by_its_name(facts: dict[str, str], field: str) -> None:
    with pytest.raises(BadFactError) as refusal:
        checked(Person(full_name="Thử", **facts), role="father")
    assert refusal.value.facts["field"] == f"father.{field}"


def test_what_a_pen_can_fill_is_no_error() -> None:
    for person in (
        Person(full_name="Thử"),
        Person(full_name="Thử", born_on="1990", id_number="012345678"),
        Person(full_name="Thử", born_on="1990-01-15", document_number="12345678", phone="0912345678"),
    ):
        assert checked(person) is person


def test_every_fact_and_every_role_has_a_name() -> None:
    assert set(LABELS) == set(Person.__struct_fields__)
    assert role_name("child") == "Trẻ được khai sinh"
    assert role_name("heir2") == "Người thừa kế 2"
    assert role_name("tax-office") == "Người khác trong hồ sơ"
