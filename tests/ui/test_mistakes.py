"""The classic mistakes on the reception page: below their input once it is left, and never in the way of typing."""

from __future__ import annotations

from PySide6.QtCore import Qt

from tests.ui.hand import Hand
from tests.ui.test_gestures import FATHER, MOTHER, chosen

KEY = Qt.Key


def remarked(hand: Hand, identifier: str) -> str:
    shown = [each for each in hand.widgets() if each.accessibleIdentifier() == f"{identifier}.remark"]
    return shown[0].text() if shown and shown[0].isVisible() else ""


def test_a_mistake_stands_below_its_input_once_that_is_left_and_goes_when_it_is_mended(hand: Hand) -> None:
    hand.scan(MOTHER)
    chosen(hand, "1.001193")
    hand.scan(FATHER)
    assert hand.focused() == "reception.field.child.full_name"
    hand.fill("Phạm Thử An")
    assert not remarked(hand, "reception.field.child.full_name")  # it is still being typed
    hand.press(KEY.Key_Return)
    assert "khác họ cha và họ mẹ" in remarked(hand, "reception.field.child.full_name")
    hand.fill("1/1/2026")
    hand.press(KEY.Key_Return)
    assert "60 ngày" in remarked(hand, "reception.field.child.born_on")
    hand.widget("reception.field.child.full_name").setFocus()
    hand.widget("reception.field.child.full_name").selectAll()
    hand.fill("Lê Thử An")
    hand.press(KEY.Key_Return)
    assert not remarked(hand, "reception.field.child.full_name")
    hand.press(KEY.Key_F9)
    hand.until(lambda: bool(hand.program.view.reception.saved_code))  # odd is not wrong: nobody was asked


def test_the_same_person_as_the_dead_and_the_applicant_is_refused_at_the_input(hand: Hand) -> None:
    hand.scan(MOTHER)
    chosen(hand, "1.000656")
    hand.widget("reception.field.deceased.id_number").setFocus()
    hand.fill("034195000002")
    hand.widget("reception.field.deceased.full_name").setFocus()
    hand.settle()
    assert "cùng một số giấy tờ" in remarked(hand, "reception.field.deceased.id_number")
    hand.press(KEY.Key_F9)
    assert not hand.program.view.reception.saved_code
    assert hand.focused() == "reception.field.deceased.id_number"


def test_one_key_takes_an_answer_of_another_role_and_one_those_of_the_dossier_before(hand: Hand) -> None:
    hand.scan(MOTHER)
    chosen(hand, "2.000635")
    for text in ("khai sinh", "UBND xã Thử Nghiệm"):
        hand.fill(text)
        hand.press(KEY.Key_Return)
    hand.press(KEY.Key_F9)
    hand.until(lambda: bool(hand.program.view.reception.saved_code))
    hand.press(KEY.Key_Escape)
    hand.scan(FATHER)
    hand.press(KEY.Key_T, ctrl=True)
    assert hand.widget("reception.field.registered_at").value() == "UBND xã Thử Nghiệm"
    chosen(hand, "1.000656")
    hand.widget("reception.field.death_place").setFocus()
    hand.press(KEY.Key_D, ctrl=True)
    assert hand.widget("reception.field.death_place").value().startswith("Thôn 2, xã Thử Nghiệm")


YOUNG = "034209000009||Lò Văn Thử Út|01022009|Nam|Thôn 2, xã Thử Nghiệm, thành phố Hà Nội|01062022"


def test_an_applicant_who_is_too_young_is_asked_about_at_the_birth_date_and_served_with_the_same_key(
    hand: Hand,
) -> None:
    hand.scan(YOUNG)
    chosen(hand, "1.000894")
    hand.scan(MOTHER)
    assert "cùng có mặt" in hand.text("reception.presence")
    hand.press(KEY.Key_F9)
    assert hand.focused() == "reception.born_on"
    assert not hand.widget("reception.born_on.note").isVisible()  # the rule says it below the input already
    message = hand.widget("status.message")
    assert message.height() >= message.heightForWidth(message.width())
    assert not hand.program.view.reception.saved_code
    hand.press(KEY.Key_F9)
    hand.until(lambda: bool(hand.program.view.reception.saved_code))
