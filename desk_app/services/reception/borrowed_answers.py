"""Answers taken with one key: what another role of the dossier has, and what the dossier before had alike."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from msgspec import Struct

from desk_app.domain.calendar import dates
from desk_app.domain.dossiers.dossier import Dossier
from desk_app.domain.dossiers.fact_paths import FactPath, kind_of
from desk_app.domain.people.person import Person
from desk_app.services.catalogue import procedure_versions
from desk_app.services.catalogue.procedure_papers import asked_of
from desk_app.services.desk.desk import Desk

_WHO = ("full_name", "id_number")


class Borrowed(Struct, frozen=True, kw_only=True):
    """What another role has: its text as a clerk would type it, or the whole person for a role nobody stands in."""

    whose: str
    text: str = ""
    person: Person | None = None


def offers(key: str, kind: str, people: Mapping[str, Person]) -> tuple[Borrowed, ...]:
    """What the question at `key` may take from the people of a draft, in their order, each once.

    Into the name or number of a role that nobody stands in goes the whole person; into another fact the same fact of
    the others; into a long text, which is a place, where they live.
    """
    fact = FactPath.of_key(key)
    others = {role: person for role, person in people.items() if role != fact.role and person.full_name}
    found: dict[object, Borrowed] = {}
    if fact.is_persons and fact.name in _WHO:
        if not _stands(people.get(fact.role)):
            for role, person in others.items():
                found.setdefault(person.id_number or person.full_name, Borrowed(whose=role, person=person))
        return tuple(found.values())
    name = fact.name if fact.is_persons else "residence" if kind == "long" else ""
    for role, person in others.items():
        text = getattr(person, name, "") if name else ""
        shown = dates.shown(text) if kind_of(name) == "date" else text
        if shown:
            found.setdefault(shown, Borrowed(whose=role, text=shown))
    return tuple(found.values())


def _stands(person: Person | None) -> bool:
    return person is not None and bool(person.full_name or person.id_number)


class AlikeAnswers:
    """What the last dossier of each procedure shares with the next of a run: a white list, of one day, in memory only.

    Nothing of a person is in the list: places, offices and purposes, which the forms name (`alike`).
    """

    def __init__(self) -> None:
        self._day = ""
        self._answers: dict[str, dict[str, str]] = {}

    def keep(self, procedure: str, answers: Mapping[str, str], on: date) -> None:
        if self._day != on.isoformat():
            self.forget()
            self._day = on.isoformat()
        self._answers[procedure] = dict(answers)

    def of(self, procedure: str, on: date) -> dict[str, str]:
        return dict(self._answers.get(procedure, {})) if self._day == on.isoformat() else {}

    def forget(self) -> None:
        """The day is closed."""
        self._answers = {}


def shared_by_alike(desk: Desk, dossier: Dossier) -> dict[str, str]:
    """The answers of a dossier that a run of alike ones shares."""
    procedure = procedure_versions.procedure_of(desk, dossier)
    keys = [field.key for field in asked_of(desk, procedure, desk.now()) if field.alike]
    return {key: dates.shown(dossier.answers[key]) for key in keys if dossier.answers.get(key)}
