"""A field that is refused, and mended: its neighbours keep their place, and nothing goes on saying what is over."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QGridLayout, QWidget

from desk_app.ui.reception.procedure_card import QuickButton
from desk_app.ui.widgets.fields import Labelled, TextInput
from tests.kit.desk.desks import CARD
from tests.ui.hand import Hand

KEY = Qt.Key


@pytest.fixture
def hand(shared_hand: Hand) -> Hand:
    return shared_hand


def test_an_input_stays_beside_one_that_is_refused(qapp: QApplication) -> None:
    refused, beside = Labelled("Thủ tục", TextInput("one", "Thủ tục")), Labelled("Số bộ", TextInput("two", "Số bộ"))
    window = QWidget()  # a layout in the window itself would tell the platform its sizes
    held = QWidget(window)
    grid = QGridLayout(held)
    grid.addWidget(refused, 0, 0)
    grid.addWidget(beside, 0, 1)
    held.resize(500, 300)
    window.show()
    qapp.processEvents()
    for why in ("", "chưa nhập", "không có trong danh sách, gần giống: đăng ký khai sinh; đăng ký khai tử"):
        refused.complain(why)
        qapp.processEvents()
        assert refused.field.geometry().top() == beside.field.geometry().top(), why
    window.close()
    window.deleteLater()


def test_the_label_of_a_refused_field_is_plain_again_when_something_is_typed(qapp: QApplication) -> None:
    field = TextInput("reason", "Lý do")
    held = Labelled("Lý do", field)
    held.complain("cần nhập")
    assert held._label.property("state") == "error"
    field.setText("vì")
    assert (held._label.property("state") or "", held._note.text()) == ("", "")
    held.deleteLater()


def test_a_procedure_chosen_after_a_refusal_takes_the_refusal_away(hand: Hand) -> None:
    hand.press(KEY.Key_F2)
    form = hand.program.view.reception.form
    hand.scan(CARD)
    form.procedure.chooser.put("")
    form.procedure._chosen()
    hand.press(KEY.Key_F9)
    assert "Thủ tục" in hand.text("status.message")
    assert hand.program.window.strip.isVisible()
    hand.press(KEY.Key_1, ctrl=True)
    assert form.procedure.code()
    assert not hand.program.window.strip.isVisible()


def test_a_long_text_is_seen_from_its_beginning_when_tab_comes_to_it(hand: Hand) -> None:
    hand.press(KEY.Key_Comma, ctrl=True)
    field = hand.widget("settings.office")
    assert isinstance(field, TextInput)
    hand.until(field.isVisible)
    hand.press(KEY.Key_Tab)
    field.setText("Trung tâm Phục vụ hành chính công xã Thử Nghiệm Có Tên Rất Dài, thành phố Hà Nội")
    hand.press(KEY.Key_Backtab)
    assert field.hasFocus()
    assert (field.selectedText(), field.cursorPosition()) == (field.text(), 0)


def test_a_quick_button_of_two_lines_has_room_around_them(hand: Hand) -> None:
    hand.press(KEY.Key_F2)
    hand.settle()
    two = [each for each in hand.widgets() if isinstance(each, QuickButton) and "\n" in each.text()]
    assert two, "no name is long here: make the window smaller"
    for each in two:
        lines = each.fontMetrics().lineSpacing() * 2
        assert each.height() >= lines + 8, (each.text(), each.height(), lines)


@pytest.mark.parametrize("size", [(1024, 720), (910, 512)])
def test_the_field_in_use_is_in_sight_after_a_card_that_differs(hand: Hand, size: tuple[int, int]) -> None:
    hand.press(KEY.Key_F2)
    form = hand.program.view.reception.form
    form.procedure.choose("2.000815")
    hand.scan(CARD)
    hand.widget("reception.document.1.pages").setFocus()
    hand.fill("2")
    hand.press(KEY.Key_F9)
    hand.until(lambda: bool(hand.program.view.reception.saved_code))
    hand.press(KEY.Key_F2)
    hand.program.window.resize(*size)
    hand.settle()
    hand.scan(CARD.replace("Thôn 1, Xã Cũ", "Số 27 ngách 12/45 ngõ Thử Nghiệm, tổ dân phố số 9, Xã Mới"))
    hand.wait(200)
    field = QApplication.focusWidget()
    assert field is not None and form.isAncestorOf(field)
    assert field.visibleRegion().boundingRect().size() == field.size(), hand.focused()
    assert form.body.width() <= form.viewport().width()
