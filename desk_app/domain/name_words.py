"""The words of a name as they are searched, and what typed words mean in it; desk and district find alike. Pure."""

from __future__ import annotations

import re
from functools import lru_cache

from desk_app.domain.text import fold

_WORDS = re.compile(r"[^\W_]+")
_LONGEST_NAME = 16
_WHOLE_FROM = 3


@lru_cache(maxsize=8192)
def words_of(text: str) -> tuple[str, ...]:
    """The folded words of a name or of a typed text."""
    return tuple(_WORDS.findall(fold(text)))


def name_words(name: str) -> tuple[str, ...]:
    """The words of a name that are searched; pairs grow with the square, and no real name is longer."""
    return words_of(name)[:_LONGEST_NAME]


def in_order(name: tuple[str, ...], words: tuple[str, ...]) -> bool:
    """Each typed word begins a syllable of the name, in this order, with others between or not."""
    place = 0
    for word in words:
        while place < len(name) and not name[place].startswith(word):
            place += 1
        if place == len(name):
            return False
        place += 1
    return True


def in_order_whole(name: tuple[str, ...], words: tuple[str, ...]) -> bool:
    """As `in_order`, where a finished word of three letters or more is a whole syllable ("tan k" is not "Tăng K…")."""
    place = 0
    for word in words[:-1]:
        while place < len(name) and not _is_read_as(name[place], word):
            place += 1
        if place == len(name):
            return False
        place += 1
    return any(syllable.startswith(words[-1]) for syllable in name[place:])


def any_order(name: tuple[str, ...], words: tuple[str, ...], whole: tuple[str, ...] = ()) -> bool:
    """Each typed word begins a syllable of its own, each of `whole` is one; in whatever order.

    Whole words first, then the longest: two prefixes fit the same syllables or have none in common, so the first fit
    is never wrong.
    """
    left = list(name)
    for word in whole:
        if word not in left:
            return False
        left.remove(word)
    for word in sorted(words, key=len, reverse=True):
        fit = next((syllable for syllable in left if syllable.startswith(word)), None)
        if fit is None:
            return False
        left.remove(fit)
    return True


def finished(words: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Typed words that are whole syllables, and those that only begin one: the last, and whatever is shorter than three
    letters.
    """
    whole = tuple(word for word in words[:-1] if len(word) >= _WHOLE_FROM)
    return whole, (*(word for word in words[:-1] if len(word) < _WHOLE_FROM), *words[-1:])


def initials(name: tuple[str, ...], words: tuple[str, ...]) -> bool:
    """The typed letters are the first letters of the name's first syllables ("nva": Nguyễn Văn An)."""
    return "".join(syllable[0] for syllable in name).startswith("".join(words))


def _is_read_as(syllable: str, word: str) -> bool:
    return syllable == word if len(word) >= _WHOLE_FROM else syllable.startswith(word)
