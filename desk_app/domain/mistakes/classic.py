"""Every rule, in the order in which a clerk reads a page; docs/mistakes.md names source and test of each. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

from desk_app.domain.dossiers.fact_paths import APPLICANT
from desk_app.domain.mistakes import against_memory, between_people, of_days, of_one_person, of_texts
from desk_app.domain.mistakes.against_memory import Earlier
from desk_app.domain.mistakes.mistake import Mistake, SaidCase
from desk_app.domain.people.person import Person

RULES: tuple[Callable[[SaidCase], Iterator[Mistake]], ...] = (
    of_one_person.of_numbers,
    of_one_person.of_sexes,
    of_one_person.of_papers,
    of_one_person.of_issue,
    of_one_person.of_names,
    of_one_person.of_peoples,
    between_people.twice,
    between_people.relation,
    between_people.parents,
    between_people.of_age,
    between_people.surnames,
    between_people.peoples_of_parents,
    of_days.orders,
    of_days.duties,
    of_days.hours,
    of_texts.places,
    of_texts.numbers_of_papers,
)


def mistakes(case: SaidCase) -> tuple[Mistake, ...]:
    """What is wrong or odd in what is entered; the same input is named at most once for one sentence."""
    return tuple(dict.fromkeys(mistake for rule in RULES for mistake in rule(case)))


def of_record(person: Person, today: date) -> tuple[Mistake, ...]:
    """What a record of the past shows against itself; that its papers have run out since is none of it."""
    case = SaidCase(people={APPLICANT: person}, fields={}, today=today)
    return (*of_one_person.of_numbers(case), *of_one_person.of_issue(case))


def mistakes_by_memory(
    case: SaidCase, earlier: Mapping[str, Earlier], certifiers: Sequence[str] = ()
) -> tuple[Mistake, ...]:
    """What does not fit what earlier dossiers say; `certifiers` are names of who would sign a certification."""
    found = (
        *against_memory.of_names(case, earlier),
        *against_memory.of_the_dead(case, earlier),
        *against_memory.of_kin(case, earlier),
        *against_memory.of_certifier(case, earlier, certifiers),
    )
    return tuple(dict.fromkeys(found))
