"""Receiving a dossier: what the law says of a draft, and its one durable step into the journal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from msgspec.structs import replace

from desk_app.documents.forms.form_records import FormField
from desk_app.documents.values import ORIGINAL, office_values
from desk_app.domain import papers
from desk_app.domain.calendar.moments import VIETNAM, milliseconds
from desk_app.domain.dossiers import dossier
from desk_app.domain.dossiers.dossier import Dossier
from desk_app.domain.dossiers.events import FormVersion, Received
from desk_app.domain.dossiers.steps import Action
from desk_app.domain.linked.bundle import leading
from desk_app.domain.mistakes.mistake import Mistake, Weight
from desk_app.domain.organisations.organisation import from_answers, is_fact
from desk_app.domain.people import person
from desk_app.domain.people.person import Person
from desk_app.domain.permissions import Permission
from desk_app.domain.procedures.procedure import Procedure
from desk_app.domain.text import nfc
from desk_app.errors import MissingFactError, NumbersUnknownError
from desk_app.services.accounts import session
from desk_app.services.catalogue.procedure_choices import choices, first_procedure
from desk_app.services.catalogue.procedure_papers import (
    asked_of,
    forms_of,
    papers_named,
    presence_of,
    told_of,
    usual_copies,
)
from desk_app.services.desk.desk import Desk
from desk_app.services.linked import offered, splitting
from desk_app.services.messages import queueing
from desk_app.services.payments import fee_law
from desk_app.services.reception import codes, due_and_fee, remarks, validation
from desk_app.services.reception.doubts import Doubt, doubts
from desk_app.services.reception.draft import Answers, Draft, answers, default_ticks, is_somebody
from desk_app.services.reception.outlook import Outlook, unchosen
from desk_app.services.service_days import holds, service_days
from desk_app.store.journal import journal
from desk_app.store.peers import sync_state
from desk_app.store.queries import dossiers
from desk_app.store.reference import drafts

__all__ = ["Outlook", "choices", "first_procedure", "forms_of", "keys", "papers_named"]

_CLOCK_SLACK = timedelta(minutes=10)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceptionResult:
    """A dossier in the journal, the papers it owes, and what the clerk should know. `again`: it was saved before."""

    dossier: Dossier
    papers: tuple[str, ...]
    warnings: tuple[str, ...]
    again: bool = False


def new_draft(procedure: str) -> Draft:
    return Draft(id=journal.new_dossier_id(), procedure=procedure)


def keys(desk: Desk, procedure: str) -> frozenset[str]:
    """The keys of every question a procedure's forms may ask. Raises `UnknownProcedureError`."""
    now = desk.now()
    found = offered.in_force(desk, procedure, now.date().isoformat())
    return frozenset(question.key for question in asked_of(desk, found, now, for_organisation=True))


def outlook(desk: Desk, draft: Draft) -> Outlook:
    """What the law and the calendar say of `draft` now; records nothing. Raises `UnknownProcedureError`."""
    now = desk.now()
    if not draft.procedure:
        return unchosen(draft.people, codes.expected(desk, now), usual_wish=queueing.usual_wish(desk))
    procedure = offered.of_draft(desk, draft, now)
    draft = due_and_fee.fitting(draft, procedure)
    due, warnings = due_and_fee.due_of(desk, draft, procedure, now, strict=False)
    warnings = [
        *holds.told(desk, procedure, now),
        *warnings,
        *splitting.told_of_bundle(procedure),
        *due_and_fee.gaps(draft, procedure),
    ]
    warnings += told_of(desk, procedure, now, draft.extra_forms)
    copies = _copies(desk, draft, procedure, now)
    fee = due_and_fee.fee_of_draft(draft, procedure, now.date(), copies=copies, strict=False)
    said = _answers(desk, draft, procedure, now, strict=False)
    id_number = said.people["applicant"].id_number
    similar = tuple(dossiers.similar_open(desk.db, id_number, leading(procedure).code)) if id_number else ()
    if similar:
        warnings.append(f"Người này đang có {len(similar)} hồ sơ cùng thủ tục chưa trả kết quả.")
    return Outlook(
        code=codes.expected(desk, now),
        due_at=due,
        due_text=due_and_fee.due_text(due, draft),
        limit_text=splitting.limit_words(desk, procedure, now, due),
        fee=fee,
        fee_text=fee.told(),
        fee_hint=due_and_fee.fee_hint(fee, procedure),
        components=procedure.components,
        questions=said.questions,
        people=said.people,
        warnings=tuple(warnings),
        asks_due="limit" in procedure.unsure,
        asks_documents=procedure.document_list,
        asks_copies=due_and_fee.asks_copies(procedure),
        copies=copies,
        asks_fee=due_and_fee.asks_fee(procedure),
        can_hand_over=procedure.at_once,
        similar=similar,
        presence=tuple(presence_of(desk, procedure, now, draft.extra_forms)),
        mistakes=remarks.of_answers(said, _asked(desk, draft, procedure, now), procedure, now.date()),
        differing=said.differing,
        exemptions=fee_law.exemptions_for(procedure, now.date().isoformat()),
        service_days=service_days.told_of(desk, procedure, now),
        usual_wish=queueing.usual_wish(desk),
    )


