"""The procedure's own steps inside the office (TCVN ISO 9001:2015): who has a dossier, and until when. Pure.

They are data of the procedure's version, so a dossier keeps those of the version it came under.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from desk_app.domain.calendar.deadlines import Calendar
from desk_app.domain.calendar.moments import in_vietnam, milliseconds
from desk_app.domain.dossiers.steps import Action, Status
from desk_app.domain.procedures.inner_step import InnerStep

_LOOK_AHEAD = 800


def usual_next(steps: Sequence[InnerStep], action: str, status: Status, inner: str) -> InnerStep | None:
    """The inner step that a dossier goes to with this step, now in the inner step `inner`; None where none is meant.

    The first inner step is the reception, the one that `signs` is the leader's. What comes back signed goes to the
    reception, what comes back unsigned to the step before the leader's.
    """
    working = [step for step in steps[1:] if not step.signs]
    match action:
        case Action.SUBMIT:
            return next((step for step in steps if step.signs), None)
        case Action.SIGNED:
            return steps[0] if steps else None
        case Action.FORWARD if status is Status.AWAITING_SIGNATURE:
            return working[-1] if working else None
        case Action.FORWARD:
            ids = [step.id for step in working]
            place = ids.index(inner) + 1 if inner in ids else 0
            return working[min(place, len(working) - 1)] if working else None
        case _:
            return None


def until(steps: Sequence[InnerStep], inner: InnerStep, now: datetime, due_at: int, calendar: Calendar) -> int:
    """Until when whoever receives the inner step has the dossier, UTC ms; 0 where nothing says it.

    Half days are the office's sessions: one that has begun still counts as half a day where the inner step has more
    than one. A step with `rest` has what the steps behind it leave of the time to `due_at` (UTC ms, 0 for none).
    Nobody has a dossier longer than until it is due, as long as that lies ahead.
    """
    due = in_vietnam(due_at) if due_at and in_vietnam(due_at) > now else None
    if inner.rest:
        if due is None:
            return 0
        behind = sum(step.half_days for step in steps[_place(steps, inner) + 1 :])
        return milliseconds(max(_sessions_back(due, behind, calendar), _sessions_on(now, 1, calendar)))
    if not inner.half_days:
        return due_at if due is not None else 0
    at = _sessions_on(now, inner.half_days, calendar)
    return milliseconds(min(at, due) if due is not None else at)


def _place(steps: Sequence[InnerStep], inner: InnerStep) -> int:
    return next((place for place, step in enumerate(steps) if step.id == inner.id), len(steps) - 1)


def _sessions_on(now: datetime, number: int, calendar: Calendar) -> datetime:
    """The end of the `number`-th session of the office that is not over."""
    day = now.date()
    for _ in range(_LOOK_AHEAD):
        for _, closes in calendar.sessions(day):
            number -= closes > now
            if not number:
                return closes
        day = calendar.next_working_day(day)
    raise ValueError("the calendar has no working time for more than a year")


def _sessions_back(due: datetime, number: int, calendar: Calendar) -> datetime:
    """The end of the session that leaves `number` sessions until the one in which the dossier is due."""
    if not number:
        return due
    day = due.date()
    for _ in range(_LOOK_AHEAD):
        for opens, closes in reversed(calendar.sessions(day)):
            if opens >= due:
                continue
            if not number:
                return closes
            number -= 1
        day = calendar.working_days_before(day, 1)
    raise ValueError("the calendar has no working time for more than a year")
