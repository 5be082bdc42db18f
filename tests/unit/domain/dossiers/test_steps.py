"""Statuses and steps, word for word: what stands here is sent to the national portal and kept in events for ever."""

from __future__ import annotations

import pytest

from desk_app.domain.dossiers.dossier import take_step
from desk_app.domain.dossiers.events import StepTaken
from desk_app.domain.dossiers.steps import ACTIONS, Action, Status, usual
from tests.unit.domain.dossiers.test_dossier import received

OPEN = {
    Status.RECEIVED,
    Status.PROCESSING,
    Status.AWAITING_COMPLETION,
    Status.AWAITING_DUTY,
    Status.SUSPENDED,
    Status.AWAITING_SIGNATURE,
    Status.RESULT_READY,
}
AT_WORK = {Status.RECEIVED, Status.PROCESSING}
SIGNATURE = {Status.AWAITING_SIGNATURE}
ASKED = {Status.AWAITING_COMPLETION, Status.AWAITING_DUTY}


@pytest.mark.parametrize(
    ("status", "label", "portal_code", "rank"),
    [
        (Status.RECEIVED, "Mới tiếp nhận", 2, 0),
        (Status.PROCESSING, "Đang xử lý", 4, 1),
        (Status.AWAITING_COMPLETION, "Chờ bổ sung", 5, 2),
        (Status.AWAITING_DUTY, "Chờ nghĩa vụ tài chính", 6, 2),
        (Status.SUSPENDED, "Tạm dừng", 4, 2),
        (Status.AWAITING_SIGNATURE, "Chờ ký", 4, 2),
        (Status.RESULT_READY, "Chờ trả kết quả", 9, 3),
        (Status.RETURNED, "Đã trả kết quả", 10, 5),
        (Status.REFUSED, "Từ chối", 3, 4),
        (Status.WITHDRAWN, "Đã rút", 7, 4),
        (Status.STOPPED, "Dừng giải quyết", 8, 4),
    ],
)
def test_a_status_has_the_name_and_the_number_of_the_portal(
    status: Status, label: str, portal_code: int, rank: int
) -> None:
    assert (status.label, status.portal_code, status.rank) == (label, portal_code, rank)
    assert status.is_open == (status in OPEN)


def test_a_result_in_the_citizens_hand_is_furthest() -> None:
    assert max(Status, key=lambda status: status.rank) is Status.RETURNED
    assert max(OPEN, key=lambda status: status.rank) is Status.RESULT_READY
    assert all(end.rank > status.rank for end in set(Status) - OPEN for status in OPEN)