def receive(desk: Desk, draft: Draft, *, at: datetime | None = None) -> ReceptionResult:
    """Put the dossier in the journal in one transaction, with its code, or change nothing.

    Refuses only what the record itself needs: no applicant, a date no calendar has, a procedure not in force, no
    number left, or what no paper could show (`validation`). The same draft a second time answers with the dossier it
    made, whose id proves whose it is (`domain.history.founding`). What was kept of the draft goes with it.
    """
    with session.deed(desk, Permission.RECEIVE) as done:
        moment = (at or done.now).astimezone(VIETNAM)
        drafts.forget(desk.db, drafts.RECEPTION, draft.id)
        made = journal.made_of(desk.db, draft.id, at=milliseconds(moment))
        if made:
            return _receipt(dossier.fold(made), (), again=True)
        if not draft.procedure:
            raise MissingFactError(field="procedure", label="Thủ tục")
        procedure = offered.of_draft(desk, draft, moment)
        received, warnings = _received(desk, draft, procedure, moment)
        parts = splitting.parts(desk, draft.id, procedure, received, moment)
        recorded = [done.record(part, dossier=id_, at=at) for id_, part in parts]
        events = recorded[:1]
        if draft.hand_over and procedure.at_once:
            step = dossier.take_step(dossier.fold(events), Action.HAND_OVER, collector=received.people["applicant"])
            events.append(done.record(step, dossier=events[0].dossier, at=at))
        kept = queueing.after_reception(desk, done, dossier.fold(events), agrees=draft.messages)
        for other in recorded[1:]:
            queueing.with_wish(done, dossier.fold([other]), draft.messages)
    return _receipt(kept, tuple(warnings), again=False)


def asked_back(desk: Desk, draft: Draft) -> tuple[Doubt, ...]:
    """What is asked before `draft` is saved; raises first whatever `receive` would refuse. Records nothing."""
    now = desk.now()
    if not draft.procedure or journal.made_of(desk.db, draft.id, at=milliseconds(now)):
        return ()  # `receive` says what is missing, or answers with the dossier saved before
    procedure = offered.of_draft(desk, draft, now)
    _whole(desk, draft, procedure, now)
    asked = (each for each in mistakes(desk, draft, procedure, now) if each.weight is Weight.ASKED)
    held = (Doubt("procedure", said) for said in holds.told(desk, procedure, now))
    return (*held, *doubts(desk, draft, procedure), *(Doubt(each.field, each.text) for each in asked))


def mistakes(desk: Desk, draft: Draft, procedure: Procedure, moment: datetime) -> tuple[Mistake, ...]:
    """The classic mistakes of a draft, by itself and against earlier dossiers. Raises what an answer is refused for."""
    said = _answers(desk, draft, procedure, moment, strict=True)
    found = remarks.of_answers(said, _asked(desk, draft, procedure, moment), procedure, moment.date())
    return (*found, *remarks.of_memory(desk, said.people, procedure))


def mistakes_by_memory(desk: Desk, people: Mapping[str, Person], procedure: str) -> tuple[Mistake, ...]:
    """What earlier dossiers say against the people of a draft. Raises `UnknownProcedureError`."""
    found = offered.in_force(desk, procedure, desk.today().isoformat())
    return remarks.of_memory(desk, people, found)


def unsaved(desk: Desk, draft: Draft) -> tuple[Dossier, Procedure]:
    """The dossier `draft` would make, the leading one of a bundle; as `unsaved_parts`."""
    return unsaved_parts(desk, draft)[0]


def unsaved_parts(desk: Desk, draft: Draft) -> list[tuple[Dossier, Procedure]]:
    """The dossiers `draft` would make, for a preview: the code is the one expected, nothing is refused or recorded."""
    now = desk.now()
    procedure = offered.of_draft(desk, draft, now)
    draft = due_and_fee.fitting(draft, procedure)
    due, _ = due_and_fee.due_of(desk, draft, procedure, now, strict=False)
    payload = _payload(desk, draft, procedure, now, due=due, code=codes.expected(desk, now), strict=False)
    parts = splitting.previewed(desk, draft.id, procedure, payload, now)
    return [(queueing.foreseen_wish(desk, dossier, draft.messages), part) for dossier, part in parts]


