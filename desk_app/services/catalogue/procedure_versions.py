"""Which version of a procedure stands behind a dossier, with the inner steps that the office set for it."""

from __future__ import annotations

from msgspec.structs import replace

from desk_app.domain.calendar.moments import in_vietnam
from desk_app.domain.dossiers.dossier import Dossier
from desk_app.domain.dossiers.events import Recorded
from desk_app.domain.procedures.procedure import LimitUnit, Procedure, TimeLimit
from desk_app.errors import UnknownProcedureError
from desk_app.services.desk.desk import Desk
from desk_app.store.reference import catalogue, office_steps

DISTRICT = "district"
"""`Procedure.source` of what the district ordered."""


def procedure_of(desk: Desk, kept: Dossier) -> Procedure:
    """The version the dossier was received under; where only the desk that received it has that, the closest here."""
    return with_office_steps(desk, _version_of(desk, kept), before=kept.founding)


def with_office_steps(desk: Desk, procedure: Procedure, *, before: Recorded | None = None) -> Procedure:
    """The procedure as the office handles it: what was set last holds, by the office or by its district.

    `before` is the reception of a dossier, which keeps what was known then.
    """
    found = office_steps.known(desk.db, procedure.code, before=before)
    if found is None:
        return procedure
    moment, said = found
    is_of_district = procedure.source == DISTRICT and procedure.inner_steps
    if is_of_district and procedure.in_force_from > in_vietnam(moment).date().isoformat():
        return procedure
    steps, completion = said.inner_steps or procedure.inner_steps, said.completion or procedure.completion
    return replace(procedure, inner_steps=steps, completion=completion)


def _version_of(desk: Desk, kept: Dossier) -> Procedure:
    try:
        return catalogue.by_version(desk.db, kept.procedure, kept.procedure_version)
    except UnknownProcedureError:
        here = catalogue.versions(desk.db, kept.procedure)
    if here:
        return here[0]
    unit = TimeLimit(unit=LimitUnit.SAME_DAY)
    name = kept.linked.own.title if kept.linked is not None else kept.procedure
    return Procedure(code=kept.procedure, name=name, version=kept.procedure_version, limit=unit)
