"""In which worklists an open dossier stands, by what it is and by the day."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest

from desk_app.domain.calendar.deadlines import Calendar, DayKind
from desk_app.domain.calendar.moments import VIETNAM, milliseconds
from desk_app.domain.dossiers.steps import Status
from desk_app.domain.worklists.lists import WorkLimits, Worklist, WorkStanding, is_to_call, lists_of, moments

FRIDAY = date(2026, 11, 27)
CALENDAR = Calendar({})


def ms(day: date, hour: int = 16, minute: int = 30) -> int:
    return milliseconds(datetime.combine(day, time(hour, minute), VIETNAM))


def at(day: date = FRIDAY, hour: int = 9, calendar: Calendar = CALENDAR, limits: WorkLimits | None = None):
    return moments(datetime.combine(day, time(hour), VIETNAM), calendar, limits or WorkLimits())


def standing(status: str = "processing", due: int = 0, since: int = 0, **more: object) -> WorkStanding:
    return WorkStanding(status=status, due_at=due, since_at=since or ms(FRIDAY, 8), **more)


DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("due", "found"),
    [
        (ms(FRIDAY, 8), Worklist.LATE),
        (ms(FRIDAY - DAY), Worklist.LATE),
        (ms(FRIDAY), Worklist.HAND_OUT),
        (ms(FRIDAY + DAY), Worklist.DUE_1),  # a Saturday that a person chose: the Monday's list has it
        (ms(FRIDAY + 3 * DAY), Worklist.DUE_1),
        (ms(FRIDAY + 4 * DAY), Worklist.DUE_2),
        (ms(FRIDAY + 5 * DAY), Worklist.DUE_3),
        (ms(FRIDAY + 6 * DAY), None),
        (0, None),
    ],
)
@pytest.mark.parametrize("status", ["received", "processing"])
def test_a_dossier_at_work_stands_by_its_due_moment_in_one_list_over_the_weekend(status, due, found) -> None:
    assert lists_of(standing(status, due), at()) == ({found} if found else set())


def test_a_day_off_moves_what_is_due_soon() -> None:
    holiday = Calendar({FRIDAY + 3 * DAY: DayKind.OFF})
    assert lists_of(standing(due=ms(FRIDAY + 4 * DAY)), at(calendar=holiday)) == {Worklist.DUE_1}


def test_a_result_that_is_ready_is_handed_out_on_its_day_whatever_the_hour_and_is_never_late() -> None:
    ready = standing("result_ready", ms(FRIDAY, 8))
    assert lists_of(ready, at(hour=16)) == {Worklist.HAND_OUT}
    assert lists_of(ready, at(FRIDAY + 3 * DAY)) == set()


def test_a_result_waits_too_long_after_so_many_working_days() -> None:
    ready = standing("result_ready", ms(FRIDAY), since=ms(FRIDAY))
    assert Worklist.READY not in lists_of(ready, at(FRIDAY + 5 * DAY))  # a Wednesday: the third day is not over
    assert lists_of(ready, at(FRIDAY + 6 * DAY)) == {Worklist.READY}
    early = standing("result_ready", ms(FRIDAY + 30 * DAY), since=ms(FRIDAY))
    assert lists_of(early, at(FRIDAY + 14 * DAY)) == set(), "nobody is asked to come before the day on the slip"


def test_a_suspension_is_long_after_the_days_the_commune_set() -> None:
    suspended = standing("suspended", ms(FRIDAY - 20 * DAY), since=ms(FRIDAY))
    assert lists_of(suspended, at(FRIDAY + 6 * DAY, limits=WorkLimits(suspended_days=4))) == set()
    assert lists_of(suspended, at(FRIDAY + 7 * DAY, limits=WorkLimits(suspended_days=4))) == {Worklist.SUSPENDED}


def test_a_result_in_hand_that_no_step_records_is_told_of_after_an_hour() -> None:
    given = standing("received", 0, in_hand_at=ms(FRIDAY, 8, 30))
    assert lists_of(given, at(hour=9)) == set()
    assert lists_of(given, at(hour=10)) == {Worklist.UNRECORDED}


def test_who_was_asked_for_completion_and_not_told_stands_until_told() -> None:
    asked = standing("awaiting_completion", ms(FRIDAY - DAY), untold="completion")
    assert lists_of(asked, at()) == {Worklist.UNINFORMED}
    assert lists_of(standing("awaiting_completion", ms(FRIDAY - DAY)), at()) == set()


def test_somebody_telephones_where_no_message_is_on_its_way_or_it_waits_too_long() -> None:
    assert is_to_call(standing("result_ready", untold="ready"), at())
    assert not is_to_call(standing("result_ready", untold="ready", queued_at=ms(FRIDAY, 8)), at())
    assert is_to_call(standing("result_ready", untold="ready", queued_at=ms(FRIDAY - DAY - DAY)), at())
    assert not is_to_call(standing("result_ready", queued_at=0), at())


@pytest.mark.parametrize("which", list(Worklist))
def test_every_list_has_its_words_and_no_dossier_that_ended_can_stand_in_it(which: Worklist) -> None:
    assert which.label
    ended = [status for status in Status if not status.is_open]
    for status in ended:
        assert which not in lists_of(standing(status, ms(FRIDAY - DAY), since=1), at())
