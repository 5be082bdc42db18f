"""A person whom a form asks about in one entry, taken apart into a field for each fact."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from desk_app.documents.forms.form_records import FieldKind, FormField
from desk_app.domain.dossiers.fact_paths import death_key
from desk_app.domain.people.person import LABELS

PERSON = "person"

_LABELS = {
    "full_name": "Họ, chữ đệm, tên",
    "id_number": "Số định danh, căn cước",
    **{fact: LABELS[fact] for fact in ("born_on", "sex")},
    "residence": "Nơi cư trú",
    **{fact: LABELS[fact] for fact in ("phone", "email", "ethnicity", "nationality")},
    **{fact: LABELS[fact] for fact in ("id_kind", "id_issued_on", "id_issued_by")},
}
"""The facts that may be asked, as forms call them."""
_KINDS: dict[str, FieldKind] = {"born_on": "date", "id_issued_on": "date", "residence": "long"}
_OF_PAPER = ("id_kind", "id_issued_on", "id_issued_by")
"""What is asked of a paper that has another number, once that number is there."""
_SEXES = ("Nam", "Nữ")


def fact_problems(field: FormField) -> Iterator[str]:
    """What is wrong with an entry of kind "person", each a sentence."""
    if not field.facts:
        yield f"«{field.key}» là người nên cần facts"
    for fact in (*field.facts, *field.unless_numbered):
        if fact not in _LABELS:
            yield f"«{field.key}»: không hỏi được «{fact}» của một người"
    if "." in field.key:
        yield f"«{field.key}» là người nên khóa không có dấu chấm"


def taken_apart(fields: Sequence[FormField]) -> tuple[FormField, ...]:
    """Every entry of kind "person" as the fields of its facts, in their order.

    A fact that has an entry of its own is asked by that one, where it stands. The facts of `unless_numbered` are asked
    only of a person without a 12-digit number: note (2) of the forms of TT 04/2024/TT-BTP. Those about
    the paper wait for its number.
    """
    own = {field.key for field in fields}
    found: list[FormField] = []
    for field in fields:
        if field.kind == PERSON:
            found += (_asked(field, fact) for fact in field.facts if f"{field.key}.{fact}" not in own)
            if field.may_be_dead:
                found.append(_asked_death(field))
        else:
            found.append(field)
    return tuple(found)


def _asked_death(person: FormField) -> FormField:
    section = person.section or person.label
    when = " & ".join(part for part in (person.when, f"{person.key}.full_name") if part)
    key = death_key(person.key)
    return FormField(key=key, label="Đã chết", kind="yes_no", ask=True, aside=True, section=section, when=when)


def _asked(person: FormField, fact: str) -> FormField:
    numbered = f"!{person.key}.personal_number" if fact in person.unless_numbered else ""
    if numbered and fact in _OF_PAPER:
        numbered += f" & {person.key}.id_number"
    asked = FormField(
        key=f"{person.key}.{fact}",
        label=_LABELS.get(fact, fact),
        kind=_KINDS.get(fact, "text"),
        ask=True,
        section=person.section or person.label,
        when=" & ".join(part for part in (person.when, numbered) if part),
    )
    match fact:
        case "full_name":
            return replace(asked, hint=person.hint)
        case "sex":
            return replace(asked, kind="choice", choices=_SEXES)
        case "ethnicity":
            return replace(asked, kind="choice", choices_from="dan-toc", free=True)
        case "nationality":
            return replace(asked, default="Việt Nam")
        case _:
            return asked
