"""What happens to a dossier after reception: its steps, corrections, and conflicts that a person settles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from desk_app.documents.forms.form_records import FormField
from desk_app.domain.calendar.moments import in_vietnam
from desk_app.domain.dossiers import dossier
from desk_app.domain.dossiers.changes import check_change, fee_text
from desk_app.domain.dossiers.dossier import Dossier
from desk_app.domain.dossiers.events import Attached, ConflictSettled, Corrected, Recorded
from desk_app.domain.dossiers.fact_paths import FEE
from desk_app.domain.dossiers.steps import ACTIONS, Action
from desk_app.domain.mistakes.mistake import Mistake
from desk_app.domain.people.person import Person
from desk_app.domain.permissions import Permission
from desk_app.domain.procedures.procedure import Fee
from desk_app.domain.text import nfc
from desk_app.errors import BadFactError, DeskError
from desk_app.services.accounts import session
from desk_app.services.desk.desk import Desk
from desk_app.services.dossiers import corrections, due_proposals, later_mistakes, queries
from desk_app.services.dossiers.correcting import NothingChangedError, correct, mistakes_of_correction
from desk_app.services.dossiers.corrections import Correctable
from desk_app.services.dossiers.shown_values import shown
from desk_app.services.dossiers.signers import Signers
from desk_app.services.dossiers.status_conflicts import STEP, step_values
from desk_app.services.dossiers.step_event import StepTold, is_at_once, step_event
from desk_app.services.messages import queueing
from desk_app.services.papers import step_papers
from desk_app.services.payments import standing
from desk_app.services.reception.draft import Question
from desk_app.store.attachments import files
from desk_app.store.journal import journal
from desk_app.store.queries import dossiers
from desk_app.store.queries.dossiers import DossierRow
from desk_app.store.reference import catalogue

__all__ = [
    "Conflict",
    "ConflictValue",
    "NoConflictError",
    "NothingChangedError",
    "StepChoice",
    "asked",
    "attach",
    "check_step",
    "components_named",
    "conflicts",
    "correct",
    "correctable",
    "due_for",
    "mistakes_of_correction",
    "mistakes_of_step",
    "questions",
    "settle_conflict",
    "step",
    "steps",
    "to_look_at",
]


class NoConflictError(DeskError):
    message = "Mục «{label}» không còn hai giá trị để chọn."
    remedy = "Mở lại hồ sơ để xem giá trị hiện tại; muốn sửa thì dùng Đính chính."


@dataclass(frozen=True, slots=True, kw_only=True)
class StepChoice:
    """A step the dossier may take now, and what must be said with it.

    `ends` says that nothing comes after it; `needs_number` that a paper of it bears an outgoing number, which may be
    left open; `due_on` is the due day to offer, ISO, "" for none; `remark` what a clerk should know before.
    """

    action: str
    label: str
    needs_reason: bool
    needs_due: bool
    ends: bool = False
    needs_number: bool = False
    due_on: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictValue:
    """One of the values two desks gave: as kept, as shown, by whom; by desk `desk`, 0 unknown, unless `is_ours`."""

    value: str
    shown: str
    author: str
    at: datetime
    is_ours: bool
    desk: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Two desks changed one thing without knowing of each other. The first of `values` is the one that shows."""

    path: str
    label: str
    values: tuple[ConflictValue, ...]


def steps(desk: Desk, code: str) -> tuple[StepChoice, ...]:
    """The steps open to a dossier now, the usual one first. Raises `UnknownDossierError`."""
    kept = dossiers.by_code(desk.db, code)
    return tuple(
        StepChoice(
            action=name,
            label=rule.label,
            needs_reason=rule.needs_reason,
            needs_due=rule.needs_due,
            ends=rule.leads_to is not None and not rule.leads_to.is_open,
            needs_number=step_papers.asks_number(desk, kept.procedure, name),
            due_on=due_proposals.for_step(desk, kept, name) if rule.needs_due else "",
            remark=standing.told_before(kept, name),
        )
        for name, rule in ACTIONS.items()
        if kept.status in rule.allowed
        and not (name == Action.APOLOGISE and kept.apologies)
        and not (name == Action.HAND_OVER and not is_at_once(desk, kept))
    )


