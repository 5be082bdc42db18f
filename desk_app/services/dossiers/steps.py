"""What happens to a dossier after reception: its steps, corrections, and conflicts that a person settles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from msgspec.structs import replace

from desk_app.documents.forms.form_records import FormField
from desk_app.domain.dossiers.dossier import Dossier
from desk_app.domain.dossiers.events import Attached, Noted
from desk_app.domain.mistakes.mistake import Mistake
from desk_app.domain.people.person import Person
from desk_app.domain.permissions import Permission
from desk_app.domain.text import nfc
from desk_app.errors import MissingFactError
from desk_app.services.accounts import session
from desk_app.services.desk.desk import Desk
from desk_app.services.dossiers import corrections, due_proposals, later_mistakes, queries
from desk_app.services.dossiers.correcting import NothingChangedError, correct, mistakes_of_correction
from desk_app.services.dossiers.corrections import Correctable
from desk_app.services.dossiers.settling import Conflict, ConflictValue, NoConflictError, conflicts, settle_conflict
from desk_app.services.dossiers.step_event import StepTold, step_event
from desk_app.services.handling import step_choices, step_details, step_questions
from desk_app.services.handling.step_choices import StepChoice, steps
from desk_app.services.messages import queueing
from desk_app.services.papers import step_papers
from desk_app.services.reception.draft import Question
from desk_app.store.attachments import files
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
    "note",
    "questions",
    "remarks",
    "settle_conflict",
    "step",
    "steps",
    "to_look_at",
]


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
    details: Mapping[str, str] | None = None,
) -> Dossier:
    """Move the dossier on and put the step in the journal, or change nothing; `due_on` a day as typed, or ISO.

    `number` and `fields` are for the papers that the step owes (`step_papers`); `details` as typed, by `KEYS` of
    `step_details`: the file of a result is attached with the step. Raises `UnknownDossierError`, `WrongStatusError`,
    `MissingFactError`, `BadFactError`, `UnprintableTextError`, and for a file what `attach` raises.
    """
    said, answers = step_questions.told(details or {}, fields or {})
    told = StepTold(reason, to, due_on, result, collector, number, answers, said)
    with session.deed(desk, Permission.STEP) as done:
        kept = dossiers.by_code(desk.db, code)
        event = step_event(desk, kept, action, told)
        if path := step_details.file_to_attach(said):
            attached = _attached(desk, path)
            kept = done.advance(kept, attached)
            event = replace(event, file=attached.sha)
        return queueing.after_step(desk, done, done.advance(kept, event))


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
    said, answers = step_questions.told({}, fields or {})
    told = StepTold(reason, due_on=due_on, number=number, fields=answers, details=said)
    step_event(desk, dossiers.by_code(desk.db, code), action, told)


def mistakes_of_step(desk: Desk, code: str, action: str, fields: Mapping[str, str]) -> tuple[Mistake, ...]:
    """The classic mistakes in the answers to the papers of a step, as typed, by key; records nothing.

    Raises `UnknownDossierError`.
    """
    kept = dossiers.by_code(desk.db, code)
    said = step_papers.answered(desk, kept, action, step_questions.told({}, fields)[1])
    return later_mistakes.of_step(desk, kept, action, said) if said else ()


def remarks(desk: Desk, code: str, action: str) -> list[str]:
    """What to know before a step, as the window says it: of a second request, of unpaid fees. Raises as `asked`."""
    said = step_choices.remark(desk, dossiers.by_code(desk.db, code), action)
    return [said] if said else []


def asked(desk: Desk, code: str, action: str) -> dict[str, FormField]:
    """What the papers of a step of this dossier may ask, by key. Raises `UnknownDossierError`."""
    return step_papers.asked_by_step(desk, dossiers.by_code(desk.db, code).procedure, action)


def questions(desk: Desk, code: str, action: str, typed: Mapping[str, str]) -> tuple[Question, ...]:
    """What a step and its papers ask now; `typed` are the answers so far, by key. Raises `UnknownDossierError`."""
    kept = dossiers.by_code(desk.db, code)
    of_step = step_questions.of_step(desk, kept, action, typed)
    if not step_papers.asked_by_step(desk, kept.procedure, action):
        return of_step
    return (*of_step, *step_papers.questions(desk, kept, action, step_questions.told({}, typed)[1]))


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


def to_look_at(desk: Desk, limit: int = 1000) -> list[DossierRow]:
    """Dossiers in which a person must settle something, the newest first."""
    return queries.listed(desk, "look", limit)


def attach(desk: Desk, code: str, path: Path, *, component: str = "") -> tuple[Dossier, Attached]:
    """Keep a copy of the file, encrypted, as part of the dossier; it goes to the district behind everything else.

    Raises `UnknownDossierError`, `FileUnreadableError`, `FileTooLargeError`, and the disk's failures.
    """
    kept = dossiers.by_code(desk.db, code)
    event = _attached(desk, path, component)
    with session.deed(desk, Permission.ATTACH) as done:
        return done.advance(kept, event), event


def note(desk: Desk, code: str, text: str) -> Dossier:
    """Leave a note for colleagues, which no paper shows. Raises `UnknownDossierError`, `MissingFactError`."""
    words = nfc(text).strip()
    if not words:
        raise MissingFactError(field="note", label="Ghi chú nội bộ")
    with session.deed(desk, Permission.STEP) as done:
        return done.advance(dossiers.by_code(desk.db, code), Noted(text=words))


def _attached(desk: Desk, path: Path, component: str = "") -> Attached:
    file = files.add(desk.db, path)
    return Attached(sha=file.sha, size=file.size, type=file.type, name=nfc(path.name), component=component)
