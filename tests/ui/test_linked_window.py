"""Linked procedures and other desks in the window, by keys alone."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.kit.desk.desks import CARD
from tests.ui.hand import Hand

KEY = Qt.Key


def shifted(hand: Hand, key: Qt.Key) -> None:
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(hand.program.window.windowHandle(), key, both)
    hand.settle()


def detail(hand: Hand):
    return hand.program.view._tools.services.detail(hand.text("dossier.code"))


def of_desks(hand: Hand) -> list[bool]:
    return [hand.widget(f"dossiers.filter.{which}").isVisible() for which in ("arriving", "elsewhere")]


def test_a_birth_is_received_as_one_seen_as_one_and_handed_to_another_desk(shared_hand: Hand) -> None:
    hand = shared_hand
    hand.printed.clear()
    hand.program.window.resize(1600, 900)  # room for every filter
    hand.settle()
    assert of_desks(hand) == [False, False], "a lone desk is not asked where its dossiers are"
    hand.press(KEY.Key_F2)
    hand.scan(CARD)
    hand.widget("reception.procedure").setFocus()
    hand.fill("lien thong khai sinh")
    hand.press(KEY.Key_Return)
    hand.until(lambda: hand.program.view.reception.form.procedure.code() == "2.000986")
    hand.widget("reception.field.child.full_name").setFocus()
    hand.fill("Nguyễn Thử Nghiệm An")
    hand.press(KEY.Key_Return)
    hand.fill("01/11/2026")
    hand.press(KEY.Key_Return)
    hand.press(KEY.Key_F9)
    hand.until(lambda: len(hand.printed) == 2)
    assert hand.printed[1] == "Giấy tiếp nhận hồ sơ liên thông và hẹn trả kết quả"
    first = hand.program.view.reception.saved_code
    hand.program.view.open_dossier(first)
    hand.settle()
    assert "đã xong 0/3" in hand.text("dossier.linked")
    shifted(hand, KEY.Key_L)
    second = hand.text("dossier.code")
    assert second != first
    shifted(hand, KEY.Key_L)
    shifted(hand, KEY.Key_L)
    assert hand.text("dossier.code") == first
    shifted(hand, KEY.Key_Q)
    hand.until(lambda: hand.focused() == "dossier.give.to")
    hand.press(KEY.Key_Return)  # no desk named: nothing is recorded
    hand.fill("99")
    hand.press(KEY.Key_Return)  # no such desk
    assert detail(hand).dossier.holding.way_to == 0
    hand.widget("dossier.give.to").clear()
    hand.fill("2")
    hand.press(KEY.Key_Return)
    assert detail(hand).dossier.holding.way_to == 2
    assert "quầy 2" in hand.text("dossier.held")
    hand.press(KEY.Key_F3)
    hand.settle()
    assert of_desks(hand) == [True, True]


def test_a_lone_desk_is_told_of_other_desks_only_when_it_asks(shared_hand: Hand) -> None:
    hand = shared_hand
    services = hand.program.view._tools.services
    code = next(row.code for row in services.find_apart("H26.99", 60) if row.status == "received")
    hand.program.view.open_dossier(code)
    hand.settle()
    assert not hand.widget("dossier.held").isVisible()
    shifted(hand, KEY.Key_Q)
    hand.until(lambda: hand.focused() == "dossier.give.to")
    hand.fill("2")
    hand.press(KEY.Key_Return)
    assert detail(hand).dossier.holding.way_to == 2
    assert hand.widget("dossier.held").isVisible()
