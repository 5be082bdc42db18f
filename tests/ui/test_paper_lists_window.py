"""The page of lists: whoever was forwarded to a unit today goes on one paper, with one key."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox

from desk_app.domain.dossiers.steps import Status
from tests.ui.hand import Hand

KEY = Qt.Key


@pytest.fixture
def hand(shared_hand: Hand) -> Hand:
    return shared_hand


def services(hand: Hand):
    return hand.program.view._tools.services


def ticks(hand: Hand) -> list[QCheckBox]:
    found = [each for each in hand.widgets() if each.accessibleIdentifier().startswith("paper_lists.dossier.")]
    return [each for each in found if isinstance(each, QCheckBox)]


def at_lists(hand: Hand) -> None:
    hand.press(KEY.Key_J, ctrl=True)
    hand.settle()


def test_all_that_a_unit_was_handed_today_is_listed_numbered_and_printed(hand: Hand) -> None:
    codes = [row.code for row in services(hand).find_apart("H26.99", 60) if row.status == Status.PROCESSING][:3]
    at_lists(hand)
    assert hand.focused() == "paper_lists.receiver"
    for code in codes:
        hand.scan(code)
        hand.wait(400)  # a scanner does not read two slips in one breath
    assert len([tick for tick in ticks(hand) if tick.isChecked()]) == len(codes)
    hand.fill("Phòng Văn hóa - Xã hội")
    hand.press(KEY.Key_F9)
    hand.until(lambda: bool(hand.printed))
    assert hand.printed[-1] == "Biên bản giao nhận hồ sơ"
    made = services(hand).paper_lists.every()[0]
    assert (made.made.receiver, [row.code for row in made.made.rows]) == ("Phòng Văn hóa - Xã hội", codes)
    hand.until(lambda: services(hand).paper_lists.every()[0].printed == 1)
    assert not [tick for tick in ticks(hand) if tick.isChecked()]


def test_a_list_without_a_receiver_is_refused_at_its_field(hand: Hand) -> None:
    before, printed = len(services(hand).paper_lists.every()), len(hand.printed)
    at_lists(hand)
    hand.press(KEY.Key_F9)
    hand.settle()
    assert len(hand.printed) == printed
    assert len(services(hand).paper_lists.every()) == before
    assert hand.focused() == "paper_lists.receiver"
