"""Fields of a machine-readable zone one by one: where lines part, which century a birth is in, what a check covers."""

from __future__ import annotations

import pytest

from desk_app.domain.people import mrz, mrz_lines, mrz_slips
from desk_app.domain.people.mrz_lines import TD1, TD3
from desk_app.errors import BadCheckDigitError
from tests.unit.domain.people.test_mrz import CARD, JAPANESE, VIETNAMESE, card, passport


@pytest.mark.parametrize(
    ("count", "longest", "shortest"),
    [(30, 29, 10), (44, 43, 10), (54, 44, 10), (55, 44, 11), (80, 44, 36), (88, 44, 44), (89, 0, 1)],
)
def test_a_passport_in_one_run_is_cut_wherever_both_lines_have_room(count: int, longest: int, shortest: int) -> None:
    cut = list(mrz_lines._parted("A" * count, TD3))
    assert [len(first) for first, _ in cut] == list(range(longest, shortest - 1, -1))
    assert all("".join(parts) == "A" * count for parts in cut)


@pytest.mark.parametrize(
    ("count", "lengths"),
    [
        (90, [(30, 30)]),
        (89, [(29, 30), (30, 29), (30, 30)]),
        (88, [(28, 30), (29, 29), (29, 30), (30, 28), (30, 29), (30, 30)]),
        (49, [(28, 19), (28, 20), (29, 19)]),
        (48, [(28, 19)]),
        (47, []),
        (91, []),
    ],
)
def test_a_card_in_one_run_is_cut_where_three_lines_have_room(count: int, lengths: list[tuple[int, int]]) -> None:
    cut = list(mrz_lines._parted("A" * count, TD1))
    assert [(len(first), len(second)) for first, second, _ in cut] == lengths
    assert all("".join(parts) == "A" * count for parts in cut)


@pytest.mark.parametrize(("more", "is_taken"), [("", True), ("<", True), ("<K<", True), ("A", False), ("<A", False)])
def test_fillers_behind_a_whole_name_are_let_go_and_letters_are_not(more: str, *, is_taken: bool) -> None:
    name, second = "P<FRA".ljust(44, "A"), "1" * 44
    assert list(mrz_lines._filled([name + more, second], TD3)) == ([(name, second)] if is_taken else [])


@pytest.mark.parametrize(("mark", "layout"), [("<", TD3), ("K", TD3), ("A", None)])
def test_a_passport_has_fillers_or_what_readers_take_for_them(mark: str, layout: mrz_lines.Layout | None) -> None:
    assert mrz_lines.layout_of(f"PAFRAA{mark}".ljust(60, "A")) is layout


@pytest.mark.parametrize(
    ("birth", "number", "expiry", "born_on", "is_known"),
    [
        ("850317", "038185012345", "45", "1985-03-17", True),
        ("850317", "038186012345", "45", "1985-03-17", False),  # the number has another year
        ("850317", "", "30", "1985-03-17", True),
        ("100317", "", "30", "2010-03-17", True),  # twenty years before the end
        ("110317", "", "30", "2011-03-17", False),
        ("300317", "", "30", "2030-03-17", False),
        ("310317", "", "30", "1931-03-17", True),
        ("000101", "", "99", "1900-01-01", True),  # without end: of somebody old
        ("990101", "", "99", "1999-01-01", False),
        ("000101", "", "<<", "1900-01-01", True),
        ("560000", "", "30", "1956", True),
        ("5600<<", "", "30", "1956", True),
        ("56<<<<", "", "30", "1956", True),
        ("5601A1", "", "30", "1956", True),
        ("<<<<<<", "", "30", "", True),
    ],
)
def test_the_century_of_a_birth_is_of_the_number_or_before_the_end_of_the_paper(
    birth: str, number: str, expiry: str, born_on: str, *, is_known: bool
) -> None:
    assert mrz._born_on(birth, number, expiry) == (born_on, is_known)


def test_a_card_says_its_own_number_and_the_nationality_whatever_else_it_carries() -> None:
    first, second, third = card()
    carries = second[:18] + "A" + second[19:29]
    whole = first[5:] + carries[:7] + carries[8:15] + carries[18:29]
    zone = mrz.read("\n".join((first, f"{carries}{mrz.check_digit(whole)}", third)))
    assert (zone.document_number, zone.nationality, zone.id_number) == ("185012345", "VNM", "038185012345")


def test_letters_that_readers_take_for_check_digits_are_figures_again() -> None:
    first, *rest = CARD.split("\n")
    assert first.endswith("6")
    assert mrz.read("\n".join((f"{first[:-1]}G", *rest))) == mrz.read(CARD)


def test_the_check_digit_of_a_personal_field_may_be_a_filler_only_where_the_field_is_empty() -> None:
    personal = next(f"A{n}" for n in range(1000) if mrz.check_digit(f"A{n}".ljust(14, "<")) == 0)
    first, second = passport("AB1234567", personal=personal)
    assert second[42] == "0"
    assert mrz.read(f"{first}\n{second}")
    with pytest.raises(BadCheckDigitError):
        mrz.read(f"{first}\n{second[:42]}K{second[43]}")
    first, second = JAPANESE.split("\n")
    assert mrz.read(f"{first}\n{second[:42]}K{second[43]}") == mrz.read(JAPANESE)


def test_the_nationality_of_a_passport_has_three_letters() -> None:
    assert [mrz.read(text).nationality for text in (JAPANESE, VIETNAMESE)] == ["JPN", "VNM"]


@pytest.mark.parametrize(
    ("text", "is_vietnamese", "found"),
    [
        ("C1234567<", True, []),  # as it was printed
        ("CI234567<", True, ["C1234567<"]),
        ("C12345678", True, []),
        ("12345678<", True, ["I2345678<"]),
        ("O1<", False, ["01<"]),
        ("OO1", False, ["0O1", "O01", "001"]),
        ("123", False, []),
    ],
)
def test_a_number_is_mended_only_where_a_figure_must_stand(text: str, found: list[str], *, is_vietnamese: bool) -> None:
    assert list(mrz_slips.passport_numbers(text, is_vietnamese=is_vietnamese)) == found
