"""What the clerk has entered so far, and the people and answers it amounts to. Pure: records nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from desk_app.documents.forms.form_records import FormField
from desk_app.documents.forms.questions import accepted, is_asked, prefill, taken_apart
from desk_app.documents.prepared.home_answers import HomeAnswers
from desk_app.domain.calendar import dates
from desk_app.domain.calendar.typed_day import recorded_day
from desk_app.domain.dossiers.events import CardRead, HandedIn
from desk_app.domain.dossiers.fact_paths import FactPath, is_paper_number, kind_of
from desk_app.domain.payments.exemption import ExemptionClaim
from desk_app.domain.people import paper_number
from desk_app.domain.people.person import Person
from desk_app.domain.prepared.home_people import HomeDifference
from desk_app.domain.procedures.procedure import Component, ComponentUse, Document, Procedure
from desk_app.domain.text import nfc
from desk_app.errors import BadFactError, MissingFactError

WISHES = ("yes", "no")
"""What a citizen can say of receiving messages (`Draft.messages`)."""


class Draft(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An unsaved reception. `id` becomes the dossier's: saving a draft twice records it once.

    `fields` are answers by question key, as typed, "" for a cleared one; "<role>.<attribute>" speaks of a person.
    `remembered` are the roles whose person no card gave, but the desk's memory. `prepared` are the answers that a
    declaration from home brought, by key, days as dd/mm/yyyy: they fill what nothing else does.
    `ticked` None takes the procedure's defaults, `copies` None the declaration's. `fee_total` and `due_at` (UTC ms)
    override what the rules reckon. `extra_forms` are ids of forms that the clerk added to this dossier. `exemption` is
    why less is to be paid than the rules reckon.
    `messages` is what the citizen said of receiving any: "yes", "no", "" for not asked.
    """

    id: str
    procedure: str
    people: dict[str, Person] = {}
    remembered: tuple[str, ...] = ()
    fields: dict[str, str] = {}
    prepared: dict[str, str] = {}
    ticked: tuple[HandedIn, ...] | None = None
    documents: tuple[Document, ...] = ()
    copies: int | None = None
    sets: int = 1
    fee_total: int | None = None
    due_at: int = 0
    return_by: str = "counter"
    note: str = ""
    card: CardRead | None = None
    hand_over: bool = False
    channel: str = ""
    extra_forms: tuple[str, ...] = ()
    exemption: ExemptionClaim | None = None
    messages: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One input the forms ask for.

    `value` comes from `source`: "typed", "card", "known", "prepared" (at home), "default" or "". `aside`: Enter passes
    over it; `carries`: other answers may be typed along with it; `confirm`: the value is only likely, and looked at.
    """

    key: str
    label: str
    kind: str
    choices: tuple[str, ...]
    required: bool
    section: str
    role: str
    value: str
    source: str
    hint: str = ""
    free: bool = False
    aside: bool = False
    carries: bool = False
    confirm: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """The people by role, the answers that belong to no person, and the questions as the screen shows them.

    `from_home` are the keys whose value is as it was prepared at home and stands on no card and in no earlier dossier,
    `differing` what stands otherwise than it was prepared.
    """

    people: dict[str, Person]
    fields: dict[str, str]
    questions: tuple[Question, ...]
    from_home: tuple[str, ...] = ()
    differing: tuple[HomeDifference, ...] = ()


def handed_in(component: Component) -> HandedIn:
    """The component as a citizen brings it, in the numbers the list asks for."""
    originals = component.originals or (0 if component.copies else 1)
    return HandedIn(component=component.id, name=component.name, originals=originals, copies=component.copies)


def default_ticks(procedure: Procedure) -> tuple[HandedIn, ...]:
    """What is taken as handed in until the clerk says otherwise."""
    return tuple(
        handed_in(component)
        for component in procedure.components
        if component.default and component.use is not ComponentUse.NOTE
    )


def is_somebody(role: str, known: Person, draft: Draft) -> bool:
    """Whether anything was said of a person; what a form takes for granted (a nationality) makes nobody."""
    if role == "applicant" or known.full_name or role in draft.people:
        return True
    return any(answer.strip() for key, answer in draft.fields.items() if key.startswith(f"{role}."))


def answers(
    draft: Draft,
    asked: Sequence[FormField],
    known: Mapping[str, str],
    *,
    today: date,
    strict: bool,
    recorded: Mapping[str, Person] | None = None,
) -> Answers:
    """What the draft says, completed by what the forms prefill: an answer shown on the screen is an answer given.

    `known` are values by key beside the draft's own ("office.province"); `recorded` the people of a dossier that is in
    the journal already, taken as they are. `strict` refuses a date no calendar has, a
    birth or death after `today` and a required question without an answer; else such values are passed on as typed, for
    the preview.
    """
    draft = replace(draft, fields=taken_apart(draft.fields, asked))
    state = _State(draft, known, recorded or {}, today=today, strict=strict)
    for question in asked:
        if question.same_as:
            state.share_applicant(question)
    open_keys = {question.key for question in asked}
    for key, answer in draft.fields.items():
        if key not in open_keys:
            state.put(key, state.typed(None, key, answer))
    shown = [state.ask(question) for question in asked if is_asked(question, state.values())]
    state.name_passports()
    return Answers(
        people=state.people,
        fields=state.fields,
        questions=tuple(shown),
        from_home=state.home.kept(state.people, state.fields),
        differing=tuple(state.home.differences(state.people)),
    )


class _State:
    """People and answers while the questions are gone through, in the form's order."""

    def __init__(
        self, draft: Draft, known: Mapping[str, str], recorded: Mapping[str, Person], *, today: date, strict: bool
    ) -> None:
        self._draft = draft
        self._today = today
        self._known = known
        self._strict = strict
        self.fields: dict[str, str] = {}
        self.people = {**recorded, **{role: self._tidy(role, person) for role, person in draft.people.items()}}
        self.people.setdefault("applicant", Person(full_name=""))
        self._values: dict[str, str] | None = None
        said = {key: self._at_home(key, value) for key, value in draft.prepared.items()}
        self.home = HomeAnswers(said, dict(self.people), draft.card.fields if draft.card else ())

    def values(self) -> dict[str, str]:
        """Text by key, dates as they are shown."""
        if self._values is None:
            self._values = dict(self._known)
            for role, person in self.people.items():
                if person.personal_number:
                    self._values[f"{role}.personal_number"] = person.personal_number
                for name in Person.__struct_fields__:
                    if value := getattr(person, name):
                        self._values[f"{role}.{name}"] = dates.shown(value) if kind_of(name) == "date" else value
            self._values |= self.fields
        return self._values

    def share_applicant(self, question: FormField) -> None:
        """ "Người yêu cầu là mẹ": the mother's facts are the applicant's."""
        answer = self._draft.fields.get(question.key)
        if answer is None:
            answer = self.home.shared(question)
        if answer is None:
            answer = prefill(question, self.values()).value
        if role := question.same_as.get(accepted(question, answer) or ""):
            self.people[role] = self.people["applicant"]
            self._values = None

    def ask(self, question: FormField) -> Question:
        typed = self._draft.fields.get(question.key)
        prepared = self.home.answer(question, self.people.get(question.role))
        if typed is not None:
            value, source = typed, "typed"
        elif prepared is not None:
            value, source = prepared, "prepared" if prepared else ""
        else:
            value, source = prefill(question, self.values())
            if source == "known" and question.role in self._draft.people.keys() - set(self._draft.remembered):
                source = "card"
        kept = self._chosen(question, self.typed(question, question.key, value), source)
        if prepared:
            self.home.answered(question.key, self.typed(question, question.key, prepared))
        if question.required and self._strict and not kept:
            raise MissingFactError(field=question.key, label=question.label)
        self.put(question.key, kept)
        return Question(
            key=question.key,
            label=question.label,
            kind=question.kind,
            choices=question.choices,
            required=question.required,
            section=question.section,
            role=question.role,
            value=value,
            source=source,
            hint=question.hint,
            free=question.free,
            aside=question.aside,
            carries=bool(question.carries),
            confirm=question.confirm and source == "default",
        )

    def _chosen(self, question: FormField, answer: str, source: str) -> str:
        """What a clerk typed for a list or a number, as it is kept. Raises `BadFactError` when strict."""
        kept = accepted(question, answer) if answer and source == "typed" else answer
        if kept is None and self._strict:
            why = "cần một số" if question.kind == "number" else "không có trong danh sách"
            raise BadFactError(field=question.key, label=question.label, why=why)
        return answer if kept is None else kept

    def put(self, key: str, value: str) -> None:
        """An answer into its person or among the fields; a cleared one clears what a card said."""
        fact = FactPath.of_key(key)
        if fact.is_persons:
            person = self.people.get(fact.role) or Person(full_name="")
            if getattr(person, fact.name) != value:
                self.people[fact.role] = replace(person, **{fact.name: value})
                self._values = None
        elif self.fields.get(key, "") != value:
            self.fields[key] = value
            self._values = None
        if not value:
            self.fields.pop(key, None)

    def name_passports(self) -> None:
        """A number of letters and figures is a passport's, unless the paper has been called something else."""
        for role, person in self.people.items():
            if paper_number.is_passport_number(person.id_number) and not person.id_kind:
                self.people[role] = replace(person, id_kind=paper_number.PASSPORT)

    def typed(self, question: FormField | None, key: str, answer: str) -> str:
        """The answer as it is kept: composed and trimmed, a date as ISO. Raises `BadFactError` when strict."""
        answer = nfc(answer)
        if is_paper_number(key):
            return paper_number.tidied(answer)
        kind = question.kind if question else kind_of(key)
        if not answer or kind != "date":
            return answer
        try:
            return recorded_day(answer, key, self._today)
        except BadFactError as error:
            if not self._strict:
                return answer
            label = question.label if question else FactPath.of_key(key).label
            raise BadFactError(field=key, label=label, why=error.facts.get("why", "")) from error

    def _at_home(self, key: str, answer: str) -> str:
        """A prepared answer as it is kept; one that cannot stand is left for its question to refuse."""
        try:
            return self.typed(None, key, answer)
        except BadFactError:
            return nfc(answer)

    def _tidy(self, role: str, person: Person) -> Person:
        """Every fact as it is kept; a person from a card has them so already."""
        facts = {name: self.typed(None, f"{role}.{name}", getattr(person, name)) for name in Person.__struct_fields__}
        return Person(**facts)
