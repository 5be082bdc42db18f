"""Whether the citizen wants messages: asked beside a mobile number, as the settings say at first, turned by one key."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desk_app.services.desk import office_settings
from tests.kit.desk.desks import CARD
from tests.ui.hand import Hand

KEY = Qt.Key
ON, OFF = {"message_ready": "on", "message_consent": "on"}, {"message_ready": "off", "message_consent": "on"}


@pytest.fixture
def hand(shared_hand: Hand) -> Iterator[Hand]:
    yield shared_hand
    office_settings.change_all(shared_hand.program.desk, OFF)


def begun(hand: Hand, **settings: str) -> None:
    office_settings.change_all(hand.program.desk, {**ON, **settings})
    hand.press(KEY.Key_F2)
    hand.scan(CARD)
    hand.press(KEY.Key_2, ctrl=True)


def wish(hand: Hand):
    return hand.widget("reception.messages")


def number(hand: Hand, text: str) -> None:
    hand.program.view.reception.form.applicant.phone.put(text)
    hand.program.view.reception.form.applicant.changed.emit()
    hand.program.view.reception.refresh()


def turn(hand: Hand) -> None:
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(hand.program.window.windowHandle(), KEY.Key_N, both)
    hand.settle()


def said(hand: Hand) -> str:
    return hand.program.view.reception.form.draft(whole=False).messages


def test_it_is_asked_beside_a_mobile_number_and_one_key_says_yes(hand: Hand) -> None:
    begun(hand)
    number(hand, "")
    assert not wish(hand).isVisible()
    number(hand, "0912 345 678")
    assert wish(hand).isVisible()
    assert said(hand) == "", "nobody has said anything"
    turn(hand)
    assert (wish(hand).isChecked(), said(hand)) == (True, "yes")
    number(hand, "0912")
    assert said(hand) == "", "no message can go there"
    hand.program.view.reception.begin()


def test_where_the_office_sends_without_asking_the_citizen_may_decline_and_the_word_survives_a_pause(
    hand: Hand,
) -> None:
    begun(hand, message_consent="off")
    number(hand, "0912 345 678")
    assert (wish(hand).isChecked(), said(hand)) == (True, "")
    turn(hand)
    assert said(hand) == "no"
    hand.press(KEY.Key_N, ctrl=True)  # the next citizen first
    assert said(hand) == ""
    hand.press(KEY.Key_O, ctrl=True)
    hand.until(lambda: said(hand) == "no")
    hand.program.view.reception.begin()
