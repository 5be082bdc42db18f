"""What a request for completion is told, and when the office may end a dossier that was not completed. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from desk_app.domain.calendar.deadlines import Calendar
from desk_app.domain.dossiers.events import Defect


def last_day(asked_at: datetime, days: int, calendar: Calendar) -> date:
    """The last of the working days that the citizen has; the day of the request is not counted."""
    return calendar.add_working_days(asked_at.date(), days)


def is_over(asked_at: datetime, days: int, today: date, calendar: Calendar) -> bool:
    """Whether the citizen's days have passed, all of them."""
    return today > last_day(asked_at, days, calendar)


def as_reason(defects: Sequence[Defect]) -> str:
    """All defects at once, as one sentence for papers and lists that know a reason only."""
    return "; ".join(f"{defect.name}: {defect.wrong}" for defect in defects)
