"""Several people in one dossier: whose card it is, nobody replaced in silence, families offered."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from tests.ui.hand import Hand

KEY = Qt.Key
MOTHER = "034195000002||Trần Thị Thử Mẹ|02031995|Nữ|Thôn 2, xã Thử Nghiệm, thành phố Hà Nội|01062022"
FATHER = "034093000003||Lê Văn Thử Cha|05051993|Nam|Thôn 2, xã Thử Nghiệm, thành phố Hà Nội|01062022"
GRANDMOTHER = "034160000004||Lê Thị Thử Bà|05051960|Nữ|Thôn 2, xã Thử Nghiệm, thành phố Hà Nội|01062022"
OTHER = "034092000009||Vũ Văn Thử Hai|05051992|Nam|Thôn 3, xã Thử Nghiệm, thành phố Hà Nội|01062022"
MOVED = FATHER.replace("Thôn 2", "Thôn 9")


@pytest.fixture
def hand(shared_hand: Hand) -> Hand:
    return shared_hand.unseen()


def birth(hand: Hand, card: str) -> None:
    hand.press(KEY.Key_F2)
    hand.scan(card)
    number = [each.code for each in hand.program.view._tools.services.choices()].index("1.001193") + 1
    hand.press(Qt.Key(KEY.Key_0 + number), ctrl=True)


def a_family(hand: Hand) -> None:
    """A birth is saved and left: whose child it is, the desk knows from then on."""
    birth(hand, MOTHER)
    hand.scan(FATHER)
    hand.widget("reception.field.child.full_name").setFocus()
    hand.fill("Lê Thử Con")
    hand.press(KEY.Key_F9, KEY.Key_F9)
    hand.until(lambda: bool(hand.program.view.reception.saved_code))
    hand.press(KEY.Key_Escape)


def name(hand: Hand, role: str) -> str:
    return hand.text(f"reception.field.{role}.full_name")


def test_three_cards_in_a_row_go_to_applicant_mother_and_father(hand: Hand) -> None:
    birth(hand, GRANDMOTHER)
    hand.widget("reception.field.relation").put("Bà nội")
    hand.program.view.reception.form._answered("relation", "Bà nội")
    hand.program.view.reception.refresh()
    hand.scan(FATHER)
    hand.scan(MOTHER)
    assert name(hand, "father") == "Lê Văn Thử Cha"
    assert name(hand, "mother") == "Trần Thị Thử Mẹ"
    assert hand.text("reception.full_name") == "Lê Thị Thử Bà"
    hand.scan(GRANDMOTHER)
    assert hand.text("reception.full_name") == "Lê Thị Thử Bà"
    assert name(hand, "mother") == "Trần Thị Thử Mẹ"


def test_a_father_is_replaced_only_with_a_word_and_comes_back_with_one_press(hand: Hand) -> None:
    birth(hand, MOTHER)
    hand.scan(FATHER)
    hand.widget("reception.field.father.full_name").setFocus()
    hand.scan(OTHER)
    assert name(hand, "father") == "Vũ Văn Thử Hai"
    hand.widget("status.action").click()
    assert name(hand, "father") == "Lê Văn Thử Cha"
    assert hand.text("reception.full_name") == "Trần Thị Thử Mẹ"


def test_ctrl_r_moves_the_card_to_whoever_is_still_missing(hand: Hand) -> None:
    birth(hand, MOTHER)
    hand.press(KEY.Key_R, ctrl=True)  # it was not the applicant's: the father's section is empty
    assert name(hand, "father") == "Trần Thị Thử Mẹ"
    assert hand.text("reception.full_name") == ""
    hand.press(KEY.Key_R, ctrl=True)
    assert hand.text("reception.full_name") == "Trần Thị Thử Mẹ"


def test_the_father_of_the_last_child_is_offered_and_taken_with_enter(hand: Hand) -> None:
    a_family(hand)
    birth(hand, MOTHER)
    offer = hand.widget("reception.family.father.1")
    assert "Lê Văn Thử Cha" in offer.accessibleName()
    assert "theo hồ sơ" in offer.accessibleDescription()
    assert name(hand, "father") == ""
    offer.setFocus()
    hand.press(KEY.Key_Return)
    assert name(hand, "father") == "Lê Văn Thử Cha"
    assert hand.text("reception.field.father.id_number") == "034093000003"
    hand.until(lambda: hand.focused() != "reception.family.father.1")
    assert hand.focused().startswith("reception.field.")


def test_a_number_of_somebody_known_fills_the_role_and_a_card_that_differs_shows_both(hand: Hand) -> None:
    a_family(hand)
    birth(hand, GRANDMOTHER)
    hand.widget("reception.field.father.id_number").setFocus()
    hand.fill("034093000003")
    assert name(hand, "father") == "Lê Văn Thử Cha"
    hand.scan(MOVED)
    form = hand.program.view.reception.form
    assert form.draft(whole=False).people["father"].residence.startswith("Thôn 9")
    hand.widget("reception.role.differences.known").click()
    assert form.draft(whole=False).people["father"].residence.startswith("Thôn 2")
