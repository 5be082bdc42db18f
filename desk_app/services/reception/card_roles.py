"""Whose card was just scanned: the role of a draft that the person on it takes. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from desk_app.domain.dossiers import family
from desk_app.domain.dossiers.fact_paths import APPLICANT
from desk_app.domain.people.person import Person
from desk_app.domain.text import fold


def role_of_card(
    card: Person,
    people: Mapping[str, Person],
    roles: Sequence[str],
    *,
    in_focus: str = "",
    prepared: Collection[str] = (),
) -> str:
    """The role for the person on a card: where the cursor is, else where they stand already, else who is missing.

    Those of `prepared`, whom nothing but a declaration from home names, give way to a card before anybody else does.

    `people` are those entered, by role; `roles` beside the applicant's in the form's order, `in_focus` one of them or
    "". Somebody else's place is taken only when nobody is missing. Of those missing the first that fits the sex on the
    card comes first.
    """
    missing = [role for role in (APPLICANT, *roles) if _is_missing(people.get(role))]
    if in_focus in missing and family.fits_sex(in_focus, card.sex):
        return in_focus
    for role in (APPLICANT, *roles):
        known = people.get(role)
        if known is not None and card.id_number and known.id_number == card.id_number:
            return role
    for role in (APPLICANT, *roles):
        if role in prepared and not people[role].id_number and fold(people[role].full_name) == fold(card.full_name):
            return role
    soft = [role for role in (APPLICANT, *roles) if role in prepared and role in people]
    fitting = [role for role in (*missing, *soft) if family.fits_sex(role, card.sex)]
    return next(iter((*fitting, *missing, *soft)), in_focus or APPLICANT)


def next_role(role: str, card: Person, people: Mapping[str, Person], roles: Sequence[str]) -> str:
    """Where the person goes when this role is the wrong one: the next empty role after it, going round; "" for none."""
    order = [APPLICANT, *roles]
    at = order.index(role) + 1 if role in order else 0
    others = [each for each in (*order[at:], *order[:at]) if each != role and _is_missing(people.get(each))]
    fitting = [each for each in others if family.fits_sex(each, card.sex)]
    return next(iter((*fitting, *others)), "")


def _is_missing(person: Person | None) -> bool:
    return person is None or not (person.full_name or person.id_number)
