"""News in the window: never over what a clerk types or presses, and gone with what they were about."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from desk_app.ui.window.notices import Notice
from tests.kit.desk.desks import CARD
from tests.kit.window.layout import under_the_news
from tests.ui.hand import Hand

KEY = Qt.Key
OTHER = CARD.replace("001190000001", "001190000028").replace("Nguyễn Thị Thử Nghiệm", "Lê Thị Đến Sau")


@pytest.fixture
def hand(shared_hand: Hand) -> Hand:
    return shared_hand


def is_told(hand: Hand) -> bool:
    return hand.program.window.strip.isVisible()


def test_a_refusal_goes_when_the_clerk_mends_it(hand: Hand) -> None:
    hand.press(KEY.Key_F2, KEY.Key_F9)
    assert is_told(hand)
    hand.widget("reception.full_name").setFocus()
    hand.fill("Lò Thị Sửa")
    assert not is_told(hand)


def test_an_offer_about_one_citizen_does_not_wait_on_the_page_of_the_next(hand: Hand) -> None:
    hand.press(KEY.Key_F2)
    hand.scan(CARD)
    hand.scan(OTHER)
    assert hand.text("status.action") == "Trả lại người trước"
    hand.program.view.reception.begin()
    assert not is_told(hand)


def test_a_warning_does_not_follow_to_another_dossier(hand: Hand) -> None:
    view = hand.program.view
    first, second = (row.code for row in view._tools.services.find_apart("H26.99", 2))
    view.open_dossier(first)
    hand.program.notices.warn("Bước này chưa ghi được.")
    view.open_dossier(first)
    assert not is_told(hand)
    hand.program.notices.warn("Giấy chưa in được.", offer="In lại", act=lambda: None)
    view.open_dossier(second)
    assert is_told(hand)


def test_news_lie_over_no_field_and_no_button(hand: Hand) -> None:
    window, view = hand.program.window, hand.program.view
    code = view._tools.services.find_apart("H26.99", 1)[0].code
    covered = {}
    for size in ((1366, 768), (1024, 720), (683, 384)):
        window.resize(*size)
        for go in (
            view.back,
            view.go_reception,
            lambda: view.open_dossier(code),
            lambda: view.go("nav.sync"),
            lambda: view.go("nav.day_end"),
        ):
            go()
            hand.program.notices.post(Notice(text="Máy in không trả lời. " * 5, remedy="Bật máy in.", tone="warn"))
            hand.settle()
            covered[size, go] = under_the_news(window)
            assert is_told(hand)
    assert not [names for names in covered.values() if names], covered


def test_a_warning_that_stays_lies_over_the_paper_of_the_page_it_is_taken_along_to(hand: Hand) -> None:
    view, strip = hand.program.view, hand.program.window.strip
    code = view._tools.services.find_apart("H26.99", 1)[0].code
    hand.program.notices.warn("Giấy chưa in được.", offer="In lại", act=lambda: None)
    hand.settle()
    left = hand.program.window._around.contentsMargins().bottom()
    assert left > 0, "the list has no paper to lie over"
    view.open_dossier(code)
    hand.settle()
    hand.settle()
    assert strip.isVisible()
    assert hand.program.window._around.contentsMargins().bottom() == 0
    view.back()
    hand.settle()
    hand.settle()
    assert hand.program.window._around.contentsMargins().bottom() == left
