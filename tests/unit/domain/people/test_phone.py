"""Telephone numbers as clerks write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk_app.domain.people.person import Person, checked
from desk_app.domain.people.phone import problem, searched
from desk_app.errors import BadFactError

mobiles = st.from_regex(r"0[35789][0-9]{8}", fullmatch=True)
landlines = st.from_regex(r"02[0-9]{9}", fullmatch=True)


def writings(number: str) -> list[str]:
    rest = number[1:]
    return [
        number,
        f"+84{rest}",
        f"+84 {rest[:2]} {rest[2:5]} {rest[5:]}",
        f"+84 (0){rest}",
        f"0084{rest}",
        f"84{rest}",
        f"{number[:4]}.{number[4:7]}.{number[7:]}",
        f"({number[:3]}) {number[3:]}",
        f" {number[:3]}-{number[3:]} ",
    ]


@given(number=mobiles | landlines)
def test_every_writing_of_a_number_is_taken_and_is_one_number(number: str) -> None:
    for writing in writings(number):
        assert problem(writing) == ""
        assert searched(writing) == number


@pytest.mark.parametrize(
    "typed",
    [
        "1",
        "abc",
        "12",
        "Thôn 1, xã Cũ",
        "Thôn 3, 0912345678",
        "09123",
        "912345678",
        "091234567890",
        "038185012345",
        "0000000000",
        "không có",
        "09☎",
        "+84 1",
        "+1",
        "0912345678, abc",
        "17/03/1985",
    ],
)
def test_what_is_no_number_is_refused_with_an_example_of_one(typed: str) -> None:
    assert "0912 345 678" in problem(typed)
    with pytest.raises(BadFactError) as refusal:
        checked(Person(full_name="Thử", phone=typed))
    assert refusal.value.facts["field"] == "applicant.phone"
    assert typed not in str(refusal.value) or len(typed) < 3


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "0110123456",
        "0912345678 / 0987654321",
        "0912 345 678, 024 3825 1234",
        "024/38251234",
        "1900 1234",
        "18001234",
        "+81 90 1234 5678",
        "0081 90 1234 5678",
        "024 3825 1234 (máy lẻ 12)",
        "01654321987",
    ],
)
def test_other_numbers_people_give_are_taken(typed: str) -> None:
    assert problem(typed) == ""


@given(number=mobiles, cut=st.integers(4, 8))
def test_a_part_of_a_number_is_a_part_however_it_is_written(number: str, cut: int) -> None:
    for begin in (f"+84{number[1:cut]}", f"0084{number[1:cut]}"):
        assert searched(begin) in searched(f"+84{number[1:]}")


@given(st.text())
def test_any_text_can_be_judged(text: str) -> None:
    assert problem(text) == "" or "chữ số" in problem(text)
    assert searched(text).isascii()


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("84912345678, +84912345679", "09123456780912345679"),
        ("84912345678", "0912345678"),
    ],
)
def test_each_of_several_numbers_is_compared_as_a_number_of_the_country(text: str, figures: str) -> None:
    assert searched(text) == figures
