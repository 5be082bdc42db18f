"""The due moment proposed when one is asked anew, worked out by hand on the calendar of December 2026."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from desk_app.domain.calendar.deadlines import VIETNAM, Calendar, DayKind
from desk_app.domain.calendar.renewed_due import as_received, postponed, restarted, resumed
from desk_app.domain.procedures.procedure import LimitUnit, TimeLimit

CALENDAR = Calendar({date(2026, 12, 9): DayKind.OFF})  # a Wednesday
THREE_DAYS = TimeLimit(unit=LimitUnit.WORKING_DAY, amount=3)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 12, day, hour, minute, tzinfo=VIETNAM)


def test_after_completion_the_limit_counts_from_the_beginning() -> None:
    assert restarted(at(7, 9), THREE_DAYS, CALENDAR) == at(11, 16, 30)


@pytest.mark.parametrize(
    ("suspended", "due", "now", "expected"),
    [
        (at(1, 9), at(4, 16, 30), at(7, 9), at(11, 16, 30)),  # three working days were left
        (at(4, 9), at(4, 16, 30), at(7, 9), at(7, 16, 30)),  # none
        (at(4, 9), at(5, 16, 30), at(7, 9), at(7, 16, 30)),  # a Saturday is none
        (at(4, 9), at(7, 16, 30), at(7, 9), at(8, 16, 30)),
        (at(4, 9), at(1, 16, 30), at(8, 9), at(8, 16, 30)),  # it was late already
        (at(4, 9), at(4, 16, 30), at(12, 9), at(14, 16, 30)),  # resumed on a Saturday
    ],
)
def test_after_a_suspension_the_days_that_were_left_are_left_still(
    suspended: datetime, due: datetime, now: datetime, expected: datetime
) -> None:
    assert resumed(now, suspended_at=suspended, due_at=due, calendar=CALENDAR) == expected
    in_utc = resumed(
        now.astimezone(UTC), suspended_at=suspended.astimezone(UTC), due_at=due.astimezone(UTC), calendar=CALENDAR
    )
    assert in_utc == expected


@pytest.mark.parametrize(
    ("due", "now", "expected"),
    [
        (at(8, 16, 30), at(7, 9), at(10, 16, 30)),  # the ninth is off
        (at(1, 16, 30), at(7, 9), at(8, 16, 30)),
        (at(4, 16, 30), at(4, 9), at(7, 16, 30)),
    ],
)
def test_after_an_apology_it_is_the_next_working_day_after_both(
    due: datetime, now: datetime, expected: datetime
) -> None:
    assert postponed(now, due_at=due, calendar=CALENDAR) == expected


def test_another_procedure_counts_from_the_reception_unless_that_has_passed() -> None:
    assert as_received(at(1, 9), at(2, 9), THREE_DAYS, CALENDAR) == at(4, 16, 30)
    assert as_received(at(1, 9), at(4, 16, 29), THREE_DAYS, CALENDAR) == at(4, 16, 30)
    assert as_received(at(1, 9), at(4, 16, 30), THREE_DAYS, CALENDAR) > at(4, 16, 30)
    assert as_received(at(1, 9), at(7, 9), THREE_DAYS, CALENDAR) == at(11, 16, 30)
