"""What of a dossier can be corrected, under which words, and how a typed value is kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from msgspec.structs import replace

from desk_app.documents.forms.form_records import FormField
from desk_app.documents.forms.questions import accepted
from desk_app.documents.layout.fonts import missing_letters
from desk_app.documents.values import ORIGINAL
from desk_app.domain import channels, money
from desk_app.domain.calendar import dates
from desk_app.domain.calendar.typed_day import recorded_day
from desk_app.domain.dossiers import changes
from desk_app.domain.dossiers.changes import value_at
from desk_app.domain.dossiers.course import moment_of
from desk_app.domain.dossiers.dossier import Dossier
from desk_app.domain.dossiers.events import FormVersion, HandedIn, ProcedureChosen
from desk_app.domain.dossiers.fact_paths import (
    APPLICANT,
    CHANNEL,
    COMPONENTS,
    COPIES,
    DOCUMENTS,
    DUE,
    FEE,
    OF_DOSSIER,
    PROCEDURE,
    FactPath,
    is_paper_number,
)
from desk_app.domain.organisations.organisation import ORGANISATION, answers_of
from desk_app.domain.people import paper_number
from desk_app.domain.people.person import LABELS
from desk_app.domain.procedures.procedure import ComponentUse
from desk_app.domain.text import nfc
from desk_app.errors import BadFactError, UnprintableTextError
from desk_app.services.catalogue import procedure_versions
from desk_app.services.desk.desk import Desk
from desk_app.services.dossiers.shown_values import label, questions_of, shown
from desk_app.services.reception import due_and_fee, reception, validation
from desk_app.services.reception.draft import handed_in
from desk_app.store.reference import catalogue

_OF_ORGANISATION = ("name", "number", "head")
"""What may be said later of an organisation that the reception left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Correctable:
    """One thing a clerk may set right: its path, what it is called, whose it is ("" the dossier's), how it stands.

    `kind` is a question's ("text", "long", "date", "number", "choice", "yes_no") or "procedure", "components",
    "documents"; `value` is as it is kept (a due day as ISO), `shown` as a clerk reads it. `papers` are those the
    procedure asks for and those handed in.
    """

    path: str
    label: str
    whose: str
    kind: str
    value: str
    choices: tuple[str, ...] = ()
    free: bool = False
    shown: str = ""
    papers: tuple[HandedIn, ...] = ()


def correctable(desk: Desk, kept: Dossier) -> tuple[Correctable, ...]:
    """Everything of the dossier that may be corrected, the applicant's facts first, in the order the papers have."""
    return tuple(_correctable(desk, kept, questions_of(desk, kept)))


def label_of(desk: Desk, kept: Dossier, path: str) -> str:
    """What a clerk calls the thing at this path; what was typed for one and is none may be a name, and is not told."""
    questions = questions_of(desk, kept)
    return label(path, questions) if _is_its_own(kept, path, questions) else "đã nêu"


def tidied(desk: Desk, kept: Dossier, wished: Mapping[str, str]) -> dict[str, str]:
    """The changes as a record keeps them: composed, trimmed, dates as ISO, a procedure in its version of today.

    Raises `BadFactError` for a date no calendar has and for what this dossier does not have, `UnknownProcedureError`,
    `UnprintableTextError` for what no paper could show.
    """
    questions = questions_of(desk, kept)
    for path in wished:
        if not _is_its_own(kept, path, questions):
            raise BadFactError(field=path, label="Mục cần đính chính", why="hồ sơ này không có mục đó")
    return {
        path: _tidy_procedure(desk, kept, nfc(value)) if path == PROCEDURE else _tidy(desk, path, value, questions)
        for path, value in wished.items()
    }


def papers_of(desk: Desk, kept: Dossier) -> tuple[HandedIn, ...]:
    """What may have been handed in: the papers the procedure lists, and those that were; the latter as they were."""
    here = {paper.component: paper for paper in kept.components}
    listed = [
        handed_in(component)
        for component in procedure_versions.procedure_of(desk, kept).components
        if component.use is not ComponentUse.NOTE
    ]
    known = {paper.component for paper in listed}
    return (
        *(here.get(paper.component, paper) for paper in listed),
        *(paper for paper in kept.components if paper.component not in known),
    )


def components_named(desk: Desk, kept: Dossier, ids: Iterable[str]) -> str:
    """The list of the papers with these ids, as a correction keeps it. Raises `BadFactError` for an id unknown here."""
    known = {paper.component: paper for paper in papers_of(desk, kept)}
    wanted = list(dict.fromkeys(ids))
    if unknown := [name for name in wanted if name not in known]:
        why = f"thủ tục này không có giấy tờ {unknown[0]}; có: {', '.join(known)}"
        raise BadFactError(field=COMPONENTS, label=OF_DOSSIER[COMPONENTS], why=why)
    return changes.text_of(tuple(known[name] for name in wanted))


def _is_its_own(kept: Dossier, path: str, questions: Mapping[str, FormField]) -> bool:
    """Whether the dossier, its forms or its people have such a thing: a slip of the keys must not make a new one."""
    if path in questions or path in OF_DOSSIER or FactPath.parse(path).name in kept.fields:
        return True
    fact = FactPath.parse(path)
    if fact.head == "organisations":
        return fact.role in kept.organisations or fact.role == ORGANISATION
    return fact.role in kept.people and fact.name in LABELS


