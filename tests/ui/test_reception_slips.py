"""Slips of the hand at the reception: a number in the wrong field, one far from usual, and where the cursor goes."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from tests.kit.desk.desks import CARD
from tests.ui.hand import Hand

KEY = Qt.Key


@pytest.fixture
def hand(shared_hand: Hand) -> Hand:
    return shared_hand.unseen()


def began(hand: Hand) -> None:
    hand.scan(CARD)
    hand.press(KEY.Key_1, ctrl=True)


def documents(hand: Hand):
    return hand.program.view.reception.form.documents.documents(whole_only=False)


def saved_code(hand: Hand) -> str:
    return hand.program.view.reception.saved_code


def test_a_number_typed_where_the_cursor_stands_makes_no_fee(hand: Hand) -> None:
    began(hand)
    assert hand.focused() == "reception.document.1.name"
    hand.type_keys("2009", ends=False, step_ms=80)
    hand.press(KEY.Key_F9)
    assert saved_code(hand) == ""
    assert (documents(hand)[0].name, documents(hand)[0].pages) == ("2009", 0)
    assert hand.focused() == "reception.document.1.pages"


def test_a_number_far_from_usual_is_asked_about_once_and_the_same_key_confirms_it(hand: Hand) -> None:
    began(hand)
    hand.press(KEY.Key_Return)
    hand.type_keys("2009", ends=False, step_ms=80)
    hand.press(KEY.Key_F9)
    assert saved_code(hand) == ""
    assert hand.focused() == "reception.document.1.pages"
    hand.press(KEY.Key_F9)
    hand.until(lambda: bool(hand.printed))
    assert documents(hand)[0].pages == 2009


def test_a_number_set_right_after_the_question_is_saved_without_another(hand: Hand) -> None:
    began(hand)
    hand.press(KEY.Key_Return)
    hand.type_keys("2009", ends=False, step_ms=80)
    hand.press(KEY.Key_F9)
    hand.type_keys("9", ends=False, step_ms=80)
    hand.press(KEY.Key_F9)
    hand.until(lambda: bool(hand.printed))
    assert documents(hand)[0].pages == 9


@pytest.mark.parametrize("field", ["name", "pages", "copies"])
def test_a_code_that_a_scanner_types_is_no_number_of_a_paper(hand: Hand, field: str) -> None:
    began(hand)
    before = documents(hand)
    hand.widget(f"reception.document.1.{field}").setFocus(Qt.FocusReason.TabFocusReason)
    hand.type_keys("8934563138165", ends=True, step_ms=4)
    hand.wait(400)
    assert documents(hand) == before


def test_a_name_with_figures_stays_a_name(hand: Hand) -> None:
    began(hand)
    hand.fill("Ảnh 3x4")
    hand.press(KEY.Key_Return)
    assert documents(hand)[0].name == "Ảnh 3x4"
    assert hand.focused() == "reception.document.1.pages"


def test_a_refused_save_goes_to_the_first_faulty_field_and_it_says_why(hand: Hand) -> None:
    began(hand)
    hand.widget("reception.note").setFocus()
    hand.fill("漢字")
    hand.press(KEY.Key_F9)
    assert hand.focused() == "reception.document.1.pages"
    hand.press(KEY.Key_2, KEY.Key_F9)
    assert saved_code(hand) == ""
    assert hand.focused() == "reception.note"
    assert hand.text("reception.note.note")


def test_after_saving_enter_begins_with_the_next_citizen(hand: Hand) -> None:
    began(hand)
    hand.press(KEY.Key_2, KEY.Key_F9)
    hand.until(lambda: bool(hand.printed))
    hand.press(KEY.Key_Return)
    assert hand.focused() == "reception.id_number"
    assert saved_code(hand) == ""


def test_handing_over_at_once_is_refused_where_an_appointment_is_due(hand: Hand) -> None:
    hand.scan(CARD)
    hand.program.view.reception.form.procedure.choose("1.004873")
    hand.press(KEY.Key_F10)
    assert saved_code(hand) == ""
    assert not hand.widget("reception.save_and_hand_over").isVisible()


def test_a_procedure_chosen_with_the_mouse_leads_on_as_its_key_does(hand: Hand) -> None:
    hand.scan(CARD)
    hand.widget("reception.procedure.1").click()
    assert hand.focused() == "reception.document.1.name"


def test_what_was_half_typed_into_a_choice_is_nothing_of_the_next_citizen(hand: Hand) -> None:
    hand.scan(CARD)
    form = hand.program.view.reception.form
    form.procedure.choose("1.004873")
    form._answered("earlier_period", "Có")  # who has a number is asked only about a time gone by
    hand.program.view.reception.refresh()
    hand.widget("reception.field.marital_status").setFocus(Qt.FocusReason.TabFocusReason)
    hand.type_keys("zz", ends=False, step_ms=80)
    hand.press(KEY.Key_N, ctrl=True)
    form.procedure.choose("1.004873")
    hand.settle()
    assert hand.text("reception.field.marital_status") == ""
    assert hand.focused() == "reception.id_number"
    assert not hand.widget("reception.field.marital_status.note").isVisible()
    assert form.draft(whole=False).fields == {}


def test_a_complaint_is_gone_once_the_field_is_set_right(hand: Hand) -> None:
    hand.press(KEY.Key_F2)
    hand.press(KEY.Key_1, ctrl=True)
    hand.press(KEY.Key_F9)
    assert hand.focused() == "reception.document.1.pages"
    hand.press(KEY.Key_2, KEY.Key_F9)
    assert hand.focused() == "reception.full_name"
    assert hand.text("reception.full_name.note")
    hand.fill("Trần Thị Thử")
    assert not hand.widget("reception.full_name.note").isVisible()


def test_the_preview_of_a_saved_dossier_is_the_paper_that_was_printed(hand: Hand) -> None:
    began(hand)
    hand.fill("4x3")
    hand.press(KEY.Key_F9)  # sooner than the preview follows the typing
    hand.until(lambda: bool(hand.printed))
    page, draw = hand.program.view.reception, hand.program.view._tools.printing.draw_apart
    assert page.preview._draw("slip") == draw(saved_code(hand), "slip")[0].pdf
    assert page.preview._draw("forms") == b""


def test_whoever_looks_something_up_and_comes_back_types_on_where_the_cursor_was(hand: Hand) -> None:
    """What stands in the field is not chosen: the next letter would take its place."""
    for away in (KEY.Key_F3, KEY.Key_F8):
        hand.press(KEY.Key_F2)
        hand.widget("reception.full_name").setFocus(Qt.FocusReason.TabFocusReason)
        hand.type_keys("Lò Thị", ends=False, step_ms=80)
        hand.press(away)
        assert hand.focused() != "reception.full_name"
        hand.press(KEY.Key_F2)
        assert hand.focused() == "reception.full_name"
        hand.type_keys(" Dở", ends=False, step_ms=80)
        assert hand.text("reception.full_name") == "Lò Thị Dở"
        hand.press(KEY.Key_F2)  # here already: the cursor stays, too
        assert hand.focused() == "reception.full_name"
        hand.widget("reception.clear").click()
        hand.settle()
        assert hand.focused() == "reception.id_number"
