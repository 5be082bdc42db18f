"""The worklists: one definition for the number, the list and the recount, at the desk and at the district.

What changes with the day is a moment reckoned by the calendar before anybody looks (`WorkMoments`), so that no row has
to be written anew at midnight.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from msgspec import Struct

from desk_app.domain import lateness
from desk_app.domain.calendar.moments import VIETNAM, milliseconds
from desk_app.domain.dossiers.steps import Action, Status
from desk_app.domain.messages.kinds import About
from desk_app.lazy import lazy

if TYPE_CHECKING:
    from desk_app.domain.calendar.deadlines import Calendar
    from desk_app.domain.dossiers.dossier_state import Dossier
    from desk_app.domain.messages import occasion
else:
    occasion = lazy("desk_app.domain.messages.occasion")


class Worklist(StrEnum):
    """The lists in the order in which a day's work goes through them."""

    LATE = "late"
    HAND_OUT = "hand-out"
    DUE_1 = "due-1"
    DUE_2 = "due-2"
    DUE_3 = "due-3"
    UNINFORMED = "uninformed"
    READY = "ready"
    UNRECORDED = "unrecorded"
    SUSPENDED = "suspended"

    @property
    def label(self) -> str:
        return _LABELS[self]

    @property
    def deed(self) -> str:
        """The step to which Enter leads in this list, as `Action` names it; "" where several may be right."""
        return _DEEDS.get(self, "")


_LABELS = {
    Worklist.LATE: "Quá hạn",
    Worklist.HAND_OUT: "Trả hôm nay",
    Worklist.DUE_1: "Hạn còn 1 ngày",
    Worklist.DUE_2: "Hạn còn 2 ngày",
    Worklist.DUE_3: "Hạn còn 3 ngày",
    Worklist.UNINFORMED: "Chưa báo bổ sung",
    Worklist.READY: "Có kết quả, chưa trả",
    Worklist.UNRECORDED: "Đã trả, chưa ghi",
    Worklist.SUSPENDED: "Tạm dừng lâu",
}
_DEEDS = {
    Worklist.LATE: Action.APOLOGISE,
    Worklist.READY: Action.RETURN,
    Worklist.UNRECORDED: Action.RETURN,
    Worklist.SUSPENDED: Action.RESUME,
}
DUE_SOON = (Worklist.DUE_1, Worklist.DUE_2, Worklist.DUE_3)
UNRECORDED_AFTER_MS = 3_600_000
"""A result in hand is recorded within the hour in which it was given; after that it was forgotten."""
_MESSAGE_DAYS = 1
"""Working days for which a message may wait at the district before somebody telephones."""


class WorkLimits(Struct, frozen=True, kw_only=True):
    """What the commune set, in working days: a suspension is long, a result waits long, after so many."""

    suspended_days: int = 10
    ready_days: int = 3


class WorkMoments(Struct, frozen=True, kw_only=True):
    """The day as moments, UTC ms. `due_ends` are the ends of the first, second and third working day after today.

    `desk` is whose lists they are: a desk is reminded of the dossiers whose papers it has, 0 of all.
    """

    now: int
    day_start: int
    day_end: int
    due_ends: tuple[int, int, int]
    suspended_before: int
    ready_before: int
    unrecorded_before: int
    queued_before: int
    desk: int = 0


def moments(now: datetime, calendar: Calendar, limits: WorkLimits, *, desk: int = 0) -> WorkMoments:
    """The moments of the day of `now`, in Vietnam."""
    today = now.astimezone(VIETNAM).date()
    following = [calendar.add_working_days(today, number) for number in (1, 2, 3)]
    ends = [_start(day + timedelta(days=1)) for day in following]
    at = milliseconds(now)
    return WorkMoments(
        now=at,
        day_start=_start(today),
        day_end=_start(today + timedelta(days=1)),
        due_ends=(ends[0], ends[1], ends[2]),
        suspended_before=_start(calendar.working_days_before(today, limits.suspended_days)),
        ready_before=_start(calendar.working_days_before(today, limits.ready_days)),
        unrecorded_before=at - UNRECORDED_AFTER_MS,
        queued_before=_start(calendar.working_days_before(today, _MESSAGE_DAYS)),
        desk=desk,
    )


def _start(day: date) -> int:
    return milliseconds(datetime.combine(day, time(), VIETNAM))


class WorkStanding(Struct, frozen=True, kw_only=True):
    """What decides in which lists an open dossier stands. Moments UTC ms, 0 for never.

    `since_at` is when it came where it stands; `untold` what the citizen must still be told, "" for nothing;
    `queued_at` when the message about that was queued which the district has not sent yet; `in_hand_at` since when the
    result seems to be in the citizen's hand; `counts` that a suspension is for the office's own reasons.
    """

    status: str
    due_at: int
    since_at: int
    untold: str = ""
    queued_at: int = 0
    in_hand_at: int = 0
    counts: bool = False


def standing_of(dossier: Dossier) -> WorkStanding | None:
    """Where an open dossier stands; None for one that has ended."""
    if not dossier.status.is_open:
        return None
    last = dossier.last_turn
    here = occasion.occasion(dossier)
    is_untold = here is not None and not occasion.is_told(dossier, here)
    return WorkStanding(
        status=dossier.status.value,
        due_at=dossier.due_at,
        since_at=last.at if last is not None else dossier.received_at,
        untold=here.about.value if here is not None and is_untold else "",
        queued_at=occasion.waiting_since(dossier, here) if here is not None and is_untold else 0,
        in_hand_at=occasion.in_hand_since(dossier),
        counts=dossier.handling.counts,
    )


def lists_of(standing: WorkStanding, at: WorkMoments) -> frozenset[Worklist]:
    """In which lists the dossier stands at these moments. Of those that look at the due moment in one at most."""
    found = set()
    by_due = _by_due(standing, at)
    if by_due is not None:
        found.add(by_due)
    if standing.status == Status.SUSPENDED and standing.since_at < at.suspended_before:
        found.add(Worklist.SUSPENDED)
    if (
        standing.status == Status.RESULT_READY
        and standing.since_at < at.ready_before
        and standing.due_at < at.day_start
    ):
        found.add(Worklist.READY)
    if 0 < standing.in_hand_at < at.unrecorded_before:
        found.add(Worklist.UNRECORDED)
    if standing.untold == About.COMPLETION:
        found.add(Worklist.UNINFORMED)
    return frozenset(found)


def _by_due(standing: WorkStanding, at: WorkMoments) -> Worklist | None:
    status, due = Status(standing.status), standing.due_at
    if lateness.is_late(status, due, at.now, counts=standing.counts):
        return Worklist.LATE
    time_runs = lateness.time_runs(status, counts=standing.counts)
    if at.day_start <= due < at.day_end and (time_runs or status is Status.RESULT_READY):
        return Worklist.HAND_OUT
    if not time_runs:
        return None
    before = at.day_end
    for number, end in zip(DUE_SOON, at.due_ends, strict=True):
        if before <= due < end:
            return number
        before = end
    return None


def is_to_call(standing: WorkStanding, at: WorkMoments) -> bool:
    """Whether somebody must telephone: the citizen is to be told, and no message is on its way or it waits too long."""
    return bool(standing.untold) and standing.queued_at < at.queued_before
