"""How much of a declaration is filled in without typing: for each blank, where its value comes from. Pure.

It plays a reception of people who do not exist: "cards", everybody's card is scanned and the desk knows nobody;
"family", the desk knows them all from earlier dossiers; "prepared", the declaration was prepared at home and only the
applicant's card is scanned beside it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from desk_app.documents.forms.form_keys import asked_of_values
from desk_app.documents.forms.form_records import Form
from desk_app.documents.forms.value_keys import SUFFIXES
from desk_app.documents.prepared.prepared_form import asked_at_home
from desk_app.documents.values import office_values
from desk_app.domain.dossiers.events import Office
from desk_app.domain.dossiers.fact_paths import APPLICANT, fact_name, role_of
from desk_app.domain.dossiers.family import fits_sex
from desk_app.domain.people import identity_card
from desk_app.domain.people.person import Person
from desk_app.services.reception.draft import Answers, Draft, Question, answers

Source = Literal["card", "memory", "prepared", "office", "rule", "typed"]
Case = Literal["cards", "family", "prepared"]

CASES: dict[Case, str] = {"cards": "chỉ có thẻ", "family": "đã biết cả nhà", "prepared": "khai trước ở nhà"}
SOURCES: dict[Source, str] = {
    "card": "thẻ",
    "memory": "hồ sơ trước",
    "prepared": "khai trước",
    "office": "cơ quan",
    "rule": "quy tắc",
    "typed": "gõ",
}
_OFFICE = Office(
    name="Trung tâm Phục vụ hành chính công xã Thử Nghiệm",
    commune="xã Thử Nghiệm",
    province="thành phố Hà Nội",
    superior="UBND thành phố Hà Nội",
    clerk="Trần Văn Mẫu",
)
_CARDS = {
    "Nữ": "0341950000{n:02d}||Trần Thị Thử {n}|02031995|Nữ|Thôn 2, xã Thử Nghiệm, thành phố Hà Nội|01062022",
    "Nam": "0340930000{n:02d}||Lê Văn Thử {n}|05051993|Nam|Thôn 2, xã Thử Nghiệm, thành phố Hà Nội|01062022",
}
_AT_HOME = "Thử"
_ON_PAPER = {"id_paper": "id_number", "personal_number": "id_number"}
_DEEPEST = 12
"""Answers may ask for further people; no form nests deeper."""


class CoveredBlank(Struct, frozen=True, kw_only=True):
    """One blank of the paper, by the key of its value, and where that comes from."""

    key: str
    source: Source


class FormCoverage(Struct, frozen=True, kw_only=True):
    """The blanks that a paper has for a case; those that the law leaves empty are none."""

    form: str
    version: str
    title: str
    case: Case
    blanks: tuple[CoveredBlank, ...]

    @property
    def counts(self) -> dict[Source, int]:
        found = Counter(blank.source for blank in self.blanks)
        return {source: found[source] for source in SOURCES}

    @property
    def untyped(self) -> float:
        """The share that nobody types, 0 … 1; 1 for a paper without blanks."""
        return 1 - self.counts["typed"] / len(self.blanks) if self.blanks else 1.0


def coverage(form: Form, case: Case, *, today: date) -> FormCoverage:
    """Where each blank of the form gets its value when the people of the case come to the desk."""
    draft, said = _received(form, case, today)
    about = (field.key for field in form.fields if field.about and _stands(field.about, draft, said.people))
    related = _offered(form, draft)
    shared = frozenset(field.key for field in form.fields if field.family and len(draft.remembered) > 1)
    remembered = shared.union(about, related)
    found: dict[str, CoveredBlank] = {}
    for _, printed in asked_of_values(form.layout):
        key = _whole(printed)
        source = _source(key, draft, said, remembered)
        if source is not None:
            found.setdefault(key, CoveredBlank(key=key, source=source))
    return FormCoverage(form=form.id, version=form.version, title=form.title, case=case, blanks=tuple(found.values()))


def _received(form: Form, case: Case, today: date) -> tuple[Draft, Answers]:
    """Everybody whom the form asks a number of hands a card over, one after the other; then the rest is typed."""
    draft = _with(Draft(id="do", procedure=form.id), APPLICANT, case, today)
    if case == "prepared":
        return _prepared(form, draft, today)
    said = _answers(form, draft, today)
    for _ in range(_DEEPEST):  # what is typed may ask for more, also for further people
        waiting = [
            question.role
            for question in said.questions
            if fact_name(question.key) == "id_number" and question.role not in draft.people
        ]
        empty = {each.key: _typed(each) for each in said.questions if not each.value and not each.aside}
        if waiting:
            draft = _with(draft, waiting[0], case, today)
        elif empty:
            draft = replace(draft, fields=draft.fields | empty)
        else:
            break
        said = _answers(form, draft, today)
    return draft, said


def _stands(role: str, draft: Draft, people: Mapping[str, Person]) -> bool:
    """Whether the person in a role is known from earlier dossiers."""
    person = people.get(role)
    return person is not None and bool(person.id_number) and _same(person, draft) in draft.remembered


def _offered(form: Form, draft: Draft) -> tuple[str, ...]:
    """What the applicant is to a relative whom the desk offers for the paper's role."""
    of_paper = {"deceased", "subject"} & set(draft.remembered)
    return tuple(field.key for field in form.fields if field.key == "relation" and of_paper)


