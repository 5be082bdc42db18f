"""People as earlier dossiers knew them: the newest value of each fact, whatever role they had."""

from __future__ import annotations

import re
from collections.abc import Iterable

from msgspec.structs import replace

from desk_app.domain.dossiers.dossier import Dossier
from desk_app.domain.people import paper_number
from desk_app.domain.people.person import Person
from desk_app.store.database.database import DeskDatabase
from desk_app.store.journal import journal
from desk_app.store.queries import old_records, search

# Enough to fill every hole; somebody who comes daily must not cost more than somebody who came twice.
_DOSSIERS_READ = 10
_OF_PEOPLE = "role NOT GLOB 'organisation*'"
"""Numbers of organisations stand in the same table: a household business has its owner's."""
_NUMBER_BEGINS = re.compile(r"(?=[A-Z]*\d)[A-Z0-9]{4,12}", re.ASCII)


def by_id_number(db: DeskDatabase, number: str, *, besides: str = "") -> Person | None:
    """The person of this ID number, old or new; facts of newer dossiers win, holes are filled from older ones, and
    last from what imports brought of the time before. `besides` is the id of a dossier that is not asked.
    """
    if not number:
        return None
    known = _merged([*_named(db, number, besides), *old_records.people_of(db, number)])
    if known is not None and known.old_id_number and known.old_id_number != number:
        old = known.old_id_number
        known = _merged([known, *_named(db, old, besides), *old_records.people_of(db, old)])
    return known


def is_received(db: DeskDatabase, person: Person) -> bool:
    """Whether a dossier received here names this person's number."""
    numbers = {person.id_number, person.old_id_number} - {""}
    return any(
        db.one(f"SELECT 1 FROM person WHERE number = ? AND {_OF_PEOPLE} LIMIT 1", (number,)) for number in numbers
    )


def known(db: DeskDatabase, person: Person) -> Person | None:
    """Who this is, by the ID number, else by the old one."""
    return by_id_number(db, person.id_number) or by_id_number(db, person.old_id_number)


def find(db: DeskDatabase, text: str, *, limit: int = 8) -> list[Person]:
    """People whose ID or passport number begins so, or applicants the text finds by name, phone or code."""
    digits = paper_number.tidied(text)
    numbers: Iterable[str]
    if _NUMBER_BEGINS.fullmatch(digits):
        rows = db.all(
            f"SELECT DISTINCT number FROM person WHERE number >= ? AND number < ? AND {_OF_PEOPLE}"
            " ORDER BY number LIMIT ?",
            (digits, digits + "[", limit),
        )
        numbers = [number for (number,) in rows]
    else:
        numbers = []
    if not numbers:
        found = search.applicants(db, text, limit=limit * 4)
        numbers = list(dict.fromkeys(row.id_number for row in found if row.id_number))[:limit]
    people = (by_id_number(db, number) for number in numbers)
    known = {person.id_number: person for person in people if person is not None}
    for person in old_records.find_people(db, text, limit=limit) if len(known) < limit else ():
        same = person.id_number or person.old_id_number or f"{person.full_name} {person.born_on}"
        known.setdefault(same, by_id_number(db, person.id_number) or person)
    return list(known.values())[:limit]


def dossiers_naming(db: DeskDatabase, number: str, *, besides: str = "") -> list[Dossier]:
    """The newest dossiers in which somebody has this number, newest first, each once; `besides` as above."""
    rows = db.all(
        "SELECT DISTINCT d.dossier FROM person p JOIN dossier d ON d.id = p.dossier"
        f" WHERE p.number = ? AND {_OF_PEOPLE} AND d.dossier <> ? ORDER BY p.dossier DESC LIMIT ?",
        (number, besides, _DOSSIERS_READ),
    )
    return [journal.dossier(db, dossier) for (dossier,) in rows]


def _named(db: DeskDatabase, number: str, besides: str) -> list[Person]:
    """The person of this number in the newest dossiers, newest first."""
    rows = db.all(
        "SELECT d.dossier, p.role FROM person p JOIN dossier d ON d.id = p.dossier"
        f" WHERE p.number = ? AND {_OF_PEOPLE} AND d.dossier <> ? ORDER BY p.dossier DESC, p.role LIMIT ?",
        (number, besides, _DOSSIERS_READ),
    )
    return [journal.dossier(db, dossier).people[role] for dossier, role in rows]


def _merged(people: list[Person]) -> Person | None:
    if not people:
        return None
    newest, *older = people
    for person in older:
        holes = {
            name: getattr(person, name)
            for name in Person.__struct_fields__
            if not getattr(newest, name) and getattr(person, name)
        }
        newest = replace(newest, **holes) if holes else newest
    return newest


def every_number(db: DeskDatabase) -> frozenset[str]:
    """The numbers of all people whom dossiers received here name."""
    return frozenset(number for (number,) in db.all(f"SELECT DISTINCT number FROM person WHERE {_OF_PEOPLE}"))
