"""The search box: Enter opens the only dossier found, Down goes into the table."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from tests.kit.desk.desks import CARD
from tests.ui.hand import Hand

KEY = Qt.Key
CHILD = "Lò Bé Ƀan"


@pytest.fixture
def hand(shared_hand: Hand) -> Hand:
    return shared_hand.unseen()


def recorded(hand: Hand, *, phone: str) -> str:
    hand.press(KEY.Key_F2)
    hand.scan(CARD)
    form = hand.program.view.reception.form
    form.procedure.choose("1.001193")
    hand.settle()
    hand.widget("reception.field.child.full_name").setText(CHILD)
    hand.widget("reception.phone").setText(phone)
    hand.press(KEY.Key_F9)
    hand.until(lambda: bool(hand.printed))
    hand.printed.clear()
    code = hand.program.view.reception.saved_code
    hand.press(KEY.Key_Escape)
    return str(code)


def test_enter_opens_the_only_dossier_found_by_its_child(hand: Hand) -> None:
    code = recorded(hand, phone="0900000001")
    hand.press(KEY.Key_F3)
    hand.fill("bé ban")
    hand.press(KEY.Key_Return)
    hand.until(lambda: hand.program.view.is_at("dossier"))
    assert code in hand.text("dossier.code")


def test_enter_among_several_goes_to_the_table_and_enter_there_opens_the_first(hand: Hand) -> None:
    codes = [recorded(hand, phone=phone) for phone in ("0900000001", "0900000002")]
    hand.press(KEY.Key_F3)
    hand.fill("khai sinh")
    hand.press(KEY.Key_Return)
    hand.until(lambda: hand.focused() == "dossiers.table")
    assert hand.program.view.is_at("dossiers")
    hand.press(KEY.Key_Return)
    hand.until(lambda: hand.program.view.is_at("dossier"))
    assert codes[-1] in hand.text("dossier.code")


def test_down_goes_into_the_table_and_opens_nothing(hand: Hand) -> None:
    recorded(hand, phone="0900000001")
    hand.press(KEY.Key_F3)
    hand.fill("bé ban")
    hand.wait(300)
    hand.press(KEY.Key_Down)
    assert (hand.focused(), hand.program.view.is_at("dossiers")) == ("dossiers.table", True)


def test_a_search_is_of_all_dossiers_and_no_place_of_a_filter_stays_marked(hand: Hand) -> None:
    side = hand.program.view.side
    hand.press(KEY.Key_F4)
    assert side._buttons["nav.returns"].isChecked()
    hand.press(KEY.Key_F3)
    hand.fill("thu")
    hand.until(side._buttons["nav.dossiers"].isChecked)
    assert not side._buttons["nav.returns"].isChecked()
    hand.press(KEY.Key_Escape)
    hand.until(side._buttons["nav.returns"].isChecked)


def test_an_empty_list_says_what_there_is_none_of(make_hand: object, empty_desk: Path) -> None:
    hand: Hand = make_hand(empty_desk)  # type: ignore[operator]
    hand.until_open()
    said = hand.program.view.dossiers._nothing
    for key, words in ((KEY.Key_F6, "quá hạn"), (KEY.Key_F4, "chờ trả"), (KEY.Key_F3, "")):
        hand.press(key)
        if words:
            hand.until(lambda words=words: words in said.text() and said.isVisible())
            assert "F2" not in said.text()
    hand.program.view.dossiers.show_list("all")
    hand.until(lambda: "F2" in said.text())
