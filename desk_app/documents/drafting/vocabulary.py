"""The answers that the house's forms ask for, by the words that stand before them on paper. Pure.

A new form that asks the same takes the same key, so that what is known of a dossier fills it too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from desk_app.documents.drafting.labels import cleaned, fact_of
from desk_app.documents.forms.form_records import Form, FormField
from desk_app.documents.forms.value_keys import SUFFIXES
from desk_app.documents.layout.blocks import Blank, Block, Columns, Table, TextLine, When, Words
from desk_app.domain.text import fold

_SHORT = 7
"""Labels of fewer letters ("tại", "số", "ngày") mean something else in every form."""


class KnownAnswer(Struct, frozen=True, kw_only=True):
    """An answer that a form asks for already."""

    key: str
    kind: str
    choices: tuple[str, ...]
    free: bool
    form: str


Vocabulary = Mapping[str, KnownAnswer]
"""By folded label; a label under which forms ask different things is left out."""


def vocabulary_of(forms: Iterable[Form], *, without: str = "") -> Vocabulary:
    """What these forms know; those whose title is `without` teach nothing."""
    found: dict[str, dict[str, KnownAnswer]] = {}
    for form in forms:
        if form.owed is not None or fold(form.title) == fold(without):
            continue
        own = {field.key: field for field in form.fields if not field.role and field.ask}
        for label, field in _labels(form, own):
            folded = fold(label)
            if len(folded) >= _SHORT and not fact_of(label):
                found.setdefault(folded, {})[field.key] = _known(field, form)
    return {label: next(iter(by_key.values())) for label, by_key in found.items() if len(by_key) == 1}


def _labels(form: Form, own: Mapping[str, FormField]) -> Iterator[tuple[str, FormField]]:
    yield from ((field.label, field) for field in own.values())
    for line in _lines(form.layout):
        before, is_first = "", True
        for span in line.spans:
            if isinstance(span, Words):
                before += span.text
            elif isinstance(span, Blank):
                base, _, last = span.key.rpartition(".")
                key = base if last in SUFFIXES and base else span.key
                if key in own and last not in {"month", "year"}:
                    yield cleaned(before, is_first=is_first), own[key]
                before, is_first = "", False


def _lines(blocks: Sequence[Block]) -> Iterator[TextLine]:
    for block in blocks:
        match block:
            case TextLine():
                yield block
            case Columns():
                for cell in block.cells:
                    yield from _lines(cell)
            case When():
                yield from _lines((*block.blocks, *block.otherwise))
            case Table():
                yield from (cell for row in block.body for cell in row)
            case _:
                pass


def _known(field: FormField, form: Form) -> KnownAnswer:
    kind = "text" if field.kind == "person" else field.kind
    return KnownAnswer(key=field.key, kind=kind, choices=field.choices, free=field.free, form=form.id)
