"""Every form × every case of person × every source: what goes in is read again from the drawn PDF, behind its words."""

from __future__ import annotations

import re
import shutil
from datetime import date
from itertools import product
from pathlib import Path

import pypdfium2
import pytest
from msgspec.structs import replace

from desk_app.documents.forms.form_files import read_form
from desk_app.documents.forms.form_records import Form
from desk_app.documents.layout.layout import lay_out
from desk_app.documents.output.pdf import to_pdf
from desk_app.documents.values import office_values, values_of
from desk_app.domain.calendar import dates
from desk_app.domain.dossiers.fact_paths import APPLICANT, death_key
from desk_app.domain.people.person import Person
from desk_app.services.reception.draft import Answers, Draft, answers
from tests.contracts.make_blanks import kept
from tests.contracts.test_declarations import Asked
from tests.kit.paper import papers
from tests.kit.paper.blanks import blanks_of, letters, misplaced

TODAY = date(2026, 11, 28)
SOURCES = ("card", "memory", "typed")
NAMES = ("Lò Văn Thử", "Nguyễn Thị Mẫu", "Trần Quốc Thử", "Phạm Hoài Mẫu", "Vũ Đình Thử", "Bùi Kim Mẫu")
ADDRESS = "Thôn {n}, xã Thử Nghiệm, tỉnh Mẫu"
CASES: dict[str, dict[str, str]] = {
    "full": {"id_number": "03419500{n:04d}", "born_on": "1995-03-{d:02d}", "sex": "Nữ", "residence": ADDRESS},
    "year only": {"id_number": "03405600{n:04d}", "born_on": "19{d:02d}", "residence": ADDRESS},
    "dead": {"id_number": "03405700{n:04d}", "born_on": "1957-01-{d:02d}", "residence": ADDRESS},
    "unknown": {},
    "nine digits": {"id_number": "17000{n:04d}", "born_on": "1970-12-{d:02d}", "sex": "Nam", "residence": ADDRESS},
    "passport": {"id_number": "C77{n:04d}", "born_on": "1980-02-{d:02d}", "nationality": "Lào", "id_kind": "Hộ chiếu"},
    "no paper": {"born_on": "1961-07-{d:02d}", "sex": "Nữ", "residence": ADDRESS, "ethnicity": "Thái"},
    "ethnic name": {"full_name": "H'Thử {letter} Ê-ban", "id_number": "06619000{n:04d}", "born_on": "1990-05-{d:02d}"},
    "organisation": {"full_name": "Công ty {letter} TNHH Một Cửa", "residence": ADDRESS, "phone": "0243825{n:04d}"},
}
_CARRIED = ("full_name", "id_number", "born_on", "sex", "residence", "nationality")


def person(case: str, number: int) -> Person:
    """Somebody of this case; no two of one paper share a name, number, day or address."""
    if case == "unknown":
        return Person(full_name="")
    told = {"n": 1000 + number, "d": 10 + number, "letter": chr(ord("A") + number % 26)}
    said = {name: text.format(**told) for name, text in CASES[case].items()}
    said.setdefault("full_name", f"{NAMES[number % len(NAMES)]} {told['letter']}")
    return Person(**said)


def received(form: Form, offset: int, source: str) -> Answers:
    """Everybody of the form from one source, the cases in turn beginning at `offset`."""
    asked = [field for field in form.fields if field.ask]
    roles = list(dict.fromkeys(field.role for field in asked if "." in field.key and field.role in _roles(form)))
    cases = list(CASES)
    draft = Draft(id="mau", procedure="0.000000", people={APPLICANT: person("full", 0)})
    for number, role in enumerate((role for role in roles if role != APPLICANT), start=1):
        case = cases[(offset + number) % len(cases)]
        who = person(case, number)
        if source == "typed":
            known = {name: dates.shown(getattr(who, name)) for name in Person.__struct_fields__ if getattr(who, name)}
            draft = replace(draft, fields=draft.fields | {f"{role}.{name}": text for name, text in known.items()})
        else:
            carried = who if source == "memory" else Person(**{name: getattr(who, name) for name in _CARRIED})
            draft = replace(draft, people={**draft.people, role: carried})
        if case == "dead":
            draft = replace(draft, fields=draft.fields | {death_key(role): "Có"})
    for field in asked:  # nobody of the others is the applicant
        if field.same_as:
            other = next((choice for choice in field.choices if choice not in field.same_as), "")
            draft = replace(draft, fields=draft.fields | ({field.key: other} if other else {}))
    return answers(draft, asked, office_values(papers.dossier().office), today=TODAY, strict=True)


def _roles(form: Form) -> set[str]:
    return {field.role for field in form.fields if field.key.endswith(".full_name")}


def text_of(form: Form, said: Answers) -> tuple[str, Asked]:
    """The letters of the drawn PDF without blanks, and the values with the keys that were drawn."""
    people = {role: each for role, each in said.people.items() if each.full_name or role == APPLICANT}
    values = Asked(values_of(papers.dossier(people=people, fields=said.fields), papers.PROCEDURE))
    pdf = to_pdf(lay_out(form, values, code=""), title="", subject="", code="", made_at=0)
    with pypdfium2.PdfDocument(pdf) as document:
        read = "".join(document[at].get_textpage().get_text_range() for at in range(len(document)))
    return letters(read), values


def blanks(form: Form) -> set[str]:
    """The keys that stand in the text of the form, not only in a condition."""
    return set(re.findall(r"\{[=?]?([a-z_0-9.]+)[:}]", (Path(form.folder) / "layout.txt").read_text("utf-8")))


