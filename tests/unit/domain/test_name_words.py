"""What typed words mean in a name: folded, whole or begun, in any order, each a syllable of its own."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from desk_app.domain.name_words import any_order, finished, in_order, in_order_whole, initials, name_words

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


TANG = ("tang", "thi", "khanh", "an")


@pytest.mark.parametrize(
    ("words", "begun", "whole", "any_way"),
    [
        (("tang",), True, True, True),
        (("tan", "k"), True, False, True),  # "tan" is finished, and no syllable
        (("ta", "k"), True, True, True),  # two letters begin one
        (("tang", "khanh"), True, True, True),
        (("thi", "an"), True, True, True),
        (("tang", "an", "an"), False, False, False),
        (("tang", "thi", "k", "a"), True, True, True),
        (("khanh", "thi"), False, False, True),
        (("k", "t"), False, False, True),
        (("x",), False, False, False),
        (("tang", "x"), False, False, False),
        (("x", "an"), False, False, False),
        (("tang", "thi", "khanh", "an", "a"), False, False, False),
    ],
)
def test_typed_words_begin_syllables_of_a_name(
    words: tuple[str, ...], *, begun: bool, whole: bool, any_way: bool
) -> None:
    assert in_order(TANG, words) is begun
    assert in_order_whole(TANG, words) is whole
    assert any_order(TANG, words) is any_way


@pytest.mark.parametrize(
    ("words", "is_found"),
    [(("ttka",), True), (("tt", "k"), True), (("t",), True), (("tk",), False), (("ttkax",), False)],
)
def test_first_letters_are_those_of_the_first_syllables(words: tuple[str, ...], *, is_found: bool) -> None:
    assert initials(TANG, words) is is_found


def test_whole_words_are_taken_before_those_that_begin_a_syllable() -> None:
    assert any_order(("an", "anh"), ("an",), whole=("an",))
    assert not any_order(("an", "thi"), ("an",), whole=("an",))
    assert not any_order(("anh",), (), whole=("an",))
