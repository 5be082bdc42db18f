"""The due moment to propose when one is asked anew: after completion, resumption, an apology, another procedure. Pure.

Only a proposal: the clerk sees it before it is recorded. Where the law says nothing, the shortest is proposed.
"""

from __future__ import annotations

from datetime import date, datetime

from desk_app.domain.calendar.deadlines import Calendar, due
from desk_app.domain.calendar.moments import VIETNAM
from desk_app.domain.procedures.procedure import TimeLimit


def restarted(now: datetime, limit: TimeLimit, calendar: Calendar) -> datetime:
    """After everything asked for was handed in the limit counts from the beginning (NĐ 61/2018 Đ19.4, not confirmed
    for NĐ 118/2025).
    """
    return due(now, limit, calendar).at


def resumed(now: datetime, *, suspended_at: datetime, due_at: datetime, calendar: Calendar) -> datetime:
    """The working days that were left at the suspension are left still: the time between does not count."""
    today = now.astimezone(VIETNAM).date()
    left = _working_days(suspended_at.astimezone(VIETNAM).date(), due_at.astimezone(VIETNAM).date(), calendar)
    day = calendar.add_working_days(today, left)
    return calendar.hand_out(calendar.this_or_next_working_day(day))


def postponed(now: datetime, *, due_at: datetime, calendar: Calendar) -> datetime:
    """After an apology: no rule says how long, so the first working day after the old due date and after today."""
    last = max(now.astimezone(VIETNAM).date(), due_at.astimezone(VIETNAM).date())
    return calendar.hand_out(calendar.next_working_day(last))


def as_received(received_at: datetime, now: datetime, limit: TimeLimit, calendar: Calendar) -> datetime:
    """What the limit gives from the reception on; where that has passed already, from now on."""
    at = due(received_at, limit, calendar).at
    return at if at > now else due(now, limit, calendar).at


def _working_days(first: date, last: date, calendar: Calendar) -> int:
    """How many working days come after `first`, up to `last`."""
    number = 0
    day = calendar.next_working_day(first)
    while day <= last:
        number += 1
        day = calendar.next_working_day(day)
    return number
