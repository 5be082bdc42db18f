"""What the index holds of a dossier, as short texts ("terms"), and how a typed text asks for them. Pure.

Of a name: every beginning of its words, whole words, first letters; how many words begin so, so that two typed words
are never the same word. Of a number (identity paper, telephone): pairs of figures by their place from the end. Of a
code: its beginning, its day, its number. And the unit and the status, by which a search is narrowed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache

from desk_app.domain.dossiers.dossier import Dossier
from desk_app.domain.name_words import name_words
from desk_app.domain.organisations.organisation import Organisation
from desk_app.domain.people import phone

LONGEST_BEGINNING = 8
_LONGEST_WORD = 24
_LONGEST_NUMBER = 24
_LONGEST_HEAD = 12
_INITIALS = range(3, 5)
_DAY_LENGTHS = (2, 4, 6, 8)
_CODE = re.compile(r"(?:(?<![0-9])(?P<day>[0-9]{6,8})[-/_.])?(?<![0-9])(?P<number>[0-9]{1,7})\Z")
_NOT_FIGURES = re.compile(r"[^0-9]")
PAPER, PHONE, ORGANISATION = "i", "t", "o"
"""The kinds of numbers: two of a person, one of an organisation."""


def of_dossier(unit: str, dossier: Dossier) -> set[str]:
    """All but the status, which changes often."""
    person = dossier.applicant
    return {
        f"U{unit}",
        *_of_name(name_words(person.full_name)),
        *_of_number(PAPER, figures(person.id_number)),
        *_of_number(PHONE, figures(phone.searched(person.phone))),
        *_of_code(dossier.code.upper()),
        *(term for one in list(dossier.organisations.values())[:1] for term in _of_organisation(one)),
    }


def _of_organisation(one: Organisation) -> Iterator[str]:
    """The number and the name, apart from those of people: two numbers under one letter would make a third."""
    yield from _of_number(ORGANISATION, figures(one.number))
    yield from (of_organisation(term) for term in _of_name(name_words(one.name)))


def of_organisation(name_term: str) -> str:
    """The term of an organisation's name that is `name_term` in a person's."""
    return f"O{name_term}"


def of_status(status: str) -> str:
    return f"S{status}"


def of_unit(unit: str) -> str:
    return f"U{unit}"


def figures(text: str) -> str:
    """The figures 0–9 of a number."""
    return _NOT_FIGURES.sub("", text)


def asked_name(begun: Iterable[str], whole: Iterable[str]) -> Iterator[str]:
    """The terms of a name in which each of `whole` is a word and each of `begun` begins one, no word used twice.

    Two such sets of words are one within the other or have nothing in common, so counting is enough (Hall).
    """
    begun, whole = [word[:LONGEST_BEGINNING] for word in begun], list(whole)
    for word in dict.fromkeys(begun):
        count = sum(other.startswith(word) for other in (*begun, *whole))
        yield f"b{count}{word}"
    for word, count in Counter(whole).items():
        yield f"w{count}{word[:_LONGEST_WORD]}"


def asked_initials(letters: str) -> str:
    return f"#{letters[: _INITIALS[-1]]}"


def asked_end(kind: str, typed: str) -> Iterator[str]:
    """The terms of a number of this kind that ends with these figures."""
    typed = typed[-_LONGEST_NUMBER:]
    for place in range(0, len(typed), 2):
        piece = typed[max(0, len(typed) - place - 2) : len(typed) - place]
        yield f"{kind}{place}.{piece}"


def asked_number(number: str) -> str:
    """The term of a code with this number of the day."""
    return f"n{int(number)}"


def asked_day(day: str) -> str:
    """The term of a code of a day that begins so; none shorter than two figures is held."""
    return f"d{day[: max(length for length in _DAY_LENGTHS if length <= len(day))]}"


def asked_head(head: str) -> str:
    """The term of a code that begins so."""
    return f"h{head[:_LONGEST_HEAD]}"


@lru_cache(maxsize=8192)
def _of_name(words: tuple[str, ...]) -> tuple[str, ...]:
    begun: Counter[str] = Counter()
    for word in words:
        begun.update(word[:length] for length in range(1, min(len(word), LONGEST_BEGINNING) + 1))
    whole = Counter(word[:_LONGEST_WORD] for word in words)
    letters = "".join(word[0] for word in words)
    return (
        *(f"b{each}{beginning}" for beginning, count in begun.items() for each in range(1, count + 1)),
        *(f"w{each}{word}" for word, count in whole.items() for each in range(1, count + 1)),
        *(f"#{letters[:length]}" for length in _INITIALS if length <= len(letters)),
    )


def _of_number(kind: str, number: str) -> Iterator[str]:
    number = number[-_LONGEST_NUMBER:]
    for place in range(0, len(number), 2):
        end = len(number) - place
        yield f"{kind}{place}.{number[end - 1 : end]}"
        if end > 1:
            yield f"{kind}{place}.{number[end - 2 : end]}"


def _of_code(code: str) -> Iterator[str]:
    yield from (f"h{code[:length]}" for length in range(1, min(len(code), _LONGEST_HEAD) + 1))
    found = _CODE.search(code)
    if found is None:
        return
    yield asked_number(found["number"])
    if day := found["day"]:
        yield from (f"d{day[:length]}" for length in _DAY_LENGTHS if length <= len(day))
