"""What the search index holds of a dossier, and how a typed text is asked of it. Pure (docs/decisions/0030).

FTS5's own folding misses đ and its prefix index is slow for short syllables, so the tokens are ours: prefixes of each
syllable, prefixes of each ordered pair of syllables, initials, four-digit runs of code, ID number and phone; of every
person of the dossier. Words that begin with ## stand for the procedure and for the days of reception and of the result.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date
from functools import lru_cache
from itertools import combinations

from msgspec import Struct

from desk_app.domain.calendar.moments import day_in_vietnam
from desk_app.domain.dossiers.named_people import NamedPerson
from desk_app.domain.dossiers.numbering import payload as code_key
from desk_app.domain.name_words import name_words
from desk_app.domain.people.phone import searched

_DIGITS = re.compile(r"[0-9]+")
_RUN = 4
_LONGEST_PREFIX = 6
_HOUR_MS = 3_600_000


class Numbers(Struct, frozen=True):
    """The digits of a dossier that can be searched: of the code the day and the number, without the unit; of people
    ID numbers and phones.
    """

    code: str
    sequence: str
    people: tuple[str, ...]


def numbers_of(code: str, people: Iterable[NamedPerson]) -> Numbers:
    groups = _DIGITS.findall(code)
    digits = tuple(digits for person in people for digits in digits_of(person))
    return Numbers("".join(groups[-2:]), groups[-1] if groups else "", digits)


def digits_of(person: NamedPerson, phone: Callable[[str], str] = searched) -> list[str]:
    """The digits of each number of a person; `phone` reads the phone's."""
    ids = ["".join(_DIGITS.findall(number)) for number in person.numbers]
    return [digits for digits in (*ids, phone(person.phone)) if digits]


def phone_digits(phone: str) -> str:
    """The digits the index holds of a phone. Comparing knows more (`domain.phone.searched`).

    A landline keeps its 84 here: the runs of all other digits are the same, so an index of old need not be made anew.
    """
    digits = "".join(_DIGITS.findall(phone))
    return "0" + digits[2:] if digits.startswith("84") and len(digits) == 11 else digits


def tokens_of(code: str, people: Iterable[NamedPerson], procedure: str, moments: Iterable[int]) -> str:
    """Everything the index holds of one dossier, each token once; `moments` (UTC ms, 0 for none) give its days."""
    tokens: list[str] = []
    numbers = numbers_of(code, ())
    tokens += _runs(numbers.code)
    if numbers.sequence:
        tokens.append(f"q{int(numbers.sequence)}")
    for person in people:
        tokens += _name_tokens(person.name)
        for digits in digits_of(person, phone_digits):
            tokens += _runs(digits)
            if len(digits) >= 3:
                tokens.append(f"e{digits[-3:]}")
    tokens.append(_procedure_token(procedure))
    for at in moments:
        if at > 0:
            tokens += _day_tokens(at // _HOUR_MS)
    return " ".join(dict.fromkeys(tokens))


def _name_tokens(name: str) -> list[str]:
    words = name_words(name)
    tokens: list[str] = []
    for word in words:
        tokens += _prefixes(word)
    for first, second in combinations(words, 2):
        tokens += _pairs(first, second)
    initials = "#" + "".join([word[0] for word in words])
    tokens += [initials[:length] for length in range(4, len(initials) + 1)]
    return tokens


@lru_cache(maxsize=64)
def _procedure_token(procedure: str) -> str:
    return f"##p{code_key(procedure).lower()}"


@lru_cache(maxsize=4096)
def _day_tokens(hour: int) -> tuple[str, str]:
    """Of the day in Vietnam on which this hour since 1970 (UTC) falls: Vietnam is whole hours ahead."""
    day = day_in_vietnam(hour * _HOUR_MS)
    return f"##d{day:%m%d}", f"##d{day:%Y%m%d}"


def days_of(*moments: int) -> list[date]:
    """The days in Vietnam of moments in UTC ms; 0 is none."""
    return [day_in_vietnam(at) for at in moments if at > 0]


def procedure_terms(codes: Iterable[str]) -> str:
    """The question for dossiers of any of these procedures."""
    return "(" + " OR ".join(f'"##p{code_key(code).lower()}"' for code in codes) + ")"


def day_term(day: int, month: int, year: int) -> str:
    """The question for a day, of any year when `year` is 0."""
    return f'"##d{year:04d}{month:02d}{day:02d}"' if year else f'"##d{month:02d}{day:02d}"'


@lru_cache(maxsize=8192)
def _prefixes(word: str) -> tuple[str, ...]:
    return tuple(word[:length] for length in range(1, min(len(word), _LONGEST_PREFIX) + 1))


@lru_cache(maxsize=65536)
def _pairs(first: str, second: str) -> tuple[str, ...]:
    heads = dict.fromkeys((first[:1], first[:2], first))
    tails = dict.fromkeys((second[:1], second[:2], second[:3], second))
    return tuple(f"{head}_{tail}" for head in heads for tail in tails)


def _runs(digits: str) -> list[str]:
    return [digits[at : at + _RUN] for at in range(len(digits) - _RUN + 1)]


def all_terms(tokens: str) -> str:
    """The question that only a dossier with all these tokens answers."""
    return " AND ".join(f'"{token}"' for token in tokens.split()) or '""'


def word_terms(word: str) -> str:
    """The one-word question."""
    return f'"{word[:_LONGEST_PREFIX]}"'


def pair_term(first: str, second: str, *, is_whole: bool) -> str:
    """The question for two words in this order; `is_whole`: `first` of three letters or more is a whole syllable."""
    head = first if is_whole or len(first) <= 2 else first[:2]
    return f'"{head}_{second}"'


def digit_terms(digits: str) -> str:
    """The question for a run of typed digits; one to three are a day's number or the last three of a number."""
    if len(digits) < 3:
        return f'"q{int(digits)}"'
    if len(digits) == 3:
        return f'("q{int(digits)}" OR "e{digits}")'
    return " AND ".join(f'"{run}"' for run in _runs(digits))


def has_digits(numbers: Numbers, digits: str) -> bool:
    """Whether a dossier's numbers really hold these digits: four-digit runs may lie apart."""
    if len(digits) <= 3:
        is_sequence = numbers.sequence != "" and int(numbers.sequence) == int(digits)
        ends = len(digits) == 3 and any(number.endswith(digits) for number in numbers.people)
        return is_sequence or ends
    return digits in numbers.code or any(digits in number for number in numbers.people)
