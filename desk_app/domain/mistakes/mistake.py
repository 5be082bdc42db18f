"""A mistake, what is looked through for it, and how days of which only the year is known are compared. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum

from msgspec import Struct

from desk_app.domain.dossiers.fact_paths import FactPath
from desk_app.domain.people import id_number
from desk_app.domain.people.person import Person

_DAY = re.compile(r"\d{4}(-\d{2}-\d{2})?", re.ASCII)
_YEAR = 4


class Weight(StrEnum):
    """What a mistake does: it cannot be, so it is refused; it is asked about once; it is only shown."""

    REFUSED = "refused"
    ASKED = "asked"
    SHOWN = "shown"


class Mistake(Struct, frozen=True, kw_only=True):
    """`field` is the input to look at, as forms call it ("mother.born_on", "died_on"); `text` says what to do."""

    field: str
    text: str
    weight: Weight = Weight.SHOWN


class SaidCase(Struct, frozen=True, kw_only=True):
    """A reception as the rules see it: people by role, answers by key, days as ISO or a year.

    `lists` are the names that a free choice offers, by key; `asked` the questions on the page. `procedure` is the code
    of what is asked for.
    """

    people: Mapping[str, Person]
    fields: Mapping[str, str]
    today: date
    procedure: str = ""
    lists: Mapping[str, Sequence[str]] = {}
    asked: frozenset[str] = frozenset()

    def day(self, key: str) -> str:
        """The day at a key: ISO or a year; "" for none, and for what is no day yet."""
        fact = FactPath.of_key(key)
        person = self.people.get(fact.role) if fact.is_persons else None
        said = getattr(person, fact.name, "") if person is not None else self.fields.get(key, "")
        return said if _DAY.fullmatch(said) else ""

    def named(self) -> Iterator[tuple[str, Person]]:
        """Everybody of whom a name or a number is known."""
        for role, person in self.people.items():
            if person.full_name or person.id_number:
                yield role, person


def is_before(one: str, other: str) -> bool:
    """Whether one day is surely before the other; of a year alone only the years are compared."""
    if not one or not other:
        return False
    if len(one) == _YEAR or len(other) == _YEAR:
        return one[:_YEAR] < other[:_YEAR]
    return one < other


def most_years(born_on: str, on: str) -> int | None:
    """How old somebody may have been at most on a day; None where a day is missing."""
    return _years(born_on, on, doubt=1)


def least_years(born_on: str, on: str) -> int | None:
    """How old somebody was at least on a day; None where a day is missing."""
    return _years(born_on, on, doubt=0)


def sex_of(person: Person) -> str:
    """The sex said, else what the 12-digit number says; "" for unknown."""
    number = person.personal_number
    return person.sex or (id_number.sex(number) if number else "")


def _years(born_on: str, on: str, *, doubt: int) -> int | None:
    if not born_on or not on:
        return None
    years = int(on[:_YEAR]) - int(born_on[:_YEAR])
    if len(born_on) == _YEAR or len(on) == _YEAR:
        return years - 1 + doubt
    return years - (on[_YEAR:] < born_on[_YEAR:])
