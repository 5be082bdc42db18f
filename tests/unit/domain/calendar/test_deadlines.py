"""Deadlines: the cases worked out by hand from the decrees, and what holds for every calendar."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk_app.domain.calendar.deadlines import (
    VIETNAM,
    Calendar,
    DayEntry,
    DayKind,
    WorkingHours,
    add_working_hours,
    due,
    effective_start,
)
from desk_app.domain.procedures.procedure import LimitUnit, TimeLimit

OFF_2026 = {date(2026, 8, 31), date(2026, 9, 1), date(2026, 9, 2), date(2026, 11, 24)}
CALENDAR = Calendar(
    dict.fromkeys(OFF_2026, DayKind.OFF) | {date(2026, 8, 22): DayKind.MAKE_UP}, confirmed_years=frozenset({2026})
)
days = st.dates(date(2025, 1, 1), date(2030, 12, 31))
kinds = st.sampled_from(DayKind)
calendars = st.builds(Calendar, st.dictionaries(days, kinds, max_size=60))
moments = st.builds(datetime.combine, days, st.times(), st.just(VIETNAM))
limits = st.builds(
    TimeLimit,
    unit=st.sampled_from(LimitUnit),
    amount=st.integers(0, 40),
    cut_off=st.sampled_from(["", "15:00", "11:00"]),
)


def at(day: int, month: int, hour: int, minute: int = 0, second: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, second, tzinfo=VIETNAM)


def working(days: int) -> TimeLimit:
    return TimeLimit(unit=LimitUnit.WORKING_DAY, amount=days)


@pytest.mark.parametrize(
    ("received", "limit", "expected"),
    [
        (at(20, 11, 14, 59), working(3), at(26, 11, 16, 30)),
        (at(20, 11, 15, 1), working(3), at(27, 11, 16, 30)),
        (at(21, 8, 9), working(1), at(22, 8, 16, 30)),
        (at(28, 8, 9), working(1), at(3, 9, 16, 30)),
        (at(22, 8, 9), working(1), at(24, 8, 16, 30)),
        (at(21, 11, 9), working(1), at(25, 11, 16, 30)),
        (at(23, 11, 15), TimeLimit(unit=LimitUnit.SAME_DAY), at(23, 11, 16, 30)),
        (at(23, 11, 15, 0, 59), TimeLimit(unit=LimitUnit.SAME_DAY), at(23, 11, 16, 30)),
        (at(23, 11, 15, 1), TimeLimit(unit=LimitUnit.SAME_DAY), at(25, 11, 16, 30)),
        (at(23, 11, 16, 40), TimeLimit(unit=LimitUnit.SAME_DAY, cut_off=""), at(23, 11, 17)),
        (at(23, 11, 17, 0), TimeLimit(unit=LimitUnit.SAME_DAY, cut_off=""), at(25, 11, 16, 30)),
        (at(20, 11, 9), TimeLimit(unit=LimitUnit.DAY, amount=4), at(25, 11, 16, 30)),
        (at(20, 11, 9), TimeLimit(unit=LimitUnit.DAY, amount=1), at(23, 11, 16, 30)),
        (at(23, 11, 10), TimeLimit(unit=LimitUnit.WORKING_HOUR, amount=4), at(23, 11, 16)),
        (at(23, 11, 15, 30), TimeLimit(unit=LimitUnit.WORKING_HOUR, amount=1), at(25, 11, 8, 30)),
        (at(20, 11, 6), TimeLimit(unit=LimitUnit.WORKING_HOUR, amount=8), at(23, 11, 8)),
    ],
)
def test_a_dossier_is_due_when_the_law_says(received: datetime, limit: TimeLimit, expected: datetime) -> None:
    assert due(received, limit, CALENDAR).at == expected


def test_the_same_moment_in_another_time_zone_is_due_at_the_same_moment() -> None:
    received = at(20, 11, 15, 1)
    assert due(received.astimezone(UTC), working(3), CALENDAR) == due(received, working(3), CALENDAR)


def test_a_moment_without_time_zone_is_a_bug() -> None:
    with pytest.raises(ValueError, match="time zone"):
        due(datetime(2026, 11, 20, 9, 0), working(3), CALENDAR)  # noqa: DTZ001 - that is what is tested


def test_an_unconfirmed_year_is_warned_of() -> None:
    answer = due(at(30, 12, 9), working(3), CALENDAR)
    assert answer.at.year == 2027
    assert [warning for warning in answer.warnings if "2027" in warning]
    assert not [warning for warning in answer.warnings if "2026" in warning]


def test_a_dossier_received_on_a_day_off_is_warned_of_and_starts_on_the_next_working_day() -> None:
    answer = due(at(24, 11, 9), working(1), CALENDAR)
    assert answer.started_on == date(2026, 11, 25)
    assert answer.at == at(26, 11, 16, 30)
    assert any("ngày nghỉ" in warning for warning in answer.warnings)


def test_half_a_day_ends_at_noon() -> None:
    calendar = Calendar({date(2026, 11, 28): DayKind.HALF})
    assert due(at(27, 11, 9), working(1), calendar).at == at(28, 11, 11, 30)
    assert due(at(28, 11, 13), working(1), calendar).started_on == date(2026, 11, 30)
    assert add_working_hours(at(28, 11, 10), 2, calendar) == at(30, 11, 8)


def test_the_office_sets_its_own_hours() -> None:
    calendar = Calendar({}, WorkingHours(hand_out=time(10), evening=time(16)))
    assert due(at(20, 11, 9), working(1), calendar).at == at(23, 11, 10)


def test_a_year_is_confirmed_by_a_verified_day() -> None:
    entries = [
        DayEntry(date="2026-11-24", kind=DayKind.OFF, name="Ngày Văn hóa Việt Nam", verified=True),
        DayEntry(date="2027-01-01", kind=DayKind.OFF, name="Tết Dương lịch"),
    ]
    calendar = Calendar.from_entries(entries, WorkingHours())
    assert calendar.confirmed_years == {2026}
    assert not calendar.is_working_day(date(2027, 1, 1))


@given(start=days, count=st.integers(0, 60), calendar=calendars)
def test_a_deadline_is_exactly_that_many_working_days_away(start: date, count: int, calendar: Calendar) -> None:
    end = calendar.add_working_days(start, count)
    passed = [start + timedelta(n + 1) for n in range((end - start).days)]
    working_days = [day for day in passed if calendar.is_working_day(day)]
    assert len(working_days) == count
    assert count == 0 or working_days[-1] == end


@given(received=moments, limit=limits, calendar=calendars)
def test_a_result_is_due_after_receipt_in_working_time(
    received: datetime, limit: TimeLimit, calendar: Calendar
) -> None:
    answer = due(received, limit, calendar)
    assert answer.at >= received
    assert answer.started_on >= received.date()
    sessions = calendar.sessions(answer.at.date())
    assert any(opens <= answer.at <= closes for opens, closes in sessions)


@given(received=moments, later=st.integers(0, 5000), limit=limits, calendar=calendars)
def test_who_comes_later_is_never_due_earlier(
    received: datetime, later: int, limit: TimeLimit, calendar: Calendar
) -> None:
    assert due(received + timedelta(minutes=later), limit, calendar).at >= due(received, limit, calendar).at


@given(received=moments, amount=st.integers(0, 40), calendar=calendars)
def test_a_calendar_day_limit_ends_on_the_first_working_day_from_its_last_day(
    received: datetime, amount: int, calendar: Calendar
) -> None:
    answer = due(received, TimeLimit(unit=LimitUnit.DAY, amount=amount), calendar)
    last = answer.started_on + timedelta(amount)
    rolled = [last + timedelta(n) for n in range((answer.at.date() - last).days)]
    assert answer.at.date() >= last
    assert not any(calendar.is_working_day(day) for day in rolled)


@given(received=moments, hours=st.integers(1, 60), calendar=calendars)
def test_working_hours_add_up(received: datetime, hours: int, calendar: Calendar) -> None:
    end = add_working_hours(received, hours, calendar)
    worked = timedelta()
    day = received.date()
    while day <= end.date():
        for opens, closes in calendar.sessions(day):
            worked += max(min(closes, end) - max(opens, received), timedelta())
        day += timedelta(days=1)
    assert worked == timedelta(hours=hours)


@given(received=moments, calendar=calendars)
def test_the_clock_starts_at_once_only_in_time(received: datetime, calendar: Calendar) -> None:
    start = effective_start(received, "15:00", calendar)
    assert calendar.is_working_day(start)
    if start == received.date():
        assert received.time() < time(15, 1)
    else:
        between = [received.date() + timedelta(n + 1) for n in range((start - received.date()).days - 1)]
        assert not any(calendar.is_working_day(day) for day in between)


def test_an_office_that_says_nothing_has_the_usual_hours() -> None:
    hours = WorkingHours()
    assert (hours.morning, hours.noon) == (time(7, 30), time(11, 30))
    assert (hours.afternoon, hours.evening, hours.hand_out) == (time(13, 30), time(17), time(16, 30))
    assert TimeLimit(unit=LimitUnit.DAY).cut_off == "15:00"


@pytest.mark.parametrize(("day", "is_working"), [(23, True), (27, True), (28, False), (29, False), (24, False)])
def test_monday_to_friday_are_worked(day: int, *, is_working: bool) -> None:
    assert CALENDAR.is_working_day(date(2026, 11, day)) == is_working
    assert len(CALENDAR.sessions(date(2026, 11, day))) == (2 if is_working else 0)


def test_results_are_handed_out_at_noon_on_half_a_day_and_at_the_hour_on_a_day_off() -> None:
    calendar = Calendar({date(2026, 11, 27): DayKind.HALF})
    assert calendar.hand_out(date(2026, 11, 27)) == at(27, 11, 11, 30)
    assert calendar.hand_out(date(2026, 11, 28)) == at(28, 11, 16, 30)
    assert calendar.hand_out(date(2026, 11, 26)) == at(26, 11, 16, 30)


def test_working_hours_begin_with_the_start_not_with_the_day() -> None:
    assert add_working_hours(at(23, 11, 9), 0, CALENDAR) == at(23, 11, 9)
    assert add_working_hours(at(23, 11, 12), 1, CALENDAR) == at(23, 11, 14, 30)
    assert add_working_hours(at(23, 11, 13, 30), 4, CALENDAR) == at(25, 11, 9) - timedelta(hours=1)
    assert add_working_hours(at(23, 11, 7), 4, CALENDAR) == at(23, 11, 11, 30)
    assert add_working_hours(at(23, 11, 18), 1, CALENDAR) == at(25, 11, 8, 30)


def test_a_late_receipt_of_working_hours_counts_from_the_next_opening() -> None:
    hour = TimeLimit(unit=LimitUnit.WORKING_HOUR, amount=1, cut_off="")
    assert due(at(23, 11, 18), hour, CALENDAR).at == at(25, 11, 8, 30)
    assert due(at(24, 11, 9), hour, CALENDAR).at == at(25, 11, 8, 30)


def test_a_calendar_without_a_working_day_is_a_bug_and_not_an_endless_search() -> None:
    start = date(2026, 11, 23)
    never = Calendar({start + timedelta(days=n): DayKind.OFF for n in range(-1, 450)})
    for search in (lambda: never.next_working_day(start), lambda: add_working_hours(at(23, 11, 9), 1, never)):
        with pytest.raises(ValueError, match="more than a year"):
            search()
    almost = Calendar(
        {start + timedelta(days=n): DayKind.OFF for n in range(400)} | {start + timedelta(400): DayKind.HALF}
    )
    assert almost.next_working_day(start) == start + timedelta(days=400)


def test_a_year_is_open_while_a_day_of_it_is_only_reckoned() -> None:
    entries = [
        DayEntry(date="2026-11-24", kind=DayKind.OFF, name="A", verified=True),
        DayEntry(date="2026-12-24", kind=DayKind.OFF, name="B", estimated=True),
        DayEntry(date="2027-01-01", kind=DayKind.OFF, name="C", verified=True),
    ]
    calendar = Calendar.from_entries(entries, WorkingHours())
    assert calendar.confirmed_years == {2027}
    assert calendar.names[date(2026, 12, 24)] == "B"
    with pytest.raises(ValueError, match="yyyy-mm-dd"):
        DayEntry(date="20261124", kind=DayKind.OFF, name="A")


def test_each_year_between_receipt_and_due_day_is_warned_of() -> None:
    warnings = due(at(30, 12, 9), TimeLimit(unit=LimitUnit.DAY, amount=400), Calendar({})).warnings
    assert ["2026" in warnings[0], "2027" in warnings[1], "2028" in warnings[2], len(warnings)] == [True, True, True, 3]


def test_a_dossier_received_at_the_very_hour_of_handing_out_is_due_when_the_office_closes() -> None:
    same_day = TimeLimit(unit=LimitUnit.SAME_DAY, cut_off="")
    hours = WorkingHours()
    at_hour = datetime.combine(date(2026, 11, 25), hours.hand_out, VIETNAM)
    closing = datetime.combine(date(2026, 11, 25), hours.evening, VIETNAM)
    assert due(at_hour - timedelta(seconds=1), same_day, CALENDAR).at == at_hour
    assert due(at_hour, same_day, CALENDAR).at == closing
    assert due(at_hour + timedelta(seconds=1), same_day, CALENDAR).at == closing


def test_four_hundred_days_without_work_are_a_fault_of_the_calendar() -> None:
    first = date(2026, 3, 2)

    def off(count: int) -> Calendar:
        days_off = {first + timedelta(days=n): DayKind.OFF for n in range(count)}
        work = {first + timedelta(days=count): DayKind.MAKE_UP}
        return Calendar(days_off | work)

    start = datetime.combine(first, time(8), VIETNAM)
    assert add_working_hours(start, 1, off(399)).date() == first + timedelta(days=399)
    assert off(400).next_working_day(first) == first + timedelta(days=400)
    with pytest.raises(ValueError, match="working time"):
        add_working_hours(start, 1, off(400))
    with pytest.raises(ValueError, match="year"):
        off(401).next_working_day(first)


@pytest.mark.parametrize(
    ("changed", "is_problem"),
    [
        ({}, False),
        ({"noon": time(7, 30)}, True),
        ({"afternoon": time(11, 29)}, True),
        ({"hand_out": time(7, 30)}, True),
        ({"hand_out": time(7, 31)}, False),
        ({"hand_out": time(17, 0)}, False),
        ({"hand_out": time(17, 1)}, True),
    ],
)
def test_the_hours_of_a_day_follow_each_other_and_results_are_handed_out_within(
    changed: dict[str, time], *, is_problem: bool
) -> None:
    assert bool(WorkingHours(**changed).problem) is is_problem


def test_half_a_day_has_one_session_and_a_day_off_has_none() -> None:
    calendar = Calendar({date(2026, 11, 28): DayKind.HALF, date(2026, 11, 27): DayKind.OFF})
    assert [len(calendar.sessions(date(2026, 11, day))) for day in (26, 27, 28, 29)] == [2, 0, 1, 0]
