"""Everything a paper may say, as text by key (`value_keys` lists the names): of office, people, dossier, step. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from desk_app.documents.forms.form_records import Form
from desk_app.documents.values.of_dossier import NO_PAPERS, ORIGINAL, put_dossier, put_tables, scanned_codes
from desk_app.documents.values.of_linked import put_linked
from desk_app.documents.values.of_office import office_values
from desk_app.documents.values.of_person import DEAD, id_paper, identity, put_person
from desk_app.documents.values.of_step import put_step
from desk_app.documents.values.written import day_values, put
from desk_app.domain.dossiers.dossier import Dossier
from desk_app.domain.dossiers.events import Recorded, StepTaken
from desk_app.domain.dossiers.fact_paths import death_key
from desk_app.domain.outgoing.course import course_rows
from desk_app.domain.papers import SLIPS
from desk_app.domain.procedures.procedure import Procedure

__all__ = [
    "NO_PAPERS",
    "ORIGINAL",
    "day_values",
    "id_paper",
    "identity",
    "is_by_hand",
    "office_values",
    "told_on",
    "values_of",
]


def is_by_hand(form: Form, procedure: Procedure) -> bool:
    """Whether the citizen must write this declaration alone; the office's own words and slips are no declaration."""
    is_declaration = form.head.party == "citizen" and form.owed is None and form.id not in SLIPS
    return bool(form.head.by_hand) or (is_declaration and not procedure.prefill_allowed)


def told_on(form: Form, values: Mapping[str, object], procedure: Procedure) -> Mapping[str, object]:
    """What the form may be printed with: one that is written by hand takes only what the office says of itself."""
    if not is_by_hand(form, procedure):
        return values
    return {key: value for key, value in values.items() if key.startswith(("office.", "dossier."))}


def values_of(dossier: Dossier, procedure: Procedure, event: Recorded | None = None) -> dict[str, object]:
    """Text by key, and the rows of the tables "components", "documents" and "fees"; missing facts are missing keys.

    `event` is the step that owes the paper, None for the reception: the office is then that of the step's day. Works as
    well for a dossier that is not saved yet.
    """
    step = event.payload if event is not None and isinstance(event.payload, StepTaken) else None
    values: dict[str, object] = {**office_values((step.office if step else None) or dossier.office)}
    for role, person in dossier.people.items():
        put_person(values, role, person)
        if dossier.fields.get(death_key(role)) == "Có":
            values[f"{role}.residence"] = DEAD
    for key, answer in dossier.answers.items():
        put(values, key, answer)
    put_dossier(values, dossier, procedure)
    put_tables(values, dossier)
    put_linked(values, dossier)
    if event is not None and step is not None:
        put_step(values, event, step, dossier)
        values["course"] = course_rows(dossier, event)
    values |= scanned_codes(dossier, of_course=event is not None)
    return {key: value for key, value in values.items() if value}
