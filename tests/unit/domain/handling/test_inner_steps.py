"""Which inner step a dossier goes to, and until when whoever receives it has it."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from desk_app.domain.calendar.deadlines import Calendar, DayKind
from desk_app.domain.calendar.moments import VIETNAM, in_vietnam, milliseconds
from desk_app.domain.dossiers.steps import Status
from desk_app.domain.handling.inner_steps import until, usual_next
from desk_app.domain.procedures.inner_step import InnerStep

DESK = InnerStep(id="desk", name="Nhận", half_days=1)
WORK = InnerStep(id="work", name="Thụ lý", half_days=2)
CHECK = InnerStep(id="check", name="Thẩm định", rest=True)
SIGN = InnerStep(id="sign", name="Ký", half_days=1, signs=True)
BACK = InnerStep(id="back", name="Trả")
STEPS = (DESK, WORK, CHECK, SIGN)
CALENDAR = Calendar(days={date(2026, 11, 24): DayKind.OFF})
"""Sessions 07:30-11:30 and 13:30-17:00; Tuesday 24/11/2026 is off."""


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=VIETNAM)


@pytest.mark.parametrize(
    ("action", "status", "inner", "goes_to"),
    [
        ("submit", Status.PROCESSING, "check", SIGN),
        ("signed", Status.AWAITING_SIGNATURE, "sign", DESK),
        ("forward", Status.AWAITING_SIGNATURE, "sign", CHECK),
        ("forward", Status.RECEIVED, "", WORK),
        ("forward", Status.RECEIVED, "desk", WORK),
        ("forward", Status.PROCESSING, "work", CHECK),
        ("forward", Status.PROCESSING, "check", CHECK),
        ("ready", Status.PROCESSING, "work", None),
    ],
)
def test_a_step_leads_to_the_inner_step_that_is_usual(
    action: str, status: Status, inner: str, goes_to: InnerStep | None
) -> None:
    assert usual_next(STEPS, action, status, inner) is goes_to


@pytest.mark.parametrize("action", ["submit", "signed", "forward"])
@pytest.mark.parametrize("status", [Status.RECEIVED, Status.AWAITING_SIGNATURE])
def test_a_procedure_without_inner_steps_leads_to_none(action: str, status: Status) -> None:
    assert usual_next((), action, status, "") is None


def test_where_the_leader_alone_follows_the_reception_nobody_works_between() -> None:
    assert usual_next((DESK, SIGN), "forward", Status.PROCESSING, "") is None
    assert usual_next((DESK, SIGN), "forward", Status.AWAITING_SIGNATURE, "") is None
    assert usual_next((DESK, WORK), "submit", Status.PROCESSING, "") is None


def test_of_three_who_work_on_it_the_next_one_follows() -> None:
    third = InnerStep(id="third", name="Rà soát")
    assert usual_next((*STEPS, third), "forward", Status.PROCESSING, "work") is CHECK
    assert usual_next((*STEPS, third), "forward", Status.PROCESSING, "check") is third


def until_when(inner: InnerStep, now: datetime, due: datetime | None = None) -> datetime | None:
    found = until(STEPS, inner, now, milliseconds(due) if due else 0, CALENDAR)
    return in_vietnam(found) if found else None


@pytest.mark.parametrize(
    ("now", "one", "two"),
    [
        (at(20, 8), at(20, 11, 30), at(20, 17)),
        (at(20, 11, 29), at(20, 11, 30), at(20, 17)),
        (at(20, 11, 30), at(20, 17), at(23, 11, 30)),  # the weekend is no session
        (at(20, 17), at(23, 11, 30), at(23, 17)),
        (at(23, 14), at(23, 17), at(25, 11, 30)),  # the 24th is off
        (at(21, 9), at(23, 11, 30), at(23, 17)),
    ],
)
def test_half_days_are_sessions_that_are_not_over(now: datetime, one: datetime, two: datetime) -> None:
    assert (until_when(SIGN, now), until_when(WORK, now)) == (one, two)


def test_nobody_has_a_dossier_longer_than_until_it_is_due_as_long_as_that_lies_ahead() -> None:
    assert until_when(WORK, at(20, 8), at(20, 16)) == at(20, 16)
    assert until_when(WORK, at(20, 8), at(25, 16)) == at(20, 17)
    assert until_when(WORK, at(20, 8), at(20, 8)) == at(20, 17)
    assert until_when(WORK, at(20, 8), at(19, 8)) == at(20, 17)


def test_a_step_without_a_time_of_its_own_has_what_is_left_until_the_due_moment() -> None:
    assert until_when(BACK, at(20, 8), at(20, 16)) == at(20, 16)
    assert until_when(BACK, at(20, 8), at(20, 8)) is None
    assert until_when(BACK, at(20, 8)) is None


@pytest.mark.parametrize(
    ("due", "end"),
    [
        (at(26, 16, 30), at(26, 11, 30)),  # the leader needs the session in which it is due
        (at(26, 13, 31), at(26, 11, 30)),
        (at(26, 13, 30), at(25, 17)),
        (at(26, 8), at(25, 17)),
        (at(25, 8), at(23, 17)),
        (at(20, 11), at(20, 11, 30)),  # too late for that: the session of now is still its own
    ],
)
def test_a_step_with_the_rest_leaves_the_steps_behind_it_their_sessions(due: datetime, end: datetime) -> None:
    assert until_when(CHECK, at(20, 8), due) == end


def test_the_rest_of_no_due_moment_is_not_known() -> None:
    assert until_when(CHECK, at(20, 8)) is None
    assert until_when(CHECK, at(20, 8), at(20, 8)) is None


def test_with_nothing_behind_it_the_rest_goes_to_the_due_moment_itself() -> None:
    last = InnerStep(id="last", name="Cuối", rest=True)
    assert until_when(last, at(20, 8), at(26, 10)) == at(26, 10)  # no step of the procedure any more: nothing follows
    due = milliseconds(at(26, 10))
    assert until((DESK, last, BACK), last, at(20, 8), due, CALENDAR) == due


def test_sessions_of_all_steps_behind_count() -> None:
    due = milliseconds(at(26, 16, 30))
    found = until((DESK, CHECK, WORK, SIGN), CHECK, at(20, 8), due, CALENDAR)
    assert in_vietnam(found) == at(25, 11, 30)


def test_a_step_of_more_than_eight_hundred_days_is_no_step_of_an_office() -> None:
    longest = InnerStep(id="long", name="Lâu", half_days=1600)
    assert until_when(longest, at(20, 8)) is not None
    with pytest.raises(ValueError, match="no working time"):
        until_when(InnerStep(id="long", name="Lâu", half_days=1601), at(20, 8))
