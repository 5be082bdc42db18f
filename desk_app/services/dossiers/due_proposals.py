"""Which due day to offer wherever a dossier needs a new one; ISO, "" where nobody can know it."""

from __future__ import annotations

from datetime import datetime

from desk_app.domain.calendar import renewed_due
from desk_app.domain.calendar.moments import in_vietnam
from desk_app.domain.dossiers.dossier import Dossier
from desk_app.domain.dossiers.events import Recorded, StepTaken
from desk_app.domain.dossiers.steps import Action
from desk_app.domain.handling import reason_kinds
from desk_app.domain.procedures.inner_step import ClockAfterCompletion
from desk_app.domain.procedures.procedure import Procedure
from desk_app.services.catalogue import procedure_versions
from desk_app.services.desk.desk import Desk


def for_step(desk: Desk, kept: Dossier, action: str) -> str:
    """For a step that owes a new due day (complete, resume, duty done, apologise)."""
    if action == Action.APOLOGISE and kept.due_at:
        return _day(renewed_due.postponed(desk.now(), due_at=in_vietnam(kept.due_at), calendar=desk.calendar))
    stood = _STOOD_SINCE.get(Action(action)) if action in set(Action) else None
    since = _last(kept, stood) if stood else None
    if since is None or not kept.due_at:
        return from_now(desk, kept)
    return _going_on(desk, kept, action, since)


def _going_on(desk: Desk, kept: Dossier, action: str, since: Recorded) -> str:
    """After the clock stood since that step: as the procedure, or the kind of reason, says."""
    step, due_at = since.payload, in_vietnam(kept.due_at)
    rule = procedure_versions.procedure_of(desk, kept).completion
    if action == Action.COMPLETE and rule.clock is ClockAfterCompletion.RESTART:
        return from_now(desk, kept)
    if action == Action.RESUME and isinstance(step, StepTaken) and reason_kinds.time_counts(step):
        late = renewed_due.postponed(desk.now(), due_at=due_at, calendar=desk.calendar)
        return _day(due_at if due_at > desk.now() else late)
    moments = {"suspended_at": in_vietnam(since.at), "due_at": due_at}
    return _day(renewed_due.resumed(desk.now(), **moments, calendar=desk.calendar))


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


_STOOD_SINCE = {
    Action.COMPLETE: Action.REQUEST_COMPLETION,
    Action.DUTY_DONE: Action.ASK_DUTY,
    Action.RESUME: Action.SUSPEND,
}


def _last(kept: Dossier, action: Action) -> Recorded | None:
    """The latest step of this kind that still counts."""
    for turn in reversed(kept.turns):
        is_here = isinstance(turn.payload, StepTaken) and turn.payload.action == action
        if is_here and turn.stamp not in kept.taken_back:
            return turn
    return None


def _day(at: datetime) -> str:
    return at.date().isoformat()
