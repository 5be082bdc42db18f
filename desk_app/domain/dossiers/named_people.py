"""Everybody a dossier names beside the applicant: people and organisations by role, names typed as answers."""

from __future__ import annotations

import re

from msgspec import Struct

from desk_app.domain.dossiers.dossier import Dossier
from desk_app.domain.people.person import Person
from desk_app.domain.text import fold

_NAME_KEY = re.compile(r"(.*[._])?(full_name|name|names)")
_HAS_DIGIT = re.compile(r"\d")
_MOST = 40


class NamedPerson(Struct, frozen=True, array_like=True):
    """What search compares of one person, as it is kept; `numbers` are those of papers, new and old."""

    name: str
    numbers: tuple[str, ...] = ()
    phone: str = ""


def others_named(dossier: Dossier) -> tuple[NamedPerson, ...]:
    """The people of the dossier beside the applicant, roles in order of their names; nobody twice, at most 40."""
    applicant = dossier.people.get("applicant") or Person(full_name="")
    found = [_named(person) for role, person in sorted(dossier.people.items()) if role != "applicant"]
    for named in dossier.organisations.values():
        found += [NamedPerson(named.name, (named.number,), named.telephone), NamedPerson(named.head)]
    found.append(NamedPerson("", (applicant.old_id_number, applicant.document_number)))
    found += [
        NamedPerson(answer)
        for key, answer in sorted(dossier.fields.items())
        if _NAME_KEY.fullmatch(key) and not _HAS_DIGIT.search(answer)
    ]
    names, numbers, phones = {"", fold(applicant.full_name)}, {"", applicant.id_number}, {"", applicant.phone}
    others = []
    for one in found:
        name = one.name if fold(one.name) not in names else ""
        fresh = tuple(number for number in one.numbers if number not in numbers)
        phone = one.phone if one.phone not in phones else ""
        if name or fresh or phone:
            others.append(NamedPerson(name, fresh, phone))
        names.add(fold(one.name))
        numbers.update(one.numbers)
        phones.add(one.phone)
    return tuple(others[:_MOST])


def _named(person: Person) -> NamedPerson:
    return NamedPerson(person.full_name, (person.id_number, person.old_id_number, person.document_number), person.phone)
