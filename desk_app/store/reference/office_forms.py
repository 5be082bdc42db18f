"""The forms of the office as the journal's events left them, and the procedures they belong to."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from desk_app import typed_values
from desk_app.domain.office_forms import (
    BOUND,
    IN,
    MOST_BOUND,
    OUT,
    STATES,
    TEXTS,
    FormTexts,
    OfficeForm,
    is_genuine,
    is_id,
)
from desk_app.store.database.database import DeskDatabase
from desk_app.store.projections import office_facts


def every(db: DeskDatabase) -> list[OfficeForm]:
    """Every version, by id and version, those taken back too; what is no genuine form is left out."""
    states = {key.removeprefix(STATES): value for key, value in office_facts.held(db, STATES)}
    return list(_genuine(office_facts.held(db, TEXTS), states))


def bound(db: DeskDatabase) -> dict[str, tuple[str, ...]]:
    """By procedure the ids of the forms that the office added to it."""
    found: dict[str, tuple[str, ...]] = {}
    for key, value in office_facts.held(db, BOUND):
        try:
            ids = typed_values.from_json(value, tuple[str, ...])
        except msgspec.DecodeError:
            continue
        found[key.removeprefix(BOUND)] = tuple(each for each in ids if is_id(each))[:MOST_BOUND]
    return found


def mark(db: DeskDatabase) -> tuple[int, int]:
    """Another one whenever the forms or their procedures changed."""
    return office_facts.mark_of(db, (TEXTS, STATES, BOUND))


def _genuine(rows: list[tuple[str, str]], states: dict[str, str]) -> Iterator[OfficeForm]:
    for key, value in rows:
        name = key.removeprefix(TEXTS)
        form_id, _, version = name.partition("/")
        try:
            texts = typed_values.from_json(value, FormTexts)
        except msgspec.DecodeError:
            continue
        is_out = states.get(name, f'"{IN}"') == f'"{OUT}"'
        form = OfficeForm(id=form_id, version=version, texts=texts, is_out=is_out)
        if is_genuine(form):
            yield form
