"""A scanner fired wherever the cursor can be: nothing of the burst ends in a field or presses a button there.

The same random scanners as in test_scan_fuzz; `--scan-bursts 500` is the full size.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent, QWindow
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QPlainTextEdit, QWidget

from desk_app.errors import KeyStoreLockedError
from desk_app.ui.setup.recovery_page import RecoveryPage
from desk_app.ui.setup.unlock_pages import UnlockPage
from tests.kit.desk.desks import CARD
from tests.ui.hand import Hand
from tests.ui.test_scan_fuzz import FOREIGN, NEW_CARD, SEED

KEY = Qt.Key
ENDS = {"\r": KEY.Key_Return, "\t": KEY.Key_Tab}


def drawn(chance: random.Random) -> tuple[str, int]:
    """What a scanner types, with its ending, and milliseconds between its keys."""
    step_ms = chance.choice((1, 4, 9, 15, 25, 40))
    kind = chance.choice(("card", "card", "cut", "foreign"))
    if kind == "foreign":
        return chance.choice(FOREIGN) + chance.choice(("\r", "\r\n", "\t")), step_ms
    card = chance.choice(("", "", "]Q1", "QR:", "77", "CCCD ")) + chance.choice((CARD, NEW_CARD))
    if kind == "cut":
        card = card[: chance.randrange(24, len(CARD) - 9)]
    return card + chance.choice(("\r", "\r\n", "\t", "")), step_ms


def fire(hand: Hand, window: QWindow, text: str, step_ms: int) -> None:
    hand._moment = getattr(hand, "_moment", 1_000_000) + 20_000
    for mark in text:
        hand._moment += step_ms
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, ENDS.get(mark, 0), Qt.KeyboardModifier.NoModifier, mark)
            event.setTimestamp(hand._moment)
            QCoreApplication.sendEvent(window, event)
    hand.let_pass(320)


def written(top: QWidget) -> dict[str, str]:
    """Every text a person could have typed, by field; those of the reception page belong to the card."""
    found = {each: each.text() for each in top.findChildren(QLineEdit)}
    found |= {each: each.toPlainText() for each in top.findChildren(QPlainTextEdit)}
    named = {(each.accessibleIdentifier() or each.objectName()): text for each, text in found.items()}
    return {name: text for name, text in named.items() if not name.startswith("reception.")}


class Pressed:
    """Names of the buttons of a window that were pressed."""

    def __init__(self, top: QWidget) -> None:
        self.names: list[str] = []
        for button in top.findChildren(QAbstractButton):
            name = button.accessibleIdentifier() or button.objectName() or button.text()
            button.clicked.connect(lambda *_, name=name: self.names.append(name))


# --- the places ----------------------------------------------------------------------------------------------------


def in_the_search(hand: Hand) -> None:
    hand.press(KEY.Key_F3)


def on_the_list(hand: Hand) -> None:
    hand.press(KEY.Key_F3)
    hand.widget("dossiers.table").setFocus(Qt.FocusReason.TabFocusReason)


def in_a_list_of_procedures(hand: Hand) -> None:
    hand.press(KEY.Key_F2)
    hand.widget("reception.procedure").setFocus(Qt.FocusReason.TabFocusReason)
    hand.press(KEY.Key_Down)


def in_a_choice_half_typed(hand: Hand) -> None:
    hand.press(KEY.Key_F2)
    hand.widget("reception.sex").setFocus(Qt.FocusReason.TabFocusReason)
    hand.press(KEY.Key_Down)


def in_address_offers(hand: Hand) -> None:
    hand.press(KEY.Key_F2)
    hand.widget("reception.residence").setFocus(Qt.FocusReason.TabFocusReason)
    hand.fill("xã Đông Sơn, Thanh Hóa")
    hand.wait(200)


def opened(hand: Hand) -> None:
    rows = hand.program.view._tools.services.find_apart("H26.99", 60)
    hand.program.view.open_dossier(next(row.code for row in rows if row.status == "processing"))
    hand.settle()


def on_a_dossier(hand: Hand) -> None:
    opened(hand)


def on_a_step(hand: Hand) -> None:
    opened(hand)
    hand.widget("dossier.step.ready").setFocus(Qt.FocusReason.TabFocusReason)


def in_a_reason(hand: Hand) -> None:
    opened(hand)
    hand.program.view.dossier._steps.choose("suspend")
    hand.settle()


def at_the_question_that_ends_a_dossier(hand: Hand) -> None:
    opened(hand)
    hand.program.view.dossier._steps.choose("refuse")
    hand.settle()
    hand.fill("không thuộc thẩm quyền")
    hand.press(KEY.Key_Return)
    assert hand.focused() == "dossier.step.sure"


def in_a_correction(hand: Hand) -> None:
    opened(hand)
    hand.press(KEY.Key_E, ctrl=True)


def on_the_news(hand: Hand) -> None:
    hand.press(KEY.Key_F3)
    hand.program.notices.warn("Chưa in được.", "Thử lại.", offer="In lại", act=lambda: None)
    hand.widget("status.action").setFocus(Qt.FocusReason.TabFocusReason)


def in_the_code_of_an_enrolment(hand: Hand) -> None:
    hand.press(KEY.Key_F7)
    hand.until(lambda: hand.widget("enrol.code").isVisible())
    hand.widget("enrol.url").setFocus(Qt.FocusReason.TabFocusReason)


def on_agreeing_to_six_digits(hand: Hand) -> None:
    hand.press(KEY.Key_F7)
    hand.until(lambda: hand.widget("enrol.stick_ask").isVisible())
    hand.widget("enrol.stick_ask").setFocus(Qt.FocusReason.TabFocusReason)


def in_the_law(hand: Hand) -> None:
    hand.press(KEY.Key_F12)


def on_the_close_of_the_day(hand: Hand) -> None:
    hand.press(KEY.Key_F8)
    hand.until(lambda: hand.widget("day_end.head").isVisible())
    hand.widget("day_end.close").setFocus(Qt.FocusReason.TabFocusReason)


def in_a_dialog(hand: Hand) -> None:
    hand.press(KEY.Key_F12)
    hand.widget("law.choose_folder").click()
    hand.until(lambda: QApplication.activeModalWidget() is not None)
    hand.until(QApplication.activeModalWidget().isActiveWindow)


PLACES: tuple[Callable[[Hand], None], ...] = (
    in_the_search,
    on_the_list,
    in_a_list_of_procedures,
    in_a_choice_half_typed,
    in_address_offers,
    on_a_dossier,
    on_a_step,
    in_a_reason,
    at_the_question_that_ends_a_dossier,
    in_a_correction,
    on_the_news,
    in_the_code_of_an_enrolment,
    on_agreeing_to_six_digits,
    in_the_law,
    on_the_close_of_the_day,
    in_a_dialog,
)


def shot(hand: Hand, chance: random.Random, place: str, *, is_search: bool = False) -> list[str]:
    """Fire once where the cursor is; what a person would find wrong afterwards."""
    top = QApplication.activeModalWidget() or hand.program.window
    text, step_ms = drawn(chance)
    before, pressed = written(top), Pressed(top)
    events = hand.program.desk.db.all("SELECT count(*) FROM event") if hand.program.desk else []
    fire(hand, top.windowHandle(), text, step_ms)
    found = [f"{place} {step_ms} ms {text!r}: pressed {name}" for name in pressed.names]
    changed = {name for name, now in written(top).items() if now != before.get(name, now)}
    if not (is_search and text.strip() in FOREIGN):  # a product code may be looked for
        found += [f"{place} {step_ms} ms {text!r}: stands in {name}" for name in changed]
    if hand.program.desk and hand.program.desk.db.all("SELECT count(*) FROM event") != events:
        found.append(f"{place} {step_ms} ms {text!r}: something was recorded")
    return found


def calm(hand: Hand) -> None:
    """Nothing of the shot before is waited for; a dialog goes."""
    dialog = QApplication.activeModalWidget()
    if dialog is not None:
        dialog.close()
        hand.until(lambda: QApplication.activeModalWidget() is None)
    hand.program.window.activateWindow()
    hand.until(hand.program.window.isActiveWindow)
    hand.program.wedge._halves.forget()
    hand.program.wedge._start_over()
    hand.program.wedge._tail.over()
    hand.program.notices.say("")


@pytest.mark.qt_log_ignore("This plugin does not support")  # of the screen that is none
def test_a_burst_stands_in_no_field_and_presses_no_button_anywhere(hand: Hand, pytestconfig: pytest.Config) -> None:
    chance = random.Random(SEED)
    hand.until(lambda: hand.widget("sync.side").isVisible())
    found: list[str] = []
    for number in range(max(len(PLACES), pytestconfig.getoption("--scan-bursts"))):
        place = PLACES[number % len(PLACES)]
        calm(hand)
        if hand.program.view.late.built("reception") is not None:
            hand.program.view.reception.begin()
        place(hand)
        found += shot(hand, chance, place.__name__, is_search=place is in_the_search)
    assert found == [], "\n".join(found)


def doors(hand: Hand) -> list[tuple[str, Callable[[], QWidget], tuple[str, ...]]]:
    look, error = hand.program.look, KeyStoreLockedError()

    def typed_back() -> QWidget:
        page = RecoveryPage(look, "7K3M9P2X4T8V6Q15N0RBABCDEFG", is_kept_by_machine=False)
        page._ask()
        return page

    unlock = ("unlock.passphrase", "unlock.recovery", "unlock.open")
    recovery = ("recovery.last_group", "recovery.confirm", "recovery.back")
    return [
        ("unlock", lambda: UnlockPage(look, str(error), error.remedy), unlock),
        ("recovery", typed_back, recovery),
    ]


FIRST_RUN = ("setup.unit", "setup.commune", "setup.desk", "setup.passphrase", "setup.passphrase_again", "setup.make")


def test_a_burst_stands_nowhere_before_the_desk_is_open(
    make_hand: Callable[..., Hand], pytestconfig: pytest.Config, tmp_path: Path
) -> None:
    chance = random.Random(SEED)
    hand = make_hand(None)
    hand.until(lambda: any(each.accessibleIdentifier() == "setup.make" for each in hand.widgets()))
    hand.program.window.showNormal()
    places: list[tuple[str, Callable[[], QWidget] | None, str]] = [("first run", None, field) for field in FIRST_RUN]
    for name, page, fields in doors(hand):
        places += [(name, page, field) for field in fields]
    found: list[str] = []
    shown = ""
    each_place = max(2, pytestconfig.getoption("--scan-bursts") // (3 * len(places)))
    for name, page, field in (place for place in places for _ in range(each_place)):
        if page is not None and shown != name:
            hand.program.window.show_page(page())
        shown = name
        calm(hand)
        hand.widget(field).setFocus(Qt.FocusReason.TabFocusReason)
        hand.until(lambda: QApplication.focusWidget() is not None)
        found += shot(hand, chance, f"{name} {field}")
    assert found == [], "\n".join(found)
    assert not (tmp_path / "desk").exists()
