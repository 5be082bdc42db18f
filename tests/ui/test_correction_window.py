"""Corrections of what weighs, on a dossier's page, and the papers to print again; what is asked before saving."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from tests.kit.desk.desks import CARD
from tests.ui.hand import Hand

KEY = Qt.Key
COPY, SINGLE, BIRTH = "2.000815", "1.004873", "1.001193"


@pytest.fixture
def hand(shared_hand: Hand) -> Hand:
    return shared_hand.unseen()


@pytest.fixture
def at_copy(hand: Hand) -> Hand:
    """A certified copy of four pages, received, printed and open."""
    receive_copy(hand)
    return hand


def receive_copy(hand: Hand) -> None:
    hand.printed.clear()
    hand.press(KEY.Key_F2)
    hand.scan(CARD)
    hand.widget("reception.procedure").put(COPY)
    hand.program.view.reception.form.procedure.choose(COPY)
    hand.settle()
    hand.widget("reception.document.1.pages").setText("4")
    hand.widget("reception.document.1.copies").setText("3")
    hand.press(KEY.Key_F9)
    hand.until(lambda: bool(hand.printed))
    hand.program.view.open_dossier(hand.program.view.reception.saved_code)
    hand.settle()


def dossier(hand: Hand):
    return detail(hand).dossier


def detail(hand: Hand):
    return hand.program.view._tools.services.detail(hand.text("dossier.code"))


def choose(hand: Hand, words: str, focus: str) -> None:
    hand.press(KEY.Key_E, ctrl=True)
    hand.fill(words)
    hand.press(KEY.Key_Return)
    hand.until(lambda: hand.focused() == focus)


def test_wrong_pages_are_set_right_with_keys_and_the_fee_follows(at_copy: Hand) -> None:
    hand = at_copy
    assert dossier(hand).fee.total == 18_000
    choose_documents(hand)
    hand.widget("dossier.correct.document.1.pages").setText("2")
    hand.widget("dossier.correct.reason").setFocus()
    hand.fill("đếm nhầm trang")
    hand.press(KEY.Key_Return)
    assert (dossier(hand).documents[0].pages, dossier(hand).fee.total) == (2, 12_000)
    assert "4 trang × 3 bản" in detail(hand).history[-1].text
    assert hand.focused() == "dossier.steps"


def choose_documents(hand: Hand) -> None:
    hand.press(KEY.Key_E, ctrl=True)
    hand.fill("giấy tờ cần chứng thực")
    hand.press(KEY.Key_Return)
    hand.until(lambda: hand.focused().startswith("dossier.correct.document.1."))


def test_a_correction_without_a_reason_asks_for_it(at_copy: Hand) -> None:
    hand = at_copy
    choose(hand, "ghi chú", "dossier.correct.value")
    hand.fill("gọi trước")
    hand.press(KEY.Key_Return, KEY.Key_Return)
    assert "Lý do" in hand.text("status.message")
    assert hand.focused() == "dossier.correct.reason"
    assert dossier(hand).note == ""
    hand.fill("dân nhờ")
    hand.press(KEY.Key_Return)
    assert dossier(hand).note == "gọi trước"


def test_another_procedure_offers_its_due_date_and_keeps_the_code(at_copy: Hand) -> None:
    hand = at_copy
    code = hand.text("dossier.code")
    choose(hand, "thủ tục", "dossier.correct.value")
    hand.fill("xác nhận tình trạng hôn nhân")
    hand.press(KEY.Key_Return)
    assert hand.widget("dossier.correct.due").isVisible()
    assert len(hand.text("dossier.correct.due")) == len("26/11/2026")
    hand.widget("dossier.correct.reason").setFocus()
    hand.fill("chọn nhầm thủ tục")
    hand.press(KEY.Key_Return)
    assert (dossier(hand).code, dossier(hand).procedure) == (code, SINGLE)
    assert dossier(hand).documents == ()
    assert "Thủ tục: " in detail(hand).history[-1].text


def test_papers_handed_in_are_ticked_afterwards(at_copy: Hand) -> None:
    hand = at_copy
    before = dossier(hand).components
    hand.press(KEY.Key_E, ctrl=True)
    hand.fill("thành phần hồ sơ")
    hand.press(KEY.Key_Return)
    hand.until(lambda: hand.focused().startswith("dossier.correct.component."))
    hand.press(KEY.Key_Space, KEY.Key_Return)
    assert hand.focused() == "dossier.correct.reason"
    hand.fill("chưa nộp")
    hand.press(KEY.Key_Return)
    assert dossier(hand).components != before


def test_a_printed_paper_that_changed_is_said_to_be_printed_again(at_copy: Hand) -> None:
    hand = at_copy
    assert detail(hand).stale == ()
    choose(hand, "hẹn trả", "dossier.correct.value")
    hand.fill("4/12/2026")
    hand.press(KEY.Key_Return)
    hand.fill("hẹn nhầm")
    hand.press(KEY.Key_Return)
    assert hand.widget("dossier.paper.slip.stale").isVisible()
    hand.printed.clear()
    hand.press(KEY.Key_P, ctrl=True)
    hand.until(lambda: detail(hand).stale == ())
    hand.settle()
    assert not [each for each in hand.widgets() if each.accessibleIdentifier() == "dossier.paper.slip.stale"]


# --- asked before saving ------------------------------------------------------------------


def test_nothing_ticked_and_no_fee_said_are_asked_about_once_and_f9_goes_on(hand: Hand) -> None:
    hand.press(KEY.Key_F2)
    hand.scan(CARD)
    hand.program.view.reception.form.procedure.choose(SINGLE)
    hand.settle()
    for row in hand.program.view.reception.form.components._rows:
        row.box.setChecked(False)
    hand.press(KEY.Key_F9)
    assert hand.program.view.reception.saved_code == ""
    assert "Chưa đánh dấu giấy tờ nào" in hand.text("status.message")
    assert "phí" in hand.text("status.message")
    assert hand.focused().startswith("reception.component.")
    hand.press(KEY.Key_F9)
    hand.until(lambda: bool(hand.printed))
    assert hand.program.view.reception.saved_code


def test_what_is_ticked_and_paid_by_the_rules_is_saved_at_the_first_press(hand: Hand) -> None:
    hand.press(KEY.Key_F2)
    hand.scan(CARD)
    hand.program.view.reception.form.procedure.choose(SINGLE)
    hand.settle()
    hand.widget("reception.fee").setFocus()
    hand.fill("0")
    hand.press(KEY.Key_F9)
    hand.until(lambda: bool(hand.printed))
    assert hand.program.view.reception.saved_code


def test_what_was_typed_for_one_dossier_stands_at_no_other_though_they_are_alike(at_copy: Hand) -> None:
    hand, first = at_copy, at_copy.text("dossier.code")
    choose(hand, "ghi chú", "dossier.correct.value")
    hand.fill("gọi trước")
    receive_copy(hand)
    assert hand.text("dossier.code") != first
    hand.press(KEY.Key_E, ctrl=True)
    assert (hand.text("dossier.correct.field"), hand.text("dossier.correct.reason")) == ("", "")


def test_a_correction_that_was_recorded_leaves_no_words_for_the_next(at_copy: Hand) -> None:
    hand = at_copy
    for note in ("gọi trước", ""):
        choose(hand, "ghi chú", "dossier.correct.value")
        assert hand.text("dossier.correct.reason") == ""
        hand.widget("dossier.correct.value").setText(note)
        hand.widget("dossier.correct.reason").setFocus()
        hand.fill("dân nhờ")
        hand.press(KEY.Key_Return)
        assert dossier(hand).note == note
    hand.press(KEY.Key_E, ctrl=True)
    assert (hand.text("dossier.correct.field"), hand.text("dossier.correct.reason")) == ("", "")


def test_a_classic_mistake_is_asked_about_once_before_a_correction_is_recorded(at_copy: Hand) -> None:
    hand = at_copy
    choose(hand, "ngày cấp", "dossier.correct.value")
    hand.widget("dossier.correct.value").selectAll()
    hand.fill("01/01/1950")
    hand.press(KEY.Key_Return)
    hand.fill("ghi nhầm")
    hand.press(KEY.Key_Return)
    assert "cấp trước ngày sinh" in hand.text("status.message")
    assert hand.focused() == "dossier.correct.value"
    assert dossier(hand).applicant.id_issued_on != "1950-01-01"
    hand.press(KEY.Key_Return)
    hand.press(KEY.Key_Return)
    hand.until(lambda: dossier(hand).applicant.id_issued_on == "1950-01-01")
