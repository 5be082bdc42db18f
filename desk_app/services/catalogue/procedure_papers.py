"""The papers of a procedure: the forms it prints, what these ask, and what a citizen hands in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from msgspec.structs import replace

from desk_app.documents.forms import ending_law
from desk_app.documents.forms.form_records import Form, FormField
from desk_app.documents.values import is_by_hand
from desk_app.domain.dossiers.events import HandedIn
from desk_app.domain.linked.bundle import LinkedProcedure
from desk_app.domain.organisations.organisation import LABELS, is_fact
from desk_app.domain.papers import LINKED_SLIP, LINKED_SLIP_80, SLIP, SLIP_80
from desk_app.domain.procedures.procedure import ComponentUse, Procedure
from desk_app.errors import BadFactError
from desk_app.services.desk.desk import Desk
from desk_app.services.linked import offered
from desk_app.services.reception import due_and_fee
from desk_app.services.reception.draft import handed_in

_SECTION = "Nộp cho tổ chức, hộ kinh doanh"
_ORGANISATION = (
    FormField(key="organisation.number", label=LABELS["number"], section=_SECTION, ask=True),
    FormField(key="organisation.name", label=LABELS["name"], section=_SECTION, ask=True),
    *(
        FormField(
            key=f"organisation.{name}",
            label=LABELS[name],
            section=_SECTION,
            ask=True,
            when="organisation.name",
            sources=sources,
        )
        for name, sources in (("head", ("applicant.full_name",)), ("head_title", ()), ("address", ()))
    ),
)


def forms_of(desk: Desk, procedure: Procedure, moment: datetime, extra: Sequence[str] = ()) -> list[Form]:
    """The forms of a dossier of this procedure received at `moment`: its declarations, then both slips.

    `extra` are the ids of forms that the clerk added to it, here and below.
    """
    on = moment.date().isoformat()
    names = (LINKED_SLIP, LINKED_SLIP_80) if isinstance(procedure, LinkedProcedure) else (SLIP, SLIP_80)
    slips = [desk.forms.in_force(name, on) for name in names]
    return [*_declarations(desk, procedure, moment, extra), *slips]


def asked_of(
    desk: Desk,
    procedure: Procedure,
    moment: datetime,
    extra: Sequence[str] = (),
    *,
    for_organisation: bool = False,
) -> tuple[FormField, ...]:
    """The questions of the procedure's forms, each key once; nothing of a form that the citizen must write alone.

    `for_organisation`: also of whom the applicant comes for, where no form asks it.

    How many copies are wanted is asked beside the fee where that depends on them, and not a second time.
    """
    asked: dict[str, FormField] = {}
    for form in _declarations(desk, procedure, moment, extra):
        for field in () if is_by_hand(form, procedure) else form.fields:
            if field.ask and not (field.key == "copies" and due_and_fee.asks_copies(procedure)):
                asked.setdefault(field.key, field)
    return (*asked.values(), *_of_organisation(asked, is_wanted=for_organisation))


def _of_organisation(asked: Mapping[str, FormField], *, is_wanted: bool) -> tuple[FormField, ...]:
    """For whom the applicant comes: asked when the clerk wants it, or where the relation says an organisation."""
    if any(is_fact(key) for key in asked):
        return ()
    relation = asked.get("relation")
    speaking = [each for each in relation.choices if "tổ chức" in each] if relation is not None else []
    if is_wanted:
        return _ORGANISATION
    condition = f"relation={'|'.join(speaking)}"
    return tuple(
        replace(field, when=" & ".join(filter(None, (condition, field.when)))) for field in _ORGANISATION if speaking
    )


def usual_copies(desk: Desk, procedure: Procedure, moment: datetime, extra: Sequence[str] = ()) -> int:
    """How many copies the procedure's declarations take as asked for until somebody says a number."""
    fields = (field for form in _declarations(desk, procedure, moment, extra) for field in form.fields)
    default = next((field.default for field in fields if field.key == "copies" and field.ask), "")
    return int(default) if default.isdecimal() else 0


def presence_of(desk: Desk, procedure: Procedure, moment: datetime, extra: Sequence[str] = ()) -> list[str]:
    """Who must be there, who signs and before whom, each a sentence: of the forms, else of the catalogue."""
    forms = _declarations(desk, procedure, moment, extra)
    signing = [form.head.signing for form in forms if form.head.signing]
    if not signing and procedure.presence:
        return [procedure.presence]
    if not signing and forms:
        return ["Người yêu cầu, hoặc người được ủy quyền, ký tờ khai. Người khác nộp thay: xem giấy ủy quyền."]
    return signing


def told_of(desk: Desk, procedure: Procedure, moment: datetime, extra: Sequence[str] = ()) -> list[str]:
    """What a clerk must know of who signs, who writes and which law ends, each a sentence: of the forms, else of the
    catalogue.
    """
    forms = _declarations(desk, procedure, moment, extra)
    must = procedure.in_person or any(form.head.signing for form in forms)
    signing = presence_of(desk, procedure, moment, extra) if must else []
    writing = [f"In mẫu trống, không điền thay: {form.head.by_hand}" for form in forms if form.head.by_hand]
    if not procedure.prefill_allowed and not writing:
        basis = "; ".join(each.number for each in procedure.legal_basis) or "danh mục không ghi văn bản nào"
        writing = [f"In mẫu trống: danh mục ghi thủ tục này không được điền thay người dân (căn cứ: {basis})."]
    return [*signing, *writing, *_ending_laws(desk, forms, moment)]


def _declarations(desk: Desk, procedure: Procedure, moment: datetime, extra: Sequence[str]) -> list[Form]:
    return desk.forms.of_procedure(procedure.code, procedure.forms, moment.date().isoformat(), extra=extra)


def _ending_laws(desk: Desk, forms: Sequence[Form], moment: datetime) -> list[str]:
    """Of the forms whose law ends soon while their successor is unknown."""
    on = moment.date()
    alone = {form.id for form in ending_law.without_successor(desk.forms, on)}
    mine = [form for form in forms if form.id in alone]
    return [f"{form.title}: {ending_law.in_words(form.head.law_ends, on)}." for form in mine if form.head.law_ends]


def papers_named(desk: Desk, procedure: str, ids: Sequence[str]) -> tuple[HandedIn, ...]:
    """The papers with these ids, as handed in. Raises `BadFactError`, `UnknownProcedureError`."""
    found = offered.in_force(desk, procedure, desk.today().isoformat())
    known = {each.id: each for each in found.components if each.use is not ComponentUse.NOTE}
    if unknown := [name for name in ids if name not in known]:
        why = f"thủ tục này không có giấy tờ {unknown[0]}; có: {', '.join(known)}"
        raise BadFactError(field="components", label="Thành phần hồ sơ", why=why)
    return tuple(handed_in(known[name]) for name in dict.fromkeys(ids))
