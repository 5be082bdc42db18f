"""What papers say of a person. Pure."""

from __future__ import annotations

from desk_app.documents.values.written import put
from desk_app.domain.calendar import dates
from desk_app.domain.people.person import Person


def put_person(values: dict[str, object], role: str, person: Person) -> None:
    for name in Person.__struct_fields__:
        put(values, f"{role}.{name}", getattr(person, name))
    values[f"{role}.id_paper"] = id_paper(person)
    values[f"{role}.personal_number"] = person.personal_number


def id_paper(person: Person) -> str:
    """An identity paper in one phrase: "Căn cước số 001190000001, do Bộ Công an cấp ngày 20/08/2024"."""
    if not person.id_number:
        return ""
    text = f"{person.id_kind or 'Căn cước/CCCD'} số {person.document_number or person.id_number}"
    by = person.id_issued_by or person.issuing_country
    if by:
        text += f", do {by}"
    elif person.id_issued_on:
        text += ","
    if person.id_issued_on:
        text += f" cấp ngày {dates.shown(person.id_issued_on)}"
    elif not person.id_issued_by and by:
        text += " cấp"
    return text
