"""Amounts in figures and in words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk_app.domain import money
from desk_app.domain.money import Gap, dotted, in_words, number_in_words
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


_FIGURES = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_UNITS = {word: n for n, word in enumerate(_FIGURES)} | {"mốt": 1, "tư": 4, "lăm": 5}


def read_aloud(words: str) -> int:
    """A number from its words, as one who hears it would take it down."""
    total = below_billion = group = digit = 0
    for word in words.split():
        if word in _UNITS:
            digit = _UNITS[word]
        elif word == "mười":
            group += 10
        elif word in {"trăm", "mươi"}:
            group += digit * (100 if word == "trăm" else 10)
            digit = 0
        elif word in {"nghìn", "triệu"}:
            below_billion += (group + digit) * (1000 if word == "nghìn" else 1000**2)
            group = digit = 0
        elif word == "tỷ":
            total = (total + below_billion + group + digit) * 1000**3
            below_billion = group = digit = 0
        else:
            assert word in {"linh", "lẻ"}, word
    return total + below_billion + group + digit


@pytest.mark.parametrize("gap", ["linh", "lẻ"])
@given(number=st.integers(0, 10**12) | st.integers(0, 9_999) | st.sampled_from([10**n + 5 for n in range(12)]))
def test_a_number_in_words_is_taken_down_as_the_same_number(gap: Gap, number: int) -> None:
    words = number_in_words(number, gap=gap)
    assert read_aloud(words) == number
    assert ("linh" if gap == "lẻ" else "lẻ") not in words.split()


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (5, "năm"),
        (10, "mười"),
        (11, "mười một"),
        (14, "mười bốn"),
        (15, "mười lăm"),
        (20, "hai mươi"),
        (21, "hai mươi mốt"),
        (24, "hai mươi tư"),
        (25, "hai mươi lăm"),
        (55, "năm mươi lăm"),
        (101, "một trăm linh một"),
        (105, "một trăm linh năm"),
        (110, "một trăm mười"),
        (555, "năm trăm năm mươi lăm"),
        (1001, "một nghìn không trăm linh một"),
        (1_000_000, "một triệu"),
        (1_000_008, "một triệu không nghìn không trăm linh tám"),
        (2_000_015_000, "hai tỷ không triệu không trăm mười lăm nghìn"),
        (10**12, "một nghìn tỷ"),
        (-5, "âm năm"),
    ],
)
def test_a_number_is_said_as_people_say_it(number: int, words: str) -> None:
    assert number_in_words(number) == words


def test_the_south_says_le_where_the_north_says_linh() -> None:
    assert number_in_words(1_205, gap="lẻ") == "một nghìn hai trăm lẻ năm"


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
    with pytest.raises(BadFactError) as refusal:
        money.sum_typed(typed, field="opening", label="Tiền lẻ")
    assert refusal.value.facts == {"field": "opening", "label": "Tiền lẻ", "why": "cần số tiền bằng đồng, như 15.000"}


def test_a_sum_that_changes_hands_is_read_like_a_fee() -> None:
    assert money.sum_typed("15 nghìn", field="amount", label="Số tiền") == 15_000
