"""A fact of a dossier by the key a profile names it with, as other systems want it written."""

from __future__ import annotations

from datetime import date

from desk_app.domain.calendar import dates
from desk_app.domain.dossiers.dossier import Dossier
from desk_app.domain.people.person import Person


def fact(dossier: Dossier, key: str) -> str:
    """The text as it is recorded: a day is ISO, or a year; "" where it is not known."""
    if key.endswith(".words"):
        return _in_words(fact(dossier, key.removesuffix(".words")))
    if answer := dossier.answers.get(key):
        return answer
    head, _, name = key.partition(".")
    if head == "office":
        return _of_office(dossier, name)
    if key == "dossier.code":
        return dossier.code
    person = dossier.people.get(head)
    return _of_person(person, name) if person is not None and name else ""


def day(iso: str, between: str) -> str:
    """ "2026-03-02" → "02/03/2026" with "/" between; a year stays."""
    return dates.shown(iso).replace("/", between)


def _of_person(person: Person, name: str) -> str:
    if name == "paper_number":
        return person.document_number or person.id_number
    return str(getattr(person, name, ""))


def _of_office(dossier: Dossier, name: str) -> str:
    office = dossier.office
    if name == "commune_office":
        return ", ".join(part for part in (f"Ủy ban nhân dân {office.commune}", office.province) if part)
    return str(getattr(office, name, ""))


def _in_words(iso: str) -> str:
    try:
        return dates.in_words(date.fromisoformat(iso))
    except ValueError:
        return dates.year_in_words(int(iso)) if dates.is_plausible_year(iso) else ""