def _receipt(kept: Dossier, warnings: tuple[str, ...], *, again: bool) -> ReceptionResult:
    return ReceptionResult(dossier=kept, papers=papers.owed_at_reception(kept), warnings=warnings, again=again)


def _received(desk: Desk, draft: Draft, procedure: Procedure, moment: datetime) -> tuple[Received, list[str]]:
    """The reception event with a final code; takes the number, so it must stand inside the transaction."""
    payload, warnings = _whole(desk, draft, procedure, moment)
    if sync_state.get(desk.db).numbers_unknown:
        raise NumbersUnknownError
    code, is_nearly_used = codes.taken(desk, moment)
    if is_nearly_used:
        warnings.append("Dải số hồ sơ của quầy hôm nay sắp hết.")
    return replace(payload, code=code), warnings


def _whole(desk: Desk, draft: Draft, procedure: Procedure, moment: datetime) -> tuple[Received, list[str]]:
    """The reception event under a stand-in code, and its warnings: a refusal must not use up a number."""
    passed = holds.passed(desk, procedure, moment)
    due, warnings = due_and_fee.due_of(desk, draft, procedure, moment, strict=True)
    if due is None and not draft.hand_over:
        raise MissingFactError(field="due", label="Ngày hẹn trả")
    warnings = [*holds.told(desk, procedure, moment), *warnings]
    last = dossiers.last_received_at(desk.db)
    if last and milliseconds(moment) < last - _CLOCK_SLACK // timedelta(milliseconds=1):
        warnings.append("Giờ tiếp nhận sớm hơn hồ sơ gần nhất: kiểm tra lại ngày giờ của máy tính.")
    warnings += [each.text for each in doubts(desk, draft, procedure) if each.field != "due_on"]  # `due_of` warns of it
    payload = _payload(desk, draft, procedure, moment, due=due, code="-", strict=True)
    payload = replace(payload, service_days=service_days.kept_under(desk, procedure, moment), holds=passed)
    labels = {field.key: field.label for field in _asked(desk, draft, procedure, moment)}
    validation.refuse_unprintable(payload, labels)
    found = mistakes(desk, draft, procedure, moment)
    remarks.refuse(found, labels)
    warnings += [each.text for each in found]
    person.checked(payload.people["applicant"])
    for role, other in payload.people.items():
        if role != "applicant":
            person.checked(other, role=role, needs_name=False)
    return payload, warnings


def _payload(
    desk: Desk, draft: Draft, procedure: Procedure, moment: datetime, *, due: datetime | None, code: str, strict: bool
) -> Received:
    validation.refuse_numbers(draft)
    said = _answers(desk, draft, procedure, moment, strict=strict)
    organisations, fields = from_answers(said.fields)
    copies = _copies(desk, draft, procedure, moment)
    return Received(
        code=code,
        procedure=procedure.code,
        procedure_version=procedure.version,
        people={role: known for role, known in said.people.items() if is_somebody(role, known, draft)},
        organisations=organisations,
        fields=fields,
        received_at=milliseconds(moment),
        due_at=milliseconds(due) if due else 0,
        office=desk.office,
        components=draft.ticked if draft.ticked is not None else default_ticks(procedure),
        documents=tuple(replace(each, name=nfc(each.name) or ORIGINAL) for each in draft.documents),
        forms=tuple(
            FormVersion(form=form.id, version=form.version)
            for form in forms_of(desk, procedure, moment, draft.extra_forms)
        ),
        sets=draft.sets,
        fee=due_and_fee.fee_of_draft(draft, procedure, moment.date(), copies=copies, strict=strict),
        return_by=draft.return_by,
        note=nfc(draft.note),
        card=draft.card,
        channel=draft.channel,
        prepared=said.from_home,
    )


def _answers(desk: Desk, draft: Draft, procedure: Procedure, moment: datetime, *, strict: bool) -> Answers:
    said = answers(
        draft,
        _asked(desk, draft, procedure, moment),
        office_values(desk.office),
        today=moment.date(),
        strict=strict,
    )
    if due_and_fee.asks_copies(procedure):
        said.fields["copies"] = str(_copies(desk, draft, procedure, moment))
    return said


def _asked(desk: Desk, draft: Draft, procedure: Procedure, moment: datetime) -> tuple[FormField, ...]:
    speaks = any(is_fact(key) for key in draft.fields)
    return asked_of(desk, procedure, moment, draft.extra_forms, for_organisation=speaks)


def _copies(desk: Desk, draft: Draft, procedure: Procedure, moment: datetime) -> int:
    return usual_copies(desk, procedure, moment, draft.extra_forms) if draft.copies is None else draft.copies
