"""The page of forms by keys: a text becomes a form, mistakes stand below their lines, the office's form is used."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtCore import Qt

from desk_app.domain.procedures.form_procedures import procedures_in
from tests.kit.paper.official_text import word_file
from tests.ui.hand import Hand

KEY = Qt.Key


def test_an_official_text_becomes_a_form_that_reception_prints(hand: Hand, tmp_path: Path) -> None:
    file = tmp_path / "đơn.docx"
    file.write_bytes(word_file())
    hand.press(KEY.Key_M, ctrl=True)
    assert hand.focused() == "forms.form"
    screen = hand.program.view.front
    hand.press(KEY.Key_Tab)
    hand.fill(str(file))
    hand.press(KEY.Key_Return)
    hand.until(lambda: not screen.texts.isHidden())
    assert "40 chỗ trống" in screen.source.state.text()
    hand.until(lambda: "Loài thú" in screen.questions.text())

    # a slip stands below its line, in red, and in words below the texts
    screen.texts.layout_text.setFocus()
    screen.texts.layout_text.insertPlainText("{khong_co}\n")
    hand.until(lambda: screen.texts.layout_text.marked != {})
    assert "không có mục nào mang khóa «khong_co»" in screen.texts.layout_text.marked[1]
    assert "chữ trên giấy, dòng 1" in screen.texts.mistakes.text()
    hand.press(KEY.Key_S, ctrl=True)
    assert "chưa dùng được" in hand.text("status.message")
    for _ in range(11):
        hand.press(KEY.Key_Backspace)  # the cursor stands behind what was written
    hand.until(lambda: screen.texts.layout_text.marked == {})
    hand.press(KEY.Key_S, ctrl=True)
    assert "Đã lưu mẫu don-de-nghi-xac-nhan-noi" in hand.text("status.message")

    hand.press(KEY.Key_F2)
    form = hand.program.view.reception.form
    form.more_forms.chooser.setFocus()
    hand.fill("thu nuoi")
    hand.press(KEY.Key_Return)
    assert form.more_forms.ids() == ("don-de-nghi-xac-nhan-noi",)
    assert form.draft(whole=False).extra_forms == ("don-de-nghi-xac-nhan-noi",)


def test_a_form_of_the_program_is_opened_as_a_copy(hand: Hand) -> None:
    hand.press(KEY.Key_M, ctrl=True)
    screen = hand.program.view.front
    hand.fill("uy quyen")
    hand.press(KEY.Key_Return)
    hand.until(lambda: not screen.texts.isHidden())
    assert screen.texts.id.value().endswith("-xa")
    assert "giữ nguyên" in screen.source.state.text()
    screen.texts.id.put(screen.texts.id.value().removesuffix("-xa"))
    hand.press(KEY.Key_S, ctrl=True)
    assert "mẫu của chương trình" in hand.text("status.message")


def test_a_form_is_bound_to_a_procedure_by_picking_it(hand: Hand, tmp_path: Path) -> None:
    file = tmp_path / "đơn.docx"
    file.write_bytes(word_file())
    hand.press(KEY.Key_M, ctrl=True)
    screen = hand.program.view.front
    screen.source.path.setFocus()
    hand.fill(str(file))
    hand.press(KEY.Key_Return)
    hand.until(lambda: not screen.texts.isHidden())
    assert "Chưa in cùng thủ tục nào" in hand.text("forms.procedures")
    screen.texts.procedures.chooser.setFocus()
    hand.fill("khai sinh")
    hand.press(KEY.Key_Down, KEY.Key_Return)
    code = procedures_in(screen.texts.texts().head)[0]
    assert code in hand.text("forms.procedures")
    if folder := os.environ.get("FORMS_PICTURES"):
        hand.settle()
        hand.program.window.grab().save(f"{folder}/bound.png")
    hand.press(KEY.Key_S, ctrl=True)
    assert "Đã lưu mẫu" in hand.text("status.message")
    assert code in next(row for row in screen._services.rows() if row.origin == "office").procedures
    screen.texts.procedures.chooser.setFocus()
    hand.fill("khai sinh")
    hand.press(KEY.Key_Down, KEY.Key_Return)
    assert procedures_in(screen.texts.texts().head) == ()
