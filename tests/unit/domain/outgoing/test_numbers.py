"""Outgoing numbers: read as people write them, and a row of their own for each desk."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk_app.domain.outgoing.numbers import OutgoingNumber, number_of, series_of

DESKS = st.integers(1, 10)


@given(value=st.integers(1, 99_999), desk=DESKS, book=st.sampled_from(["HDHS", "XL", "BG"]))
def test_a_number_reads_as_it_was_given(value: int, desk: int, book: str) -> None:
    made = OutgoingNumber(value, series_of(book, desk))
    assert number_of(made.text) == made


@given(value=st.integers(1, 9_999), one=DESKS, other=DESKS)
def test_two_desks_never_give_the_same_number(value: int, one: int, other: int) -> None:
    texts = {OutgoingNumber(value, series_of("HDHS", desk)).text for desk in (one, other)}
    assert len(texts) == len({one, other})


@pytest.mark.parametrize("typed", ["5/HDHS", "05/HDHS", " 5 / hdhs ", "005/HDHS"])
def test_ways_of_writing_one_number_are_the_same_number(typed: str) -> None:
    assert number_of(typed) == OutgoingNumber(5, "/HDHS")


def test_a_text_without_a_number_is_only_itself() -> None:
    assert number_of("không số") == number_of("KHÔNG  SỐ")
    assert number_of("không số") != number_of("05")
    assert number_of("/HDHS") not in {number_of(f"{n}/HDHS") for n in range(1, 3)}
