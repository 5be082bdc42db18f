"""What is remembered of the time before: where a person is known from, and old dossiers that a text finds."""

from __future__ import annotations

from desk_app.domain.calendar.moments import shown_day
from desk_app.domain.people.person import Person
from desk_app.services.desk.desk import Desk
from desk_app.store.queries import old_records, people
from desk_app.store.queries.old_records import OldFind

__all__ = ["OldFind", "dossiers_of", "find_all", "find_dossiers", "source_of", "told_source"]


def source_of(desk: Desk, person: Person) -> str:
    """Which import somebody is known from, in words; "" for one whom a dossier received here names, or nobody knows."""
    if people.is_received(desk.db, person):
        return ""
    numbers = (person.id_number, person.old_id_number)
    found = [one for number in numbers for one in old_records.of_number(desk.db, number, limit=1)]
    if not found and not any(numbers):
        found = old_records.of_nameless(desk.db, person)
    return told_source(found[0]) if found else ""


def told_source(found: OldFind) -> str:
    """ "tệp dan-cu.xlsx, dòng 12, nhập ngày 20/11/2026"."""
    return f"tệp {found.source}, dòng {found.line}, nhập ngày {shown_day(found.at)}"


def find_dossiers(desk: Desk, text: str, *, limit: int = 20) -> list[OldFind]:
    """Old dossiers whose code, number or name the text means. May be asked of a reader."""
    return old_records.find_dossiers(desk.db, text, limit=limit)


def dossiers_of(desk: Desk, person: Person, *, limit: int = 20) -> tuple[str, ...]:
    """The old dossiers of somebody, a line each."""
    return tuple(one.told for one in old_records.dossiers_of(desk.db, person, limit=limit))


def find_all(desk: Desk, text: str, *, limit: int = 50) -> list[OldFind]:
    """Old dossiers and people whose code, number or name the text means."""
    return old_records.find_all(desk.db, text, limit=limit)
