"""Days reckoned from the day of the test run: what a test writes down as "to come" has passed a year later."""

from __future__ import annotations

from datetime import datetime, timedelta

from desk_app.domain.calendar.moments import VIETNAM


def day_ahead(days: int = 30) -> str:
    """The day (ISO) that many days from now, in Vietnam."""
    return (datetime.now(VIETNAM) + timedelta(days=days)).date().isoformat()
