"""The fold (events → dossier) and the rules (dossier, wish → event or refusal). No clock, no SQL, no Qt."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct
from msgspec.structs import replace

from desk_app.domain.events import (
    Attached,
    CardRead,
    ConflictSettled,
    Corrected,
    FormVersion,
    HandedIn,
    Office,
    Printed,
    Received,
    Recorded,
    Stamp,
    StepTaken,
)
from desk_app.domain.person import Person, checked
from desk_app.domain.procedure import Document, Fee, fee_stated
from desk_app.domain.steps import ACTIONS, Status
from desk_app.errors import BadFactError, MissingFactError, WrongStatusError

STATUS = "status"
"""The path under which a person settles steps that came out of turn; nothing else changes it."""


_OF_PAPER = ("nationality", "issuing_country", "id_kind")


class Tip(Struct, frozen=True):
    """A value of one path that no later event has seen and replaced."""

    stamp: Stamp
    value: str


class Dossier(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The fold of a dossier's events. Moments are UTC ms, 0 for never.

    `tips` holds, for each path changed since reception, the values standing; two or more of one path are a conflict.
    `out_of_turn` are stamps of steps that came in a status that no longer allowed them; kept, for a person to see, and
    in force where they lead further.
    """

    id: str
    code: str
    status: Status
    procedure: str
    procedure_version: str
    people: dict[str, Person]
    office: Office
    received_at: int
    due_at: int
    first_due_at: int
    clerk: str
    fields: dict[str, str] = {}
    components: tuple[HandedIn, ...] = ()
    documents: tuple[Document, ...] = ()
    forms: tuple[FormVersion, ...] = ()
    sets: int = 1
    fee: Fee = Fee()
    return_by: str = "counter"
    note: str = ""
    card: CardRead | None = None
    result: str = ""
    returned_at: int = 0
    collector: Person | None = None
    apologies: int = 0
    completions: int = 0
    prints: dict[str, int] = {}
    attachments: tuple[Attached, ...] = ()
    tips: dict[str, tuple[Tip, ...]] = {}
    out_of_turn: tuple[Stamp, ...] = ()
    version: Stamp = (0, "")

    @property
    def applicant(self) -> Person:
        return self.people["applicant"]

    @property
    def conflicts(self) -> dict[str, tuple[Tip, ...]]:
        """Paths with several values standing, newest first: "hai quầy cùng sửa"."""
        return {
            path: tuple(sorted(tips, key=lambda tip: tip.stamp, reverse=True))
            for path, tips in self.tips.items()
            if len(tips) > 1
        }


def fold(events: Iterable[Recorded]) -> Dossier:
    """The dossier these events make, in whatever order they came: they are taken by (lamport, log, seq).

    Raises `ValueError` when none of them is a reception.
    """
    dossier: Dossier | None = None
    for event in sorted(events, key=lambda event: (event.lamport, event.log, event.seq)):
        dossier = advance(dossier, event)
    if dossier is None:
        raise ValueError("no event receives this dossier")
    return dossier


def advance(dossier: Dossier | None, event: Recorded) -> Dossier | None:
    """One step of the fold, for an event later than all before it; an event before any reception changes nothing."""
    payload = event.payload
    if dossier is None:
        return _begun(event, payload) if isinstance(payload, Received) else None
    if isinstance(payload, Printed):
        prints = dict(dossier.prints)
        for paper in payload.papers:
            prints[paper] = prints.get(paper, 0) + payload.copies
        return replace(dossier, prints=prints, version=event.stamp)
    if isinstance(payload, Corrected):
        return replace(_changed(dossier, event, payload.changes), version=event.stamp)
    if isinstance(payload, ConflictSettled):
        settled = _changed(dossier, event, {payload.path: payload.value})
        if payload.path == STATUS:
            settled = _decided(settled, event, payload.value)
        return replace(settled, version=event.stamp)
    if isinstance(payload, StepTaken):
        return replace(_stepped(dossier, event, payload), version=event.stamp)
    if isinstance(payload, Attached):
        return replace(dossier, attachments=(*dossier.attachments, payload), version=event.stamp)
    return dossier


def _begun(event: Recorded, payload: Received) -> Dossier:
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
        fields=payload.fields,
        components=payload.components,
        documents=payload.documents,
        forms=payload.forms,
        sets=payload.sets,
        fee=payload.fee,
        return_by=payload.return_by,
        note=payload.note,
        card=payload.card,
        version=event.stamp,
    )


def _stepped(dossier: Dossier, event: Recorded, step: StepTaken) -> Dossier:
    action = ACTIONS.get(step.action)
    is_second_apology = step.action == "apologise" and dossier.apologies > 0
    status = (action.leads_to if action else None) or dossier.status
    if action is None or dossier.status not in action.allowed or is_second_apology:
        # Two desks took steps without knowing of each other: a person looks; until then the furthest one shows.
        was, dossier = dossier, replace(dossier, out_of_turn=(*dossier.out_of_turn, event.stamp))
        if status.rank <= was.status.rank:
            return dossier
    dossier = replace(dossier, status=status)
    if step.due_at:
        dossier = replace(dossier, due_at=step.due_at)
    if step.result:
        dossier = replace(dossier, result=step.result)
    if step.action == "apologise":
        dossier = replace(dossier, apologies=dossier.apologies + 1)
    if step.action == "request-completion":
        dossier = replace(dossier, completions=dossier.completions + 1)
    if status is Status.RETURNED:
        dossier = replace(dossier, returned_at=event.at, collector=step.collector)
    return dossier


