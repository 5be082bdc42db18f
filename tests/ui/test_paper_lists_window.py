"""The page of lists: whoever was forwarded to a unit today goes on one paper, with one key."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLabel

from desk_app.domain.dossiers.steps import Status
from desk_app.domain.outgoing.list_scans import barcode
from desk_app.services.dossiers import steps
from tests.ui.hand import Hand

KEY = Qt.Key


@pytest.fixture
def hand(shared_hand: Hand) -> Hand:
    return shared_hand.unseen()


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
    rows = services(hand).find_apart("H26.99", 60)
    steps.step(hand.program.desk, next(row.code for row in rows if row.status == Status.RECEIVED), "forward")
    at_lists(hand)
    hand.press(KEY.Key_F9)
    hand.settle()
    assert len(hand.printed) == printed
    assert len(services(hand).paper_lists.every()) == before
    said = [each.text() for each in hand.program.view.front.findChildren(QLabel) if each.isVisible()]
    assert ("Chưa lập danh sách nào." in said) == (before == 0)
    assert hand.focused() == "paper_lists.receiver"
    assert hand.widget("paper_lists.receiver").accessibleDescription() == "Chưa nhập."
    hand.widget("paper_lists.to.1").click()
    hand.settle()
    assert hand.text("paper_lists.receiver")
    assert hand.widget("paper_lists.receiver").accessibleDescription() == ""


def test_three_dossiers_go_to_another_desk_with_one_list_and_two_of_them_are_taken_there(hand: Hand) -> None:
    at_lists(hand)
    hand.widget("paper_lists.kind.desks").setFocus()
    hand.press(KEY.Key_Return)
    assert hand.focused() == "paper_lists.receiver"
    offered = ticks(hand)
    offered[0].setFocus()
    hand.press(KEY.Key_Space, KEY.Key_Tab, KEY.Key_Space, KEY.Key_Tab, KEY.Key_Space)
    codes = [tick.text().split("  ·  ")[0] for tick in offered[:3]]
    hand.press(KEY.Key_F9)
    assert hand.focused() == "paper_lists.receiver"
    hand.fill("9x")
    hand.press(KEY.Key_F9)
    assert hand.focused() == "paper_lists.receiver"
    assert [services(hand).detail(code).dossier.holding.way_to for code in codes] == [0, 0, 0]
    hand.press(KEY.Key_A, ctrl=True)
    hand.fill("2")
    printed = len(hand.printed)
    hand.press(KEY.Key_F9)
    hand.until(lambda: len(hand.printed) == printed + 1)
    made = services(hand).paper_lists.every()[0]
    assert (made.made.receiver, [row.code for row in made.made.rows]) == ("Quầy số 2", codes)
    assert [services(hand).detail(code).dossier.holding.way_to for code in codes] == [2, 2, 2]
    assert not {tick.text().split("  ·  ")[0] for tick in ticks(hand)} & set(codes)

    desk = hand.program.desk
    before, desk.settings = desk.settings, replace(desk.settings, desk=2)  # from here on at the other desk
    try:
        hand.press(KEY.Key_F3)
        hand.program.view._arrivals.tell()
        assert "Quầy khác chuyển đến 3 hồ sơ" in hand.text("status.message")
        hand.widget("status.action").click()
        hand.settle()
        assert hand.focused() == "paper_lists.arriving.1"
        assert hand.widget("nav.dossiers").isChecked() is False
        hand.press(KEY.Key_F3)
        hand.scan(barcode(made.made.list_id))
        arrived = [
            tick
            for tick in hand.widgets()
            if isinstance(tick, QCheckBox) and tick.accessibleIdentifier().startswith("paper_lists.arriving.")
        ]
        assert sorted(tick.text().split("  ·  ")[0] for tick in arrived if tick.isChecked()) == sorted(codes)
        assert hand.focused() == "paper_lists.arriving.1"
        assert ("Ctrl+Enter", "Nhận hồ sơ") in hand.program.view._key_bar.keys
        missed = arrived[0].text().split("  ·  ")
        hand.press(KEY.Key_Space)  # its papers did not come
        hand.press(KEY.Key_Return, ctrl=True)
        told = hand.text("status.message")
        assert "Đã nhận 2 hồ sơ" in told
        assert f"{missed[1]} ({missed[0]})" in told
        stands = {code: services(hand).detail(code).dossier.holding for code in codes}
        assert {code for code, held in stands.items() if held.desk == 2} == set(codes) - {missed[0]}
        hand.wait(400)
        hand.scan(missed[0])  # it comes later, and its slip is scanned
        hand.press(KEY.Key_Return, ctrl=True)
        assert services(hand).detail(missed[0]).dossier.holding.desk == 2
    finally:
        desk.settings = before
