"""One form to keep, one to search by, one to sort by."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk_app.domain.text import fold, name_sort_key, nfc, text_sort_key
from tests.kit.desk.vietnamese import LETTERS, names, texts


def test_all_134_letters_fold_to_plain_ascii() -> None:
    marked = [letter for letter in LETTERS if not letter.isascii()]
    assert len(marked) == 134
    for letter in marked:
        plain = "d" if letter in "đĐ" else unicodedata.normalize("NFD", letter)[0].lower()
        assert fold(letter) == plain
        assert fold(unicodedata.normalize("NFD", letter)) == plain


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Nguyễn Văn Đức – Ước", "nguyen van duc uoc"),
        ("  NGUYỄN\u00a0THỊ  Hoà ", "nguyen thi hoa"),
        ("K'Ho", "kho"),
        ("H’Mông", "hmong"),
        ("Ðặng", "dang"),
        ("Müller, François", "muller francois"),
        ("Tổ 12A1/3", "to 12a1 3"),
        ("Nguyễn\u200b Văn", "nguyen van"),
    ],
)
def test_text_is_searched_without_marks(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(texts)
def test_folded_vietnamese_is_lower_case_ascii(text: str) -> None:
    folded = fold(text)
    assert folded.isascii()
    assert folded == folded.lower()
    assert folded == fold(unicodedata.normalize("NFD", text)) == fold(text.upper())


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_kept_text_is_nfc_on_one_line_without_hidden_characters(text: str) -> None:
    kept = nfc(text)
    assert unicodedata.is_normalized("NFC", kept)
    assert kept == " ".join(kept.split())
    assert nfc(kept) == kept
    assert not any(unicodedata.category(mark) == "Cc" for mark in kept)


@given(names)
def test_a_name_is_kept_letter_by_letter(name: str) -> None:
    assert nfc(name) == name
    assert nfc(unicodedata.normalize("NFD", name)) == name
    assert nfc("\ufeff " + name + "\u200b\r\n") == name


def is_in_order(texts: list[str], key: Callable[[str], str]) -> bool:
    return all(key(one) < key(other) for one, other in pairwise(texts))


def test_letters_and_tones_stand_in_the_order_of_the_alphabet() -> None:
    assert is_in_order(list("aăâbcdđeêghiklmnoôơpqrstuưvxy"), text_sort_key)
    assert is_in_order(["Ma", "Mà", "Mả", "Mã", "Má", "Mạ"], text_sort_key)
    assert is_in_order(["An", "Ảnh", "Ánh", "Ăn", "Ân", "Ấn", "Dũng", "Đặng"], text_sort_key)


def test_texts_stand_word_by_word_and_numbers_by_value() -> None:
    assert is_in_order(["An Bình", "Anh", "Ba An", "Bà An", "Tổ 2", "Tổ 10", "Tổ 10A", "Tổ 11"], text_sort_key)


def test_people_stand_by_given_name_then_family_name_then_middle_name() -> None:
    people = ["Trần Thị An", "Lê Văn Ánh", "Đặng Thị Bình", "Nguyễn An Bình", "Nguyễn Văn Bình", "Lý Ước"]
    assert is_in_order(people, name_sort_key)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hoà", "Hòa"),
        ("Thuý", "Thúy"),
        ("uỷ", "ủy"),
        ("khoẻ", "khỏe"),
        ("HOÀ", "hòa"),
        ("ễ", "e\u0302\u0303"),
    ],
)
def test_two_spellings_of_one_word_have_one_place(one: str, other: str) -> None:
    assert text_sort_key(one) == text_sort_key(other)


@pytest.mark.parametrize(("one", "other"), [("Quý", "Quỳ"), ("mùa", "muà"), ("An", "Ân"), ("đa", "da"), ("ma", "mà")])
def test_different_words_have_different_places(one: str, other: str) -> None:
    assert text_sort_key(one) != text_sort_key(other)


@given(st.lists(st.lists(st.sampled_from(LETTERS), min_size=1, max_size=4).map("".join), min_size=2, max_size=6))
def test_the_first_word_that_differs_decides(words: list[str]) -> None:
    for one, other in pairwise(words):
        if text_sort_key(one) < text_sort_key(other):
            assert text_sort_key(f"{one} {words[-1]}") < text_sort_key(other)
            assert text_sort_key(f"{one} {words[-1]}") < text_sort_key(f"{other} {words[0]}")


@given(names)
def test_a_name_sorts_alike_in_capitals_and_in_both_normal_forms(name: str) -> None:
    assert name_sort_key(name) == name_sort_key(name.upper()) == name_sort_key(unicodedata.normalize("NFD", name))


@given(st.text(), st.text())
def test_any_text_can_be_sorted(one: str, other: str) -> None:
    assert isinstance(name_sort_key(one), str)
    assert (text_sort_key(one) < text_sort_key(other)) + (text_sort_key(one) >= text_sort_key(other)) == 1


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Ƀlô", "blo"),
        ("Łódź", "lodz"),
        ("Søren", "soren"),
        ("Straße", "strasse"),
        ("Þóra", "thora"),
        ("Ĕ ĕ", "e e"),
        ("Ê̆ban Ô̆ Ơ̆ M̆lô Y C̆ăm", "eban o o mlo y cam"),
        ("Ɓɗŋ ıœæ", "bdn ioeae"),
        ("ＡＢ ﬁ", "ab fi"),
        ("Иван", "иван"),
    ],
)
def test_every_latin_letter_is_looked_for_by_its_plain_one(text: str, folded: str) -> None:
    assert fold(text) == fold(unicodedata.normalize("NFD", text)) == folded


def test_no_latin_letter_with_a_mark_is_left_as_it_is() -> None:
    marked = [
        chr(code) for code in range(0xC0, 0x1FFFF) if re.match(r"LATIN .* LETTER [A-Z]{1,2}( WITH.*)?$", name(code))
    ]
    assert len(marked) > 700
    assert [letter for letter in marked if not (fold(letter).isascii() and fold(letter).isalpha())] == []


def name(code: int) -> str:
    return unicodedata.name(chr(code), "")


def test_a_number_of_any_length_stands_behind_a_shorter_one() -> None:
    assert text_sort_key("5" * 20) < text_sort_key("1" * 99) <= text_sort_key("1" * 100)
    assert text_sort_key("5" * 20) < text_sort_key("1" * 120)


@pytest.mark.parametrize("code", [0x00, 0x08, 0x7F, 0x9F, 0xAD, 0x200B, 0x200F, 0x202A, 0x202E, 0x2060, 0x2064, 0xFEFF])
def test_a_character_nobody_sees_is_not_kept_and_not_searched(code: int) -> None:
    assert nfc(f"Ng{chr(code)}uyễn") == "Nguyễn"
    assert fold(f"Ng{chr(code)}uyễn") == "nguyen"


@pytest.mark.parametrize("code", [0xAE, 0x2010, 0x202F, 0x205F, 0x2065])
def test_a_character_that_is_seen_is_kept(code: int) -> None:
    assert nfc(f"Ng{chr(code)}uyễn") != "Nguyễn"


@pytest.mark.parametrize("mark", ["\u0302", "\u0306", "\u031b", "\u0301", "\u0308"])
def test_a_mark_without_a_letter_before_it_weighs_nothing(mark: str) -> None:
    assert text_sort_key(mark + "an") == text_sort_key("an")
    assert text_sort_key(f"ba {mark}an") == text_sort_key("ba an")


def test_a_mark_of_another_language_makes_no_letter_of_its_own() -> None:
    assert text_sort_key("Müller") == text_sort_key("Muller")
    assert text_sort_key("Mưa") != text_sort_key("Mua")
