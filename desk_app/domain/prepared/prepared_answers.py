"""The answers to a form's questions as digits, and back. Pure; the dictionary of usual words is handed in.

Each question in the form's order has one figure that says what follows; the words of all answers stand at the end, in
one piece, deflated (RFC 1951) with a dictionary that page and desk share.

    0 nothing said      1 words, see the end     2 a day: 5 digits, days since 01/01/1850    3 a year: 4 digits
    4 an entry of the question's list: 2 digits  5 figures: 2 digits say how many            6 twelve figures
    7 ten figures       8 said to be unknown     9 one digit r: r + 2 questions with nothing said
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from msgspec import Struct

from desk_app.domain.prepared.byte_digits import bytes_of, digits_of
from desk_app.domain.text import nfc
from desk_app.errors import PreparedDamagedError, PreparedOverfullError

UNKNOWN = "?"
"""The answer of somebody who says that they do not know."""
_BETWEEN = "\x1f"
_FIRST = date(1850, 1, 1)
_LAST = _FIRST + timedelta(days=99_999)
_DAY = re.compile(r"(\d{2})/(\d{2})/(\d{4})", re.ASCII)
_YEAR = re.compile(r"\d{4}", re.ASCII)
_FIGURES = re.compile(r"\d{1,99}", re.ASCII)
_RUN = (2, 11)
_MOST_CHOICES = 100
_MOST_BYTES = 16 << 10
"""Words of one declaration, in bytes of UTF-8: nine parts hold far less."""


class PreparedQuestion(Struct, frozen=True):
    """A question as far as its answer's digits depend on it."""

    key: str
    kind: str
    choices: tuple[str, ...] = ()


def encoded(answers: Mapping[str, str], questions: Sequence[PreparedQuestion], dictionary: bytes) -> str:
    """The digits of `answers` by key, days as dd/mm/yyyy, `UNKNOWN` for what nobody knows; others are left out.

    Raises `PreparedOverfullError`.
    """
    words: list[str] = []
    marks = [_mark(nfc(answers.get(question.key, "")), question, words) for question in questions]
    text = _BETWEEN.join(words).encode()
    if len(text) > _MOST_BYTES:
        raise PreparedOverfullError
    return "".join(_in_runs(marks)) + (digits_of(_deflated(text, dictionary)) if words else "")


def _mark(answer: str, question: PreparedQuestion, words: list[str]) -> str:
    """The figures of one answer; what only words can say is added to `words`."""
    if not answer:
        return "0"
    if answer == UNKNOWN:
        return "8"
    if answer in question.choices[:_MOST_CHOICES]:
        return f"4{question.choices.index(answer):02d}"
    if question.kind == "date":
        if _YEAR.fullmatch(answer):
            return f"3{answer}"
        if (day := _day(answer)) is not None:
            return f"2{(day - _FIRST).days:05d}"
    if _FIGURES.fullmatch(answer):
        return {12: f"6{answer}", 10: f"7{answer}"}.get(len(answer), f"5{len(answer):02d}{answer}")
    words.append(answer)
    return "1"


def _day(answer: str) -> date | None:
    found = _DAY.fullmatch(answer)
    try:
        day = date(int(found[3]), int(found[2]), int(found[1])) if found else None
    except ValueError:
        return None
    return day if day and _FIRST <= day <= _LAST else None


def _in_runs(marks: Sequence[str]) -> Iterator[str]:
    at, (least, most) = 0, _RUN
    while at < len(marks):
        run = 0
        while run < most and at + run < len(marks) and marks[at + run] == "0":
            run += 1
        if run >= least:
            yield f"9{run - least}"
            at += run
        else:
            yield marks[at]
            at += 1


def _deflated(text: bytes, dictionary: bytes) -> bytes:
    made = zlib.compressobj(9, zlib.DEFLATED, -15, 9, zlib.Z_DEFAULT_STRATEGY, dictionary)
    return made.compress(text) + made.flush()


def decoded(digits: str, questions: Sequence[PreparedQuestion], dictionary: bytes) -> dict[str, str]:
    """The answers in `digits` by key, in the questions' order. Raises `PreparedDamagedError`."""
    try:
        return _decoded(digits, questions, dictionary)
    except (ValueError, IndexError, OverflowError, zlib.error) as error:
        raise PreparedDamagedError from error


def _decoded(digits: str, questions: Sequence[PreparedQuestion], dictionary: bytes) -> dict[str, str]:
    if digits and not (digits.isascii() and digits.isdigit()):
        raise ValueError("not digits alone")
    reader = _Digits(digits)
    found: dict[str, str] = {}
    spoken: list[str] = []
    silent = 0
    for question in questions:
        if silent:
            silent -= 1
            continue
        mark = reader.take(1)
        if mark == "9":
            silent = int(reader.take(1)) + _RUN[0] - 1
        elif mark == "1":
            found[question.key] = ""
            spoken.append(question.key)
        elif mark != "0":
            found[question.key] = _answer(mark, question, reader)
    if silent:
        raise ValueError("more questions are left out than there are")
    words = _inflated(bytes_of(reader.rest()), dictionary).split(_BETWEEN) if spoken else []
    if len(words) != len(spoken) or (not spoken and reader.rest()):
        raise ValueError("words and answers do not match")
    return found | {key: nfc(word) for key, word in zip(spoken, words, strict=True)}


def _answer(mark: str, question: PreparedQuestion, reader: _Digits) -> str:
    match mark:
        case "2":
            return f"{_FIRST + timedelta(days=int(reader.take(5))):%d/%m/%Y}"
        case "3":
            return reader.take(4)
        case "4":
            return question.choices[int(reader.take(2))]
        case "5":
            return reader.take(int(reader.take(2)))
        case "6":
            return reader.take(12)
        case "7":
            return reader.take(10)
        case _:
            return UNKNOWN


def _inflated(data: bytes, dictionary: bytes) -> str:
    """At most 16 KB: a few bytes may claim to be gigabytes."""
    reader = zlib.decompressobj(-15, zdict=dictionary)
    text = reader.decompress(data, _MOST_BYTES)
    if not reader.eof or reader.unused_data or reader.unconsumed_tail:
        raise ValueError("the words do not end where the digits do")
    return text.decode()


class _Digits:
    """Digits, taken from the front. Raises `ValueError` where there are not enough."""

    def __init__(self, digits: str) -> None:
        self._digits, self._at = digits, 0

    def take(self, count: int) -> str:
        taken = self._digits[self._at : self._at + count]
        if len(taken) != count:
            raise ValueError("digits are missing")
        self._at += count
        return taken

    def rest(self) -> str:
        return self._digits[self._at :]
