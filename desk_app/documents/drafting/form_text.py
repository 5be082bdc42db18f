"""The form.toml of a draft: its law still unproven, the people it speaks of, and the questions it asks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from desk_app.documents.drafting.found import Asked
from desk_app.documents.drafting.register import Register
from desk_app.documents.drafting.roles import APPLICANT, ORGANISATION, called
from desk_app.documents.drafting.source_files.parts import SourcePage
from desk_app.domain.text import fold

_ORDER = (
    "full_name",
    "id_number",
    "born_on",
    "sex",
    "residence",
    "phone",
    "email",
    "ethnicity",
    "nationality",
    "id_kind",
    "id_issued_on",
    "id_issued_by",
)
_PAPER = ("id_number", "id_kind", "id_issued_on", "id_issued_by")
_ASKED_OF_APPLICANT = {"ethnicity": "Dân tộc", "nationality": "Quốc tịch", "email": "Thư điện tử"}
"""What reception does not ask of everybody."""
_SELF = "Bản thân"
_RELATIONS = (_SELF, "Cha", "Mẹ", "Con", "Vợ", "Chồng", "Ông", "Bà", "Anh, chị, em ruột", "Người đại diện")
_ONLY_WITHOUT_NUMBER = re.compile(r"chi ghi trong truong hop.*so dinh danh")


def form_toml(register: Register, *, title: str, page: SourcePage | None, today: str) -> str:
    """The text; every form that comes out of a file is unproven until a person has compared it."""
    lines = [
        "# Bản thảo do máy lập từ văn bản. Xem lại từng mục trước khi dùng.",
        f"title = {_text(title)}",
        f"in_force_from = {_text(today)}",
        *_paper(page),
        "",
        "[citation]",
        'number = "Chưa ghi số văn bản"',
        'title = ""',
        "verified = false",
        'note = "Bản thảo lập từ tệp: ghi số văn bản ban hành mẫu, đối chiếu từng chữ rồi mới ghi đã đối chiếu."',
    ]
    for entry in _entries(register):
        lines += ["", "[[field]]", *entry]
    return "\n".join(lines) + "\n"


def _paper(page: SourcePage | None) -> Iterator[str]:
    is_small = page is not None and page.width < 170
    yield f'paper = "{"A5" if is_small else "A4"}"'
    if page is not None:
        margins = [max(8, min(40, round(margin))) for margin in page.margins]
        yield f"margins = [{', '.join(map(str, margins))}]"
    yield f"size = {11 if is_small else 13}"
    yield "leading = 1.35"


def _entries(register: Register) -> Iterator[list[str]]:
    printed = _facts_printed(register)
    others = [role for role in printed if role not in {APPLICANT, ORGANISATION}]
    subject = register.main if register.main in others else ""
    used = {blank.key.split(".")[0] for blank in register.blanks}
    answers = {key: asked for key, asked in register.answers.items() if key.split(".")[0] in used}
    relation = answers.pop("relation", None)
    same = _same_as(subject, others)
    if relation is not None or same:
        yield _relation(relation, subject, same)
    for role in others:
        answer = next((answer for answer, whose in same.items() if whose == role), "")
        yield _person(register, role, printed[role], answer=answer)
    for fact, label in _ASKED_OF_APPLICANT.items():
        if fact in printed.get(APPLICANT, set()):
            yield from _asked_of_applicant(fact, label)
    for asked in answers.values():
        yield _question(asked)


def _facts_printed(register: Register) -> dict[str, set[str]]:
    """By role what the layout prints of a person, as facts that can be asked."""
    found: dict[str, set[str]] = {role: set() for role in register.people}
    for blank in register.blanks:
        role, _, rest = blank.key.partition(".")
        if role not in found:
            continue
        fact = rest.partition(".")[0]
        found[role] |= set(_PAPER) if fact == "identity" else {fact} & set(_ORDER)
    return {role: facts for role, facts in found.items() if facts and role != ORGANISATION}


def _same_as(subject: str, others: list[str]) -> dict[str, str]:
    """By how the applicant is related, the role that the applicant then has; nobody declares their own death."""
    if subject == "child":
        return {answer: role for answer, role in (("Mẹ", "mother"), ("Cha", "father")) if role in others}
    return {_SELF: subject} if subject and subject != "deceased" else {}


def _relation(asked: Asked | None, subject: str, same: dict[str, str]) -> list[str]:
    label = asked.label if asked is not None else f"Người nộp là {called(subject).lower()}"
    lines = [
        'key = "relation"',
        f"label = {_text(label[:80])}",
        'section = "Người yêu cầu"',
        'kind = "choice"',
        f"choices = [{', '.join(_text(each) for each in _RELATIONS)}]",
        "free = true",
    ]
    if same:
        pairs = ", ".join(f'"{answer}" = "{role}"' for answer, role in same.items())
        lines.append(f"same_as = {{ {pairs} }}")
    return [*lines, "ask = true"]


def _person(register: Register, role: str, facts: set[str], *, answer: str) -> list[str]:
    section = _short(register.people.get(role, "")) if role.startswith(("person", "member")) else called(role)
    if role.startswith("member"):
        section = f"Thành viên {role.removeprefix('member')}"
    ordered = [fact for fact in _ORDER if fact in facts]
    lines = [
        f'key = "{role}"',
        f"label = {_text(section or called(role))}",
        'kind = "person"',
        f"facts = [{', '.join(_text(fact) for fact in ordered)}]",
    ]
    if spared := [fact for fact in ordered if fact in _spared(register, role)]:
        lines.append(f"unless_numbered = [{', '.join(_text(fact) for fact in spared)}]")
    if answer:
        lines.append(f'when = "relation!={answer}"')
    return [*lines, f"hint = {_text('Quét thẻ vào đây, hoặc gõ')}"]


def _spared(register: Register, role: str) -> set[str]:
    """What a note of the text asks only of those who have no personal number."""
    found = set()
    for blank in register.blanks:
        if blank.key.startswith(f"{role}.") and any(
            _ONLY_WITHOUT_NUMBER.search(fold(register.notes.get(number, ""))) for number in blank.notes
        ):
            found.add(blank.key.split(".")[1])
    return found | ({"id_kind", "id_issued_on", "id_issued_by"} if found else set())


def _asked_of_applicant(fact: str, label: str) -> Iterator[list[str]]:
    lines = [f'key = "applicant.{fact}"', f"label = {_text(label)}", 'section = "Người yêu cầu"']
    if fact == "ethnicity":
        lines += ['kind = "choice"', 'choices_from = "dan-toc"', "free = true"]
    if fact == "nationality":
        lines.append('default = "Việt Nam"')
    yield [*lines, "ask = true"]


def _question(asked: Asked) -> list[str]:
    kind = "text" if asked.kind == "choice" and not asked.choices else asked.kind
    lines = [
        f'key = "{asked.key}"',
        f"label = {_text(_short(asked.label))}",
        f"section = {_text(_short(asked.section) or 'Nội dung')}",
    ]
    if kind != "text":
        lines.append(f'kind = "{kind}"')
    if kind == "choice":
        lines.append(f"choices = [{', '.join(_text(each) for each in dict.fromkeys(asked.choices))}]")
    return [*lines, "ask = true"]


def _short(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:77].rsplit(' ', 1)[0]} …"


def _text(text: str) -> str:
    """A text as TOML quotes it."""
    bare = "".join(sign for sign in text if sign.isprintable())
    return '"' + bare.replace("\\", "\\\\").replace('"', '\\"') + '"'
