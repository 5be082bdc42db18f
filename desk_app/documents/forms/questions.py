"""Which of a form's fields are asked of these people and answers, and what each is prefilled with. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from desk_app.documents.forms import conditions
from desk_app.documents.forms.form_records import FormField
from desk_app.domain.text import fold

YES_NO = ("Có", "Không")
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
        if conditions.holds(suggestion.when, values):
            return Prefill(suggestion.value, "default")
    return Prefill(field.default, "default" if field.default else "")
