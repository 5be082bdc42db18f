"""Whoever looks something up and comes back goes on typing where the cursor was: nothing typed is chosen and lost."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from tests.ui.hand import Hand

KEY = Qt.Key
# One digit more changes what they say or is taken for something else.
OF_DIGITS = {"reception.sets", "reception.document.1.name"}


@pytest.fixture
def hand(shared_hand: Hand) -> Hand:
    return shared_hand.unseen()


@pytest.mark.parametrize(
    "place",
    ["reception", "sync", "law", "forms", "service_days", "paper_lists", "old_data", "preparing", "settings"],
)
def test_what_is_half_typed_on_any_page_goes_on_after_another_page(hand: Hand, place: str) -> None:
    view = hand.program.view
    view.go(f"nav.{place}")
    hand.settle()
    fields = [field for field in view.front.findChildren(QLineEdit) if not field.isReadOnly()]
    names = [field.accessibleIdentifier() for field in fields if field.isVisibleTo(view.front) and field.isEnabled()]
    gone_on = 0
    for name in [name for name in names if name and name not in OF_DIGITS]:
        hand.widget(name).clear()
        hand.widget(name).setFocus(Qt.FocusReason.TabFocusReason)
        hand.type_keys("12", ends=False, step_ms=80)
        before = hand.text(name)
        view.go("nav.returns")
        hand.settle()
        assert hand.focused() != name
        view.go(f"nav.{place}")
        hand.settle()
        assert hand.text(name) == before, name
        if hand.focused() == name:
            hand.type_keys("3", ends=False, step_ms=80)
            assert hand.text(name) == f"{before}3", name
            gone_on += 1
        hand.widget(name).clear()
    assert gone_on


def test_the_number_of_a_card_is_not_chosen_when_the_clerk_comes_back_to_it(hand: Hand) -> None:
    hand.press(KEY.Key_F2)
    hand.type_keys("0010900", ends=False, step_ms=80)
    hand.press(KEY.Key_F3)
    hand.press(KEY.Key_F2)
    hand.type_keys("12345", ends=False, step_ms=80)
    assert hand.text("reception.id_number").replace(" ", "") == "001090012345"
    hand.widget("reception.clear").click()
    hand.settle()
    assert hand.focused() == "reception.id_number"


def test_an_entry_that_was_chosen_gives_way_to_what_is_typed_next(hand: Hand) -> None:
    hand.press(KEY.Key_F2)
    hand.press(KEY.Key_1, ctrl=True)
    hand.widget("reception.procedure").setFocus(Qt.FocusReason.OtherFocusReason)
    field = hand.widget("reception.procedure")
    assert field.text() and field.selectedText() == field.text()
    hand.widget("reception.clear").click()
