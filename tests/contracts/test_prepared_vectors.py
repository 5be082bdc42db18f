"""The page's script and the program speak one language: what either made once, both read for ever.

golden/prepared/vectors.json holds answers and the digits that each side made of them. With node at hand both sides are
compared anew; without it the kept ones still bind the program. `python -m tests.contracts.test_prepared_vectors` writes
the file where there is none.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from desk_app.documents.prepared import dictionaries
from desk_app.documents.prepared.prepared_form import prepared_questions
from desk_app.domain.prepared import part_digits, prepared_answers
from desk_app.domain.prepared.prepared_answers import PreparedQuestion
from tests.kit.paper import home_answers

KEPT = Path(__file__).parent / "golden" / "prepared" / "vectors.json"
needs_node = pytest.mark.skipif(not home_answers.NODE, reason="not on this machine: node")


def vectors() -> dict[str, Any]:
    return dict(json.loads(KEPT.read_text("utf-8")))


def read(parts: list[str], questions: tuple[PreparedQuestion, ...]) -> dict[str, str]:
    digits = "".join(part_digits.read_part(part).digits for part in parts)
    return prepared_answers.decoded(digits, questions, home_answers.WORDS)


def questions_of(told: list[dict[str, Any]]) -> tuple[PreparedQuestion, ...]:
    return tuple(PreparedQuestion(each["key"], each["kind"], tuple(each["choices"])) for each in told)


def test_what_the_page_and_the_program_made_is_read_as_it_was_said() -> None:
    kept = vectors()["cases"]
    assert len(kept) > 20
    for case in kept:
        questions = questions_of(case["questions"])
        said = {each.key: case["answers"][each.key] for each in questions if case["answers"].get(each.key)}
        assert read(case["by_page"], questions) == said
        assert read(case["by_program"], questions) == said


def test_a_dictionary_that_was_handed_out_is_never_another() -> None:
    kept = vectors()["dictionaries"]
    assert kept == {
        str(number): hashlib.sha256(dictionaries.words(number)).hexdigest()
        for number in range(1, dictionaries.NEWEST + 1)
    }


@needs_node
def test_the_page_makes_the_same_digits_today_and_reads_those_of_the_program() -> None:
    kept = vectors()["cases"]
    cases = [
        {**case, "digits": "".join(part_digits.read_part(part).digits for part in case["by_program"])} for case in kept
    ]
    for case, answered in zip(kept, home_answers.in_javascript(cases), strict=True):
        said = {key: answer for key, answer in case["answers"].items() if answer}
        assert answered["parts"] == case["by_page"]
        assert answered["read"] == said


@needs_node
def test_page_and_program_agree_over_random_answers_to_every_declaration() -> None:
    asked = []
    for number, form in enumerate(home_answers.declarations() * 4):
        answers = home_answers.random_answers(form, 70_000 + number)
        digits = prepared_answers.encoded(answers, prepared_questions(form), home_answers.WORDS)
        asked.append((form, answers, home_answers.case_of(form, answers, digits)))
    for (form, answers, _), answered in zip(
        asked, home_answers.in_javascript([each[2] for each in asked]), strict=True
    ):
        said = home_answers.kept_of(form, answers)
        assert read(answered["parts"], prepared_questions(form)) == said
        assert answered["read"] == said


def _made() -> dict[str, Any]:
    births = (home_answers.MOTHERS_BIRTH, home_answers.GRANDMOTHERS_BIRTH, home_answers.WITHOUT_NUMBERS)
    pairs = [(home_answers.birth(), answers) for answers in births]
    pairs += [
        (form, home_answers.random_answers(form, 40_000 + n)) for n, form in enumerate(home_answers.declarations())
    ]
    cases = [home_answers.case_of(form, home_answers.kept_of(form, answers)) for form, answers in pairs]
    by_page = home_answers.in_javascript(cases)
    return {
        "dictionaries": {"1": hashlib.sha256(home_answers.WORDS).hexdigest()},
        "cases": [
            {
                "answers": case["answers"],
                "questions": case["questions"],
                "form": case["form"],
                "by_page": answered["parts"],
                "by_program": list(home_answers.parts(form, case["answers"])),
            }
            for (form, _), case, answered in zip(pairs, cases, by_page, strict=True)
        ],
    }


if __name__ == "__main__":
    with KEPT.open("x", encoding="utf-8") as file:
        json.dump(_made(), file, ensure_ascii=False, separators=(",", ":"))
