"""What of a dossier can be corrected, under which words, and how a typed value is kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from desk_app.documents.fonts import missing_characters
from desk_app.documents.form_records import FormField
from desk_app.documents.questions import accepted
from desk_app.domain import money, paper_number
from desk_app.domain.dossier import Dossier
from desk_app.domain.person import LABELS, Person
from desk_app.domain.text import nfc
from desk_app.domain.typed_day import recorded_day
from desk_app.errors import BadFactError, UnprintableTextError
from desk_app.services.desk import Desk

_OTHERS = {"fee.total": "Phí, lệ phí", "note": "Ghi chú", "return_by": "Nơi trả kết quả"}
_DATES = ("born_on", "id_issued_on")
_NUMBERS = ("id_number", "old_id_number", "document_number")
_KINDS = {"total": "number", "residence": "long", "note": "long"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Correctable:
    """One thing a clerk may set right: its path, what it is called, whose it is ("" the dossier's), how it stands.

    `kind` is a question's ("text", "long", "date", "number", "choice", "yes_no"); `value` is as it is kept.
    """

    path: str
    label: str
    whose: str
    kind: str
    value: str
    choices: tuple[str, ...] = ()
    free: bool = False


def correctable(desk: Desk, kept: Dossier) -> tuple[Correctable, ...]:
    """Everything of the dossier that may be corrected, the applicant's facts first, in the order the papers have."""
    return tuple(_correctable(kept, _questions(desk, kept)))


def label_of(desk: Desk, kept: Dossier, path: str) -> str:
    """What a clerk calls the thing at this path; what was typed for one and is none may be a name, and is not told."""
    questions = _questions(desk, kept)
    return _label(path, questions) if _is_its_own(kept, path, questions) else "đã nêu"


def value_at(kept: Dossier, path: str) -> str:
    """The value that shows now."""
    match path.split("."):
        case ["people", role, attribute]:
            return str(getattr(kept.people.get(role), attribute, ""))
        case ["fields", *_]:
            return kept.fields.get(path.removeprefix("fields."), "")
        case ["fee", "total"]:
            return "" if kept.fee.known_total is None else str(kept.fee.known_total)
        case _:
            return str(getattr(kept, path, ""))


def tidied(desk: Desk, kept: Dossier, changes: Mapping[str, str]) -> dict[str, str]:
    """The changes as a record keeps them: composed, trimmed, dates as ISO.

    Raises `BadFactError` for a date no calendar has and for what this dossier does not have, `UnprintableTextError` for
    what no paper could show.
    """
    questions = _questions(desk, kept)
    for path in changes:
        if not _is_its_own(kept, path, questions):
            raise BadFactError(field=path, label="Mục cần đính chính", why="hồ sơ này không có mục đó")
    return {path: _tidy(path, value, questions, desk.today()) for path, value in changes.items()}


def _is_its_own(kept: Dossier, path: str, questions: Mapping[str, FormField]) -> bool:
    """Whether the dossier, its forms or its people have such a thing: a slip of the keys must not make a new one."""
    if path in questions or path in _OTHERS or path.removeprefix("fields.") in kept.fields:
        return True
    head, _, rest = path.partition(".")
    role, _, fact = rest.partition(".")
    return head == "people" and role in kept.people and fact in LABELS


def _tidy(path: str, value: str, questions: Mapping[str, FormField], today: date) -> str:
    value = nfc(value)
    if path.rpartition(".")[2] in _NUMBERS:
        value = paper_number.tidied(value)
    label = _label(path, questions)
    question = questions.get(path)
    if value and (question.kind == "date" if question else path.rpartition(".")[2] in _DATES):
        try:
            value = recorded_day(value, path, today)
        except BadFactError as error:
            raise BadFactError(field=path, label=label, why=error.facts.get("why", "")) from error
    if value and question:
        value = _accepted(question, path, value)
    if value and path == "fee.total":
        value = str(money.amount_typed(value))
    if missing := missing_characters(value):
        raise UnprintableTextError(field=path, label=label, characters=" ".join(missing))
    return value


def _accepted(question: FormField, path: str, value: str) -> str:
    kept = accepted(question, value)
    if kept is None:
        why = "cần một số" if question.kind == "number" else "không có trong danh sách"
        raise BadFactError(field=path, label=question.label, why=why)
    return kept


def _questions(desk: Desk, kept: Dossier) -> dict[str, FormField]:
    """By path, what the dossier's forms ask."""
    found: dict[str, FormField] = {}
    for version in kept.forms:
        form = desk.forms.forms.get((version.form, version.version))
        for field in form.fields if form else ():
            is_fact = field.role and field.key.rpartition(".")[2] in Person.__struct_fields__
            found.setdefault(f"people.{field.key}" if is_fact else f"fields.{field.key}", field)
    return found


def _correctable(kept: Dossier, questions: Mapping[str, FormField]) -> Iterator[Correctable]:
    paths = [f"people.applicant.{name}" for name in LABELS]
    paths += [path for path in questions if path not in paths]
    paths += [
        f"people.{role}.{name}" for role in kept.people for name in LABELS if value_at(kept, f"people.{role}.{name}")
    ]
    paths += [f"fields.{key}" for key in kept.fields]
    for path in dict.fromkeys([*paths, *_OTHERS]):
        question = questions.get(path)
        yield Correctable(
            path=path,
            label=_label(path, questions),
            whose=_whose(path, question),
            kind=question.kind if question else _kind(path),
            value=value_at(kept, path),
            choices=question.choices if question else (),
            free=question.free if question else False,
        )


def _label(path: str, questions: Mapping[str, FormField]) -> str:
    question = questions.get(path)
    last = path.rpartition(".")[2]
    return _OTHERS.get(path) or (question.label if question else LABELS.get(last, path))


def _whose(path: str, question: FormField | None) -> str:
    if path.startswith("people.applicant."):
        return "Người nộp"
    return question.section if question else ""


def _kind(path: str) -> str:
    if path.rpartition(".")[2] in _DATES:
        return "date"
    return _KINDS.get(path.rpartition(".")[2], "text")
