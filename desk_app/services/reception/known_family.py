"""The family of whoever is in a draft, from this desk's earlier dossiers: offered, never filled in unasked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from desk_app.domain.calendar import dates
from desk_app.domain.calendar.moments import day_in_vietnam
from desk_app.domain.dossiers import family
from desk_app.domain.dossiers.dossier import Dossier
from desk_app.domain.dossiers.family import Kin, Relative
from desk_app.domain.people.person import Person
from desk_app.services.catalogue.procedure_papers import asked_of
from desk_app.services.desk.desk import Desk
from desk_app.store.queries import people as known_people
from desk_app.store.reference import catalogue

_MOST = 3
"""Offers for one role: more are a list to read, no help."""


class FamilyOffer(Struct, frozen=True, kw_only=True):
    """Somebody for an empty role: what they are to whom, and the dossier that says so (its code and ISO day).

    `answers` by question key are what that dossier says of the family itself, as a clerk would type it.
    """

    role: str
    kin: Kin
    of: str
    person: Person
    code: str
    on: str
    answers: dict[str, str] = {}


def offers(
    desk: Desk, people: Mapping[str, Person], empty: Sequence[str], procedure: str = ""
) -> tuple[FamilyOffer, ...]:
    """Relatives of the people in a draft for its empty roles, newest dossiers first; nobody who stands in it already.

    `people` by role as the draft has them, `empty` the roles that a card could fill; the forms of `procedure` say
    which answers are the family's. A relative known by the number comes with everything the desk knows of them today.
    Raises `UnknownProcedureError`.
    """
    found: list[FamilyOffer] = []
    asked = _of_family(desk, procedure) if procedure else ()
    here = {person.id_number for person in people.values() if person.id_number}
    for role in empty:
        offered: dict[str, FamilyOffer] = {}
        for offer in _for_role(desk, people, role, asked):
            same = offer.person.id_number or offer.person.full_name
            if offer.person.id_number not in here or not offer.person.id_number:
                offered.setdefault(same, offer)
        found += list(offered.values())[:_MOST]
    return tuple(found)


def _for_role(desk: Desk, people: Mapping[str, Person], role: str, asked: Sequence[str]) -> Iterator[FamilyOffer]:
    for beside, person in people.items():
        if beside == role or not person.id_number:
            continue
        for said, relative in _relatives(desk, person.id_number):
            if not family.may_stand(relative.kin, beside=beside, role=role):
                continue
            if not family.fits_sex(role, relative.person.sex):
                continue
            yield FamilyOffer(
                role=role,
                kin=relative.kin,
                of=person.full_name,
                person=known_people.known(desk.db, relative.person) or relative.person,
                code=said.code,
                on=day_in_vietnam(said.received_at).isoformat(),
                answers={key: dates.shown(said.fields[key]) for key in asked if said.fields.get(key)},
            )


def _relatives(desk: Desk, number: str) -> Iterator[tuple[Dossier, Relative]]:
    """Who is related to the person, by the newest dossiers that name them."""
    for dossier in known_people.dossiers_naming(desk.db, number):
        for relative in family.relatives(dossier.people, number):
            yield dossier, relative


def _of_family(desk: Desk, procedure: str) -> tuple[str, ...]:
    """The questions whose answers a family shares, also those not asked yet."""
    now = desk.now()
    found = catalogue.in_force(desk.db, procedure, now.date().isoformat())
    return tuple(field.key for field in asked_of(desk, found, now) if field.family)
