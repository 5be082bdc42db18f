"""One reception of linked procedures becomes a dossier of each: codes, papers, dues and fees of their own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from msgspec.structs import replace

from desk_app.domain.calendar.moments import in_vietnam, milliseconds
from desk_app.domain.dossiers.dossier import Dossier, fold
from desk_app.domain.dossiers.events import KIND_OF, FormVersion, HandedIn, Received, Recorded
from desk_app.domain.linked import linked_due
from desk_app.domain.linked.bundle import SOURCE, LinkedProcedure, belongs
from desk_app.domain.linked.group import LinkedGroup, LinkedPart
from desk_app.domain.papers import LINKED_SLIP, LINKED_SLIP_80, SLIP, SLIP_80
from desk_app.domain.procedures.procedure import Fee, FeeKind, FeeLine, Procedure, fee_of, fee_set
from desk_app.services.desk.desk import Desk
from desk_app.services.reception import codes
from desk_app.services.service_days import holds, service_days
from desk_app.store.journal import journal
from desk_app.store.reference import catalogue

Part = tuple[str, Received]
"""The id of a dossier and its reception."""


def parts(desk: Desk, draft: str, procedure: Procedure, received: Received, moment: datetime) -> list[Part]:
    """The receptions that `received` stands for, the leading one first; inside the transaction that records them.

    `draft` is the id of the draft, `received` has the code of the leading one; a procedure that is no bundle has one.
    Raises `NumbersUsedUpError`.
    """
    first = journal.dossier_id(desk.db, draft)
    if not isinstance(procedure, LinkedProcedure):
        return [(first, received)]
    number = len(procedure.parts)
    ids = [first, *(journal.dossier_id(desk.db, f"{draft}.{place}") for place in range(1, number))]
    given = [received.code, *(codes.taken(desk, moment)[0] for _ in range(1, number))]
    for part in procedure.parts:
        if part.source == SOURCE:  # no catalogue has it: what the bundle says of it is kept for this dossier
            catalogue.put(desk.db, _recorded(part, procedure), added_at=milliseconds(moment))
    group = _group(desk, procedure, received, list(zip(ids, given, strict=True)), moment)
    return [
        (
            ids[place],
            replace(
                _of_part(procedure, received, group, place),
                service_days=service_days.kept_under(desk, part, moment),
                holds=holds.passed(desk, part, moment),
            ),
        )
        for place, part in enumerate(procedure.parts)
    ]


def previewed(
    desk: Desk, draft: str, procedure: Procedure, received: Received, moment: datetime
) -> list[tuple[Dossier, Procedure]]:
    """The dossiers that `received` would make, each with its procedure: the leading one of a bundle first, whose others
    have no code yet. Records nothing.
    """
    if isinstance(procedure, LinkedProcedure):
        named = [(draft, received.code), *((f"{draft}.{place}", "") for place in range(1, len(procedure.parts)))]
        group = _group(desk, procedure, received, named, moment)
        fees = [_fee(procedure, received, place).known_total for place in range(len(procedure.parts))]
        group = replace(group, parts=tuple(map(lambda part, fee: replace(part, fee=fee), group.parts, fees)))
        return [
            (_unsaved(desk, draft, _of_part(procedure, received, group, place), moment), part)
            for place, part in enumerate(procedure.parts)
        ]
    return [(_unsaved(desk, draft, received, moment), procedure)]


def _unsaved(desk: Desk, draft: str, received: Received, moment: datetime) -> Dossier:
    event = Recorded(
        log="",
        seq=0,
        dossier=draft,
        kind=KIND_OF[Received],
        lamport=0,
        at=milliseconds(moment),
        clock_offset=0,
        author=desk.clerk,
        seen={},
        payload=received,
    )
    return fold([event])


def limit_words(desk: Desk, procedure: Procedure, moment: datetime, due: datetime | None) -> str:
    """The limit as a clerk reads it; of a bundle, when each of its procedures is due."""
    if not isinstance(procedure, LinkedProcedure):
        return procedure.limit_words
    found = linked_due.dues(procedure, moment, desk.calendar, due)
    own = zip(procedure.parts, found.parts, strict=True)
    return "; ".join(f"{part.title}: {f'{when:%d/%m/%Y}' if when else 'chưa rõ'}" for part, when in own)


def told_of_bundle(procedure: Procedure) -> list[str]:
    """What a clerk must know of a bundle: what it is, and what of it nobody has confirmed."""
    if not isinstance(procedure, LinkedProcedure):
        return []
    bundle = procedure.bundle
    one = "một tờ khai chung" if bundle.form else "mỗi thủ tục một tờ khai"
    said = f"Liên thông {len(procedure.parts)} thủ tục, {one}, mỗi thủ tục một mã hồ sơ và ngày hẹn riêng."
    return [said, *filter(None, (bundle.note, bundle.unsure_words))]


def _recorded(part: Procedure, linked: LinkedProcedure) -> Procedure:
    member = linked.member(part)
    return replace(part, limit_text=member.limit_text or part.limit_text)


def _group(
    desk: Desk, linked: LinkedProcedure, received: Received, named: Sequence[tuple[str, str]], moment: datetime
) -> LinkedGroup:
    chosen = in_vietnam(received.due_at) if received.due_at else None
    found = linked_due.dues(linked, moment, desk.calendar, chosen)
    return LinkedGroup(
        group=named[0][0],
        bundle=linked.bundle.id,
        version=linked.bundle.version,
        title=linked.bundle.title,
        due_at=received.due_at,
        parts=tuple(
            LinkedPart(
                id=id_,
                code=code,
                procedure=part.code,
                version=part.version,
                title=part.title,
                due_at=milliseconds(due) if due else 0,
            )
            for part, due, (id_, code) in zip(linked.parts, found.parts, named, strict=True)
        ),
    )


def _of_part(linked: LinkedProcedure, received: Received, group: LinkedGroup, place: int) -> Received:
    part, own = linked.parts[place], group.parts[place]
    return replace(
        received,
        code=own.code,
        procedure=own.procedure,
        procedure_version=own.version,
        due_at=own.due_at,
        components=_papers_of(linked, received, place),
        forms=tuple(form for form in received.forms if _is_of(form, linked, part)),
        fee=_fee(linked, received, place),
        linked=replace(group, place=place),
    )


def _is_of(form: FormVersion, linked: LinkedProcedure, part: Procedure) -> bool:
    """A declaration goes with the procedure that asks for it, whatever else was added with the first; of the slips
    those that list all dossiers go with each of them.
    """
    if form.form in (SLIP, SLIP_80):
        return False
    if form.form in (LINKED_SLIP, LINKED_SLIP_80) or form.form in part.forms:
        return True
    return part is linked.parts[0] and not any(form.form in other.forms for other in linked.parts)


def _papers_of(linked: LinkedProcedure, received: Received, place: int) -> tuple[HandedIn, ...]:
    """What was handed in of the papers of this procedure; what belongs to none of them stays with the first."""
    part = linked.parts[place]
    own = {component.id: component for component in part.components}
    found = []
    for paper in received.components:
        if belongs(part, paper.component):
            is_declaration = bool(own[paper.component].form) and own[paper.component].form == linked.bundle.form
            found.append(_shared(paper, place) if is_declaration else paper)
        elif not place and not any(belongs(other, paper.component) for other in linked.parts):
            found.append(paper)
    return tuple(found)


def _shared(paper: HandedIn, place: int) -> HandedIn:
    """The one declaration lies with the first dossier; the others have what was copied of it."""
    return replace(paper, originals=0, copies=1) if place else paper


def _fee(linked: LinkedProcedure, received: Received, place: int) -> Fee:
    """What this procedure costs by its rules; what a clerk set for the whole is with the first, less the others: of one
    whose fee nobody knew nothing more is then to be paid.
    """
    whole = received.fee
    is_set = whole.decided_by_clerk and whole.known_total is not None
    reckoned = [_reckoned(part, received) for part in linked.parts]
    if place:
        return fee_set(0) if is_set and reckoned[place].known_total is None else reckoned[place]
    others = sum(fee.total for fee in reckoned[1:])
    if whole.total == sum(fee.total for fee in reckoned):
        return reckoned[0]
    own = max(0, whole.total - others)
    return replace(whole, total=own, lines=(FeeLine(name="Phí, lệ phí", amount=own),) if own else ())


def _reckoned(part: Procedure, received: Received) -> Fee:
    copies = received.fields.get("copies", "")
    takes = any(rule.kind is FeeKind.PER_COPY for rule in part.fees)
    count = int(copies) if takes and copies.isdecimal() else 0
    return fee_of(part, documents=received.documents if part.document_list else (), copies=count)
