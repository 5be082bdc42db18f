"""When a result was there and left, with results annulled and steps taken back in between."""

from __future__ import annotations

from desk_app.domain.dossiers.dossier import take_back, take_step
from desk_app.domain.dossiers.steps import Status
from desk_app.domain.handling import results
from desk_app.domain.outgoing.course import stage_before
from tests.unit.domain.dossiers.test_dossier import Desk, received


def lived(*actions: str, outcome: str = "redo") -> Desk:
    desk = received()
    for action in actions:
        more = {"reason": "Sai", "outcome": outcome, "due_at": 9_000} if action == "annul" else {"reason": "Vì"}
        desk.write(take_step(desk.dossier, action, **more))
    return desk


def test_a_result_that_left_has_left_though_it_is_annulled() -> None:
    desk = lived("ready", "return", "annul", "ready", "return")
    assert results.hand_outs(desk.dossier) == (5_002, 5_005)
    assert results.annulled_on(desk.dossier) == (5_003,)
    assert (results.ready_at(desk.dossier), results.ended_at(desk.dossier)) == (5_004, 5_005)


def test_a_dossier_handled_anew_has_nothing_ready_and_one_that_ended_keeps_its_end() -> None:
    anew = lived("ready", "return", "annul").dossier
    assert (results.ready_at(anew), results.ended_at(anew)) == (0, 0)
    ended = lived("ready", "return", "annul", outcome="end").dossier
    assert (results.ready_at(ended), results.ended_at(ended)) == (5_001, 5_002)
    at_once = lived("hand-over", "annul", outcome="end").dossier
    assert (results.hand_outs(at_once), results.ended_at(at_once)) == ((5_001,), 5_001)


def test_a_hand_out_taken_back_never_was() -> None:
    desk = lived("ready", "return")
    back, seen = take_back(desk.dossier, [desk.log], reason="Nhầm")
    desk.write(back, seen)
    assert desk.dossier.status is Status.RESULT_READY
    assert results.hand_outs(desk.dossier) == ()


def test_the_step_after_an_annulment_begins_where_the_annulment_led() -> None:
    desk = lived("ready", "return", "annul", "request-completion")
    assert stage_before(desk.dossier, desk.events[-1]) is Status.PROCESSING
