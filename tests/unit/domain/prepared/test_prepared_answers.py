"""Answers as digits and back, for every declaration: every letter, every kind, and nonsense that ends in a sentence."""

from __future__ import annotations

import random
import zlib
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk_app.documents.prepared.prepared_form import number_of, prepared_questions
from desk_app.domain.prepared.byte_digits import bytes_of, digits_of
from desk_app.domain.prepared.prepared_answers import _RUN, PreparedQuestion, decoded, encoded
from desk_app.domain.text import nfc
from desk_app.errors import PreparedDamagedError, PreparedOverfullError
from tests.kit.desk.vietnamese import LETTERS, texts
from tests.kit.paper import home_answers
from tests.kit.paper.home_answers import WORDS

QUESTIONS = prepared_questions(home_answers.birth())


@given(st.binary(max_size=64))
def test_bytes_are_digits_and_bytes_again(data: bytes) -> None:
    assert bytes_of(digits_of(data)) == data
    assert len(digits_of(data)) <= -(-len(data) * 20 // 8) + 1


@pytest.mark.parametrize("digits", ["1", "12", "999", "99999", "9" * 20, "1" * 21, "1" * 24])
def test_digits_that_no_bytes_make_are_refused(digits: str) -> None:
    with pytest.raises(ValueError, match=r"block"):
        bytes_of(digits)


@pytest.mark.parametrize("seed", range(4))
def test_random_answers_to_every_declaration_come_back(seed: int) -> None:
    for number, form in enumerate(home_answers.declarations()):
        answers = home_answers.random_answers(form, seed * 1000 + number)
        questions = prepared_questions(form)
        assert decoded(encoded(answers, questions, WORDS), questions, WORDS) == home_answers.kept_of(form, answers)


@given(st.dictionaries(st.sampled_from([each.key for each in QUESTIONS]), texts))
def test_vietnamese_words_come_back_letter_by_letter(answers: dict[str, str]) -> None:
    kept = {key: " ".join(answer.split()) for key, answer in answers.items()}
    found = decoded(encoded(answers, QUESTIONS, WORDS), QUESTIONS, WORDS)
    assert found == {
        each.key: home_answers.prepared_answers.nfc(kept[each.key]) for each in QUESTIONS if each.key in kept
    }


def test_every_letter_of_the_alphabet_and_of_the_ethnic_names_comes_back() -> None:
    question = (PreparedQuestion("x", "text"),)
    for letter in [*LETTERS, "Ê̆", "M̆", "ƀ", "č", "ñ", "ŏ", "ŭ", "ŭ̆", "H’", "🙂", "中"]:
        kept = nfc(f"a{letter}b")
        assert decoded(encoded({"x": f"a{letter}b"}, question, WORDS), question, WORDS) == {"x": kept}


def test_a_full_birth_stays_within_four_hundred_digits() -> None:
    for answers in (home_answers.MOTHERS_BIRTH, home_answers.GRANDMOTHERS_BIRTH):
        (part,) = home_answers.parts(home_answers.birth(), answers)
        assert len(part) <= 400


def test_what_no_page_holds_is_told() -> None:
    long = {each.key: "".join(random.Random(1).choices(LETTERS, k=9000)) for each in QUESTIONS if each.kind == "long"}
    with pytest.raises(PreparedOverfullError):
        encoded(long, QUESTIONS, WORDS)
    with pytest.raises(PreparedOverfullError):
        home_answers.parts(home_answers.birth(), {"birth_place": "".join(random.Random(1).choices(LETTERS, k=5000))})


@given(st.text("0123456789", max_size=300))
def test_any_digits_are_answers_or_a_sentence(digits: str) -> None:
    with suppress(PreparedDamagedError):
        assert set(decoded(digits, QUESTIONS, WORDS)) <= {each.key for each in QUESTIONS}


def test_a_few_bytes_that_claim_to_be_gigabytes_are_refused() -> None:
    bomb = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = bomb.compress(b"a" * (64 << 20)) + bomb.flush()
    with pytest.raises(PreparedDamagedError):
        decoded("1" + digits_of(packed), (PreparedQuestion("x", "text"),), WORDS)


def test_every_version_of_every_declaration_has_a_number_of_its_own() -> None:
    numbers = [number_of(form) for form in home_answers.declarations()]
    assert len(set(numbers)) == len(numbers) > 25
    assert all(len(number) == 6 for number in numbers)


def test_words_may_have_sixteen_kilobytes_and_not_one_more() -> None:
    question = (PreparedQuestion("x", "text"),)
    assert decoded(encoded({"x": "a" * 16_384}, question, WORDS), question, WORDS) == {"x": "a" * 16_384}
    with pytest.raises(PreparedOverfullError):
        encoded({"x": "a" * 16_385}, question, WORDS)


ONE = (PreparedQuestion("x", "text"),)
TWO = (*ONE, PreparedQuestion("y", "text"))


@pytest.mark.parametrize(
    ("digits", "questions"),
    [
        ("0" + digits_of(b"abc"), ONE),  # words that no answer has
        (encoded({"x": "một"}, ONE, WORDS), TWO),  # a question that nothing is said of
        ("1" + encoded({"x": "một"}, ONE, WORDS), TWO),  # two answers, one word
    ],
)
def test_words_that_do_not_fit_the_answers_are_refused(digits: str, questions: tuple[PreparedQuestion, ...]) -> None:
    with pytest.raises(PreparedDamagedError):
        decoded(digits, questions, WORDS)


def test_nothing_said_is_no_answer_and_needs_no_words() -> None:
    assert decoded("0", ONE, WORDS) == {}
    assert decoded("00", TWO, WORDS) == {}
    assert decoded(encoded({"y": "hai"}, TWO, WORDS), TWO, WORDS) == {"y": "hai"}


def test_figures_of_another_script_are_no_digits() -> None:
    questions = tuple(PreparedQuestion(f"q{n}", "text") for n in range(_RUN[0]))
    assert decoded("90", questions, WORDS) == {}
    with pytest.raises(PreparedDamagedError):
        decoded("9\N{ARABIC-INDIC DIGIT ZERO}", questions, WORDS)


@pytest.mark.parametrize(
    ("day", "digits"), [("01/01/1850", "200000"), ("16/10/2123", "299999"), ("31/12/1849", "1"), ("17/10/2123", "1")]
)
def test_a_day_of_five_figures_is_a_number_and_any_other_is_words(day: str, digits: str) -> None:
    made = encoded({"x": day}, (PreparedQuestion("x", "date"),), WORDS)
    assert made == digits or (digits == "1" and made.startswith("1") and len(made) > 6)


def test_questions_without_answers_are_counted_from_two_to_eleven() -> None:
    made = [
        encoded({}, tuple(PreparedQuestion(f"q{n}", "text") for n in range(count)), WORDS) for count in range(1, 14)
    ]
    assert made == ["0", *(f"9{n}" for n in range(10)), "990", "9990"]