def step(
    desk: Desk,
    code: str,
    action: str,
    *,
    reason: str = "",
    to: str = "",
    due_on: str = "",
    result: str = "",
    collector: Person | None = None,
    number: str = "",
    fields: Mapping[str, str] | None = None,
) -> Dossier:
    """Move the dossier on and put the step in the journal, or change nothing; `due_on` a day as typed, or ISO.

    `number` and `fields` are for the papers that the step owes (`step_papers`). Raises `UnknownDossierError`,
    `WrongStatusError`, `MissingFactError`, `BadFactError`, `UnprintableTextError`.
    """
    told = StepTold(reason, to, due_on, result, collector, number, fields or {})
    with session.deed(desk, Permission.STEP) as done:
        kept = dossiers.by_code(desk.db, code)
        return queueing.after_step(desk, done, done.advance(kept, step_event(desk, kept, action, told)))


def check_step(
    desk: Desk,
    code: str,
    action: str,
    *,
    reason: str = "",
    due_on: str = "",
    number: str = "",
    fields: Mapping[str, str] | None = None,
) -> None:
    """Raises what `step` would raise, and records nothing: before a person is asked whether a step is meant."""
    told = StepTold(reason, due_on=due_on, number=number, fields=fields or {})
    step_event(desk, dossiers.by_code(desk.db, code), action, told)


def mistakes_of_step(desk: Desk, code: str, action: str, fields: Mapping[str, str]) -> tuple[Mistake, ...]:
    """The classic mistakes in the answers to the papers of a step, as typed, by key; records nothing.

    Raises `UnknownDossierError`.
    """
    kept = dossiers.by_code(desk.db, code)
    said = step_papers.answered(desk, kept, action, fields)
    return later_mistakes.of_step(desk, kept, action, said) if said else ()


def asked(desk: Desk, code: str, action: str) -> dict[str, FormField]:
    """What the papers of a step of this dossier may ask, by key. Raises `UnknownDossierError`."""
    return step_papers.asked_by_step(desk, dossiers.by_code(desk.db, code).procedure, action)


def questions(desk: Desk, code: str, action: str, typed: Mapping[str, str]) -> tuple[Question, ...]:
    """What the papers of a step ask now; `typed` are the answers so far, by key. Raises `UnknownDossierError`."""
    kept = dossiers.by_code(desk.db, code)
    is_asked = step_papers.asked_by_step(desk, kept.procedure, action)
    return step_papers.questions(desk, kept, action, typed) if is_asked else ()


def correctable(desk: Desk, code: str) -> tuple[Correctable, ...]:
    """What may be corrected, with the values as they stand. Raises `UnknownDossierError`."""
    return corrections.correctable(desk, dossiers.by_code(desk.db, code))


def due_for(desk: Desk, code: str, procedure: str) -> str:
    """The due day to offer if the dossier were of this procedure; ISO, "" where its limit is not known.

    Raises `UnknownDossierError`, `UnknownProcedureError`.
    """
    kept = dossiers.by_code(desk.db, code)
    found = catalogue.in_force(desk.db, procedure, desk.today().isoformat())
    return due_proposals.for_procedure(desk, kept, found) if kept.due_at else ""


def components_named(desk: Desk, code: str, ids: Iterable[str]) -> str:
    """What `correct` takes for "components": the papers with these ids. Raises `BadFactError`."""
    return corrections.components_named(desk, dossiers.by_code(desk.db, code), ids)


