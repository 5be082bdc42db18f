"""What a step owes on paper: the forms in force on the day, what they ask, and what its event keeps of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from desk_app.documents.forms.form_records import Form, FormField
from desk_app.documents.layout.fonts import missing_letters
from desk_app.documents.values import office_values, values_of
from desk_app.domain.dossiers.dossier import Dossier
from desk_app.domain.dossiers.events import FormVersion, Office, StepTaken
from desk_app.domain.dossiers.fact_paths import FactPath
from desk_app.domain.dossiers.steps import ACTIONS
from desk_app.domain.outgoing.course import was_handed
from desk_app.domain.people.person import Person
from desk_app.domain.text import nfc
from desk_app.errors import BadFactError, UnprintableTextError
from desk_app.services.catalogue import procedure_versions
from desk_app.services.desk.desk import Desk
from desk_app.services.papers import outgoing_numbers
from desk_app.services.reception.draft import Answers, Draft, Question, answers

_NUMBER = "Số của giấy"


class StepPapers(Struct, frozen=True, kw_only=True):
    """What the event of a step keeps of its papers; all empty for a step that owes none."""

    papers: tuple[FormVersion, ...] = ()
    office: Office | None = None
    number: str = ""
    fields: dict[str, str] = {}


def forms_of_step(desk: Desk, procedure: str, action: str) -> list[Form]:
    """The forms that this step of a dossier of this procedure (code) owes today."""
    return desk.forms.owed_by(action, desk.today().isoformat(), procedure=procedure)


def asked_by_step(desk: Desk, procedure: str, action: str) -> dict[str, FormField]:
    """What these forms ask, by key, each once."""
    asked: dict[str, FormField] = {}
    for form in forms_of_step(desk, procedure, action):
        for field in form.fields:
            if field.ask:
                asked.setdefault(field.key, field)
    return asked


def is_numbered(desk: Desk, procedure: str, action: str) -> bool:
    """Whether a paper of this step bears an outgoing number."""
    return any(form.owed is not None and form.owed.numbered for form in forms_of_step(desk, procedure, action))


def asks_number(desk: Desk, procedure: str, action: str) -> bool:
    """Whether a person gives that number: of a paper whose book the program does not keep."""
    owed = [form.owed for form in forms_of_step(desk, procedure, action) if form.owed is not None]
    is_given = desk.settings.paper_numbers == outgoing_numbers.GIVEN
    return any(one.numbered and not (is_given and one.book) for one in owed)


def questions(desk: Desk, kept: Dossier, action: str, typed: Mapping[str, str]) -> tuple[Question, ...]:
    """What the step's forms ask of this dossier now, prefilled as at reception; `typed` are answers by key so far."""
    return _answers(desk, kept, action, typed, strict=False).questions


def answered(desk: Desk, kept: Dossier, action: str, typed: Mapping[str, str]) -> dict[str, str]:
    """What would be kept of these answers, by key, as far as they are given; nothing is refused."""
    asked = asked_by_step(desk, kept.procedure, action)
    return _fields(kept, asked, _answers(desk, kept, action, typed, strict=False)) if asked else {}


def papers_of_step(desk: Desk, kept: Dossier, taken: StepTaken, *, number: str, typed: Mapping[str, str]) -> StepPapers:
    """What is kept of the papers of this step, with their number and what was answered, by key.

    Raises `BadFactError` for a number that no paper bears or that another paper has, and for an answer nobody asked for
    or that is in no list, `MissingFactError` for a question the record needs, `UnprintableTextError`.
    """
    action = taken.action
    forms = [
        form
        for form in forms_of_step(desk, kept.procedure, action)
        if not (form.owed and form.owed.when_held) or was_handed(kept, taken)
    ]
    number = nfc(number)
    if number and not is_numbered(desk, kept.procedure, action):
        raise BadFactError(field="number", label=_NUMBER, why="bước này không có giấy nào mang số")
    asked = asked_by_step(desk, kept.procedure, action)
    for key in typed:
        if key not in asked:
            raise BadFactError(field=key, label=f"Mục «{key}»", why="giấy tờ của bước này không hỏi mục đó")
    fields = _fields(kept, asked, _answers(desk, kept, action, typed, strict=True))
    if forms:
        _refuse_unprintable(taken, number, fields, asked)
        number = outgoing_numbers.number_for(desk, forms, number)
    return StepPapers(
        papers=tuple(FormVersion(form=form.id, version=form.version) for form in forms),
        office=_office_to_keep(desk, kept, forms),
        number=number,
        fields=fields,
    )


