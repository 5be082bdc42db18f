"""Counts typed for an original, and numbers far from usual."""

from __future__ import annotations

import pytest

from desk_app.domain.counts import is_unusual, typed_counts


@pytest.mark.parametrize(
    ("text", "counts"), [("4x3", (4, 3)), ("4 X 3", (4, 3)), ("12*5", (12, 5)), ("4×3", (4, 3)), ("7", (7, 1))]
)
def test_pages_and_copies_are_understood_in_one_line(text: str, counts: tuple[int, int]) -> None:
    assert typed_counts(text) == counts


@pytest.mark.parametrize(
    "text", ["", "2009", "Ảnh 3x4", "0", "4x0", "4x100", "001190000001", "4x", "x3", "²", "-4", "4.5"]
)
def test_a_name_a_year_or_a_scanned_number_is_no_count(text: str) -> None:
    assert typed_counts(text) is None


def test_what_is_far_from_usual_is_asked_about() -> None:
    assert is_unusual("pages", 2009)
    assert not is_unusual("pages", 200)
    assert is_unusual("copies", 51)


@pytest.mark.parametrize(("what", "most"), [("pages", 200), ("copies", 50), ("sets", 20), ("fee", 5_000_000)])
def test_the_usual_ends_at_a_round_number(what: str, most: int) -> None:
    assert not is_unusual(what, most)
    assert is_unusual(what, most + 1)


@pytest.mark.parametrize(("text", "counts"), [("1", (1, 1)), ("1x1", (1, 1)), ("999x99", (999, 99)), (" 12 ", (12, 1))])
def test_the_ends_of_what_is_a_count(text: str, counts: tuple[int, int]) -> None:
    assert typed_counts(text) == counts
    assert typed_counts("0x4") is typed_counts("1000") is None
