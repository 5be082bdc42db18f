"""The people of a declaration prepared at home beside those whom a card, a clerk or an earlier dossier gave. Pure.

What was prepared fills gaps and nothing else, and only of whoever it speaks of: the father at the counter may be
another man than the one who was named at home.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct
from msgspec.structs import replace

from desk_app.domain.calendar import dates
from desk_app.domain.dossiers.fact_paths import APPLICANT, FactPath
from desk_app.domain.people.person import LABELS, Person, role_name
from desk_app.domain.prepared.prepared_answers import UNKNOWN
from desk_app.domain.text import fold

_WHO = ("full_name", "id_number")


class HomeDifference(Struct, frozen=True, kw_only=True):
    """One fact that stands otherwise than it was prepared; values as they show on the screen."""

    key: str
    label: str
    known: str
    prepared: str


def facts_by_role(prepared: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """What was prepared of each person, by the attribute's name; nothing of what is said to be unknown."""
    found: dict[str, dict[str, str]] = {}
    for key, value in prepared.items():
        fact = FactPath.of_key(key)
        if fact.is_persons and value and value != UNKNOWN:
            found.setdefault(fact.role, {})[fact.name] = value
    return found


def facts_of(person: Person) -> dict[str, str]:
    """What is known of the person, by the attribute's name."""
    return {name: value for name in Person.__struct_fields__ if (value := getattr(person, name))}


def unknown_people(prepared: Mapping[str, str]) -> tuple[str, ...]:
    """The roles of whom the declaration says that nobody knows them."""
    return tuple(key.partition(".")[0] for key, value in prepared.items() if value == UNKNOWN and "." in key)


def may_be(person: Person, facts: Mapping[str, str]) -> bool:
    """Whether the facts can be this person's: the same number, else the same name, else nothing says otherwise."""
    if person.id_number and facts.get("id_number"):
        return person.id_number == facts["id_number"]
    if person.full_name and facts.get("full_name"):
        return fold(person.full_name) == fold(facts["full_name"])
    return True


def gaps(person: Person, facts: Mapping[str, str]) -> dict[str, str]:
    """The facts that the person lacks; none of somebody else."""
    return {name: value for name, value in facts.items() if not getattr(person, name)} if may_be(person, facts) else {}


def filled(person: Person, facts: Mapping[str, str]) -> Person:
    """The person with the gaps filled."""
    return replace(person, **gaps(person, facts))


def differences(role: str, person: Person, facts: Mapping[str, str]) -> Iterator[HomeDifference]:
    """What card, clerk or memory say otherwise; of somebody else only who they are."""
    names = facts if may_be(person, facts) else [name for name in _WHO if name in facts]
    for name in names:
        known, prepared = getattr(person, name), facts[name]
        if known and _told_apart(known, prepared):
            label = LABELS[name] if role == APPLICANT else f"{role_name(role)}, {LABELS[name].lower()}"
            yield HomeDifference(
                key=f"{role}.{name}", label=label, known=dates.shown(known), prepared=dates.shown(prepared)
            )


def _told_apart(known: str, prepared: str) -> bool:
    """A name or a place from a zone has no marks: then letters alone are compared."""
    if known.isascii():
        return fold(known) != fold(prepared)
    return " ".join(known.casefold().split()) != " ".join(prepared.casefold().split())
