"""How far this machine's clock is from the district's, as one exchange shows it."""

from __future__ import annotations

from desk_app.domain.calendar.moments import day_in_vietnam

_BELIEVABLE_S = 100 * 366 * 86400


def offset_after(kept: int, *, at: int, asked_at: int, heard_at: int) -> int:
    """District minus this machine in s: `at` is the district's moment, the others this machine's before and after (ms).

    The moment lies somewhere between them, so what was known is kept while it fits: a slow line moves no clock.
    """
    if not at or heard_at < asked_at:
        return kept
    lowest, highest = (at - heard_at) / 1000, (at - asked_at) / 1000
    if lowest - 1 <= kept <= highest + 1 or abs(lowest) > _BELIEVABLE_S:
        return kept
    return round((lowest + highest) / 2)


def day_of(at: int) -> str:
    """The ISO day in Vietnam of a moment in UTC ms; "" for a moment that no calendar has."""
    try:
        return day_in_vietnam(at).isoformat()
    except (OverflowError, OSError, ValueError):
        return ""
