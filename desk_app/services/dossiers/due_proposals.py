"""Which due day to offer wherever a dossier needs a new one; ISO, "" where nobody can know it."""

from __future__ import annotations

from datetime import datetime

from desk_app.domain.calendar import renewed_due
from desk_app.domain.calendar.moments import in_vietnam
from desk_app.domain.dossiers.dossier import Dossier
from desk_app.domain.dossiers.events import StepTaken
from desk_app.domain.dossiers.steps import Action
from desk_app.domain.procedures.procedure import Procedure
from desk_app.services.catalogue import procedure_versions
from desk_app.services.desk.desk import Desk


def for_step(desk: Desk, kept: Dossier, action: str) -> str:
    """For a step that owes a new due day (complete, resume, apologise)."""
    if action == Action.APOLOGISE and kept.due_at:
        return _day(renewed_due.postponed(desk.now(), due_at=in_vietnam(kept.due_at), calendar=desk.calendar))
    suspended_at = _suspended_at(kept)
    if action == Action.RESUME and suspended_at and kept.due_at:
        moments = {"suspended_at": in_vietnam(suspended_at), "due_at": in_vietnam(kept.due_at)}
        return _day(renewed_due.resumed(desk.now(), **moments, calendar=desk.calendar))
    return from_now(desk, kept)


def from_now(desk: Desk, kept: Dossier) -> str:
    """The procedure's limit, counted from now on."""
    procedure = procedure_versions.procedure_of(desk, kept)
    if "limit" in procedure.unsure:
        return ""
    return _day(renewed_due.restarted(desk.now(), procedure.limit, desk.calendar))


def for_procedure(desk: Desk, kept: Dossier, procedure: Procedure) -> str:
    """What the limit of this procedure gives for a dossier received when it was."""
    if "limit" in procedure.unsure:
        return ""
    return _day(renewed_due.as_received(in_vietnam(kept.received_at), desk.now(), procedure.limit, desk.calendar))


def _suspended_at(kept: Dossier) -> int:
    """When the suspension that still holds was recorded, UTC ms; 0 for none."""
    for turn in reversed(kept.turns):
        is_here = isinstance(turn.payload, StepTaken) and turn.payload.action == Action.SUSPEND
        if is_here and turn.stamp not in kept.taken_back:
            return turn.at
    return 0


def _day(at: datetime) -> str:
    return at.date().isoformat()
