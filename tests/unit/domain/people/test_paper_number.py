"""Numbers of identity papers as clerks type them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk_app.domain.people.paper_number import is_passport_number, problem, tidied
from desk_app.domain.people.person import Person, checked
from desk_app.errors import BadFactError

PASSPORTS = ["12AB34567", "M123A4567", "A123456AB", "EH1234567", "CC332125", "X1234567A", "A1234567", "AB123"]


@pytest.mark.parametrize("number", ["001190000001", "012345678", *PASSPORTS])
def test_a_record_takes_vietnamese_numbers_and_passports_of_any_state(number: str) -> None:
    assert checked(Person(full_name="Thử", id_number=number)).id_number == number


@pytest.mark.parametrize("number", ["12345", "12345678", "1234567890", "0011900000011", "ABCDEF", "A1", "Ă1234567"])
def test_what_is_no_number_of_a_paper_is_refused_with_the_shapes_there_are(number: str) -> None:
    with pytest.raises(BadFactError) as refusal:
        assert checked(Person(full_name="Thử", id_number=number)).id_number == number
    assert "12 chữ số" in str(refusal.value)


@pytest.mark.parametrize(
    "facts", [{"nationality": "Na Uy"}, {"issuing_country": "Na Uy"}, {"id_kind": "Hộ chiếu phổ thông"}]
)
def test_a_passport_of_figures_only_is_taken_from_a_foreigner(facts: dict[str, str]) -> None:
    checked(Person(full_name="Thử", id_number="12345678", **facts))
    with pytest.raises(BadFactError):
        checked(Person(full_name="Thử", id_number="12345678", nationality="Việt Nam"))


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("eh 1234567", "EH1234567"),
        ("001 190 000 001", "001190000001"),
        ("173.456.789", "173456789"),
        ("C-1234567", "C1234567"),
        (" không rõ ", "không rõ"),
    ],
)
def test_a_number_is_kept_without_what_stands_between(typed: str, kept: str) -> None:
    assert tidied(typed) == kept


@given(st.from_regex(r"(?=[A-Z]*[0-9])(?=[0-9]*[A-Z])[A-Z0-9]{5,9}", fullmatch=True))
def test_any_letters_and_figures_the_icao_allows_are_a_passport(number: str) -> None:
    assert is_passport_number(number)
    assert problem(number, is_foreign=False) == ""
