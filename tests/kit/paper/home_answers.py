"""Answers that people who do not exist prepare at home, and the page's own script beside the program's."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
from collections.abc import Sequence
from functools import cache
from typing import Any

from desk_app import places
from desk_app.documents.forms.form import FormLibrary
from desk_app.documents.forms.form_records import Form
from desk_app.documents.prepared import dictionaries
from desk_app.documents.prepared.prepared_form import is_declaration, number_of, prepared_questions
from desk_app.domain.prepared import part_digits, prepared_answers
from desk_app.domain.prepared.prepared_answers import UNKNOWN
from tests.kit.desk.vietnamese import LETTERS, SPECIAL_NAMES

NODE = shutil.which("node") or ""
WORDS = dictionaries.words(1)
BIRTH = "to-khai-khai-sinh"
ON = "2026-11-28"
MOTHERS_BIRTH = {
    "applicant.full_name": "Trần Thị Thử Mẹ",
    "applicant.id_number": "034195000002",
    "applicant.born_on": "02/03/1995",
    "applicant.sex": "Nữ",
    "applicant.residence": "Thôn 2, xã Thử Nghiệm, thành phố Hà Nội",
    "applicant.phone": "0900000002",
    "relation": "Mẹ đẻ",
    "father.full_name": "Lê Văn Thử Cha",
    "father.id_number": "034093000003",
    "father.born_on": "05/05/1993",
    "child.full_name": "Lê Thử Nghiệm An",
    "child.born_on": "01/11/2026",
    "child.sex": "Nam",
    "birth_place": "Trạm y tế xã Thử Nghiệm, thành phố Hà Nội",
    "child.ethnicity": "Kinh",
    "child.nationality": "Việt Nam",
    "hometown": "xã Thử Nghiệm, thành phố Hà Nội",
    "marriage_number": "12/2024",
    "marriage_book": "01",
    "marriage_on": "20/10/2024",
    "marriage_place": "Ủy ban nhân dân xã Thử Nghiệm, thành phố Hà Nội",
}
GRANDMOTHERS_BIRTH = MOTHERS_BIRTH | {
    "applicant.full_name": "Đoàn Thị Thử Bà",
    "applicant.id_number": "034168000004",
    "applicant.born_on": "1968",
    "relation": "Bà ngoại",
    "mother.full_name": "Trần Thị Thử Mẹ",
    "mother.id_number": "034195000002",
    "mother.born_on": "02/03/1995",
}
WITHOUT_NUMBERS = GRANDMOTHERS_BIRTH | {
    "mother.id_number": "123456789",
    "mother.id_kind": "Chứng minh nhân dân",
    "mother.id_issued_on": "01/02/2010",
    "mother.id_issued_by": "Công an tỉnh Thử Nghiệm",
    "mother.residence": "Buôn Thử, phường Nghiệm Thử, tỉnh Đắk Lắk",
    "mother.ethnicity": "Ê-đê",
    "mother.nationality": "Việt Nam",
    "father.full_name": UNKNOWN,
    "father.id_number": "",
    "father.born_on": "",
    "child.full_name": "H’Thử Êban Nghiệm",
}


@cache
@cache
def library() -> FormLibrary:
    return FormLibrary.load([places.forms()])


def birth() -> Form:
    return library().in_force(BIRTH, ON)


def declarations() -> list[Form]:
    """Every version of every declaration."""
    return [form for form in library().all() if is_declaration(form)]


def parts(form: Form, answers: dict[str, str]) -> tuple[str, ...]:
    """What the page would show."""
    digits = prepared_answers.encoded(answers, prepared_questions(form), WORDS)
    return part_digits.parted(digits, form=number_of(form), dictionary=1)


def kept_of(form: Form, answers: dict[str, str]) -> dict[str, str]:
    """The answers that come back: those said, to questions the form has."""
    asked = [question.key for question in prepared_questions(form)]
    return {key: answers[key] for key in asked if answers.get(key)}


def random_answers(form: Form, seed: int) -> dict[str, str]:
    """Something for about two of three questions: of its kind, of another kind, in every letter."""
    dice = random.Random(seed)
    words = [*"".join(LETTERS), *SPECIAL_NAMES, "Êban", "M̆lô", "Ê̆", "Ƀ", "số 1/2", "🙂", "007", "-", "Thôn 2"]

    def text() -> str:
        return " ".join(
            "".join(dice.choices(words, k=dice.randint(1, 6))) for _ in range(dice.randint(1, dice.choice([2, 9])))
        )

    def number(length: int) -> str:
        return "".join(dice.choices("0123456789", k=length))

    def day() -> str:
        return f"{dice.randint(1, 28):02d}/{dice.randint(1, 12):02d}/{dice.randint(1850, 2123)}"

    found: dict[str, str] = {}
    for question in prepared_questions(form):
        ways = [text, lambda: number(12), lambda: number(dice.randint(1, 14)), lambda: UNKNOWN, lambda: ""]
        if question.kind == "date":
            ways += [day, day, lambda: str(dice.randint(1850, 2200)), lambda: "31/02/2020", lambda: "29/02/2024"]
        if question.choices:
            ways += [lambda choices=question.choices: dice.choice(choices)] * 4
        if dice.random() < 0.7:
            found[question.key] = prepared_answers.nfc(dice.choice(ways)())
    return found


def in_javascript(cases: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """What the page's script makes of each case: its parts of `answers`, and what it reads out of `digits`."""
    folder = places.resources() / "prepared"
    script = "\n".join((folder / name).read_text("utf-8") for name in ("fflate.js", "codec.js"))
    program = f"""
    const cases = JSON.parse(require('fs').readFileSync(0, 'utf8'));
    const scope = {{}};
    new Function('module', 'exports', 'define', 'self', {json.dumps(script + "; self.codec = codec;")}
      .replace(/fflate\\./g, 'self.fflate.'))(undefined, undefined, undefined, scope);
    const words = cases.shift();
    console.log(JSON.stringify(cases.map(each => ({{
      parts: scope.codec.parted(scope.codec.encoded(each.answers, each.questions, words), each.form, 1),
      read: each.digits ? scope.codec.decoded(each.digits, each.questions, words) : null
    }}))));
    """
    asked = json.dumps([WORDS.decode(), *cases])
    done = subprocess.run([NODE, "-e", program], input=asked, capture_output=True, text=True, check=True, timeout=120)
    answered: list[dict[str, Any]] = json.loads(done.stdout)
    return answered


def case_of(form: Form, answers: dict[str, str], digits: str = "") -> dict[str, Any]:
    """A case as `in_javascript` takes it."""
    questions = [
        {"key": each.key, "kind": each.kind, "choices": list(each.choices)} for each in prepared_questions(form)
    ]
    return {"answers": answers, "questions": questions, "form": number_of(form), "digits": digits}
