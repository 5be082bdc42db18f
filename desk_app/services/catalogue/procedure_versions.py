"""Which version of a procedure stands behind a dossier."""

from __future__ import annotations

from desk_app.domain.dossiers.dossier import Dossier
from desk_app.domain.procedures.procedure import LimitUnit, Procedure, TimeLimit
from desk_app.errors import UnknownProcedureError
from desk_app.services.desk.desk import Desk
from desk_app.store.reference import catalogue


def procedure_of(desk: Desk, kept: Dossier) -> Procedure:
    """The version the dossier was received under; where only the desk that received it has that, the closest here."""
    try:
        return catalogue.by_version(desk.db, kept.procedure, kept.procedure_version)
    except UnknownProcedureError:
        here = catalogue.versions(desk.db, kept.procedure)
    if here:
        return here[0]
    unit = TimeLimit(unit=LimitUnit.SAME_DAY)
    name = kept.linked.own.title if kept.linked is not None else kept.procedure
    return Procedure(code=kept.procedure, name=name, version=kept.procedure_version, limit=unit)
