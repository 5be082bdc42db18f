"""What a typed text may mean: names, digits, a procedure, a day; and whether a dossier is what is meant. Pure.

A text is read in several ways, the strictest first (docs/decisions/0030, 0092).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from desk_app.domain.dossiers.named_people import NamedPerson
from desk_app.domain.name_words import any_order, in_order, in_order_whole, initials, name_words, words_of
from desk_app.domain.people import paper_number, phone
from desk_app.store.projections.tokens import (
    day_term,
    days_of,
    digit_terms,
    has_digits,
    numbers_of,
    pair_term,
    procedure_terms,
    word_terms,
)
from desk_app.store.queries.dossiers import DossierRow

_DIGITS_ONLY = re.compile(r"[0-9\s.\-/+()]+")
_DIGITS = re.compile(r"[0-9]+")
_DAY = re.compile(r"(?P<day>\d{1,2})([/.-])(?P<month>\d{1,2})(?:\2(?P<year>\d{4}|\d{2}))?", re.ASCII)
_INITIALS = (3, 6)
_SHORT_PHONE = 4
_LEAST_OF_TITLE = 5
"""Fewer letters of a procedure's title are the beginning of a name."""

Names = Callable[[tuple[str, ...], tuple[str, ...]], bool]
Titles = Sequence[tuple[str, tuple[str, ...]]]
"""Codes of procedures, each with the folded words of a title."""


class Day(Struct, frozen=True):
    """A day as a clerk types it; `year` 0 for any."""

    day: int
    month: int
    year: int = 0

    def is_one_of(self, days: Sequence[date]) -> bool:
        return any((on.day, on.month) == (self.day, self.month) and self.year in (0, on.year) for on in days)


class Reading(Struct, frozen=True, kw_only=True):
    """One way to read the typed text: the words, what they must be in a name, the digits, procedures (none: any),
    days, and the index's question.
    """

    words: tuple[str, ...] = ()
    names: Names
    digits: tuple[str, ...] = ()
    procedures: frozenset[str] = frozenset()
    days: tuple[Day, ...] = ()
    terms: str

    def matches(self, row: DossierRow, others: Sequence[NamedPerson] = ()) -> bool:
        """Whether a dossier is what is meant; `others` are the people it names beside the applicant."""
        if self.procedures and row.procedure not in self.procedures:
            return False
        if self.days and not all(day.is_one_of(days_of(row.received_at, row.due_at)) for day in self.days):
            return False
        if (
            self.words
            and not self.names(name_words(row.applicant), self.words)
            and not any(self.names(name_words(one.name), self.words) for one in others)
        ):
            return False
        if not self.digits:
            return True
        people = (NamedPerson(row.applicant, (row.id_number,), row.phone), *others)
        numbers = numbers_of(row.code, people)
        return all(has_digits(numbers, digits) for digits in self.digits)


def readings(text: str, titles: Titles = ()) -> Iterator[Reading]:
    """The ways to read a text, the strictest first; the first that finds anything is meant."""
    days, rest = _days(text)
    if days:
        found = (
            [*_plain(rest), *_of_procedures(words_of(rest), titles)] if rest else [Reading(names=in_order, terms="")]
        )
        for reading in found:
            terms = " AND ".join([*filter(None, [reading.terms]), *(day_term(d.day, d.month, d.year) for d in days)])
            yield replace(reading, days=days, terms=terms)
    plain = list(_plain(text))
    yield from plain[:1]
    alone = of_procedure(text, titles)
    if alone is not None:
        yield alone  # before names that only begin like its words
    yield from plain[1:]
    yield from _of_procedures(words_of(text), titles)


def of_procedure(text: str, titles: Titles) -> Reading | None:
    """The text as nothing but a procedure, and days where it names some."""
    days, rest = _days(text)
    codes = _codes(words_of(rest), titles, is_open=True)
    if not codes:
        return None
    terms = [procedure_terms(sorted(codes)), *(day_term(day.day, day.month, day.year) for day in days)]
    return Reading(names=in_order, procedures=codes, days=days, terms=" AND ".join(terms))


def _days(text: str) -> tuple[tuple[Day, ...], str]:
    """The days the text names ("28/11", "28/11/26", "28-11-2026"), and what is left of it."""
    days, rest = [], []
    for piece in text.split():
        day = _day(piece)
        if day:
            days.append(day)
        else:
            rest.append(piece)
    return tuple(days), " ".join(rest)


def _day(piece: str) -> Day | None:
    found = _DAY.fullmatch(piece)
    if found is None:
        return None
    year = int(found["year"] or 0)
    if found["year"] and len(found["year"]) == 2:
        year += 2000
    try:
        date(year or 2000, int(found["month"]), int(found["day"]))  # 29/2 is a day of some year
    except ValueError:
        return None
    return Day(int(found["day"]), int(found["month"]), year)


def _plain(text: str) -> Iterator[Reading]:
    """As names and digits."""
    if _DIGITS_ONLY.fullmatch(text):
        digits = re.sub(r"[^0-9]", "", text)
        if digits and not text.startswith("+"):
            yield Reading(names=in_order, digits=(digits,), terms=digit_terms(digits))
        number = phone.searched(text)
        significant = number.lstrip("0")
        if len(significant) > _SHORT_PHONE:  # however it was written when it was recorded
            yield Reading(names=in_order, digits=(number,), terms=digit_terms(significant))
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
        yield Reading(names=in_order, digits=digits_typed, terms=" AND ".join(numbers))


def _of_procedures(words: tuple[str, ...], titles: Titles) -> Iterator[Reading]:
    """As a procedure with, before or after it, a name or digits ("khai sinh bé an")."""
    if not titles:
        return
    for cut in range(len(words), 0, -1):
        for said, rest in ((words[:cut], words[cut:]), (words[-cut:], words[:-cut])):
            codes = _codes(said, titles, is_open=said == words[-cut:])
            if not codes:
                continue
            terms = procedure_terms(sorted(codes))
            if not rest:
                yield Reading(names=in_order, procedures=codes, terms=terms)
                continue
            for reading in _plain(" ".join(rest)):
                yield replace(reading, procedures=codes, terms=f"{reading.terms} AND {terms}")


def _codes(words: tuple[str, ...], titles: Titles, *, is_open: bool) -> frozenset[str]:
    """Procedures whose title has these words side by side; `is_open`: the last word may still be being typed."""
    if sum(map(len, words)) < _LEAST_OF_TITLE:
        return frozenset()
    return frozenset(code for code, title in titles if _holds(title, words, is_open=is_open))


def _holds(title: tuple[str, ...], words: tuple[str, ...], *, is_open: bool) -> bool:
    *whole, last = words
    for start in range(len(title) - len(whole)):
        end = title[start + len(whole)]
        if list(title[start : start + len(whole)]) == whole and (end.startswith(last) if is_open else end == last):
            return True
    return False


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
