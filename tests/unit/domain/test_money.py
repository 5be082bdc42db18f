"""Amounts in figures and in words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk_app.domain import money
from desk_app.domain.money import dotted, in_words
from desk_app.errors import BadFactError

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


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("0", 0),
        ("15.000", 15_000),
        ("15000", 15_000),
        ("15 000 đ", 15_000),
        ("1,250,000 VNĐ", 1_250_000),
        ("15 nghìn", 15_000),
        ("8k", 8_000),
        ("Không thu phí", 0),
        ("miễn", 0),
        ("không", 0),
    ],
)
def test_an_amount_is_read_as_people_type_it(typed: str, amount: int) -> None:
    assert money.amount_typed(typed) == amount


@pytest.mark.parametrize(
    "typed", ["", "8.000 đ0", "Cấp mới 25.000 đồng/GCN; cấp lại 20.000 đồng/GCN", "15.00", "1.5000", "-5", "٨", "nhiều"]
)
def test_figures_out_of_other_words_are_no_amount(typed: str) -> None:
    with pytest.raises(BadFactError) as refusal:
        money.amount_typed(typed)
    assert refusal.value.facts["field"] == "fee"
