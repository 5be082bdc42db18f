"""Steps and corrections on a dossier's page."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from desk_app.domain.dossiers.steps import Status
from tests.ui.hand import Hand

KEY = Qt.Key


@pytest.fixture
def hand(shared_hand: Hand) -> Hand:
    return shared_hand.unseen()


@pytest.fixture
def at_dossier(hand: Hand) -> Hand:
    """A dossier at work is open."""
    rows = hand.program.view._tools.services.find_apart("H26.99", 60)
    hand.program.view.open_dossier(next(row.code for row in rows if row.status == Status.PROCESSING))
    hand.settle()
    return hand


def shown(hand: Hand):
    return hand.program.view._tools.services.detail(hand.text("dossier.code")).dossier


def test_the_usual_step_takes_two_keys(at_dossier: Hand) -> None:
    hand = at_dossier
    hand.press(KEY.Key_Return, ctrl=True)
    assert hand.text("dossier.step.asked") == "Báo có kết quả"
    assert hand.focused() == "dossier.step.reason"
    hand.press(KEY.Key_Return)
    assert shown(hand).status is Status.RESULT_READY
    assert hand.widget("dossier.status").accessibleName() == "Chờ trả kết quả"
    assert hand.widget("dossier.step.return").isVisible()


def test_a_step_that_owes_a_reason_is_refused_without_one_and_asks_for_it(at_dossier: Hand) -> None:
    hand = at_dossier
    hand.widget("dossier.step.request-completion").click()
    hand.settle()
    assert hand.focused() == "dossier.step.reason"
    hand.press(KEY.Key_Return)
    assert "Lý do" in hand.text("status.message")
    assert shown(hand).status is Status.PROCESSING
    hand.fill("thiếu bản sao giấy chứng sinh")
    hand.press(KEY.Key_Return)
    assert shown(hand).status is Status.AWAITING_COMPLETION
    hand.until(lambda: hand.widget("dossier.step.complete").isVisible())


def test_a_new_due_date_is_asked_where_one_is_owed(at_dossier: Hand) -> None:
    hand = at_dossier
    hand.widget("dossier.step.apologise").click()
    hand.settle()
    hand.fill("chờ xác minh")
    hand.press(KEY.Key_Return)
    assert hand.focused() == "dossier.step.due"
    hand.fill("30/11/2026")
    hand.press(KEY.Key_Return)
    assert shown(hand).apologies == 1
    assert not [each for each in hand.widgets() if each.accessibleIdentifier() == "dossier.step.apologise"]


def test_others_work_arriving_takes_nothing_half_typed_away_and_does_not_scroll(at_dossier: Hand) -> None:
    hand = at_dossier
    hand.widget("dossier.step.apologise").click()
    hand.settle()
    hand.fill("chờ xác minh")
    bar = hand.widget("dossier.page").verticalScrollBar()
    bar.setValue(bar.maximum())
    before = bar.value()
    hand.program.rounds.arrived.emit()
    hand.settle()
    assert hand.text("dossier.step.reason") == "chờ xác minh"
    assert hand.widget("dossier.step.confirm").isVisible()
    assert bar.value() == before > 90


def test_escape_puts_a_half_filled_step_away_before_it_leaves_the_page(at_dossier: Hand) -> None:
    hand = at_dossier
    hand.press(KEY.Key_Return, ctrl=True)
    hand.press(KEY.Key_Escape)
    assert not hand.widget("dossier.step.confirm").isVisible()
    assert hand.widget("dossier.code").isVisible()
    hand.press(KEY.Key_Escape)
    assert hand.focused() == "dossiers.table"


def test_a_correction_changes_one_thing_and_says_what_it_was(at_dossier: Hand) -> None:
    hand = at_dossier
    hand.press(KEY.Key_E, ctrl=True)
    hand.fill("ngay sinh")
    hand.press(KEY.Key_Return)
    hand.until(lambda: hand.focused() == "dossier.correct.value")
    hand.fill("1/2/1980")
    hand.press(KEY.Key_Return)
    hand.fill("nhầm năm")
    hand.press(KEY.Key_Return)
    assert shown(hand).applicant.born_on == "1980-02-01"
    assert "Đã đính chính" in hand.text("status.message")
    assert not hand.widget("dossier.correct.save").isVisible()


def test_a_correction_that_changes_nothing_is_refused(at_dossier: Hand) -> None:
    hand = at_dossier
    hand.press(KEY.Key_E, ctrl=True)
    hand.fill("ho va ten")
    hand.press(KEY.Key_Return)
    hand.until(lambda: hand.focused() == "dossier.correct.value")
    before = shown(hand)
    hand.press(KEY.Key_Return, KEY.Key_Return)
    assert "giống giá trị đang có" in hand.text("status.message")
    assert shown(hand) == before


# --- a slip of the hand -------------------------------------------------------------------


def status(hand: Hand) -> Status:
    return shown(hand).status


def test_keys_after_a_recorded_step_reach_no_other_dossier(at_dossier: Hand) -> None:
    hand = at_dossier
    code = hand.text("dossier.code")
    hand.press(KEY.Key_Return, ctrl=True)
    hand.press(KEY.Key_Return)
    assert status(hand) is Status.RESULT_READY
    assert hand.focused() == "dossier.steps"
    events = hand.program.view._tools.services.detail(code).history
    hand.press(KEY.Key_Space, KEY.Key_Return, KEY.Key_A, KEY.Key_Space, KEY.Key_Return, KEY.Key_Down, KEY.Key_Return)
    assert hand.text("dossier.code") == code
    assert hand.widget("dossier.code").isVisible()
    assert hand.program.view._tools.services.detail(code).history == events


def test_space_presses_no_button_that_the_program_chose_but_one_that_a_person_went_to(at_dossier: Hand) -> None:
    hand = at_dossier
    hand.widget("dossier.step.ready").setFocus(Qt.FocusReason.OtherFocusReason)
    hand.settle()
    hand.press(KEY.Key_Space)
    assert not hand.widget("dossier.step.confirm").isVisible()
    hand.press(KEY.Key_Tab)
    assert hand.focused().startswith("dossier.step.")
    hand.press(KEY.Key_Space)
    assert hand.widget("dossier.step.confirm").isVisible()


def test_a_step_that_ends_the_dossier_is_asked_once_more_and_escape_goes_back(at_dossier: Hand) -> None:
    hand = at_dossier
    code = hand.text("dossier.code")
    hand.widget("dossier.step.refuse").click()
    hand.settle()
    hand.press(KEY.Key_Return)
    assert status(hand) is Status.PROCESSING
    assert not hand.widget("dossier.step.sure").isVisible()
    hand.fill("không thuộc thẩm quyền")
    hand.press(KEY.Key_Return)
    assert hand.focused() == "dossier.step.sure"
    assert code in hand.text("dossier.step.question")
    assert status(hand) is Status.PROCESSING
    hand.press(KEY.Key_Space)
    assert status(hand) is Status.PROCESSING
    hand.press(KEY.Key_Escape)
    assert hand.focused() == "dossier.step.reason"
    assert hand.text("dossier.step.reason") == "không thuộc thẩm quyền"
    hand.press(KEY.Key_Return, KEY.Key_Return)
    assert status(hand) is Status.REFUSED


def test_a_wrong_step_is_taken_back_with_a_reason(at_dossier: Hand) -> None:
    hand = at_dossier
    hand.widget("dossier.step.withdraw").click()
    hand.settle()
    hand.press(KEY.Key_Return, KEY.Key_Return)
    assert status(hand) is Status.WITHDRAWN
    assert hand.focused() == "dossier.steps"
    hand.press(KEY.Key_Tab)
    assert hand.focused() == "dossier.step.take-back"
    hand.press(KEY.Key_Return)
    assert hand.focused() == "dossier.step.reason"
    hand.press(KEY.Key_Return)
    assert status(hand) is Status.WITHDRAWN
    hand.fill("mở nhầm hồ sơ")
    hand.press(KEY.Key_Return)
    assert status(hand) is Status.PROCESSING
    assert hand.widget("dossier.step.ready").isVisible()


def test_ctrl_enter_records_from_inside_the_form(at_dossier: Hand) -> None:
    hand = at_dossier
    hand.widget("dossier.step.suspend").click()
    hand.settle()
    hand.fill("chờ xác minh")
    hand.press(KEY.Key_Return, ctrl=True)
    assert status(hand) is Status.SUSPENDED
    hand.press(KEY.Key_Return, ctrl=True)
    assert hand.text("dossier.step.asked") == "Tiếp tục"
    assert len(hand.text("dossier.step.due")) == len("30/11/2026")
    hand.press(KEY.Key_Return, ctrl=True)
    assert status(hand) is Status.PROCESSING


def test_work_arriving_leaves_the_focus_where_it_was_or_in_the_step_card(at_dossier: Hand) -> None:
    hand = at_dossier
    hand.press(KEY.Key_0)  # steps seldom taken stand behind this key
    hand.until(hand.widget("dossier.step.suspend").isVisible)
    for place in ("dossier.step.suspend", "dossier.paper.slip.show", "dossier.page"):
        if place not in {each.accessibleIdentifier() for each in hand.widgets()}:
            continue
        hand.widget(place).setFocus(Qt.FocusReason.TabFocusReason)
        hand.program.rounds.arrived.emit()
        hand.settle()
        assert hand.focused() == place
    code = hand.text("dossier.code")
    hand.widget("dossier.step.ready").setFocus(Qt.FocusReason.TabFocusReason)
    hand.program.view._tools.services.following.step(code, "ready", "", "")
    hand.program.rounds.arrived.emit()
    hand.settle()
    assert hand.focused() == "dossier.steps"


def test_enter_presses_every_button_that_has_the_focus(at_dossier: Hand) -> None:
    hand = at_dossier
    hand.widget("dossier.step.forward" if status(hand) is Status.RECEIVED else "dossier.step.ready").setFocus()
    hand.press(KEY.Key_Return)
    assert hand.widget("dossier.step.confirm").isVisible()
    hand.widget("dossier.step.cancel").setFocus()
    hand.press(KEY.Key_Enter)
    assert not hand.widget("dossier.step.confirm").isVisible()
    hand.widget("dossier.leave").setFocus()
    hand.press(KEY.Key_Return)
    assert hand.widget("dossiers.table").isVisible()
    hand.widget("nav.reception").setFocus()
    hand.press(KEY.Key_Return)
    assert hand.widget("reception.full_name").isVisible()


def test_a_step_that_owes_a_paper_shows_it_and_offers_to_print_it(at_dossier: Hand) -> None:
    hand = at_dossier
    hand.widget("dossier.step.refuse").click()
    hand.settle()
    hand.fill("Không thuộc thẩm quyền của xã")
    hand.press(KEY.Key_Return)
    hand.press(KEY.Key_Return)
    assert shown(hand).status is Status.REFUSED
    assert hand.program.view.dossier._paper[0] == "phieu-tu-choi"
    code = hand.text("dossier.code")
    hand.widget("status.action").click()
    hand.until(lambda: hand.printed != [])
    hand.until(lambda: shown(hand).prints.get("phieu-tu-choi", 0) == 1)
    assert hand.text("dossier.code") == code