@pytest.mark.parametrize(
    ("action", "label", "allowed", "leads_to", "needs"),
    [
        (Action.FORWARD, "chuyển xử lý", AT_WORK | SIGNATURE, Status.PROCESSING, ""),
        (Action.REQUEST_COMPLETION, "yêu cầu bổ sung", AT_WORK, Status.AWAITING_COMPLETION, "reason"),
        (Action.COMPLETE, "nhận bổ sung", {Status.AWAITING_COMPLETION}, Status.PROCESSING, "due"),
        (
            Action.REFUSE,
            "từ chối",
            AT_WORK | {Status.AWAITING_COMPLETION, Status.AWAITING_DUTY},
            Status.REFUSED,
            "reason",
        ),
        (Action.SUSPEND, "tạm dừng", AT_WORK, Status.SUSPENDED, "reason"),
        (Action.RESUME, "tiếp tục", {Status.SUSPENDED}, Status.PROCESSING, "due"),
        (Action.APOLOGISE, "xin lỗi và hẹn lại", AT_WORK | SIGNATURE, None, "reason due"),
        (Action.STOP, "dừng giải quyết", OPEN, Status.STOPPED, "reason"),
        (Action.READY, "báo có kết quả", AT_WORK | SIGNATURE, Status.RESULT_READY, ""),
        (Action.RETURN, "trả kết quả", {Status.RESULT_READY}, Status.RETURNED, ""),
        (Action.HAND_OVER, "trả kết quả ngay", {Status.RECEIVED}, Status.RETURNED, ""),
        (Action.WITHDRAW, "cho rút hồ sơ", OPEN, Status.WITHDRAWN, ""),
        (Action.LAPSE, "dừng do không bổ sung", {Status.AWAITING_COMPLETION}, Status.STOPPED, ""),
        (Action.ASK_DUTY, "yêu cầu thực hiện nghĩa vụ tài chính", AT_WORK, Status.AWAITING_DUTY, "reason"),
        (Action.DUTY_DONE, "đã thực hiện nghĩa vụ tài chính", {Status.AWAITING_DUTY}, Status.PROCESSING, "due"),
        (Action.SUBMIT, "trình ký", AT_WORK, Status.AWAITING_SIGNATURE, ""),
        (Action.SIGNED, "đã ký, nhận lại", SIGNATURE, Status.PROCESSING, ""),
        (Action.ANNUL, "hủy kết quả đã trả", {Status.RETURNED}, Status.STOPPED, "reason"),
    ],
)
def test_a_step_is_taken_from_where_it_may_and_leads_where_it_says(
    action: Action, label: str, allowed: set[Status], leads_to: Status | None, needs: str
) -> None:
    rule = ACTIONS[action]
    assert (rule.label, rule.allowed, rule.leads_to) == (label, allowed, leads_to)
    assert (rule.needs_reason, rule.needs_due) == ("reason" in needs, "due" in needs)


def test_every_step_has_a_rule_and_only_annulling_leads_on_from_an_end() -> None:
    assert set(ACTIONS) == set(Action)
    assert all(rule.allowed <= OPEN for name, rule in ACTIONS.items() if name != Action.ANNUL)


def test_the_usual_step_is_the_first_of_those_offered() -> None:
    every = list(Action)
    assert usual(Status.RECEIVED, every) == Action.HAND_OVER
    assert usual(Status.RECEIVED, [Action.FORWARD, Action.STOP]) == Action.FORWARD
    assert usual(Status.PROCESSING, every) == Action.READY
    assert usual(Status.AWAITING_COMPLETION, every) == Action.COMPLETE
    assert usual(Status.SUSPENDED, every) == Action.RESUME
    assert usual(Status.RESULT_READY, every) == Action.RETURN
    assert usual(Status.AWAITING_DUTY, every) == Action.DUTY_DONE
    assert usual(Status.AWAITING_SIGNATURE, every) == Action.SIGNED
    assert usual(Status.RECEIVED, [Action.STOP]) == ""
    assert {usual(status, every) for status in set(Status) - OPEN} == {""}


@pytest.mark.parametrize("times", [1, 2, 3])
def test_each_request_for_completion_counts_once(times: int) -> None:
    desk = received()
    for _ in range(times):
        desk.write(take_step(desk.dossier, "request-completion", reason="Thiếu giấy"))
        desk.write(take_step(desk.dossier, "complete", due_at=9_000))
    assert (desk.dossier.completions, desk.dossier.apologies) == (times, 0)


def test_one_apology_counts_once() -> None:
    desk = received()
    desk.write(take_step(desk.dossier, "apologise", reason="Mất điện", due_at=9_000))
    assert (desk.dossier.completions, desk.dossier.apologies) == (0, 1)


def test_a_result_stays_what_it_was_called_until_a_later_step_calls_it_otherwise() -> None:
    desk = received()
    desk.write(StepTaken(action="ready", result="Trích lục số 1"))
    desk.write(StepTaken(action="return"))
    assert desk.dossier.result == "Trích lục số 1"
    other = received()
    other.write(StepTaken(action="ready", result="Trích lục số 1"))
    other.write(StepTaken(action="return", result="Trích lục số 2"))
    assert other.dossier.result == "Trích lục số 2"
