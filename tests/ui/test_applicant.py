"""Who stands at the counter: old addresses, a phone typed too early, and what their declaration said."""

from __future__ import annotations

from PySide6.QtCore import Qt

from tests.desks import CARD
from tests.ui.hand import Hand

KEY = Qt.Key
OLD = "034095000009||Lê Thị Thử Địa|02031995|Nữ|Thôn 1, Tây Đằng, Ba Vì, Hà Nội|01062022"


def services(hand: Hand):
    return hand.program.view._tools.services


def test_an_old_address_is_offered_in_every_form_it_may_have_today_and_never_rewritten(hand: Hand) -> None:
    hand.press(KEY.Key_F2)
    hand.scan(OLD)
    offers = hand.program.view.reception.form.applicant.addresses
    hand.until(offers.isVisible)
    assert hand.text("reception.residence") == "Thôn 1, Tây Đằng, Ba Vì, Hà Nội"
    names = [hand.widget(f"reception.residence.offer.{number}").text() for number in (1, 2)]
    assert names == [
        "Thôn 1, Xã Quảng Oai, Thành phố Hà Nội",
        "Thôn 1, Xã Minh Châu, Thành phố Hà Nội",
    ]
    hand.widget("reception.residence.offer.2").click()
    assert hand.text("reception.residence") == names[1]
    assert not offers.isVisible()
    hand.press(KEY.Key_1, ctrl=True)
    hand.press(KEY.Key_1, KEY.Key_F9)
    hand.until(lambda: bool(hand.printed))
    saved = services(hand).detail(hand.program.view.reception.saved_code).dossier
    assert saved.applicant.residence == names[1]


def test_a_phone_typed_before_the_card_is_read_stays(hand: Hand) -> None:
    hand.press(KEY.Key_F2)
    hand.widget("reception.phone").setFocus()
    hand.fill("0110222333")
    hand.wait(300)  # nobody lifts a card within a keystroke
    hand.scan(CARD)
    assert hand.text("reception.phone") == "0110222333"
    hand.scan(OLD)
    assert hand.text("reception.phone") == ""


def test_the_page_of_a_dossier_shows_what_was_declared(hand: Hand) -> None:
    hand.press(KEY.Key_F2)
    hand.scan(CARD)
    number = [each.code for each in services(hand).choices()].index("1.004873") + 1
    hand.press(Qt.Key(KEY.Key_0 + number), ctrl=True)
    hand.press(KEY.Key_F9)
    hand.until(lambda: bool(hand.printed))
    answers = dict(services(hand).detail(hand.program.view.reception.saved_code).answers)
    assert answers["Người yêu cầu là"] == "Bản thân"
