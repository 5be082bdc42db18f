"""Dossiers in an answer: data for `--json` and a line for a person, made in one place."""

from __future__ import annotations

from collections.abc import Iterable

from desk_app.domain.dossiers.steps import Status
from desk_app.domain.people.person import masked
from desk_app.store.queries.dossiers import DossierRow
from desk_app.terminal import Answer, clock, moment


def row(found: DossierRow) -> dict[str, object]:
    """A dossier in a list; the ID number masked."""
    return {
        "code": found.code,
        "applicant": found.applicant,
        "id_number_masked": masked(found.id_number),
        "procedure": found.procedure,
        "procedure_name": found.procedure_name,
        "status": found.status,
        "due_at": moment(found.due_at),
    }


def rows(found: Iterable[DossierRow]) -> Answer:
    """A list of dossiers, one line each."""
    kept = list(found)
    lines = [
        f"{row.code}  {row.applicant}  {masked(row.id_number)}  {row.procedure_name}  {Status(row.status).label}"
        f"  hẹn {clock(row.due_at)}"
        for row in kept
    ]
    return Answer([row(each) for each in kept], tuple(lines) or ("Không có hồ sơ nào.",))
