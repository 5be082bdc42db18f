"""Which steps a card shows first: one that is usual, two beside it, the rest behind one button. Pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from desk_app.domain.calendar.deadlines import Calendar
from desk_app.domain.dossiers.steps import Action, Status, usual

BESIDE = 2
_BESIDE: dict[Status, tuple[Action, ...]] = {
    Status.RECEIVED: (Action.FORWARD, Action.REQUEST_COMPLETION, Action.SUBMIT, Action.READY),
    Status.PROCESSING: (Action.REQUEST_COMPLETION, Action.SUBMIT),
    Status.AWAITING_COMPLETION: (Action.LAPSE, Action.REFUSE),
    Status.AWAITING_DUTY: (Action.REFUSE, Action.STOP),
    Status.SUSPENDED: (Action.STOP, Action.WITHDRAW),
    Status.AWAITING_SIGNATURE: (Action.READY, Action.FORWARD),
    Status.RESULT_READY: (Action.WITHDRAW,),
    Status.RETURNED: (Action.ANNUL,),
}


def in_order(status: Status, offered: Collection[str], *, apologise_first: bool = False) -> tuple[str, ...]:
    """The steps offered, the usual one first, then those most often taken beside it, then the rest as they stand.

    `apologise_first`: the dossier will not make its day, so the apology stands beside the usual step.
    """
    first = usual(status, offered)
    beside = (Action.APOLOGISE, *_BESIDE.get(status, ())) if apologise_first else _BESIDE.get(status, ())
    wished = [first, *beside, *offered]
    return tuple(dict.fromkeys(action for action in wished if action in offered))


def split(ordered: Sequence[str], usual_step: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What stands open, and what stands behind the button of the rest; a button for one step would hide nothing."""
    shown = BESIDE + 1 if usual_step else BESIDE
    if len(ordered) <= shown + 1:
        return tuple(ordered), ()
    return tuple(ordered[:shown]), tuple(ordered[shown:])


def is_apology_day(today: date, due_on: date, calendar: Calendar, *, received_on: date) -> bool:
    """Whether the apology is to be offered: from one working day before the due day on, of what came before today.

    It must reach the citizen a day before (NĐ 61/2018/NĐ-CP Đ19.9; whether NĐ 118/2025 keeps it is not confirmed).
    """
    return received_on < today and today >= calendar.working_days_before(due_on, 1)
