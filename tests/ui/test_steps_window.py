"""The step card with keys: numbers, the rest behind one button, all defects at once, who has it, notes, a scan."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from desk_app.domain.dossiers.steps import Status
from tests.kit.desk.desks import CARD
from tests.ui.hand import Hand

KEY = Qt.Key
BARCODE = "8938505001234"


@pytest.fixture
def at_dossier(shared_hand: Hand) -> Hand:
    """A dossier at work is open."""
    hand = shared_hand.unseen()
    rows = hand.program.view._tools.services.find_apart("H26.99", 60)
    hand.program.view.open_dossier(next(row.code for row in rows if row.status == Status.PROCESSING))
    hand.settle()
    hand.gestures = 0
    return hand


def shown(hand: Hand):
    return hand.program.view._tools.services.detail(hand.text("dossier.code")).dossier


def number_of(hand: Hand, action: str) -> Qt.Key:
    """The number key that the button of this step names."""
    return Qt.Key(KEY.Key_0 + int(hand.widget(f"dossier.step.{action}").text().split()[-1]))


def choose(hand: Hand, action: str) -> None:
    """The step by its key; it begins once the key stood alone."""
    hand.press(number_of(hand, action))
    hand.until(lambda: hand.program.view.dossier._steps.chosen_action == action)


def test_a_request_for_completion_with_three_defects_takes_eight_gestures(at_dossier: Hand) -> None:
    hand = at_dossier
    choose(hand, "request-completion")
    assert hand.text("dossier.step.asked") == "Yêu cầu bổ sung"
    hand.press(KEY.Key_Tab)
    for wrong in ("thiếu", "chưa ký"):
        hand.fill(wrong)
        hand.press(KEY.Key_Return)
    hand.fill("Ảnh 4x6: mờ" if hand.focused().endswith("other") else "đã hết hạn")
    hand.press(KEY.Key_Return, ctrl=True)
    dossier = shown(hand)
    assert dossier.status is Status.AWAITING_COMPLETION
    assert [defect.wrong for defect in dossier.handling.defects][:2] == ["thiếu", "chưa ký"]
    assert len(dossier.handling.defects) == 3
    assert hand.gestures <= 8


def test_the_rest_stands_behind_one_button_and_number_keys_reach_it(at_dossier: Hand) -> None:
    hand = at_dossier
    offered = [each.action for each in hand.program.view._tools.services.following.steps(hand.text("dossier.code"))]
    assert [hand.widget(f"dossier.step.{action}").isVisible() for action in offered[:3]] == [True] * 3
    assert not any(hand.widget(f"dossier.step.{action}").isVisible() for action in offered[3:])
    assert not hand.widget("dossier.step.suspend").isVisible()
    hand.press(KEY.Key_0)
    hand.until(hand.widget("dossier.step.suspend").isVisible)
    hand.press(KEY.Key_0)
    hand.until(lambda: not hand.widget("dossier.step.suspend").isVisible())
    choose(hand, "suspend")
    assert hand.text("dossier.step.asked") == "Tạm dừng"
    hand.fill("mất điện")
    hand.press(KEY.Key_Tab)
    hand.fill("su co")
    hand.press(KEY.Key_Return)
    hand.press(KEY.Key_Return, ctrl=True)
    assert shown(hand).status is Status.SUSPENDED
    assert shown(hand).turns[-1].payload.cause == "outage"


def test_a_step_says_who_has_the_dossier_until_when_and_a_clerk_may_say_otherwise(at_dossier: Hand) -> None:
    hand = at_dossier
    choose(hand, "submit")
    assert hand.text("dossier.step.asked") == "Trình ký"
    assert hand.text("dossier.step.field.step.to") == "Lãnh đạo UBND"
    hand.widget("dossier.step.field.step.to").setFocus(Qt.FocusReason.TabFocusReason)
    hand.settle()
    hand.widget("dossier.step.field.step.to").selectAll()
    hand.fill("Phó Chủ tịch Thử")
    hand.widget("dossier.step.field.step.until").setFocus(Qt.FocusReason.TabFocusReason)
    hand.widget("dossier.step.field.step.until").selectAll()
    hand.fill("16:30")
    hand.press(KEY.Key_Return, ctrl=True)
    assert "còn thiếu ngày; gõ như 16:30 20/11/2026" in hand.text("status.message")
    hand.widget("dossier.step.field.step.until").selectAll()
    hand.fill("16:30 27/11/2026")
    hand.press(KEY.Key_Return, ctrl=True)
    dossier = shown(hand)
    assert (dossier.status, dossier.handling.holder) == (Status.AWAITING_SIGNATURE, "Phó Chủ tịch Thử")
    assert dossier.handling.inner == "signature"
    hand.press(KEY.Key_Return, ctrl=True)
    assert hand.text("dossier.step.asked") == "Đã ký, nhận lại"
    hand.press(KEY.Key_Return)
    assert shown(hand).status is Status.PROCESSING


def test_a_note_for_colleagues_stands_on_the_page_and_on_no_paper(at_dossier: Hand) -> None:
    hand = at_dossier
    hand.widget("dossier.note").setFocus(Qt.FocusReason.TabFocusReason)
    hand.settle()
    hand.fill("Hẹn gọi lại chiều mai")
    hand.press(KEY.Key_Return)
    assert "Hẹn gọi lại chiều mai" in hand.text("dossier.notes")
    assert hand.text("dossier.note") == ""
    assert [event.payload.text for event in shown(hand).notes] == ["Hẹn gọi lại chiều mai"]


@pytest.mark.parametrize("code", [CARD, BARCODE])
def test_what_is_scanned_on_the_page_begins_no_step_and_opens_no_list_of_steps(at_dossier: Hand, code: str) -> None:
    hand = at_dossier
    shown_code = hand.text("dossier.code")
    hand.scan(code)
    hand.let_pass(2000)
    assert not hand.program.view.dossier._steps.chosen_action
    assert not hand.program.view.dossier._steps._is_rest_open
    hand.program.view.open_dossier(shown_code)
    hand.settle()
    assert shown(hand).status is Status.PROCESSING


def test_a_step_that_moves_nothing_says_what_was_done(at_dossier: Hand) -> None:
    hand = at_dossier
    hand.program.view.dossier._steps.choose("apologise")
    hand.settle()
    hand.fill("mất điện")
    hand.press(KEY.Key_Return, ctrl=True)
    assert hand.text("status.message").startswith(f"Hồ sơ {hand.text('dossier.code')}: đã xin lỗi và hẹn lại.")
