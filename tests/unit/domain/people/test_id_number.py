"""What the twelve digits of a personal number say."""

from __future__ import annotations

import pytest

from desk_app.domain.people.id_number import birth_year, doubts, is_id_number, sex

# Tổng cục Thống kê: the codes of the 63 provinces before 01/07/2025.
PROVINCES = (
    "01 02 04 06 08 10 11 12 14 15 17 19 20 22 24 25 26 27 30 31 33 34 35 36 37 38 40 42 44 45 46 48 49 51 52 54 56 58"
    " 60 62 64 66 67 68 70 72 74 75 77 79 80 82 83 84 86 87 89 91 92 93 94 95 96"
)


def test_only_the_codes_of_the_provinces_begin_a_number() -> None:
    codes = PROVINCES.split()
    assert len(codes) == 63
    known = [
        f"{code:03d}"
        for code in range(1000)
        if "id_number" not in doubts(f"{code:03d}190000001", born_on="", sex_on_card="")
    ]
    assert known == [f"0{code}" for code in codes]


@pytest.mark.parametrize(
    ("digit", "sex_said", "century"),
    [(0, "Nam", 1900), (1, "Nữ", 1900), (2, "Nam", 2000), (3, "Nữ", 2000), (4, "Nam", 2100), (9, "Nữ", 2300)],
)
def test_the_fourth_digit_says_sex_and_century(digit: int, sex_said: str, century: int) -> None:
    number = f"001{digit}07345678"
    assert sex(number) == sex_said
    assert birth_year(number) == century + 7
    assert doubts(number, born_on=f"{century + 7}-05-01", sex_on_card=sex_said) == {}


def test_each_difference_is_told_under_its_own_field() -> None:
    assert set(doubts("001190000001", born_on="1991", sex_on_card="Nữ")) == {"born_on"}
    assert set(doubts("001190000001", born_on="1990-12-31", sex_on_card="Nam")) == {"sex"}
    assert set(doubts("003190000001", born_on="", sex_on_card="")) == {"id_number"}


@pytest.mark.parametrize(
    ("text", "is_one"),
    [("001190000001", True), ("00119000000", False), ("0011900000011", False), ("٠٠١١٩٠٠٠٠٠٠١", False)],
)
def test_a_number_is_twelve_plain_digits(text: str, *, is_one: bool) -> None:
    assert is_id_number(text) == is_one
