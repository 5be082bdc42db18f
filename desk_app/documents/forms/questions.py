"""Which of a form's fields are asked of these people and answers, and what each is prefilled with. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from desk_app.documents.forms import conditions
from desk_app.documents.forms.form_records import FormField
from desk_app.domain.text import fold

YES_NO = ("Có", "Không")
KEY_IN_TEXT = re.compile(r"\{([a-z_][a-z0-9_.]*)\}")
_DIGITS = 6


class Prefill(NamedTuple):
    """A first answer and where it comes from: "known", "default" or ""."""

    value: str
    source: str


def is_asked(field: FormField, values: Mapping[str, object]) -> bool:
    """Whether the screen shows this field now; `values` as `values.values_of` gives them, or just text by key."""
    return field.ask and conditions.holds(field.when, values)


def accepted(field: FormField, answer: str) -> str | None:
    """The answer as it is kept: an entry of its list however it was typed, or a free text; None where it is neither."""
    if field.kind == "number":
        return answer if answer.isascii() and answer.isdecimal() and len(answer) <= _DIGITS else None
    if field.kind not in {"choice", "yes_no"}:
        return answer
    entries = field.choices if field.kind == "choice" else YES_NO
    entry = next((each for each in entries if fold(each) == fold(answer)), None)
    return answer if entry is None and field.free else entry


def prefill(field: FormField, values: Mapping[str, object]) -> Prefill:
    """What the input shows before the clerk types: what is known, a source, a fitting suggestion, or the default."""
    for key in (field.key, *field.sources):
        value = values.get(key)
        if isinstance(value, str) and value:
            return Prefill(value, "known")
    for suggestion in field.suggestions:
        if conditions.holds(suggestion.when, values) and (said := filled_in(suggestion.value, values)):
            return Prefill(said, "default")
    return Prefill(field.default, "default" if field.default else "")


def filled_in(text: str, values: Mapping[str, object]) -> str:
    """The text with what stands at its "{key}"s; "" where something is missing."""
    said = {key: values.get(key) for key in KEY_IN_TEXT.findall(text)}
    if not all(isinstance(value, str) and value for value in said.values()):
        return ""
    return KEY_IN_TEXT.sub(lambda found: str(said[found[1]]), text)


def taken_apart(typed: Mapping[str, str], asked: Sequence[FormField]) -> dict[str, str]:
    """The answers by key, each to its own question: of "12/2024 quyển 01" the book to the one that it belongs to.

    What was typed into the other question itself stays; a text without one of the words is whole.
    """
    answers = dict(typed)
    kinds = {field.key: field.kind for field in asked}
    for field in asked:
        for other, words in field.carries.items():
            if (text := answers.get(field.key, "")) and not answers.get(other):
                first, second = _parted(text, words, are_numbers="number" in (field.kind, kinds.get(other)))
                if second:
                    answers |= {field.key: first, other: second}
    return answers


def _parted(text: str, words: Sequence[str], *, are_numbers: bool) -> tuple[str, str]:
    """What stands before and behind the first of these words; the text and "" where none does."""
    if are_numbers:  # "5h10", "5 giờ 10 phút", "5:10"
        found = re.fullmatch(
            rf"\s*(\d{{1,2}})\s*(?:{_any_of(words)})\s*(\d{{1,2}})\s*(?:phút|phut|ph|p|')?\s*", text, re.IGNORECASE
        )
    else:
        found = re.fullmatch(rf"(.*?\S)[\s,;]+(?:{_any_of(words)})[\s.:]+(\S.*)", text.strip(), re.IGNORECASE)
    return (found[1], found[2]) if found else (text, "")


def _any_of(words: Sequence[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
