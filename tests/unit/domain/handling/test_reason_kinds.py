"""Whose time a suspension takes: said by the step, read by its kind of reason where an earlier program wrote."""

from __future__ import annotations

import pytest

from desk_app.domain.dossiers.dossier import take_step
from desk_app.domain.dossiers.events import StepTaken
from desk_app.domain.dossiers.steps import Status
from desk_app.domain.handling.step_table import refusal
from desk_app.domain.worklists.lists import Worklist, lists_of, standing_of
from desk_app.errors import BadFactError, StepRefusedError
from tests.unit.domain.dossiers.test_dossier import Desk, received
from tests.unit.domain.worklists.test_lists import at

AT = at()
OWN = StepTaken(action="suspend", reason="Chờ họp", cause="own", clock="runs")


@pytest.mark.parametrize(
    ("step", "counts"),
    [
        ({"cause": "own"}, True),
        ({"cause": "outage"}, False),
        ({}, False),
        ({"cause": "own", "clock": "stops"}, False),
        ({"cause": "later-kind", "clock": "runs"}, True),
        ({"cause": "outage", "clock": "a word of a later program"}, False),
    ],
    ids=["old-own", "old-outage", "old-none", "stops", "runs", "unknown"],
)
def test_the_step_says_whether_time_counts_and_an_old_one_is_read_by_its_cause(step, counts) -> None:
    desk = received()
    desk.write(StepTaken(action="suspend", reason="Vì", **step))
    assert desk.dossier.handling.counts is counts
    assert desk.dossier.time_runs is counts
    assert desk.dossier.is_late(desk.dossier.due_at + 1) is counts
    assert not desk.dossier.is_late(desk.dossier.due_at)


def suspended(step: StepTaken, due_at: int) -> Desk:
    desk = received()
    desk.write(StepTaken(action="apologise", reason="Vì", due_at=due_at))
    desk.write(step)
    return desk


def test_the_lists_show_it_late_or_due_while_it_is_suspended() -> None:
    late = standing_of(suspended(OWN, AT.now - 1).dossier)
    due = standing_of(suspended(OWN, AT.due_ends[0] - 1).dossier)
    today = standing_of(suspended(OWN, AT.day_end - 1).dossier)
    stopped = standing_of(suspended(StepTaken(action="suspend", reason="Lỗi", cause="outage"), AT.now - 1).dossier)
    assert late and due and today and stopped
    assert Worklist.LATE in lists_of(late, AT) and Worklist.SUSPENDED in lists_of(late, AT)
    assert Worklist.DUE_1 in lists_of(due, AT)
    assert Worklist.HAND_OUT in lists_of(today, AT)
    assert lists_of(stopped, AT) == {Worklist.SUSPENDED}


def test_the_time_stands_again_with_a_suspension_that_stops_it_and_runs_after_it_is_taken_up() -> None:
    desk = received()
    own = desk.write(OWN)
    desk.write(StepTaken(action="resume", due_at=9_000))
    assert desk.dossier.time_runs
    desk.write(StepTaken(action="suspend", reason="Lỗi", cause="outage", clock="stops"))
    assert desk.dossier.status is Status.SUSPENDED
    assert not desk.dossier.time_runs
    assert own.stamp not in desk.dossier.out_of_turn


def test_an_apology_is_owed_and_taken_once_while_the_offices_own_suspension_lasts() -> None:
    desk = received()
    desk.write(OWN)
    event = desk.write(take_step(desk.dossier, "apologise", reason="Chậm", due_at=9_000))
    assert event.stamp not in desk.dossier.out_of_turn
    assert (desk.dossier.status, desk.dossier.due_at, desk.dossier.apologies) == (Status.SUSPENDED, 9_000, 1)
    with pytest.raises(StepRefusedError, match="đã xin lỗi một lần"):
        take_step(desk.dossier, "apologise", reason="Chậm", due_at=9_500)
    other = received()
    other.write(StepTaken(action="suspend", reason="Lỗi", cause="outage"))
    assert "thời hạn đã ngừng tính" in refusal(other.dossier, "apologise")
    crossed = other.write(StepTaken(action="apologise", reason="Chậm", due_at=9_000))
    assert crossed.stamp in other.dossier.out_of_turn, "as earlier programs read it"


def test_only_a_suspension_says_a_word_of_the_clock() -> None:
    desk = received()
    for action, clock in (("forward", "runs"), ("suspend", "later")):
        with pytest.raises(BadFactError):
            take_step(desk.dossier, action, reason="Vì", clock=clock)
