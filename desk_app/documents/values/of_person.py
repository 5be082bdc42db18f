"""What papers say of a person. Pure."""

from __future__ import annotations

from desk_app.documents.values.written import put
from desk_app.domain.calendar import dates
from desk_app.domain.people import id_number, paper_number
from desk_app.domain.people.person import Person

DEAD = "Đã chết"
"""What declarations say where the residence of somebody would stand who has died."""
_OLD_NUMBER = 9
"""The digits of a chứng minh nhân dân, which came before the căn cước."""


def put_person(values: dict[str, object], role: str, person: Person) -> None:
    for name in Person.__struct_fields__:
        put(values, f"{role}.{name}", getattr(person, name))
    if dates.is_plausible_year(person.born_on):
        values[f"{role}.born_on.words"] = dates.year_in_words(int(person.born_on))
    values[f"{role}.id_paper"] = id_paper(person)
    values[f"{role}.identity"] = identity(person)
    values[f"{role}.personal_number"] = person.personal_number


def identity(person: Person) -> str:
    """As note (3) of TT 04/2024/TT-BTP wants it: "Căn cước công dân số 001190000001 do Bộ Công an cấp ngày 20/08/2024".

    A number that nobody named by its paper is called what its shape says: twelve digits are the person's own.
    """
    number = person.document_number or person.id_number
    if not number:
        return ""
    text = f"{person.id_kind} số {number}" if person.id_kind else f"{_kind_of(person, number)} {number}"
    issued = ""
    if by := person.id_issued_by or person.issuing_country:
        issued = f" do {by} cấp"
    if person.id_issued_on:
        issued = f"{issued or ' cấp'} ngày {dates.shown(person.id_issued_on)}"
    return text + issued


def _kind_of(person: Person, number: str) -> str:
    if id_number.is_id_number(number):
        return "Số định danh cá nhân"
    if paper_number.is_foreign(nationality=person.nationality, issuing_country=person.issuing_country, kind=""):
        return f"{paper_number.PASSPORT} số"
    if len(number) == _OLD_NUMBER and number.isdecimal():
        return "Chứng minh nhân dân số"
    return "Giấy tờ số"


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
