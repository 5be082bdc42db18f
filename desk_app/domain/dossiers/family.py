"""Who is what to whom in a dossier, and who of a family may stand in which role of the next one. Pure.

A dossier says it by its roles: the mother and the child of a birth, the two of a marriage. What is drawn from it is an
offer to the clerk, never a fact: parents may have parted since.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum

from msgspec import Struct

from desk_app.domain.people.person import Person


class Kin(StrEnum):
    """What somebody is to a person."""

    MOTHER = "mother"
    FATHER = "father"
    CHILD = "child"
    SPOUSE = "spouse"
    PARENT_TOO = "parent-too"
    SELF = "self"


class Relative(Struct, frozen=True, kw_only=True):
    """A person, and what they are to the one who was asked about."""

    kin: Kin
    person: Person


_SAID: dict[tuple[str, str], Kin] = {
    ("child", "mother"): Kin.MOTHER,
    ("child", "father"): Kin.FATHER,
    ("mother", "child"): Kin.CHILD,
    ("father", "child"): Kin.CHILD,
    ("mother", "father"): Kin.PARENT_TOO,
    ("father", "mother"): Kin.PARENT_TOO,
    ("bride", "groom"): Kin.SPOUSE,
    ("groom", "bride"): Kin.SPOUSE,
    ("wife", "husband"): Kin.SPOUSE,
    ("husband", "wife"): Kin.SPOUSE,
}
"""What the second role is to the first in one dossier."""

_COUPLE = frozenset({Kin.SPOUSE, Kin.PARENT_TOO})
_FITS: dict[tuple[str, str], frozenset[Kin]] = {
    ("mother", "father"): _COUPLE,
    ("father", "mother"): _COUPLE,
    ("child", "mother"): frozenset({Kin.MOTHER}),
    ("child", "father"): frozenset({Kin.FATHER}),
    ("mother", "child"): frozenset({Kin.CHILD}),
    ("father", "child"): frozenset({Kin.CHILD}),
    # who registers a marriage may have a child together, and is not married yet
    ("bride", "groom"): frozenset({Kin.PARENT_TOO}),
    ("groom", "bride"): frozenset({Kin.PARENT_TOO}),
    ("wife", "husband"): _COUPLE,
    ("husband", "wife"): _COUPLE,
    **{
        ("applicant", role): frozenset({Kin.MOTHER, Kin.FATHER, Kin.CHILD, Kin.SPOUSE, Kin.PARENT_TOO})
        for role in ("deceased", "subject")
    },
}
"""Which relatives of the person in the first role may stand in the second."""

_SEX = {
    "mother": "Nữ",
    "bride": "Nữ",
    "wife": "Nữ",
    "father": "Nam",
    "groom": "Nam",
    "husband": "Nam",
}


def relatives(people: Mapping[str, Person], number: str) -> Iterator[Relative]:
    """Whom one dossier names beside the person of this number, and what they are to them; none without a name."""
    mine = [role for role, person in people.items() if number and person.id_number == number]
    for role in mine:
        for other, person in people.items():
            kin = _SAID.get((role, other))
            if kin is not None and person.full_name and person.id_number != number:
                yield Relative(kin=kin, person=person)


def relation_words(kin: Kin, sex: str) -> tuple[str, ...]:
    """What forms call somebody of this sex whose relative of this kin a paper is about: for a mother "Con"."""
    is_man = {"Nam": True, "Nữ": False}.get(sex)
    if kin in {Kin.MOTHER, Kin.FATHER}:
        return ("Con",)
    if is_man is None or kin not in {Kin.CHILD, Kin.SPOUSE}:
        return ()
    if kin is Kin.SPOUSE:
        return ("Chồng",) if is_man else ("Vợ",)
    return ("Cha", "Cha đẻ") if is_man else ("Mẹ", "Mẹ đẻ")


def may_stand(kin: Kin, *, beside: str, role: str) -> bool:
    """Whether a relative of the person in the role `beside` may be who is asked for in `role`."""
    return kin in _FITS.get((beside, role), frozenset())


def fits_sex(role: str, sex: str) -> bool:
    """Whether somebody of this sex may stand in the role; an unknown sex, and a role that asks for none, always fit."""
    wanted = _SEX.get(role)
    return not wanted or not sex or wanted == sex
