"""Values for every blank of a form: full, empty, and longer than any blank; the people are invented."""

from __future__ import annotations

from msgspec.structs import replace

from desk_app.documents.forms.form_records import Form, FormField
from desk_app.documents.values import values_of
from desk_app.domain.dossiers.fact_paths import FactPath, fact_name
from desk_app.domain.people.person import Person
from desk_app.services.papers import sample
from tests.kit.paper import papers

CASES = ("full", "empty", "over")
LONG = "Giá trị rất dài ghi cho hết chỗ trống và sang dòng kế tiếp mà không được mất một chữ nào của người khai"
_NAMES = ("Lò Văn Thử", "Giàng A Mẫu", "H'Mẫu Ê-ban", "Nguyễn Thị Hoàng Thử Nghiệm", "Trần Quốc Mẫu")


def values(form: Form, case: str) -> dict[str, object]:
    """Text by key as a dossier gives it, every question answered; nothing for "empty".

    In "over" every free text is longer than its blank.
    """
    if case == "empty":
        return {}
    fields = {
        field.key: _answer(field, number, is_long=case == "over")
        for number, field in enumerate(form.fields)
        if field.ask and not FactPath.of_key(field.key).is_persons
    }
    roles = dict.fromkeys(field.role for field in form.fields if FactPath.of_key(field.key).is_persons)
    people = {role: _person(number, is_long=case == "over") for number, role in enumerate(("applicant", *roles))}
    received = papers.dossier(people=people, fields=fields)
    step = sample.step(form)
    if step is not None:
        step = replace(step, payload=replace(step.payload, fields={}))
    return values_of(received, papers.PROCEDURE, step)


def _person(number: int, *, is_long: bool) -> Person:
    name = f"{_NAMES[number % len(_NAMES)]} {chr(ord('A') + number % 20)}"
    person = replace(
        papers.MOTHER,
        full_name=f"{name} {LONG}" if is_long else name,
        id_number=f"0011900000{number:02d}",
        email=f"thu{number}@mau.vn",
        sex=("Nữ", "Nam")[number % 2],
    )
    return replace(person, residence=f"{person.residence}; {LONG}") if is_long else person


def _answer(field: FormField, number: int, *, is_long: bool) -> str:
    """The first choice, a day, or a text of its own for each key."""
    if field.choices:
        return field.choices[0]
    by_kind = {"date": f"20{number % 20 + 10:02d}-0{number % 8 + 1}-1{number % 9}", "number": str(number % 9 + 1)}
    by_kind["yes_no"] = "Có"
    said = f"{fact_name(field.label).strip('.')[:24]} {number}"
    return by_kind.get(field.kind) or (f"{said}: {LONG}" if is_long else said)
