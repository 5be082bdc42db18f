"""The cursor stays where a person left it; Escape leaves a page, and what was typed is there again."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from desk_app.ui.setup.recovery_page import RecoveryPage
from tests.kit.desk.desks import CARD
from tests.kit.window.screen_states import CODE, KEY, SCREENS, codes_by_status, steps_of
from tests.kit.window.walking import kind_of, named, stops
from tests.ui.hand import Hand
from tests.ui.test_keys_walk import until_first_run


@pytest.fixture
def hand(shared_hand: Hand) -> Hand:
    return shared_hand.unseen()


# --- what moves the cursor ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("screen", ["reception", "corrections", "question", "enrolment", "law"])
def test_news_from_behind_move_no_cursor(still: Hand, screen: str) -> None:
    hand = still
    for _ in SCREENS[screen](hand, False):
        for part in [each for each in stops(hand.program.window) if not named([each])[0].startswith("nav.")][::3]:
            if not part.isVisible():
                continue
            part.setFocus(Qt.FocusReason.TabFocusReason)
            before = kind_of(part)[0]
            hand.program.rounds.changed.emit()
            hand.program.rounds.arrived.emit()
            hand.program.rounds.ended.emit()
            QApplication.processEvents()
            assert hand.focused() == before, screen
        if screen == "enrolment":
            break  # the digits shown next are of no real question: the page would go back to asking


def test_a_control_that_goes_away_leaves_the_cursor_on_its_page(still: Hand) -> None:
    hand = still
    hand.press(KEY.Key_F2)
    hand.scan(CARD)
    hand.program.notices.warn("Thử.", "Xem lại.", offer="Làm lại", act=lambda: None)
    hand.widget("reception.phone").setFocus(Qt.FocusReason.TabFocusReason)
    hand.widget("status.close").setFocus(Qt.FocusReason.TabFocusReason)
    hand.press(KEY.Key_Return)
    assert not hand.widget("status.close").isVisible()
    assert hand.focused() == "reception.phone"
    for going in ("reception.park", "reception.note", "reception.fee"):
        hand.widget(going).setFocus(Qt.FocusReason.TabFocusReason)
        hand.widget(going).hide()
        assert hand.focused().startswith("reception."), (going, hand.focused())
        hand.widget(going).show()


def test_good_news_stay_while_somebody_stands_on_them(still: Hand) -> None:
    hand = still
    hand.program.notices.say("Đã ghi.")
    strip = hand.program.window.strip
    hand.widget("status.close").setFocus(Qt.FocusReason.TabFocusReason)
    strip._timer.timeout.emit()
    assert strip.isVisible()
    hand.widget("dossiers.table").setFocus(Qt.FocusReason.TabFocusReason)
    strip._timer.timeout.emit()
    assert not strip.isVisible()


# --- Escape ------------------------------------------------------------------------------------------------------


def test_escape_leaves_every_page_for_the_list_and_what_was_typed_is_there_again(still: Hand) -> None:
    hand = still
    for key in (KEY.Key_F2, KEY.Key_F7, KEY.Key_F8, KEY.Key_F12):
        hand.press(key)
        if key == KEY.Key_F2:
            hand.scan(CARD)
            hand.widget("reception.note").setFocus(Qt.FocusReason.TabFocusReason)
            hand.fill("gọi trước khi đến")
        hand.press(KEY.Key_Escape)
        assert hand.focused() == "dossiers.table"
    hand.press(KEY.Key_F2)
    assert hand.text("reception.note") == "gọi trước khi đến"
    assert hand.text("reception.full_name") == "Nguyễn Thị Thử Nghiệm"


def test_a_step_left_by_escape_has_its_reason_when_it_is_taken_up_again(still: Hand) -> None:
    hand = still
    codes = codes_by_status(hand)
    hand.program.view.open_dossier(codes["processing"])
    hand.program.view.dossier._steps.choose("suspend")
    hand.fill("chờ xác minh")
    hand.press(KEY.Key_Escape)
    assert not hand.widget("dossier.step.reason").isVisible()
    hand.program.view.dossier._steps.choose("refuse")
    assert hand.text("dossier.step.reason") == ""
    hand.program.view.dossier._steps.choose("suspend")
    assert hand.text("dossier.step.reason") == "chờ xác minh"
    hand.press(KEY.Key_Escape)
    hand.program.view.open_dossier(codes["received"])
    hand.program.view.dossier._steps.choose("suspend")
    assert hand.text("dossier.step.reason") == ""


def test_a_correction_left_by_escape_stands_there_when_it_is_taken_up_again(still: Hand) -> None:
    hand = still
    codes = codes_by_status(hand)
    hand.program.view.open_dossier(codes["processing"])
    hand.press(KEY.Key_E, ctrl=True)
    hand.fill("họ và tên")
    hand.press(KEY.Key_Return)
    hand.until(lambda: hand.focused() == "dossier.correct.value")
    hand.fill("Trần Thử Nghiệm Mới")
    hand.press(KEY.Key_Escape)
    assert not hand.widget("dossier.correct.field").isVisible()
    hand.press(KEY.Key_E, ctrl=True)
    assert hand.text("dossier.correct.value") == "Trần Thử Nghiệm Mới"
    hand.press(KEY.Key_Escape)
    hand.program.view.open_dossier(codes["received"])
    hand.press(KEY.Key_E, ctrl=True)
    assert hand.text("dossier.correct.field") == ""


def test_escape_before_the_desk_is_open_throws_nothing_away(make_hand: Callable[..., Hand]) -> None:
    hand = make_hand(None)
    until_first_run(hand)
    hand.widget("setup.commune").setFocus(Qt.FocusReason.TabFocusReason)
    hand.fill("xã Thử Nghiệm")
    hand.press(KEY.Key_Escape)
    assert hand.text("setup.commune") == "xã Thử Nghiệm"
    shown = RecoveryPage(hand.program.look, CODE, is_kept_by_machine=False)
    hand.program.window.show_page(shown)
    hand.press(KEY.Key_Escape)
    assert hand.widget("recovery.code").isVisible()


@pytest.mark.qt_log_ignore("This plugin does not support")  # of the screen that is none
@pytest.mark.parametrize(
    ("key", "chooses"), [(KEY.Key_F7, "enrol.stick_folder.choose"), (KEY.Key_F12, "law.choose_file")]
)
def test_a_dialog_takes_the_keys_and_escape_gives_them_back(still: Hand, key: Qt.Key, chooses: str) -> None:
    hand = still
    hand.press(key)
    hand.until(lambda: hand.widget(chooses).isVisible())
    button = hand.widget(chooses)
    button.setFocus(Qt.FocusReason.TabFocusReason)
    hand.press(KEY.Key_Return)
    hand.until(lambda: isinstance(QApplication.activeModalWidget(), QFileDialog))
    dialog = QApplication.activeModalWidget()
    hand.until(dialog.isActiveWindow)
    before = hand.program.view._tools.services.counts().total
    window = dialog.windowHandle()
    for typed in (KEY.Key_Tab, KEY.Key_A, KEY.Key_F2, KEY.Key_Backspace, KEY.Key_Tab):
        QTest.keyClick(window, typed)
        assert QApplication.focusWidget() is None or dialog.isAncestorOf(QApplication.focusWidget())
    QTest.keyClick(window, KEY.Key_Escape)
    hand.until(lambda: QApplication.activeModalWidget() is None)
    hand.program.window.activateWindow()
    hand.until(hand.program.window.isActiveWindow)
    assert QApplication.focusWidget() is button
    assert hand.program.view._tools.services.counts().total == before


# --- another dossier ---------------------------------------------------------------------------------------------


def events_of(hand: Hand) -> dict[str, int]:
    found = hand.program.desk.db.all("SELECT dossier, count(*) FROM event GROUP BY dossier")
    return dict(found)


def test_what_is_typed_after_a_step_changes_no_other_dossier(still: Hand, every: bool) -> None:
    hand = still
    for status, code in codes_by_status(hand).items():
        hand.program.view.open_dossier(code)
        offered = steps_of(hand)
        for action in offered if every else offered[-1:]:
            if action not in steps_of(hand):
                continue
            dossier = hand.program.view.dossier._detail.dossier.id
            before = events_of(hand)
            hand.program.view.dossier._steps.choose(action)
            hand.settle()
            hand.fill("có lý do")
            for _ in range(3):
                if hand.focused().startswith("dossier.step."):
                    hand.press(KEY.Key_Return)
            for key in (KEY.Key_Space, KEY.Key_Return, KEY.Key_A, KEY.Key_Return, KEY.Key_Down, KEY.Key_Space):
                hand.press(key)
            assert hand.text("dossier.code") == code, (status, action)
            after = events_of(hand)
            changed = {name for name in after if after[name] != before.get(name, 0)}
            assert changed <= {dossier}, (status, action)
            assert after[dossier] == before[dossier] + 1, (status, action)
