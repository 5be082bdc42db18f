"""What reception offers: every procedure, and the bundles of them as if each were one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from msgspec.structs import replace

from desk_app.documents.forms import conditions
from desk_app.documents.forms.form_records import Form
from desk_app.documents.forms.questions import accepted
from desk_app.domain.calendar.moments import VIETNAM
from desk_app.domain.linked.bundle import SOURCE, Bundle, LinkedProcedure, made_of, narrowed
from desk_app.domain.procedures.procedure import Procedure
from desk_app.errors import UnknownProcedureError
from desk_app.errors.linked import BundleIncompleteError
from desk_app.services.catalogue import procedure_choices
from desk_app.services.desk.desk import Desk
from desk_app.services.linked import bundles
from desk_app.services.reception.draft import Draft
from desk_app.services.service_days import service_days
from desk_app.store.reference import catalogue
from desk_app.store.reference.catalogue import Choice

FIELD = "Liên thông"
"""The field under which the chooser lists bundles."""


def choices(desk: Desk) -> list[Choice]:
    """Procedures in force today as `procedure_choices.choices` gives them, then the bundles in force."""
    on = desk.today().isoformat()
    found = bundles.in_force(desk, on)
    keys = {bundle.key for bundle in found}
    procedures = [each for each in procedure_choices.choices(desk) if each.code not in keys]
    return procedures + [_choice(bundle) for bundle in found]


def codes_of(desk: Desk, offered: Sequence[Choice]) -> dict[str, tuple[str, ...]]:
    """By the code of a choice the codes of its procedures: its own, of a bundle those of its members."""
    members = {
        bundle.key: tuple(member.procedure for member in bundle.members)
        for bundle in bundles.in_force(desk, desk.today().isoformat())
    }
    return {each.code: members.get(each.code, (each.code,)) for each in offered}


def in_force(desk: Desk, code: str, on: str, fields: Mapping[str, str] | None = None) -> Procedure:
    """The procedure, or the bundle of that name as one; of a bundle only the procedures that `fields`, the answers
    as typed, ask for. Raises `UnknownProcedureError`, `BundleIncompleteError`.
    """
    bundle = bundles.find(desk, code, on)
    if bundle is None:
        return catalogue.in_force(desk.db, code, on)
    linked = whole(desk, bundle, on)
    return linked if fields is None else wanted(desk, linked, fields, on)


def of_draft(desk: Desk, draft: Draft, moment: datetime) -> Procedure:
    """What this draft is about, on the day of a moment; of a bundle only what its answers ask for."""
    on = moment.astimezone(VIETNAM).date().isoformat()
    if bundles.find(desk, draft.procedure, on) is None:
        return service_days.procedure_on(desk, draft.procedure, moment)
    return in_force(desk, draft.procedure, on, {**draft.prepared, **draft.fields})


def whole(desk: Desk, bundle: Bundle, on: str) -> LinkedProcedure:
    """The bundle with all its procedures. Raises `BundleIncompleteError`."""
    known = {}
    for member in bundle.members:
        try:
            found = catalogue.in_force(desk.db, member.procedure, on)
        except UnknownProcedureError:
            continue
        named = () if bundle.form else desk.forms.of_procedure(found.code, found.forms, on)
        known[member.procedure] = replace(found, forms=tuple(form.id for form in named)) if named else found
    title = desk.forms.in_force(bundle.form, on).title if bundle.form else ""
    try:
        return made_of(bundle, known, declaration=title)
    except KeyError as error:
        raise BundleIncompleteError(title=bundle.title, code=error.args[0]) from error


def wanted(desk: Desk, linked: LinkedProcedure, fields: Mapping[str, str], on: str) -> LinkedProcedure:
    """Only the procedures that the answers ask for; an answer of a list counts however it was typed."""
    forms = [desk.forms.in_force(form, on) for form in linked.forms]
    said = {field.key: field.default for form in forms for field in form.fields if field.default}
    said |= {key: _entry(forms, key, answer) for key, answer in fields.items()}
    return narrowed(linked, lambda when: conditions.holds(when, said))


def _entry(forms: list[Form], key: str, answer: str) -> str:
    field = next((each for form in forms for each in form.fields if each.key == key), None)
    return answer if field is None else accepted(field, answer) or answer


def _choice(bundle: Bundle) -> Choice:
    title = bundle.title
    return Choice(code=bundle.key, title=title, name=title, field_name=FIELD, used=0, source=SOURCE)
