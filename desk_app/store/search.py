"""Finding a dossier from whatever a clerk types: part of a name, initials, a few digits, a code.

The index proposes, Python verifies; what counts as found is `matches`, the index only makes it fast.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise

from msgspec import Struct

from desk_app.domain import paper_number, phone
from desk_app.domain.numbering import payload as code_key
from desk_app.domain.text import fold
from desk_app.store import dossiers
from desk_app.store.database import DeskDatabase
from desk_app.store.dossiers import DossierRow
from desk_app.store.projections import SEARCH_BASE
from desk_app.store.tokens import (
    digit_terms,
    has_digits,
    name_words,
    numbers_of,
    pair_term,
    word_terms,
    words_of,
)

_FIRST_PAGE, _PAGE = 40, 200
_DIGITS_ONLY = re.compile(r"[0-9\s.\-/+()]+")
_CODE_LIKE = re.compile(r"[A-Za-z]+\d[\w.\-/]*")
_DIGITS = re.compile(r"[0-9]+")
_INITIALS = (3, 6)
_SHORT_PHONE = 4

Names = Callable[[tuple[str, ...], tuple[str, ...]], bool]


class Reading(Struct, frozen=True, kw_only=True):
    """One way to read the typed text: the words, what they must be in a name, the digits, the index's question."""

    words: tuple[str, ...]
    names: Names
    digits: tuple[str, ...]
    terms: str

    def matches(self, row: DossierRow) -> bool:
        """Whether a dossier is what is meant, told from its row alone."""
        if self.words and not self.names(name_words(row.applicant), self.words):
            return False
        if not self.digits:
            return True
        numbers = numbers_of(row.code, row.id_number, row.phone)
        return all(has_digits(numbers, digits) for digits in self.digits)


def search(db: DeskDatabase, text: str, *, limit: int = 20) -> list[DossierRow]:
    """Dossiers the text means: those whose name begins with it first, then newest first; at most `limit`."""
    text = text.strip()
    if _CODE_LIKE.fullmatch(text):
        found = _by_code(db, text, limit)
        if found:
            return found
    for reading in readings(text):
        found = list(_found(db, reading, limit))
        if found:
            phrase = " ".join(reading.words)
            return sorted(found, key=lambda row: not " ".join(name_words(row.applicant)).startswith(phrase))
    return []


def readings(text: str) -> Iterator[Reading]:
    """The ways to read a text, the strictest first; the first that finds anything is meant."""
    if _DIGITS_ONLY.fullmatch(text):
        digits = re.sub(r"[^0-9]", "", text)
        if digits and not text.startswith("+"):
            yield Reading(words=(), names=in_order, digits=(digits,), terms=digit_terms(digits))
        number = phone.searched(text)
        significant = number.lstrip("0")
        if len(significant) > _SHORT_PHONE:  # however it was written when it was recorded
            yield Reading(words=(), names=in_order, digits=(number,), terms=digit_terms(significant))
    typed = words_of(text)
    # A passport's number is found by its digits.
    digits_typed = tuple(digits for word in typed if (digits := "".join(_DIGITS.findall(word))))
    words = tuple(word for word in typed if not _DIGITS.search(word))
    numbers = [digit_terms(digits) for digits in digits_typed]
    for names, terms in _name_questions(words):
        yield Reading(words=words, names=names, digits=digits_typed, terms=" AND ".join([*terms, *numbers]))
    number = paper_number.tidied(text)
    if max(map(len, words), default=9) <= 2 and paper_number.is_passport_number(number):  # "EH 1234567"
        digits_typed = ("".join(_DIGITS.findall(number)),)
        words, numbers = (), [digit_terms(digits_typed[0])]
    if not words and digits_typed:
        yield Reading(words=(), names=in_order, digits=digits_typed, terms=" AND ".join(numbers))


def _name_questions(words: tuple[str, ...]) -> Iterator[tuple[Names, list[str]]]:
    if not words:
        return
    if len(words) >= _INITIALS[0] and all(len(word) == 1 for word in words):
        yield initials, [f'"#{"".join(words)}"']
    if len(words) == 1:
        yield in_order, [word_terms(words[0])]
        if _INITIALS[0] <= len(words[0]) <= _INITIALS[1]:
            yield initials, [f'"#{words[0]}"']
        return
    neighbours = list(pairwise(words))
    last = len(neighbours) - 1
    yield (
        in_order_whole,
        [
            pair_term(first, second[:3] if place == last else second, is_whole=True)
            for place, (first, second) in enumerate(neighbours)
        ],
    )
    yield in_order, [pair_term(first, second[:3], is_whole=False) for first, second in neighbours]
    either_way = [
        f"({pair_term(first, second[:3], is_whole=False)} OR {pair_term(second, first[:3], is_whole=False)})"
        for first, second in neighbours
    ]
    yield any_order, either_way


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


def any_order(name: tuple[str, ...], words: tuple[str, ...]) -> bool:
    """Each typed word begins a syllable of its own, in whatever order.

    Longest words first: two prefixes fit the same syllables or have none in common, so the first fit is never wrong.
    """
    left = list(name)
    for word in sorted(words, key=len, reverse=True):
        fit = next((syllable for syllable in left if syllable.startswith(word)), None)
        if fit is None:
            return False
        left.remove(fit)
    return True


def initials(name: tuple[str, ...], words: tuple[str, ...]) -> bool:
    """The typed letters are the first letters of the name's first syllables ("nva": Nguyễn Văn An)."""
    return "".join(syllable[0] for syllable in name).startswith("".join(words))


def _is_read_as(syllable: str, word: str) -> bool:
    return syllable == word if len(word) >= 3 else syllable.startswith(word)


def _found(db: DeskDatabase, reading: Reading, limit: int) -> Iterator[DossierRow]:
    after, page = 0, _FIRST_PAGE
    left = limit
    while left:
        proposed = db.all(
            "SELECT rowid FROM search WHERE search MATCH ? AND rowid > ? ORDER BY rowid LIMIT ?",
            (reading.terms, after, page),
        )
        for row in dossiers.rows(db, [SEARCH_BASE - number for (number,) in proposed]):
            if left and reading.matches(row):
                left -= 1
                yield row
        if len(proposed) < page:
            return
        after, page = proposed[-1][0], _PAGE


def _by_code(db: DeskDatabase, text: str, limit: int) -> list[DossierRow]:
    """Codes that begin with what was typed, the newest day and number first."""
    key = code_key(fold(text))
    rows = db.all(
        "SELECT id FROM dossier WHERE code_key >= ? AND code_key < ? ORDER BY code_key DESC LIMIT ?",
        (key, key + "~", limit),
    )
    return dossiers.rows(db, [number for (number,) in rows])
