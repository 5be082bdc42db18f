"""What typed words mean in a name: folded, whole or begun, in any order, each a syllable of its own."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from desk_app.domain.name_words import any_order, finished, in_order_whole, name_words

SYLLABLES = st.lists(st.text("abh", min_size=1, max_size=3), max_size=5).map(tuple)


def test_words_lose_marks_and_case() -> None:
    assert name_words("ĐẶNG  thị  K'Ho") == ("dang", "thi", "kho")


@pytest.mark.parametrize(
    ("typed", "whole", "begun"),
    [
        (("tan", "k"), ("tan",), ("k",)),
        (("le", "an"), (), ("le", "an")),
        (("nguyen",), (), ("nguyen",)),
        (("nguyen", "v", "anh"), ("nguyen",), ("v", "anh")),
        ((), (), ()),
    ],
)
def test_a_finished_word_of_three_letters_is_a_whole_syllable(
    typed: tuple[str, ...], whole: tuple[str, ...], begun: tuple[str, ...]
) -> None:
    assert finished(typed) == (whole, begun)


@given(name=SYLLABLES, words=SYLLABLES, whole=SYLLABLES)
def test_any_order_finds_a_syllable_for_each_word_where_there_is_a_way(
    name: tuple[str, ...], words: tuple[str, ...], whole: tuple[str, ...]
) -> None:
    asked = [(word, False) for word in words] + [(word, True) for word in whole]
    is_possible = any(
        all(
            syllable == word if is_whole else syllable.startswith(word)
            for syllable, (word, is_whole) in zip(chosen, asked, strict=True)
        )
        for chosen in permutations(name, len(asked))
    )
    assert any_order(name, words, whole) is is_possible


@given(name=SYLLABLES, words=SYLLABLES.filter(bool))
@example(name=("b", "aaa", "h"), words=("aaa", "h"))
@example(name=("b", "b", "b", "aaa", "h"), words=("aaa", "h"))
def test_finished_words_are_whole_syllables_in_order_and_the_last_begins_a_later_one(
    name: tuple[str, ...], words: tuple[str, ...]
) -> None:
    *finished_words, last = words
    is_found = any(
        list(places) == sorted(places)
        and all(_fits(name[at], word) for at, word in zip(places, finished_words, strict=False))
        and name[places[-1]].startswith(last)
        for places in permutations(range(len(name)), len(words))
    )
    assert in_order_whole(name, words) == is_found


def _fits(syllable: str, word: str) -> bool:
    return syllable == word if len(word) >= 3 else syllable.startswith(word)