def _tidy(desk: Desk, path: str, value: str, questions: Mapping[str, FormField]) -> str:
    value = nfc(value)
    if is_paper_number(path):
        value = paper_number.tidied(value)
    told = label(path, questions)
    question = questions.get(path)
    if path == DUE:
        return _tidy_due(desk, value, told)
    if path == CHANNEL:
        value = channels.recorded(value)
    if path == DOCUMENTS:
        value = _tidy_documents(value)
    if value and (question.kind if question else FactPath.parse(path).kind) == "date":
        try:
            value = recorded_day(value, path, desk.today())
        except BadFactError as error:
            raise BadFactError(field=path, label=told, why=error.facts.get("why", "")) from error
    if value and question:
        value = _accepted(question, path, value)
    if value and path == FEE:
        value = str(money.amount_typed(value))
    if missing := missing_letters(value):
        raise UnprintableTextError(field=path, label=told, characters=" ".join(missing))
    return value


def _accepted(question: FormField, path: str, value: str) -> str:
    kept = accepted(question, value)
    if kept is None:
        why = "cần một số" if question.kind == "number" else "không có trong danh sách"
        raise BadFactError(field=path, label=question.label, why=why)
    return kept


def _tidy_procedure(desk: Desk, kept: Dossier, value: str) -> str:
    """A code → the version in force today with its forms and those that were added to this dossier; a choice that was
    made before stays what it is.
    """
    if changes.procedure_of(value) is not None:
        return value
    moment = desk.now()
    found = catalogue.in_force(desk.db, value, moment.date().isoformat())
    forms = reception.forms_of(desk, found, moment, _added(desk, kept))
    versions = tuple(FormVersion(form=form.id, version=form.version) for form in forms)
    return changes.text_of(ProcedureChosen(code=found.code, version=found.version, forms=versions))


def _added(desk: Desk, kept: Dossier) -> tuple[str, ...]:
    """The forms of the dossier that its procedure does not print by itself."""
    own = {*procedure_versions.procedure_of(desk, kept).forms, *desk.forms.bound.get(kept.procedure, ())}
    own |= {form.id for form in desk.forms.all() if kept.procedure in form.head.procedures}
    return tuple(form.form for form in kept.forms if form.form not in own)


def _tidy_due(desk: Desk, value: str, told: str) -> str:
    """A day as typed → the moment results are handed out on it; a moment said before stays what it is."""
    is_moment = len(value) > len("ddmmyyyy") and moment_of(value)
    return value if is_moment else str(due_and_fee.chosen_due(desk, value, label=told))


def _tidy_documents(value: str) -> str:
    """Raises `BadFactError` for numbers out of bounds; a list of no known shape is left to `changes.check_change`."""
    papers = changes.documents_of(value)
    if papers is None:
        return value
    named = tuple(replace(paper, name=nfc(paper.name) or ORIGINAL) for paper in papers)
    validation.refuse_documents(named)
    return changes.text_of(named)


def _correctable(desk: Desk, kept: Dossier, questions: Mapping[str, FormField]) -> Iterator[Correctable]:
    paths = [FactPath("people", APPLICANT, name).text for name in LABELS]
    paths += [path for path in questions if path not in paths]
    paths += [
        path for role in kept.people for name in LABELS if value_at(kept, path := FactPath("people", role, name).text)
    ]
    paths += [FactPath("fields", "", key).text for key in kept.fields]
    known = answers_of(kept.organisations)
    paths += [FactPath.of_key(f"{ORGANISATION}.{name}").text for name in _OF_ORGANISATION]
    paths += [FactPath.of_key(key).text for key in known]
    for path in dict.fromkeys([*paths, *_of_dossier(desk, kept)]):
        question = questions.get(path)
        value = value_at(kept, path)
        yield Correctable(
            path=path,
            label=label(path, questions),
            whose=_whose(path, question),
            kind=question.kind if question else FactPath.parse(path).kind,
            value=_offered(desk, path, value),
            choices=question.choices if question else (),
            free=question.free if question else False,
            shown=shown(desk, path, value),
            papers=papers_of(desk, kept) if path == COMPONENTS else (),
        )


def _of_dossier(desk: Desk, kept: Dossier) -> Iterator[str]:
    """The dossier's own things that this dossier has: a result handed over at once has no due date."""
    procedure = procedure_versions.procedure_of(desk, kept)
    for path in OF_DOSSIER:
        has_none = {
            DUE: not kept.due_at,
            DOCUMENTS: not (procedure.document_list or kept.documents),
            COMPONENTS: not (procedure.components or kept.components),
            COPIES: "copies" not in kept.fields,
        }
        if not has_none.get(path, False):
            yield path


def _offered(desk: Desk, path: str, value: str) -> str:
    """What the input begins with: a procedure's code, a due day as ISO, else the value as it is kept."""
    if path == PROCEDURE and (chosen := changes.procedure_of(value)) is not None:
        return chosen.code
    if path == DUE and moment_of(value):
        return dates.parse_typed(shown(desk, path, value).partition(" ")[2])
    return channels.SAID_PAPER if path == CHANNEL and value == channels.PAPER else value


def _whose(path: str, question: FormField | None) -> str:
    if FactPath.parse(path).role == APPLICANT:
        return "Người nộp"
    if FactPath.parse(path).head == "organisations":
        return "Tổ chức"
    return question.section if question else ""
