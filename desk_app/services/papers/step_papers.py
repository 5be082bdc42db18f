"""What a step owes on paper: the forms in force on the day, what they ask, and what its event keeps of them."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from desk_app.documents.forms.form_records import Form, FormField
from desk_app.documents.forms.questions import accepted
from desk_app.documents.layout.fonts import missing_letters
from desk_app.domain.calendar.typed_day import recorded_day
from desk_app.domain.dossiers.events import FormVersion, Office
from desk_app.domain.text import nfc
from desk_app.errors import BadFactError, MissingFactError, UnprintableTextError
from desk_app.services.desk.desk import Desk


class StepPapers(Struct, frozen=True, kw_only=True):
    """What the event of a step keeps of its papers; all empty for a step that owes none."""

    papers: tuple[FormVersion, ...] = ()
    office: Office | None = None
    number: str = ""
    fields: dict[str, str] = {}


def forms_of_step(desk: Desk, action: str) -> list[Form]:
    """The forms that this step owes today."""
    return desk.forms.owed_by(action, desk.today().isoformat())


def asked_by_step(desk: Desk, action: str) -> dict[str, FormField]:
    """What these forms ask, by key, each once."""
    asked: dict[str, FormField] = {}
    for form in forms_of_step(desk, action):
        for field in form.fields:
            if field.ask:
                asked.setdefault(field.key, field)
    return asked


def papers_of_step(desk: Desk, action: str, *, number: str, answers: Mapping[str, str]) -> StepPapers:
    """What is kept of the papers of this step, with their number and what was answered.

    Raises `BadFactError` for a number that no paper bears and for an answer nobody asked for or that is in no list,
    `MissingFactError` for a question the record needs, `UnprintableTextError`.
    """
    forms = forms_of_step(desk, action)
    number = nfc(number)
    if number and not any(form.owed is not None and form.owed.numbered for form in forms):
        raise BadFactError(field="number", label="Số của giấy", why="bước này không có giấy nào mang số")
    asked = asked_by_step(desk, action)
    for key in answers:
        if key not in asked:
            raise BadFactError(field=key, label=key, why="giấy tờ của bước này không hỏi mục đó")
    fields = {key: _kept(desk, field, answers.get(key, "")) for key, field in asked.items()}
    for text, label in ((number, "Số của giấy"), *((fields[key], field.label) for key, field in asked.items())):
        if missing := missing_letters(text):
            raise UnprintableTextError(field="number", label=label, characters=" ".join(missing))
    return StepPapers(
        papers=tuple(FormVersion(form=form.id, version=form.version) for form in forms),
        office=desk.office if forms else None,
        number=number,
        fields={key: answer for key, answer in fields.items() if answer},
    )


def _kept(desk: Desk, field: FormField, typed: str) -> str:
    answer = nfc(typed)
    if not answer and field.required:
        raise MissingFactError(field=field.key, label=field.label)
    if field.kind == "date" and answer:
        return recorded_day(answer, field.key, desk.today())
    kept = accepted(field, answer) if answer else answer
    if kept is None:
        why = "cần một số" if field.kind == "number" else "không có trong danh sách"
        raise BadFactError(field=field.key, label=field.label, why=why)
    return kept
