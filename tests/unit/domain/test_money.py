"""Amounts in figures and in words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk_app.domain.money import dotted, in_words

amounts = st.integers(0, 10**12)


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (0, "Không đồng"),
        (8000, "Tám nghìn đồng"),
        (50000, "Năm mươi nghìn đồng"),
        (105000, "Một trăm linh năm nghìn đồng"),
        (1021000, "Một triệu không trăm hai mươi mốt nghìn đồng"),
        (24000, "Hai mươi tư nghìn đồng"),
    ],
)
def test_an_amount_is_written_out_as_a_receipt_wants_it(amount: int, words: str) -> None:
    assert in_words(amount) == words


@given(amounts)
def test_dots_part_thousands_and_nothing_else_changes(amount: int) -> None:
    text = dotted(amount)
    assert int(text.replace(".", "")) == amount
    assert all(len(group) == 3 for group in text.split(".")[1:])


@given(one=amounts, other=amounts)
def test_two_amounts_never_read_alike(one: int, other: int) -> None:
    assert (in_words(one) == in_words(other)) == (one == other)


@given(amounts)
def test_words_begin_with_a_capital_and_end_in_dong(amount: int) -> None:
    words = in_words(amount)
    assert words[0].isupper()
    assert words[1:] == words[1:].lower()
    assert words.endswith(" đồng")
