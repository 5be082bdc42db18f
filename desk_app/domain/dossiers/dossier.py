"""The fold (events → dossier) and the rules (dossier, wish → event or refusal). No clock, no SQL, no Qt."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import TypedDict, Unpack

from msgspec.structs import replace

from desk_app.domain.custody import holding
from desk_app.domain.custody.custody_events import GivenToDesk, TakenAtDesk
from desk_app.domain.dossiers import course
from desk_app.domain.dossiers.changes import WEIGHTY, changed, check_change
from desk_app.domain.dossiers.dossier_state import STATUS, STEP, ConcurrentValue, Dossier
from desk_app.domain.dossiers.events import (
    Attached,
    ConflictSettled,
    Corrected,
    Defect,
    Noted,
    Printed,
    Received,
    Recorded,
    Stamp,
    StepTaken,
    StepTakenBack,
)
from desk_app.domain.dossiers.steps import ACTIONS, STOP_ASKED, Action, AnnulOutcome, Status
from desk_app.domain.handling import step_table, ways_out
from desk_app.domain.handling.reason_kinds import SuspensionClock
from desk_app.domain.history import founding
from desk_app.domain.messages.message_events import Contacted, MessageQueued, MessageSent
from desk_app.domain.organisations import organisation
from desk_app.domain.payments.money_events import Paid, PaidBack, Receipted
from desk_app.domain.people.person import Person
from desk_app.domain.procedures.procedure import Fee
from desk_app.errors import (
    BadFactError,
    MissingFactError,
    NothingToTakeBackError,
    OthersReturnError,
    StepRefusedError,
)

__all__ = ["STATUS", "ConcurrentValue", "Dossier", "advance", "correct", "fold", "settle", "take_back", "take_step"]


def fold(events: Iterable[Recorded]) -> Dossier:
    """The dossier these events make, in whatever order they came: they are taken by (lamport, log, seq).

    Of several receptions one makes the dossier (`founding.founder`). Raises `ValueError` when there is none.
    """
    found = founding.in_order(events)
    dossier: Dossier | None = None
    for place, event in enumerate(found):
        is_first, dossier = dossier is None, advance(dossier, event)
        if dossier is not None and is_first:
            later = [each for each in found[place + 1 :] if founding.order(each) > founding.order(event)]
            dossier = replace(dossier, taken_back=course.all_taken_back(later))
    if dossier is None:
        raise ValueError("no event receives this dossier")
    return dossier


def advance(dossier: Dossier | None, event: Recorded) -> Dossier | None:
    """One step of the fold, for an event later than all before it; an event before the reception changes nothing.

    A second reception of the id only stands beside the first (`Dossier.rivals`).
    """
    payload = event.payload
    if dossier is None:
        return _begun(event, payload) if isinstance(payload, Received) else None
    if isinstance(payload, Received):
        is_rival = dossier.founding is not None and not founding.is_same(dossier.founding, event)
        return replace(dossier, rivals=(*dossier.rivals, event)) if is_rival else dossier
    if payload is None or (dossier.founding and founding.order(event) < founding.order(dossier.founding)):
        return dossier
    return replace(_advanced(dossier, event), version=event.stamp)


def _advanced(dossier: Dossier, event: Recorded) -> Dossier:
    match event.payload:
        case Printed(papers=papers, copies=copies):
            prints = dict(dossier.prints)
            for paper in papers:
                prints[paper] = prints.get(paper, 0) + copies
            return replace(dossier, prints=prints)
        case Corrected() as corrected:
            return changed(dossier, event, corrected.changes, fee=corrected.fee)
        case ConflictSettled(path=path, value=value, fee=fee) if path != STATUS:
            return changed(dossier, event, {path: value}, fee=fee)
        case StepTaken() | ConflictSettled():
            return course.turned(dossier, event)
        case StepTakenBack() as back:
            return course.taken_back(dossier, event, back)
        case GivenToDesk(giver=giver, to=to):
            stamp, at, author = event.stamp, event.at, event.author
            held = holding.given(dossier.holding, giver, to, stamp=stamp, at=at, author=author)
            return replace(dossier, held=held)
        case TakenAtDesk(desk=desk):
            return replace(dossier, held=holding.taken(dossier.holding, desk, at=event.at))
        case _:
            return _with_more(dossier, event)


def _with_more(dossier: Dossier, event: Recorded) -> Dossier:
    """The dossier after an event that only adds to what is kept of it."""
    match event.payload:
        case Noted():
            return replace(dossier, notes=(*dossier.notes, event))
        case Attached() as file:
            return replace(dossier, attachments=(*dossier.attachments, file))
        case Paid() | PaidBack() | Receipted():
            return replace(dossier, money=(*dossier.money, event))
        case MessageQueued() | MessageSent() | Contacted():
            return replace(dossier, contacts=(*dossier.contacts, event))
        case _:
            return dossier


def _begun(event: Recorded, payload: Received) -> Dossier:
    organisations, fields = organisation.from_answers(payload.fields)  # as answers, before there was a role for them
    return Dossier(
        id=event.dossier,
        code=payload.code,
        status=Status.RECEIVED,
        procedure=payload.procedure,
        procedure_version=payload.procedure_version,
        people=payload.people,
        office=payload.office,
        received_at=payload.received_at,
        due_at=payload.due_at,
        first_due_at=payload.due_at,
        clerk=event.author,
        fields=fields,
        components=payload.components,
        documents=payload.documents,
        forms=payload.forms,
        sets=payload.sets,
        fee=payload.fee,
        return_by=payload.return_by,
        note=payload.note,
        card=payload.card,
        channel=payload.channel,
        organisations=organisations | payload.organisations,
        service_days=payload.service_days,
        holds=payload.holds,
        version=event.stamp,
        founding=event,
        held=holding.Holding(desk=event.desk, since=payload.received_at) if event.desk else None,
        linked=payload.linked if payload.linked is not None and payload.linked.has(event.dossier) else None,
    )


def correct(
    dossier: Dossier, changes: Mapping[str, str], *, reason: str = "", fee: Fee | None = None
) -> tuple[Corrected, dict[str, tuple[Stamp, ...]]]:
    """The event that changes these paths, and the stamps it has seen; refuses a path that cannot be changed.

    `domain.changes` names the paths. Refuses as well what a reception would (an applicant without name, a number or
    date of no known shape), and a weighty change without a reason. `fee` are the lines of a "fee.total" reckoned anew.
    """
    if not changes:
        raise MissingFactError(field="changes", label="Mục cần đính chính")
    for path, value in changes.items():
        check_change(dossier, path, value)
    if not WEIGHTY.isdisjoint(changes) and not reason.strip():
        raise MissingFactError(field="reason", label="Lý do đính chính")
    return Corrected(changes=dict(changes), reason=reason, fee=fee), _seen(dossier, changes)


def settle(
    dossier: Dossier, path: str, value: str, *, fee: Fee | None = None
) -> tuple[ConflictSettled, dict[str, tuple[Stamp, ...]]]:
    """The event that ends a conflict by choosing a value; it cites all values standing.

    With `STATUS` it says where the dossier stands, and cites the steps that came out of turn. `fee` are the lines of
    the "fee.total" that was chosen.
    """
    return ConflictSettled(path=path, value=value, fee=fee), _seen(dossier, [path])


def _seen(dossier: Dossier, paths: Iterable[str]) -> dict[str, tuple[Stamp, ...]]:
    seen = {path: tuple(tip.stamp for tip in dossier.tips.get(path, ())) for path in paths}
    if STATUS in seen:
        seen[STATUS] += dossier.out_of_turn
    return {path: stamps for path, stamps in seen.items() if stamps}


class StepDetails(TypedDict, total=False):
    """What `StepTaken` keeps of a step beside its first fields, under the same names."""

    inner: str
    until: int
    defects: tuple[Defect, ...]
    signer: str
    decided_on: str
    file: str
    handed: str
    item_code: str
    paper_of_authority: str
    cause: str
    outcome: str
    clock: str


def take_step(
    dossier: Dossier,
    action: str,
    *,
    reason: str = "",
    to: str = "",
    due_at: int = 0,
    result: str = "",
    collector: Person | None = None,
    **details: Unpack[StepDetails],
) -> StepTaken:
    """The event of this step, or a refusal: wrong status, no reason where one is owed, a second apology.

    What the papers of the step keep is added where the forms are known. The one apology: NĐ 61/2018 Đ19.9 (whether
    NĐ 118/2025 keeps it is not confirmed).
    """
    rule = ACTIONS.get(action)
    if rule is None:
        raise BadFactError(field="action", label="Thao tác", why="không có thao tác này")
    if said := step_table.refusal(dossier, Action(action)):
        status = "đã xin lỗi một lần" if _is_second_apology(dossier, action) else dossier.status.label
        raise StepRefusedError(code=dossier.code, status=status, action=rule.label, instead=said)
    if rule.needs_reason and not reason.strip():
        raise MissingFactError(field="reason", label="Lý do")
    if rule.needs_due and not due_at:
        raise MissingFactError(field="due_at", label="Ngày hẹn trả mới")
    if action == Action.STOP and not details.get("cause"):
        details["cause"] = STOP_ASKED
    step = StepTaken(action=action, reason=reason, to=to, due_at=due_at, result=result, collector=collector, **details)
    _check_details(step)
    return step


def _is_second_apology(dossier: Dossier, action: str) -> bool:
    return action == Action.APOLOGISE and dossier.apologies > 0 and dossier.time_runs


def _check_details(step: StepTaken) -> None:
    """Refuse facts that belong to another step, and a way out or an annulment that lacks what it needs."""
    ways_out.check(step)
    if step.defects and step.action != Action.REQUEST_COMPLETION:
        raise BadFactError(field="defects", label="Giấy tờ cần bổ sung", why="chỉ bước yêu cầu bổ sung nhận mục này")
    if not all(defect.name.strip() and defect.wrong.strip() for defect in step.defects):
        raise MissingFactError(field="defects", label="Giấy tờ cần bổ sung và thiếu, sai gì")
    if step.outcome and (step.action != Action.ANNUL or step.outcome not in set(AnnulOutcome)):
        raise BadFactError(field="outcome", label="Xử lý tiếp", why="chỉ bước hủy kết quả nhận, là redo hoặc end")
    if step.outcome == AnnulOutcome.REDO and not step.due_at:
        raise MissingFactError(field="due_at", label="Ngày hẹn trả mới")
    if step.clock and (step.action != Action.SUSPEND or step.clock not in set(SuspensionClock)):
        raise BadFactError(field="clock", label="Thời hạn của cơ quan", why="chỉ bước tạm dừng nói: runs hoặc stops")
    if (step.signer or step.decided_on or step.file) and step.action not in _DECIDING:
        raise BadFactError(field="signer", label="Người ký, ngày ký, tệp", why="chỉ dùng khi đã có kết quả")


_DECIDING = (Action.SIGNED, Action.READY, Action.HAND_OVER, Action.RETURN)


def take_back(
    dossier: Dossier, own: Collection[str], *, reason: str, due_at: int = 0
) -> tuple[StepTakenBack, dict[str, tuple[Stamp, ...]]]:
    """The event that takes the latest step back and what it cites, or a refusal. `own` are this desk's logs, in hex.

    A result in the citizen's hand is known only where it was handed over: only that desk says that it was not.
    """
    turn = dossier.last_turn
    if turn is None:
        raise NothingToTakeBackError(code=dossier.code)
    if dossier.status is Status.RETURNED and turn.log not in own:
        raise OthersReturnError(code=dossier.code)
    if not reason.strip():
        raise MissingFactError(field="reason", label="Lý do rút lại bước")
    if not due_at and needs_due(dossier):
        raise MissingFactError(field="due_at", label="Ngày hẹn trả mới")
    return StepTakenBack(reason=reason, due_at=due_at), {STEP: (turn.stamp,)}


def needs_due(dossier: Dossier) -> bool:
    """Whether the dossier has no due moment unless somebody says one: its result was handed over at once."""
    return dossier.due_at == 0


def without_last_turn(dossier: Dossier) -> Dossier:
    """The dossier as it would stand if its latest step were taken back."""
    turn = dossier.last_turn
    return dossier if turn is None else course.without(dossier, (turn.stamp,))
