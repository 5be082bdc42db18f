"""The family of whoever is in a draft, from this desk's earlier dossiers: offered, never filled in unasked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from desk_app.documents.forms.form_records import FormField
from desk_app.domain.calendar import dates
from desk_app.domain.calendar.moments import day_in_vietnam
from desk_app.domain.dossiers import family
from desk_app.domain.dossiers.dossier import Dossier
from desk_app.domain.dossiers.fact_paths import APPLICANT
from desk_app.domain.dossiers.family import Kin, Relative
from desk_app.domain.people.person import Person
from desk_app.domain.text import fold
from desk_app.services.catalogue.procedure_papers import asked_of
from desk_app.services.desk.desk import Desk
from desk_app.services.linked import offered
from desk_app.store.queries import people as known_people

_MOST = 3
"""Offers for one role: more are a list to read, no help."""


class FamilyOffer(Struct, frozen=True, kw_only=True):
    """Somebody for an empty role: what they are to whom, and the dossier that says so (its code and ISO day).

    `answers` by question key are what that dossier says of the family itself, as a clerk would type it. With
    `Kin.SELF` nobody is to be put anywhere: the person stands in the role, and the answers are about them.
    `before` is the question, or the beginning of the questions, that the offer stands above.
    """

    role: str
    kin: Kin
    of: str
    person: Person
    code: str
    on: str
    answers: dict[str, str] = {}
    before: str = ""


def offers(
    desk: Desk, people: Mapping[str, Person], empty: Sequence[str], procedure: str = ""
) -> tuple[FamilyOffer, ...]:
    """Relatives of the people in a draft for its empty roles, newest dossiers first; nobody who stands in it already.

    `people` by role as the draft has them, `empty` the roles that a card could fill; the forms of `procedure` say
    which answers are the family's. A relative known by the number comes with everything the desk knows of them today.
    Raises `UnknownProcedureError`.
    """
    found: list[FamilyOffer] = []
    fields = _asked(desk, procedure) if procedure else ()
    asked = tuple(field.key for field in fields if field.family)
    here = {person.id_number for person in people.values() if person.id_number}
    for role in empty:
        offered: dict[str, FamilyOffer] = {}
        for offer in _for_role(desk, people, role, asked):
            same = offer.person.id_number or offer.person.full_name
            if offer.person.id_number not in here or not offer.person.id_number:
                offered.setdefault(same, offer)
        found += list(offered.values())[:_MOST]
    relation = next((field for field in fields if field.key == "relation"), None)
    found = [_with_relation(offer, people, relation) for offer in found]
    return (*found, *_of_themselves(desk, people, fields))


def _with_relation(offer: FamilyOffer, people: Mapping[str, Person], relation: FormField | None) -> FamilyOffer:
    """What the applicant is to their own relative goes without saying, where the form asks for it in such a word."""
    mine = people.get(APPLICANT)
    offer = replace(offer, before=f"{offer.role}.")
    if relation is None or mine is None or offer.of != mine.full_name or offer.role not in {"deceased", "subject"}:
        return offer
    words = {fold(word) for word in family.relation_words(offer.kin, mine.sex)}
    said = next((choice for choice in relation.choices if fold(choice) in words), "")
    return replace(offer, answers={**offer.answers, relation.key: said}) if said else offer


def _of_themselves(desk: Desk, people: Mapping[str, Person], fields: Sequence[FormField]) -> Iterator[FamilyOffer]:
    """What the newest earlier dossier about the same person says that this one asks as well."""
    for role in dict.fromkeys(field.about for field in fields if field.about):
        person = people.get(role)
        if person is None or not person.id_number:
            continue
        mine = [field for field in fields if field.about == role]
        for dossier in known_people.dossiers_naming(desk.db, person.id_number):
            if (there := dossier.people.get(role)) is None or there.id_number != person.id_number:
                continue
            said = {field.key: _said(dossier, field) for field in mine}
            if any(said.values()):
                first = next(field for field in fields if field.section == mine[0].section)
                yield FamilyOffer(
                    role=role,
                    kin=Kin.SELF,
                    of=person.full_name,
                    person=person,
                    code=dossier.code,
                    on=day_in_vietnam(dossier.received_at).isoformat(),
                    answers={key: text for key, text in said.items() if text},
                    before=first.key,
                )
                break


def _said(dossier: Dossier, field: FormField) -> str:
    return next(
        (dates.shown(dossier.answers[key]) for key in (field.key, *field.known_as) if dossier.answers.get(key)), ""
    )


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


def _asked(desk: Desk, procedure: str) -> tuple[FormField, ...]:
    """The questions of the procedure, also those not asked yet."""
    now = desk.now()
    return asked_of(desk, offered.in_force(desk, procedure, now.date().isoformat()), now)