def _prepared(form: Form, draft: Draft, today: date) -> tuple[Draft, Answers]:
    """Everything that the page asks was answered there; the applicant's card says the rest."""
    card = draft.people[APPLICANT]
    at_home = {field.key: field for field in asked_at_home(form)}
    missing = [key for key in at_home if role_of(key) == APPLICANT and not getattr(card, fact_name(key))]
    applicant = replace(card, **{fact_name(key): _AT_HOME for key in missing})
    draft = replace(draft, people={APPLICANT: applicant}, prepared=dict.fromkeys(missing, _AT_HOME))
    said = _answers(form, draft, today)
    for _ in range(_DEEPEST):  # what is said may ask for more
        answered = {
            question.key: _numbered(question) or _typed(question)
            for question in said.questions
            if question.key in at_home and question.source not in {"card", "known", "prepared"}
        }
        if not answered:
            break
        draft = replace(draft, prepared=draft.prepared | answered)
        said = _answers(form, draft, today)
    return draft, said


def _numbered(question: Question) -> str:
    """Everybody has a number of twelve digits, as most people have."""
    return "034093000009" if fact_name(question.key) == "id_number" else question.value


def _typed(question: Question) -> str:
    """What a clerk might type: for a list its first entry, else a word of the kind."""
    by_kind = {"date": "01/02/2020", "number": "1", "yes_no": "Có"}
    return question.choices[0] if question.choices else by_kind.get(question.kind, "Thử")


def _answers(form: Form, draft: Draft, today: date) -> Answers:
    asked = [field for field in form.fields if field.ask]
    return answers(draft, asked, office_values(_OFFICE), today=today, strict=False)


def _with(draft: Draft, role: str, case: Case, today: date) -> Draft:
    sex = "Nữ" if fits_sex(role, "Nữ") else "Nam"
    card = identity_card.read(_CARDS[sex].format(n=len(draft.people) + 1))
    person = identity_card.as_person(card, today=today, countries={})
    if case == "family":
        person = replace(person, ethnicity="Kinh", nationality="Việt Nam", phone="0900000000")
        draft = replace(draft, remembered=(*draft.remembered, role))
    return replace(draft, people={**draft.people, role: person})


def _whole(key: str) -> str:
    """The key without what follows it: capitals, words, parts of a day."""
    base, _, last = key.rpartition(".")
    return _whole(base) if base and last in SUFFIXES else key


def _source(key: str, draft: Draft, said: Answers, remembered: frozenset[str]) -> Source | None:
    """Where the value at a key comes from; None where the paper needs none."""
    role, name = role_of(key), fact_name(key)
    if role == "office":
        return "office"
    if role == "dossier":
        return "rule"
    fact = f"{role}.{_ON_PAPER.get(name, name)}" if role else key
    question = next((each for each in said.questions if each.key == fact), None)
    if question is not None and question.source == "prepared":
        return "prepared"
    if question is not None:
        if question.source in {"card", "known"}:
            return _of_person(fact_name(fact), role, draft, said.people) if role else "rule"
        if key in remembered:
            return "memory"
        return "rule" if question.source == "default" else "typed"
    if role:
        return _of_person(fact_name(fact), role, draft, said.people)
    return "rule" if said.fields.get(key) else None


def _of_person(name: str, role: str, draft: Draft, people: Mapping[str, Person]) -> Source | None:
    """A fact that nobody is asked: on the card of whoever stands in the role, or remembered."""
    person = people.get(role)
    if person is None or not getattr(person, name, ""):
        return None
    whose = role if role in draft.people else _same(person, draft)
    if f"{whose}.{name}" in draft.prepared:
        return "prepared"
    return "memory" if whose in draft.remembered else "card"


def _same(person: Person, draft: Draft) -> str:
    """The role from which a person came who stands in two."""
    return next((role for role, known in draft.people.items() if known.id_number == person.id_number), APPLICANT)


def table(found: list[FormCoverage]) -> Iterator[str]:
    """The lines of a page in Markdown, a row for each form and case."""
    yield "# Mỗi tờ khai được điền sẵn bao nhiêu"
    yield ""
    yield "Bảng do `desk-app forms coverage --out docs/coverage.md` lập. Số ở mỗi cột là số ô trên giấy; mục mà"
    yield "pháp luật không yêu cầu ghi thì không tính. Trường hợp chỉ có thẻ: quét thẻ của từng người, quầy chưa"
    yield "biết ai. Trường hợp đã biết cả nhà: mọi người đều đã có trong hồ sơ trước, của cùng gia đình; việc đã"
    yield "đăng ký (kết hôn của cha mẹ, nơi và số đã đăng ký, ngày chết, di sản) đã khai ở một hồ sơ như thế. Trường"
    yield "hợp khai trước ở nhà: quét mã của bản khai trước (`desk-app forms page`) và thẻ của người nộp, quầy chưa"
    yield "biết ai; mọi câu trang ấy hỏi đều đã trả lời."
    yield ""
    yield "| Mẫu | Bản | Trường hợp | Không phải gõ | " + " | ".join(SOURCES.values()) + " |"
    yield "|---|---|---|--:|" + "--:|" * len(SOURCES)
    for one in found:
        counts = " | ".join(str(count) for count in one.counts.values())
        yield f"| {one.title} | {one.version} | {CASES[one.case]} | {one.untyped:.0%} | {counts} |"