def conflicts(desk: Desk, code: str) -> tuple[Conflict, ...]:
    """Where two desks changed the same thing, each with the values standing. Raises `UnknownDossierError`."""
    kept = dossiers.by_code(desk.db, code)
    if not kept.conflicts and not kept.out_of_turn:
        return ()
    events = journal.history(desk.db, kept.id)
    by_stamp = {event.stamp: event for event in events}
    known = Signers(desk, events)
    found = [
        Conflict(
            path=path,
            label=corrections.label_of(desk, kept, path),
            values=tuple(
                _standing(tip.value, by_stamp[tip.stamp], known, shown(desk, path, tip.value)) for tip in tips
            ),
        )
        for path, tips in kept.conflicts.items()
        if path != dossier.STATUS
    ]
    if kept.out_of_turn or dossier.STATUS in kept.conflicts:
        values = tuple(_standing(value, event, known, words) for value, event, words in step_values(kept, events))
        found.append(Conflict(path=dossier.STATUS, label=STEP, values=values))
    return tuple(found)


def settle_conflict(desk: Desk, code: str, path: str, value: str) -> Dossier:
    """A person chose: `value` stands from now on, on every desk. Raises `NoConflictError`, and as `correct` does."""
    with session.deed(desk, Permission.SETTLE) as done:
        kept = dossiers.by_code(desk.db, code)
        if path == dossier.STATUS:
            chosen = _chosen_status(desk, kept, value)
        elif path in kept.conflicts:
            chosen = corrections.tidied(desk, kept, {path: value})[path]
            check_change(kept, path, chosen)
        else:
            raise NoConflictError(label=corrections.label_of(desk, kept, path))
        fee = _lines_of(desk, kept, chosen) if path == FEE else None
        event, seen = dossier.settle(kept, path, chosen, fee=fee)
        return done.advance(kept, event, seen)


def to_look_at(desk: Desk, limit: int = 1000) -> list[DossierRow]:
    """Dossiers in which a person must settle something, the newest first."""
    return queries.listed(desk, "look", limit)


def attach(desk: Desk, code: str, path: Path, *, component: str = "") -> tuple[Dossier, Attached]:
    """Keep a copy of the file, encrypted, as part of the dossier; it goes to the district behind everything else.

    Raises `UnknownDossierError`, `FileUnreadableError`, `FileTooLargeError`, and the disk's failures.
    """
    kept = dossiers.by_code(desk.db, code)
    file = files.add(desk.db, path)
    event = Attached(sha=file.sha, size=file.size, type=file.type, name=nfc(path.name), component=component)
    with session.deed(desk, Permission.ATTACH) as done:
        return done.advance(kept, event), event


def _lines_of(desk: Desk, kept: Dossier, total: str) -> Fee | None:
    """The fee with its lines behind the value of a conflict that was chosen; None where that value is a sum alone."""
    stamps = {tip.stamp for tip in kept.tips[FEE]}
    for event in journal.history(desk.db, kept.id):
        fee = event.payload.fee if isinstance(event.payload, Corrected | ConflictSettled) else None
        if fee is not None and event.stamp in stamps and fee_text(fee) == total:
            return fee
    return None


def _chosen_status(desk: Desk, kept: Dossier, value: str) -> str:
    """One of those that `conflicts` offers. Raises `NoConflictError`, `BadFactError`."""
    if not kept.out_of_turn and dossier.STATUS not in kept.conflicts:
        raise NoConflictError(label=STEP)
    offered = [one for one, _, _ in step_values(kept, journal.history(desk.db, kept.id))]
    if value not in offered:
        raise BadFactError(field=dossier.STATUS, label=STEP, why="chọn một trong các bước đang có")
    return value


def _standing(value: str, event: Recorded, known: Signers, words: str) -> ConflictValue:
    return ConflictValue(
        value=value,
        shown=words,
        author=known.name(event),
        at=in_vietnam(event.at),
        is_ours=known.is_ours(event),
        desk=known.desk(event),
    )
