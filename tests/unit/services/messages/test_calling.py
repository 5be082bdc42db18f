"""The telephone list: who is to be called, what to say, and what a call changes."""

from __future__ import annotations

from datetime import timedelta

import pytest

from desk_app.domain.messages.kinds import About
from desk_app.domain.worklists.lists import Worklist
from desk_app.errors import BadFactError
from desk_app.services.desk import office_settings
from desk_app.services.desk.desk import Desk
from desk_app.services.dossiers import steps as dossier_steps
from desk_app.services.messages import calling
from desk_app.services.worklists import worklists
from tests.kit.desk.desks import TestClock
from tests.unit.services.messages.test_queueing import received


def number(desk: Desk, which: Worklist) -> int:
    return next(each.number for each in worklists.counts(desk) if each.which is which)


def test_who_was_asked_for_completion_stands_in_the_lists_until_told(desk: Desk) -> None:
    code = received(desk)
    dossier_steps.step(desk, code, "request-completion", reason="Thiếu giấy")
    (line,) = calling.call_list(desk)
    assert (line.code, line.about, line.tries) == (code, About.COMPLETION, 0)
    assert code in line.words
    assert number(desk, Worklist.UNINFORMED) == 1
    calling.contact(desk, code, "not-reached")
    (line,) = calling.call_list(desk)
    assert line.tries == 1
    calling.contact(desk, code, "told")
    assert calling.call_list(desk) == []
    assert number(desk, Worklist.UNINFORMED) == 0


def test_a_second_request_must_be_told_again(desk: Desk) -> None:
    code = received(desk)
    dossier_steps.step(desk, code, "request-completion", reason="Thiếu giấy")
    calling.contact(desk, code, "told")
    dossier_steps.step(desk, code, "complete", due_on="30/12/2026")
    dossier_steps.step(desk, code, "request-completion", reason="Vẫn thiếu")
    assert [line.code for line in calling.call_list(desk)] == [code]


def test_somebody_calls_when_the_message_is_not_sent_within_the_working_day(desk: Desk, clock: TestClock) -> None:
    office_settings.change_all(desk, {"message_ready": "on"})
    code = received(desk)
    dossier_steps.step(desk, code, "ready")
    assert calling.call_list(desk) == []
    clock.moment += timedelta(days=5)
    assert [line.code for line in calling.call_list(desk)] == [code]


def test_a_result_in_hand_that_nobody_recorded_is_told_of(desk: Desk, clock: TestClock) -> None:
    code = received(desk)
    dossier_steps.step(desk, code, "ready")
    assert calling.slip_was_shown(desk, code)
    assert not calling.slip_was_shown(desk, code), "once is enough"
    clock.moment += timedelta(hours=2)
    assert number(desk, Worklist.UNRECORDED) == 1
    dossier_steps.step(desk, code, "return")
    assert number(desk, Worklist.UNRECORDED) == 0


def test_a_slip_shown_before_there_is_a_result_says_nothing(desk: Desk) -> None:
    assert not calling.slip_was_shown(desk, received(desk))


@pytest.mark.parametrize(("outcome", "about"), [("sung", "ready"), ("told", ""), ("told", "weather")])
def test_what_nobody_can_have_told_is_refused(desk: Desk, outcome: str, about: str) -> None:
    with pytest.raises(BadFactError):
        calling.contact(desk, received(desk), outcome, about=about)
