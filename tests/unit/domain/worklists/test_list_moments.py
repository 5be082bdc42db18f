"""The moments of a day, and the boundaries at which a dossier passes from one list to another."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest
from msgspec.structs import replace

from desk_app.domain.calendar.deadlines import Calendar
from desk_app.domain.calendar.moments import VIETNAM, milliseconds
from desk_app.domain.dossiers.dossier_state import Dossier
from desk_app.domain.dossiers.events import Recorded, StepTaken
from desk_app.domain.dossiers.steps import Status
from desk_app.domain.messages.message_events import Contacted, MessageQueued
from desk_app.domain.worklists.lists import (
    WorkLimits,
    Worklist,
    WorkMoments,
    WorkStanding,
    is_to_call,
    lists_of,
    moments,
    standing_of,
)
from tests.kit.paper import papers

AT = WorkMoments(
    now=1_000,
    day_start=500,
    day_end=2_000,
    due_ends=(3_000, 4_000, 5_000),
    suspended_before=100,
    ready_before=200,
    unrecorded_before=900,
    queued_before=400,
)


def standing(status: str = "processing", due: int = 0, since: int = 600, **more: object) -> WorkStanding:
    return WorkStanding(status=status, due_at=due, since_at=since, **more)


@pytest.mark.parametrize(
    ("due", "found"),
    [
        (999, {Worklist.LATE}),
        (1_000, {Worklist.HAND_OUT}),
        (1_999, {Worklist.HAND_OUT}),
        (2_000, {Worklist.DUE_1}),
        (2_999, {Worklist.DUE_1}),
        (3_000, {Worklist.DUE_2}),
        (3_999, {Worklist.DUE_2}),
        (4_000, {Worklist.DUE_3}),
        (4_999, {Worklist.DUE_3}),
        (5_000, set()),
    ],
)
def test_each_end_of_a_day_belongs_to_the_day_after(due: int, found: set[Worklist]) -> None:
    assert lists_of(standing(due=due), AT) == found


@pytest.mark.parametrize(
    ("status", "due", "since", "found"),
    [
        ("suspended", 0, 99, {Worklist.SUSPENDED}),
        ("suspended", 0, 100, set()),
        ("processing", 0, 99, set()),
        ("result_ready", 499, 199, {Worklist.READY}),
        ("result_ready", 499, 200, set()),
        ("result_ready", 500, 199, {Worklist.HAND_OUT}),
        ("result_ready", 2_500, 199, set()),
        ("suspended", 600, 600, set()),
    ],
)
def test_what_waits_is_told_of_only_before_its_moment(status: str, due: int, since: int, found: set[Worklist]) -> None:
    assert lists_of(standing(status, due, since), AT) == found


@pytest.mark.parametrize(("in_hand_at", "is_told"), [(0, False), (1, True), (899, True), (900, False)])
def test_a_result_in_hand_is_unrecorded_from_its_moment(in_hand_at: int, *, is_told: bool) -> None:
    assert (Worklist.UNRECORDED in lists_of(standing(in_hand_at=in_hand_at), AT)) is is_told


@pytest.mark.parametrize(("queued_at", "untold", "call"), [(399, "late", True), (400, "late", False), (0, "", False)])
def test_a_message_that_waits_a_day_is_no_message(queued_at: int, untold: str, *, call: bool) -> None:
    assert is_to_call(standing(queued_at=queued_at, untold=untold), AT) is call


def test_the_moments_of_a_friday() -> None:
    def ms(day: int, month: int = 11, hour: int = 0) -> int:
        return milliseconds(datetime.combine(date(2026, month, day), time(hour), VIETNAM))

    found = moments(datetime(2026, 11, 27, 9, tzinfo=VIETNAM), Calendar({}), WorkLimits(), desk=3)
    assert found == WorkMoments(
        now=ms(27, hour=9),
        day_start=ms(27),
        day_end=ms(28),
        due_ends=(ms(1, 12), ms(2, 12), ms(3, 12)),
        suspended_before=ms(13),
        ready_before=ms(24),
        unrecorded_before=ms(27, hour=8),
        queued_before=ms(26),
        desk=3,
    )


def asked(*contacts: Recorded, status: Status = Status.AWAITING_COMPLETION) -> Dossier:
    turn = event(2, StepTaken(action="request-completion"))
    return replace(papers.dossier(), status=status, turns=(turn,), contacts=contacts)


def event(number: int, payload: StepTaken | Contacted | MessageQueued) -> Recorded:
    return Recorded(
        log="a",
        seq=number,
        dossier="mau",
        kind="",
        lamport=number,
        at=number * 100,
        clock_offset=0,
        author="",
        seen={},
        payload=payload,
    )


def test_where_a_dossier_stands_says_what_is_untold_and_since_when_a_message_waits() -> None:
    due = papers.DUE_AT
    queued = event(3, MessageQueued(id="m", about="completion", phone="0912345678", text="x"))
    told = event(4, Contacted(about="completion", outcome="told"))
    status = "awaiting_completion"
    assert standing_of(asked()) == WorkStanding(status=status, due_at=due, since_at=200, untold="completion")
    assert standing_of(asked(queued)) == WorkStanding(
        status=status, due_at=due, since_at=200, untold="completion", queued_at=300
    )
    assert standing_of(asked(queued, told)) == WorkStanding(status=status, due_at=due, since_at=200)


def test_a_dossier_just_received_stands_since_its_reception_and_one_that_ended_nowhere() -> None:
    received = standing_of(papers.dossier(due_at=0))
    at = papers.RECEIVED_AT
    assert received == WorkStanding(status="received", due_at=0, since_at=at, in_hand_at=at)
    assert standing_of(asked(status=Status.RETURNED)) is None
