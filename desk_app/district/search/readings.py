"""What a typed text may mean at the district: a code, numbers, a name; the strictest first. Pure.

As at the desk (docs/decisions/0030): the first reading that finds anything is meant.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial

from msgspec import Struct

from desk_app.district.search import terms
from desk_app.domain.name_words import any_order, finished, initials, name_words, words_of
from desk_app.domain.people import phone

_WITH_FIGURES = re.compile(r"([^\W_]|[\s.\-/+(),])+")
_CODE = re.compile(r"[A-Z]{1,3}[0-9][A-Z0-9.\-/_]*", re.ASCII)
_DAY_OF_CODE = re.compile(r"[-/_.](?P<day>[0-9]{6,8})(?:[-/_.][0-9]*)?\Z")
_FIGURES = re.compile(r"[0-9]+")
_NUMBERS_ONLY = re.compile(r"[0-9\s.\-/+()]+")
_INITIALS = (3, 6)
_LONGEST_SEQUENCE, _LEAST_END = 5, 3
_MOST_WORDS = 8

All = tuple[str, ...]
AnyOf = tuple[All, ...]


class TextReading(Struct, frozen=True):
    """One way to read the text: a dossier is meant that has, for each of `needs`, every term of one of its sets.

    `fits` says of code and applicant whether the dossier is really meant; numbers are held whole in the index.
    """

    needs: tuple[AnyOf, ...]
    fits: Callable[[str, str], bool]


def readings(text: str) -> Iterator[TextReading]:
    """The ways to read a text; none for one that holds neither letter nor figure."""
    text = text.strip()
    has_figures = _FIGURES.search(text) is not None
    if has_figures and not _WITH_FIGURES.fullmatch(text):
        return
    if _CODE.fullmatch(text.upper()):
        yield _code(text.upper())
    typed = words_of(text)
    words = tuple(word for word in typed if not _FIGURES.search(word))[:_MOST_WORDS]
    numbers = _numbers(text, typed) if has_figures else ()
    if words:
        yield from _names(words, numbers)
    elif numbers:
        yield TextReading(numbers, _always)


def _code(code: str) -> TextReading:
    needs = [terms.asked_head(code)]
    if found := _DAY_OF_CODE.search(code):
        needs.append(terms.asked_day(found["day"]))
    return TextReading(((tuple(needs),),), partial(_has_code, code))


def _numbers(text: str, typed: tuple[str, ...]) -> tuple[AnyOf, ...]:
    """What the figures ask for: all of them one number, or each group one of its own."""
    groups = [figures for word in typed if (figures := "".join(_FIGURES.findall(word)))]
    if not _NUMBERS_ONLY.fullmatch(text):
        return tuple(_number(group) for group in groups)
    joined = "".join(groups)
    found = list(_number(joined, phone.searched(text))) if joined else []
    if len(groups) == 2 and len(groups[0]) in (6, 8) and len(groups[1]) <= _LONGEST_SEQUENCE:
        found.append((terms.asked_day(groups[0]), terms.asked_number(groups[1])))
    return (tuple(found),) if found else ()


def _number(figures: str, as_phone: str = "") -> AnyOf:
    """A number of the day, a day, or the end of a number of a person."""
    found: list[All] = []
    if len(figures) <= _LONGEST_SEQUENCE:
        found.append((terms.asked_number(figures),))
    if len(figures) in (6, 8):
        found.append((terms.asked_day(figures),))
    if len(figures) >= _LEAST_END:
        found.append(tuple(terms.asked_end(terms.PAPER, figures)))
        found.append(tuple(terms.asked_end(terms.ORGANISATION, figures)))
        found.append(tuple(terms.asked_end(terms.PHONE, terms.figures(as_phone) or figures)))
    return tuple(found)


def _names(words: tuple[str, ...], numbers: tuple[AnyOf, ...]) -> Iterator[TextReading]:
    letters = "".join(words)
    if len(words) >= _INITIALS[0] and all(len(word) == 1 for word in words):
        yield TextReading((((terms.asked_initials(letters),),), *numbers), partial(_has_initials, words))
    whole, begun = finished(words)
    if whole:
        yield TextReading(((tuple(terms.asked_name(begun, whole)),), *numbers), partial(_has_words, begun, whole))
    yield TextReading(((tuple(terms.asked_name(words, ())),), *numbers), partial(_has_words, words, ()))
    named = tuple(terms.of_organisation(term) for term in terms.asked_name(words, ()))
    yield TextReading(((named,), *numbers), _always)
    if len(words) == 1 and _INITIALS[0] <= len(letters) <= _INITIALS[1]:
        yield TextReading((((terms.asked_initials(letters),),), *numbers), partial(_has_initials, tuple(letters)))


def _has_code(typed: str, code: str, _: str) -> bool:
    return code.upper().startswith(typed)


def _has_words(begun: tuple[str, ...], whole: tuple[str, ...], _: str, applicant: str) -> bool:
    return any_order(name_words(applicant), begun, whole)


def _has_initials(letters: tuple[str, ...], _: str, applicant: str) -> bool:
    return initials(name_words(applicant), letters)


def _always(_: str, __: str) -> bool:
    return True
