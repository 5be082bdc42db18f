"""Everything a paper may say, as text by key (`value_keys` lists the names): of office, people, dossier, step. Pure."""

from __future__ import annotations

from desk_app.documents.values.of_dossier import NO_PAPERS, ORIGINAL, put_dossier, put_tables
from desk_app.documents.values.of_office import office_values
from desk_app.documents.values.of_person import id_paper, identity, put_person
from desk_app.documents.values.of_step import put_step
from desk_app.documents.values.written import day_values, put
from desk_app.domain.dossiers.dossier import Dossier
from desk_app.domain.dossiers.events import Recorded, StepTaken
from desk_app.domain.procedures.procedure import Procedure

__all__ = ["NO_PAPERS", "ORIGINAL", "day_values", "id_paper", "identity", "office_values", "values_of"]


def values_of(dossier: Dossier, procedure: Procedure, event: Recorded | None = None) -> dict[str, object]:
    """Text by key, and the rows of the tables "components", "documents" and "fees"; missing facts are missing keys.

    `event` is the step that owes the paper, None for the reception: the office is then that of the step's day. Works as
    well for a dossier that is not saved yet.
    """
    step = event.payload if event is not None and isinstance(event.payload, StepTaken) else None
    values: dict[str, object] = {**office_values((step.office if step else None) or dossier.office)}
    for role, person in dossier.people.items():
        put_person(values, role, person)
    for key, answer in dossier.fields.items():
        put(values, key, answer)
    put_dossier(values, dossier, procedure)
    put_tables(values, dossier)
    if event is not None and step is not None:
        put_step(values, event, step, dossier.people)
    return {key: value for key, value in values.items() if value}
