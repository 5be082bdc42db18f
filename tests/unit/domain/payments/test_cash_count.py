"""Counting the notes of a drawer."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk_app.domain.payments.cash_count import NOTES, CashCount, balance_told, checked_count, counts_typed, difference
from desk_app.errors import BadFactError, MissingFactError


@given(
    st.dictionaries(st.sampled_from(NOTES), st.integers(0, 9999)), st.integers(0, 10**6), st.integers(-(10**7), 10**7)
)
def test_a_count_says_by_how_much_it_differs(notes, opening, collected):
    count = CashCount(day="2026-11-29", desk=1, notes=notes, opening=opening, expected=collected, reason="x")
    apart = sum(note * number for note, number in notes.items()) - opening - collected
    assert difference(count, collected) == apart
    told = balance_told(count, collected)
    assert ("khớp" in told) == (apart == 0)
    assert ("thừa" in told) == (apart > 0)
    assert ("thiếu" in told) == (apart < 0)


def test_a_difference_needs_its_reason():
    count = CashCount(day="2026-11-29", desk=1, notes={1000: 5}, expected=8000)
    with pytest.raises(MissingFactError, match=r"thiếu 3\.000 đ"):
        checked_count(count)
    with pytest.raises(MissingFactError, match=r"thừa 1 đ"):
        checked_count(CashCount(day="2026-11-29", desk=1, notes={1000: 5}, expected=4999))
    checked_count(CashCount(day="2026-11-29", desk=1, notes={1000: 5}, expected=8000, reason="Trả nhầm"))
    checked_count(CashCount(day="2026-11-29", desk=1, notes={1000: 8}, expected=8000))


def test_notes_are_read_as_typed():
    assert counts_typed({"500.000": "2", "1000": " 3 ", "20k": ""}) == {500_000: 2, 1000: 3}
    for typed in ({"500000": "-1"}, {"500000": "hai"}, {"năm trăm": "1"}):
        with pytest.raises(BadFactError):
            counts_typed(typed)
    with pytest.raises(BadFactError, match="không có tờ"):
        checked_count(CashCount(day="2026-11-29", desk=1, notes={3000: 1}, expected=3000))


@pytest.mark.parametrize(("expected", "said"), [(4999, "thừa 1 đ"), (5000, "khớp"), (5001, "thiếu 1 đ")])
def test_one_dong_is_a_difference(expected: int, said: str) -> None:
    assert said in balance_told(CashCount(day="2026-11-29", desk=1, notes={1000: 5}, expected=expected), expected)


def test_the_notes_are_those_that_vietnam_has() -> None:
    assert NOTES == (500_000, 200_000, 100_000, 50_000, 20_000, 10_000, 5000, 2000, 1000)
