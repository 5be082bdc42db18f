"""Every screen walked with keys alone, in every state it has: nothing is out of reach, unseen, deaf, or a trap.

The usual run takes a few states of each screen; `--every-key` takes every status with every step, every correction and
every procedure the counter prepares.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from desk_app.errors import KeyStoreLockedError, WeakPasswordError
from desk_app.services.sync.enrolling import EnrolmentOffer
from desk_app.ui.setup.door import DoorPage, RefusedPage, UnlockPage
from desk_app.ui.setup.first_run import FirstRunPage
from desk_app.ui.setup.recovery_page import RecoveryPage
from tests.kit.desk.desks import CARD
from tests.kit.window.walking import deaf_buttons, kind_of, named, stops, walk
from tests.ui.hand import Hand
from tests.ui.test_access import CONFLICT, NOW, STATUS

KEY = Qt.Key
CODE = "7K3M9P2X4T8V6Q15N0RBABCDEFG"
COPY, BIRTH = "2.000815", "1.001193"
OFFER = EnrolmentOffer(
    district="Sở Thử Nghiệm",
    url="https://sync.example",
    unit="H26.99",
    desk=1,
    numbers="0001–1999",
    six_digits="123456",
)


@pytest.fixture
def still(hand: Hand) -> Hand:
    """The window once everything has come that comes by itself after the start."""
    hand.until(lambda: hand.widget("sync.side").isVisible())
    hand.settle()
    return hand


@pytest.fixture
def every(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--every-key"))


def codes_by_status(hand: Hand) -> dict[str, str]:
    rows = hand.program.view._tools.services.find_apart("H26.99", 60)
    return dict(sorted((row.status, row.code) for row in rows))


def steps_of(hand: Hand) -> list[str]:
    return [each.action for each in hand.program.view.dossier._steps._offered]


# --- the states of each screen -----------------------------------------------------------------------------------


def of_the_list(hand: Hand, _every: bool) -> Iterator[str]:
    yield "list"
    hand.press(KEY.Key_F3)
    hand.fill("không có ai tên như thế")
    hand.until(lambda: hand.text("dossiers.count") == "0 hồ sơ")
    yield "nothing found"


def of_the_reception(hand: Hand, every: bool) -> Iterator[str]:
    hand.press(KEY.Key_F2)
    form = hand.program.view.reception.form
    if every:
        yield "empty"
        hand.press(KEY.Key_F9)
        yield "refused"
    hand.scan(CARD)
    listed = [each.code for each in hand.program.view._tools.services.choices()]
    for code in listed if every else [BIRTH]:
        form.procedure.choose(code)
        hand.settle()
        yield code


def of_a_reception_saved(hand: Hand, _every: bool) -> Iterator[str]:
    hand.press(KEY.Key_F2)
    hand.scan(CARD)
    hand.program.view.reception.form.procedure.choose(COPY)
    hand.press(KEY.Key_N, ctrl=True)
    hand.scan(CARD)
    hand.settle()
    yield "beside a page put off"
    for _ in range(3):
        if not hand.program.view.reception.saved_code:
            hand.press(KEY.Key_F10)
    yield "handed over"


def of_the_dossiers(hand: Hand, every: bool) -> Iterator[str]:
    view = hand.program.view
    for number, (status, code) in enumerate(codes_by_status(hand).items()):
        view.open_dossier(code)
        hand.settle()
        yield status
        offered = steps_of(hand)
        for step in offered if every else offered[number % len(offered) :][:1] if offered else []:
            view.dossier._steps.choose(step)
            hand.settle()
            yield f"{status}, {step}"
            hand.press(KEY.Key_Escape)


def of_the_question_that_ends_a_dossier(hand: Hand, _every: bool) -> Iterator[str]:
    hand.program.view.open_dossier(codes_by_status(hand)["processing"])
    hand.program.view.dossier._steps.choose("refuse")
    hand.press(KEY.Key_Return)
    yield "a reason is lacking"
    hand.fill("không thuộc thẩm quyền")
    hand.press(KEY.Key_Return)
    yield "asked once more"


def of_the_corrections(hand: Hand, every: bool) -> Iterator[str]:
    view = hand.program.view
    view.open_dossier(codes_by_status(hand)["received"])
    hand.press(KEY.Key_E, ctrl=True)
    yield "nothing chosen"
    card = view.dossier._correction
    for path in list(card._found)[:: 1 if every else 12]:
        card.which.put(path)
        card._show_input()
        hand.settle()
        yield path
    hand.press(KEY.Key_Escape)
    view.dossier._conflicts.show_conflicts((CONFLICT,), NOW)
    hand.settle()
    yield "two desks disagree"


def of_the_enrolment(hand: Hand, _every: bool) -> Iterator[str]:
    hand.press(KEY.Key_F7)
    hand.until(lambda: hand.widget("enrol.code").isVisible())
    yield "asked"
    hand.program.view.sync._enrolment._show_offer(OFFER)
    hand.settle()
    yield "compared"


def of_the_sync_page(hand: Hand, _every: bool) -> Iterator[str]:
    hand.press(KEY.Key_F7)
    hand.program.rounds._known = STATUS
    hand.program.view.sync._show(STATUS)
    hand.program.notices.warn("Chưa gửi được.", "Thử lại sau.", offer="Thử lại", act=lambda: None)
    hand.settle()
    yield "with a warning"


def of_the_day_end(hand: Hand, _every: bool) -> Iterator[str]:
    hand.press(KEY.Key_F8)
    hand.until(lambda: hand.widget("day_end.head").isVisible())
    hand.wait(200)
    yield "day end"


def of_the_law(hand: Hand, _every: bool) -> Iterator[str]:
    hand.press(KEY.Key_F12)
    hand.settle()
    yield "law"


SCREENS = {
    "list": of_the_list,
    "reception": of_the_reception,
    "saved": of_a_reception_saved,
    "dossiers": of_the_dossiers,
    "question": of_the_question_that_ends_a_dossier,
    "corrections": of_the_corrections,
    "enrolment": of_the_enrolment,
    "sync": of_the_sync_page,
    "day end": of_the_day_end,
    "law": of_the_law,
}
LOOKED_AT: set[tuple[str, str]] = set()
TRIED: set[str] = set()


def faults_of_a_walk(hand: Hand) -> list[str]:
    """Round by Tab and back by Shift+Tab, each control seen, each button pressed by Enter and, moved to, by Space."""
    strip = hand.program.window.strip
    if strip._timer.isActive():
        strip.hide()  # good news goes by itself, and would go while the walk is under way
    try:
        return deaf_buttons(walk(hand, LOOKED_AT), TRIED)
    except AssertionError as fault:
        return [str(fault)]


@pytest.mark.parametrize("screen", SCREENS)
def test_the_keys_reach_and_press_everything_that_shows(still: Hand, screen: str, every: bool) -> None:
    found = [f"{name}: {fault}" for name in SCREENS[screen](still, every) for fault in faults_of_a_walk(still)]
    assert found == [], "\n".join(found)


def until_first_run(hand: Hand) -> None:
    hand.until(lambda: any(each.accessibleIdentifier() == "setup.make" for each in hand.widgets()))
    hand.program.window.showNormal()
    hand.program.window.activateWindow()
    hand.until(hand.program.window.isActiveWindow)
    hand.settle()


def doors(hand: Hand) -> Iterator[tuple[str, DoorPage]]:
    look, error = hand.program.look, KeyStoreLockedError()
    yield "unlock", UnlockPage(look, str(error), error.remedy)
    yield "refused", RefusedPage(look, str(error), error.remedy)
    shown = RecoveryPage(look, CODE, is_kept_by_machine=False)
    yield "recovery", shown
    yield "first run", FirstRunPage(look)
    refused = FirstRunPage(look)
    refused.complain(WeakPasswordError(why="quá ngắn"))
    yield "first run refused", refused


def test_the_keys_reach_and_press_everything_before_the_desk_is_open(make_hand: Callable[..., Hand]) -> None:
    hand = make_hand(None)
    until_first_run(hand)
    found = []
    for name, page in doors(hand):
        hand.program.window.show_page(page)
        hand.settle()
        hand.program.window.activateWindow()
        hand.until(lambda: QApplication.focusWidget() is not None)
        found += [f"{name}: {fault}" for fault in faults_of_a_walk(hand)]
        if isinstance(page, RecoveryPage):
            hand.widget("recovery.done").click()
            hand.settle()
            found += [f"typed back: {fault}" for fault in faults_of_a_walk(hand)]
    assert found == [], "\n".join(found)


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
