"""The bar of keys offers only what a key does on the screen in front."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from desk_app.ui.window import shortcuts
from tests.ui.hand import Hand

KEY = Qt.Key
_ENTER = ("Enter", "Mở hồ sơ")


@pytest.fixture
def hand(shared_hand: Hand) -> Hand:
    return shared_hand


def keys(hand: Hand) -> dict[str, str]:
    return dict(hand.program.view._key_bar.keys)


def test_enter_is_offered_where_it_opens_a_dossier_and_no_longer_in_it(hand: Hand) -> None:
    hand.until(lambda: _ENTER in hand.program.view._key_bar.keys)
    hand.press(KEY.Key_Return)
    assert hand.program.view.is_at("dossier")
    assert "Enter" not in keys(hand)
    assert {"Ctrl+E", "Ctrl+P", "F5"} <= keys(hand).keys()
    hand.press(KEY.Key_Escape)
    hand.until(lambda: _ENTER in hand.program.view._key_bar.keys)


def test_enter_is_not_offered_where_the_list_is_empty(hand: Hand) -> None:
    hand.widget("search.box").setFocus()
    hand.fill("không có ai tên này")
    hand.until(lambda: _ENTER not in hand.program.view._key_bar.keys)
    assert hand.program.view.dossiers.table.chosen_code() == ""
    assert "Ctrl+P" not in keys(hand)
    hand.widget("search.box").clear()
    hand.until(lambda: _ENTER in hand.program.view._key_bar.keys)
    assert hand.program.view.dossiers.table.chosen_code()


def test_each_key_of_a_deed_that_is_offered_has_that_deed_on_the_screen_in_front(hand: Hand) -> None:
    view = hand.program.view
    for place in ("nav.dossiers", "nav.sync", "nav.day_end", "nav.law"):
        view.go(place)
        hand.settle()
        offered = [(key.replace("Ctrl+Enter", "Ctrl+Return"), text) for key, text in view._key_bar.keys]
        deeds = [pair for pair in offered if pair[0] in shortcuts.DEEDS]
        assert shortcuts.offered(view.front, deeds) == deeds, place
    assert "Ctrl+P" not in keys(hand)
    assert keys(hand)["Ctrl+Enter"] == "Nhập dữ liệu"


def test_sending_is_not_offered_before_the_desk_is_enrolled(hand: Hand) -> None:
    hand.press(KEY.Key_F7)
    hand.wait(200)
    assert "Ctrl+Enter" not in keys(hand)
    hand.press(KEY.Key_F8)
    assert keys(hand)["F9"] == "In báo cáo, kết thúc ngày"
    assert "Ctrl+P" not in keys(hand)