def _office_to_keep(desk: Desk, kept: Dossier, forms: Sequence[Form]) -> Office | None:
    """The office for the event; None where no paper names it, or the reception says the same and the papers stay here.

    What a citizen takes along names its office in its own event. Of the control slip and the receipt of a result nearly
    every dossier has some: they are drawn with the office of the reception (`values_of`) unless it has changed since.
    """
    is_for_citizen = any(form.owed is not None and form.owed.party == "citizen" for form in forms)
    return desk.office if is_for_citizen or (forms and desk.office != kept.office) else None


def _answers(desk: Desk, kept: Dossier, action: str, typed: Mapping[str, str], *, strict: bool) -> Answers:
    """The answers of the step's forms beside what the dossier says; an answer typed for a hidden question is left."""
    known = {key: text for key, text in _known(desk, kept, action).items() if isinstance(text, str)}
    return answers(
        Draft(id=kept.id, procedure=kept.procedure, fields=dict(typed)),
        tuple(asked_by_step(desk, kept.procedure, action).values()),
        known,
        today=desk.today(),
        strict=strict,
        recorded=kept.people,
    )


def _known(desk: Desk, kept: Dossier, action: str) -> dict[str, object]:
    """What a paper of this dossier says anyway; the office as it is today, for the step is taken today."""
    rule = ACTIONS.get(action)
    of_dossier = values_of(kept, procedure_versions.procedure_of(desk, kept))
    return {**of_dossier, **office_values(desk.office), "step.action": rule.label if rule else action}


def _fields(kept: Dossier, asked: Mapping[str, FormField], said: Answers) -> dict[str, str]:
    """The answers to keep, by key: those of shown questions, and of the people asked about what the dossier lacks.

    An answer that was cleared is kept as "" where the dossier has one, so that the paper does not say the old one.
    """
    shown = {question.key for question in said.questions}
    fields: dict[str, str] = {}
    for key in shown:
        fact = FactPath.of_key(key)
        if not fact.is_persons:
            answer, before = said.fields.get(key, ""), kept.answers.get(key, "")
            if answer or before:
                fields[key] = answer
    for role in sorted({field.role for field in asked.values() if FactPath.of_key(field.key).is_persons}):
        recorded, now = kept.people.get(role) or Person(full_name=""), said.people.get(role) or Person(full_name="")
        for name in Person.__struct_fields__:
            answer = getattr(now, name)
            if answer != getattr(recorded, name) or (answer and f"{role}.{name}" in shown):
                fields[f"{role}.{name}"] = answer
    return {key: fields[key] for key in sorted(fields)}


def _refuse_unprintable(
    taken: StepTaken, number: str, fields: Mapping[str, str], asked: Mapping[str, FormField]
) -> None:
    """Raises `UnprintableTextError` naming the input: a paper of the step could not show what was typed."""
    texts = [("number", _NUMBER, number), ("reason", "Lý do", taken.reason), ("to", "Nơi nhận", taken.to)]
    texts += [("result", "Kết quả", taken.result), ("signer", "Người ký", taken.signer)]
    texts += [("defects", "Nội dung cần bổ sung", f"{defect.name} {defect.wrong}") for defect in taken.defects]
    texts.append(("item_code", "Mã bưu gửi", f"{taken.item_code} {taken.paper_of_authority}"))
    texts += [(key, asked[key].label if key in asked else FactPath.of_key(key).label, fields[key]) for key in fields]
    for key, label, text in texts:
        if missing := missing_letters(text):
            raise UnprintableTextError(field=key, label=label, characters=" ".join(missing))
