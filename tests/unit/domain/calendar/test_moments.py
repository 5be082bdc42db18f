from datetime import UTC, date, datetime

import pytest

from desk_app.domain.calendar import moments

AT = 1_795_197_540_000  # 21/11/2026 00:59 in Vietnam, the day before by UTC


def test_a_moment_goes_to_milliseconds_and_back() -> None:
    assert moments.milliseconds(datetime(2026, 11, 20, 17, 59, tzinfo=UTC)) == moments.milliseconds(
        datetime(2026, 11, 21, 0, 59, tzinfo=moments.VIETNAM)
    )
    assert moments.milliseconds(moments.in_vietnam(AT)) == AT


@pytest.mark.parametrize("hour", range(24))
def test_the_day_changes_at_midnight_in_vietnam(hour: int) -> None:
    at = moments.milliseconds(datetime(2026, 11, 20, hour, 30, tzinfo=UTC))
    assert moments.day_in_vietnam(at) == date(2026, 11, 21 if hour >= 17 else 20)
    assert moments.in_vietnam(at).hour == (hour + 7) % 24


def test_a_moment_is_shown_as_a_clerk_writes_it() -> None:
    at = moments.milliseconds(datetime(2026, 11, 5, 9, 5, tzinfo=moments.VIETNAM))
    assert moments.shown_moment(at) == "09:05 05/11/2026"
    assert moments.shown_day(at) == "05/11/2026"
    assert moments.shown_day(0) == moments.shown_moment(0) == ""


@pytest.mark.parametrize("at", [-86_400_000, 253_402_200_000_000])
def test_a_moment_before_1970_and_one_of_the_year_9999_are_days_too(at: int) -> None:
    assert moments.milliseconds(moments.in_vietnam(at)) == at


@pytest.mark.parametrize("at", [10**15, -(10**15), 10**30])
def test_a_moment_that_no_calendar_has_is_refused(at: int) -> None:
    with pytest.raises(ValueError, match="no calendar"):
        moments.in_vietnam(at)


@pytest.mark.parametrize(("seconds", "told"), [(0, 0), (60, 0), (-60, 0), (61, 61), (-61, -61)])
def test_a_clock_is_told_from_a_minute_on(seconds: int, told: int) -> None:
    assert moments.told_offset(seconds) == told
