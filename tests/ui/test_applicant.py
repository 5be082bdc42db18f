"""Who stands at the counter: old addresses, a phone typed too early, and what their declaration said."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from tests.kit.desk.desks import CARD
from tests.ui.hand import Hand

KEY = Qt.Key
OLD = "034095000009||Lê Thị Thử Địa|02031995|Nữ|Thôn 1, Tây Đằng, Ba Vì, Hà Nội|01062022"


@pytest.fixture
def hand(shared_hand: Hand) -> Hand:
    return shared_hand.unseen()


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
    hand.press(KEY.Key_F9, KEY.Key_F9)  # asked about a fee that nobody said
    hand.until(lambda: bool(hand.printed))
    answers = dict(services(hand).detail(hand.program.view.reception.saved_code).answers)
    assert answers["Người yêu cầu là"] == "Bản thân"


def test_a_foreign_passport_is_typed_like_any_number_and_asks_for_the_nationality(hand: Hand) -> None:
    hand.press(KEY.Key_F2)
    applicant = hand.program.view.reception.form.applicant
    assert not applicant.nationality.isVisible()
    hand.fill("m123a4567")
    assert applicant.nationality.isVisible()
    hand.press(KEY.Key_Return)
    hand.fill("Kim Thử")
    applicant.nationality.setFocus()
    hand.fill("Hàn Quốc")
    hand.press(KEY.Key_1, ctrl=True)
    hand.press(KEY.Key_1, KEY.Key_F9)
    hand.until(lambda: bool(hand.printed))
    saved = services(hand).detail(hand.program.view.reception.saved_code).dossier.applicant
    assert (saved.id_number, saved.nationality, saved.id_kind) == ("M123A4567", "Hàn Quốc", "Hộ chiếu")


def test_a_passport_of_figures_is_refused_at_its_number_until_the_nationality_is_given(hand: Hand) -> None:
    hand.press(KEY.Key_F2)
    applicant = hand.program.view.reception.form.applicant
    hand.fill("12345678")
    assert not applicant.nationality.isVisible()
    applicant.full_name.setFocus()
    hand.fill("Ola Thử")
    hand.press(KEY.Key_1, ctrl=True)
    hand.press(KEY.Key_1, KEY.Key_F9)
    assert applicant.id_number.property("state") == "error"
    assert applicant.nationality.isVisible()
    applicant.nationality.setFocus()
    hand.fill("Na Uy")
    hand.press(KEY.Key_F9)
    hand.until(lambda: bool(hand.printed))


def test_what_is_no_phone_is_refused_at_its_field(hand: Hand) -> None:
    hand.press(KEY.Key_F2)
    hand.scan(CARD)
    phone = hand.program.view.reception.form.applicant.phone
    phone.setFocus()
    hand.fill("Thôn 1")
    hand.press(KEY.Key_Return)
    assert phone.property("state") == "error"  # told when the field is left
    hand.press(KEY.Key_1, ctrl=True)
    hand.press(KEY.Key_1, KEY.Key_F9)
    assert phone.property("state") == "error"
    assert not hand.program.view.reception.saved_code


def test_a_damaged_card_keeps_the_name_the_desk_knows_until_the_clerk_chooses(hand: Hand) -> None:
    hand.press(KEY.Key_F2)
    hand.scan(CARD)
    hand.press(KEY.Key_1, ctrl=True)
    hand.press(KEY.Key_1, KEY.Key_F9)
    hand.until(lambda: bool(hand.printed))
    hand.press(KEY.Key_F2)
    hand.scan(CARD.replace("Nguyễn Thị Thử Nghiệm", "Nguyn Th Th Nghim"))
    assert hand.text("reception.full_name") == "Nguyễn Thị Thử Nghiệm"
    applicant = hand.program.view.reception.form.applicant
    assert applicant.full_name.property("state") == "look"
    box = hand.widget("reception.difference.full_name")
    assert not box.isChecked()
    box.click()
    assert hand.text("reception.full_name") == "Nguyn Th Th Nghim"


def test_the_zone_of_a_passport_fills_the_page_and_the_next_person_has_it_empty(hand: Hand) -> None:
    hand.press(KEY.Key_F2)
    view = hand.program.view
    view.reception.take_scan(
        "P<JPNTANAKA<<THU<<<<<<<<<<<<<<<<<<<<<<<<<<<<\nTK12345671JPN8503172F3303171<<<<<<<<<<<<<<<8", composed=False
    )
    assert hand.text("reception.id_number") == "TK1234567"
    assert hand.text("reception.nationality") == "Nhật Bản"
    view.reception.begin()
    assert not view.reception.form.applicant.nationality.isVisible()
    hand.scan(CARD)
    assert not view.reception.form.applicant.nationality.isVisible()
    assert view.reception.form.applicant.person().nationality == "Việt Nam"
