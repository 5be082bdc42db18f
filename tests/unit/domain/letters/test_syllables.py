"""What can be a syllable, onset by onset and tone by tone."""

from __future__ import annotations

import pytest

from desk_app.domain.letters.syllables import has_vowel, is_possible, is_syllable, letters_outside


@pytest.mark.parametrize(
    "word",
    [
        "nguyễn",
        "trần",
        "gì",
        "giếng",
        "quý",
        "quà",
        "quốc",
        "hoà",
        "hòa",
        "thủy",
        "thuỷ",
        "xão",
        "khuỷu",
        "nghiêng",
        "oanh",
        "yến",
        "ích",
        "tách",
        "gia",
        "già",
        "ừ",
    ],
)
def test_syllables_of_vietnamese(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize(
    "word",
    [
        "nguyn",
        "xaõ",
        "tách̀",
        "tach",
        "tàch",
        "taá",
        "gg",
        "",
        "leâ",
        "hóá",
        "caó",
        "aó",
        "bui\u0309\u0301",
        "ngh",
        "maò",
    ],
)
def test_what_no_spelling_gives_is_no_syllable(word: str) -> None:
    assert not is_syllable(word)


@pytest.mark.parametrize(
    ("word", "is_one"),
    [
        ("K'Brối", True),
        ("H'", True),
        ("H'Ng", False),
        ("Kbrn'An", False),
        ("Kbra'An", True),
        ("Kbr'An", True),
        ("K", True),
        ("T", False),
        ("Ơ", True),
        ("Ksor", True),
        ("Trn", False),
        ("Ksór", True),
        ("Ksór\u0301", False),  # two tones
    ],
)
def test_words_of_other_peoples_with_an_apostrophe_or_alone(word: str, *, is_one: bool) -> None:
    assert is_possible(word) == is_one


@pytest.mark.parametrize("word", ["Đƀŭčơưâêôăý", "Hỷ", "ĕĭŏ"])
def test_letters_of_vietnam(word: str) -> None:
    assert not letters_outside(word)


@pytest.mark.parametrize("word", ["ñ", "ø", "ẑ", "ẃ", "ö", "я", "ű"])
def test_letters_of_other_countries(word: str) -> None:
    assert letters_outside(word)


def test_a_vowel_may_have_marks() -> None:
    assert has_vowel("NG\u01af\u1edc")
    assert not has_vowel("NGHTR")