def _decided(dossier: Dossier, event: Recorded, value: str) -> Dossier:
    """A person said where the dossier stands; the steps out of turn that they saw are done with."""
    seen = set(event.seen.get(STATUS, ()))
    dossier = replace(dossier, out_of_turn=tuple(stamp for stamp in dossier.out_of_turn if stamp not in seen))
    if value == dossier.status or value not in set(Status):
        return dossier
    status = Status(value)
    is_returned = status is Status.RETURNED
    return replace(dossier, status=status, returned_at=event.at if is_returned else 0, collector=None)


def _changed(dossier: Dossier, event: Recorded, changes: Mapping[str, str]) -> Dossier:
    tips = dict(dossier.tips)
    for path, value in changes.items():
        seen = set(event.seen.get(path, ()))
        standing = tuple(tip for tip in tips.get(path, ()) if tip.stamp not in seen)
        tips[path] = (*standing, Tip(event.stamp, value))
        dossier = _with_value(dossier, path, max(tips[path], key=lambda tip: tip.stamp).value)
    return replace(dossier, tips=tips)


def _with_value(dossier: Dossier, path: str, value: str) -> Dossier:
    head, _, rest = path.partition(".")
    if head == "fields":
        return replace(dossier, fields={**dossier.fields, rest: value})
    if head == "people":
        role, _, attribute = rest.partition(".")
        person = dossier.people.get(role) or Person(full_name="")
        if attribute not in Person.__struct_fields__:
            return dossier
        return replace(dossier, people={**dossier.people, role: replace(person, **{attribute: value})})
    if head == "fee" and rest == "total":
        return replace(dossier, fee=fee_stated(value) or dossier.fee)
    if head in ("note", "return_by"):
        return replace(dossier, **{head: value})
    return dossier


def correct(
    dossier: Dossier, changes: Mapping[str, str], *, reason: str = ""
) -> tuple[Corrected, dict[str, tuple[Stamp, ...]]]:
    """The event that changes these paths, and the stamps it has seen; refuses a path that cannot be changed.

    Paths: "fields.<key>", "people.<role>.<attribute>", "fee.total", "note", "return_by". Refuses as well what a
    reception would: an applicant without name, a number or date of no known shape.
    """
    if not changes:
        raise MissingFactError(field="changes", label="Mục cần đính chính")
    for path, value in changes.items():
        _check_change(dossier, path, value)
    return Corrected(changes=dict(changes), reason=reason), _seen(dossier, changes)


def _check_change(dossier: Dossier, path: str, value: str) -> None:
    match path.split("."):
        case ["fields", first, *_] if first:
            return
        case ["note"]:
            return
        case ["return_by"]:
            if value not in ("counter", "post"):
                raise BadFactError(field=path, label="Cách nhận kết quả", why="chọn tại quầy hoặc qua bưu chính")
        case ["fee", "total"]:
            if value and not (value.isascii() and value.isdecimal()):
                raise BadFactError(field=path, label="Lệ phí", why="cần số tiền bằng đồng")
        case ["people", role, attribute] if role and attribute in Person.__struct_fields__:
            if attribute != "full_name" or role == "applicant":
                # What is not changed is not judged again; whether a number is a foreign one, other facts say.
                known = dossier.people.get(role, Person(full_name="-"))
                others = {name: getattr(known, name) for name in _OF_PAPER}
                checked(Person(**{"full_name": "-", **others, attribute: value}), role=f"people.{role}")
        case _:
            raise BadFactError(field=path, label=path, why="không phải mục có thể đính chính")


def settle(dossier: Dossier, path: str, value: str) -> tuple[ConflictSettled, dict[str, tuple[Stamp, ...]]]:
    """The event that ends a conflict by choosing a value; it cites all values standing.

    With `STATUS` it says where the dossier stands, and cites the steps that came out of turn.
    """
    return ConflictSettled(path=path, value=value), _seen(dossier, [path])


def _seen(dossier: Dossier, paths: Iterable[str]) -> dict[str, tuple[Stamp, ...]]:
    seen = {path: tuple(tip.stamp for tip in dossier.tips.get(path, ())) for path in paths}
    if STATUS in seen:
        seen[STATUS] += dossier.out_of_turn
    return {path: stamps for path, stamps in seen.items() if stamps}


def take_step(
    dossier: Dossier,
    action: str,
    *,
    reason: str = "",
    to: str = "",
    due_at: int = 0,
    result: str = "",
    collector: Person | None = None,
) -> StepTaken:
    """The event of this step, or a refusal: wrong status, no reason where one is owed, a second apology.

    The one apology: NĐ 61/2018 Đ19.9 (whether NĐ 118/2025 keeps it is not confirmed).
    """
    rule = ACTIONS.get(action)
    if rule is None:
        raise BadFactError(field="action", label="Thao tác", why="không có thao tác này")
    if dossier.status not in rule.allowed:
        raise WrongStatusError(code=dossier.code, status=dossier.status.label, action=rule.label)
    if rule.needs_reason and not reason.strip():
        raise MissingFactError(field="reason", label="Lý do")
    if rule.needs_due and not due_at:
        raise MissingFactError(field="due_at", label="Ngày hẹn trả mới")
    if action == "apologise" and dossier.apologies:
        raise WrongStatusError(code=dossier.code, status="đã xin lỗi một lần", action="hẹn lại lần nữa")
    return StepTaken(action=action, reason=reason, to=to, due_at=due_at, result=result, collector=collector)
