"""The moments of today by the desk's calendar and the commune's limits."""

from __future__ import annotations

from desk_app.domain.worklists.lists import WorkLimits, WorkMoments, moments
from desk_app.services.desk.desk import Desk


def of(desk: Desk) -> WorkMoments:
    kept = desk.settings
    limits = WorkLimits(suspended_days=kept.suspended_days, ready_days=kept.ready_days)
    return moments(desk.now(), desk.calendar, limits, desk=kept.desk)