def expected(key: str, said: Answers) -> str:
    """What must be read where the form prints this key of a person, reckoned without the program's own drawing."""
    role, _, name = key.removesuffix(".upper").partition(".")
    who = said.people.get(role)
    if who is None or not who.full_name:
        return ""
    if name == "residence" and said.fields.get(death_key(role)) == "Có":
        return letters("Đã chết")
    if name in {"identity", "id_paper"}:
        return letters(who.id_number)
    if name in {"full_name", "sex", "residence", "ethnicity", "nationality", "phone", "id_number"}:
        return letters(getattr(who, name))
    if name == "born_on":
        year, *rest = who.born_on.split("-")
        return "".join([*reversed(rest), year])
    return ""


BLANKS = kept()
FORMS = [form for form in papers.library().newest(TODAY.isoformat()) if form.owed is None and len(_roles(form)) > 0]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "offset" not in metafunc.fixturenames:
        return
    offsets = range(len(CASES)) if metafunc.config.getoption("every_form") else range(1)
    runs = [
        (form, (at + 3 * index + offset * 4) % len(CASES), source)
        for at, form in enumerate(FORMS)
        for (index, source), offset in product(enumerate(SOURCES), offsets)
    ]
    metafunc.parametrize(("form", "offset", "source"), runs, ids=[f"{f.id}-{o}-{s}" for f, o, s in runs])


def test_what_goes_in_of_everybody_stands_on_the_paper_behind_its_words(form: Form, offset: int, source: str) -> None:
    said = received(form, offset, source)
    read, values = text_of(form, said)
    drawn = values.keys_asked & blanks(form)
    assert drawn
    assert [key for key in sorted(drawn) if expected(key, said) not in read] == []
    assert misplaced(BLANKS[form.id, form.version], read, dict(values), values.keys_asked) == []


@pytest.mark.parametrize(
    ("name", "one", "other"),
    [
        ("to-khai-khai-sinh", "mother.full_name.upper", "father.full_name.upper"),
        ("to-khai-khai-sinh", "mother.born_on", "father.born_on"),
        ("to-khai-khai-sinh", "applicant.residence", "applicant.identity"),
        ("to-khai-ket-hon", "bride.identity::3", "groom.identity::3"),
        ("to-khai-khai-tu", "applicant.full_name.upper", "deceased.full_name.upper"),
        ("to-khai-khai-tu", "death_place", "death_cause"),
    ],
)
def test_two_facts_the_wrong_way_round_are_seen(name: str, one: str, other: str, tmp_path: Path) -> None:
    form = next(form for form in FORMS if form.id == name)
    folder = tmp_path / name / form.version
    shutil.copytree(form.folder, folder)
    shutil.copytree(Path(form.folder).parents[1] / "_lists", tmp_path / "_lists")
    layout = folder / "layout.txt"
    text = layout.read_text("utf-8")
    assert f"{{{one}}}" in text
    assert f"{{{other}}}" in text
    turned = text.replace(f"{{{one}}}", "\0").replace(f"{{{other}}}", f"{{{one}}}").replace("\0", f"{{{other}}}")
    layout.write_text(turned, "utf-8")
    said = received(form, 0, "card")
    said.fields.update({"death_place": "Trạm y tế xã Thử", "death_cause": "Bệnh già"})
    read, values = text_of(read_form(folder), said)
    assert misplaced(BLANKS[form.id, form.version], read, dict(values), values.keys_asked)


def test_every_blank_of_every_form_is_kept_with_its_words() -> None:
    """`python -m tests.contracts.make_blanks` writes them, for a person to hold against the official text."""
    for form in FORMS:
        now = sorted(each.key for each in blanks_of(form))
        assert sorted(each.key for each in BLANKS[form.id, form.version]) == now, form.id


FACT_WORDS = {
    "full_name": r"tên|ông|bà|tôi|bên|người|chủ hộ|mẹ|cha|\bcon\b|hồ sơ của|kết hôn với",
    "born_on": r"sinh|^năm$",
    "sex": r"giới tính|nam/nữ",
    "ethnicity": r"dân tộc",
    "nationality": r"quốc tịch",
    "residence": r"cư trú|thường trú|địa chỉ|nơi ở|trú tại|hộ khẩu",
    "identity": r"giấy tờ|căn cước|định danh",
    "phone": r"điện thoại",
    "email": r"thư điện tử|email",
}
ROLE_WORDS = {
    r"người mẹ": {"mother"},
    r"người cha": {"father"},
    r"\bvợ\b": {"wife", "spouse"},
    r"người yêu cầu": {"applicant"},
}


def test_the_words_that_are_kept_name_the_fact_behind_them() -> None:
    """What was written down from the forms is itself held against what words mean."""
    wrong = []
    for (name, version), blanks_there in BLANKS.items():
        for before, key, _ in blanks_there:
            role, _, fact = key.removesuffix(".upper").partition(".")
            words = before.rpartition("}")[2].casefold()
            if len(letters(words)) < 3 or fact not in FACT_WORDS:
                continue
            if not re.search(FACT_WORDS[fact], words):
                wrong.append(f"{name} {version}: {before} » {key}")
            for said, roles in ROLE_WORDS.items():
                if re.search(said, words) and role not in roles:
                    wrong.append(f"{name} {version}: {before} » {key}")
    assert wrong == []
