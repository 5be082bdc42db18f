"""The field of the fee: what the rules reckon, what nobody knows, what the clerk types over it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from tests.kit.desk.desks import CARD
from tests.ui.hand import Hand

KEY = Qt.Key
SINGLE = "1.004873"


@pytest.fixture
def hand(shared_hand: Hand) -> Hand:
    return shared_hand.unseen()


@pytest.fixture
def field(hand: Hand) -> QLineEdit:
    hand.press(KEY.Key_F2)
    hand.scan(CARD)
    reception = hand.program.view.reception
    reception.form.procedure.choose(SINGLE)
    hand.settle()
    found = hand.widget("reception.fee")
    assert isinstance(found, QLineEdit)
    return found


def test_an_unknown_fee_is_an_empty_field_that_says_so(hand: Hand, field: QLineEdit) -> None:
    assert (field.text(), field.placeholderText()) == ("", "Chưa xác định")
    assert "Hội đồng nhân dân cấp tỉnh" in field.toolTip()
    hand.press(KEY.Key_F9)
    assert "Chưa ghi phí" in hand.text("status.message")
    assert (hand.program.view.reception.saved_code, hand.focused()) == ("", "reception.fee")
    hand.press(KEY.Key_F9)
    hand.until(lambda: bool(hand.printed))
    code = hand.program.view.reception.saved_code
    kept = hand.program.view._tools.services.detail(code).dossier
    assert kept.fee.told() == "Chưa xác định"


def test_zero_is_free_and_words_that_are_no_sum_are_refused_at_the_field(hand: Hand, field: QLineEdit) -> None:
    field.setFocus()
    hand.fill("tám nghìn rưỡi")
    hand.press(KEY.Key_F9)
    assert hand.program.view.reception.saved_code == ""
    assert hand.focused() == "reception.fee"
    field.selectAll()
    hand.fill("0")
    hand.press(KEY.Key_F9)
    hand.until(lambda: bool(hand.printed))
    code = hand.program.view.reception.saved_code
    assert hand.program.view._tools.services.detail(code).dossier.fee.told() == "Không thu phí"


def test_an_emptied_field_stays_empty_while_the_clerk_types_and_is_reckoned_again_after(
    hand: Hand, field: QLineEdit
) -> None:
    hand.program.view.reception.form.procedure.choose("1.001193")
    hand.until(lambda: field.text() == "Không thu phí")
    field.setFocus()
    field.selectAll()
    hand.press(KEY.Key_Backspace)
    hand.wait(60)
    assert field.text() == ""
    hand.press(KEY.Key_Tab)
    hand.until(lambda: field.text() == "Không thu phí")
