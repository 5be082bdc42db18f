"""A scanner that types must be told from a clerk who types, whatever field has the focus."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication

from desk_app.ui.scanning import scan_grammar
from desk_app.ui.scanning.serial_scanner import decoded
from tests.kit.desk.desks import CARD
from tests.ui.hand import Hand

MRZ = "IDVNM1900000015001190000001<<69001158F3001156VNM<<<<<<<<<<<0NGUYEN<<THI<THU<NGHIEM<<<<<<<<"
KEY = Qt.Key


@pytest.fixture
def hand(shared_hand: Hand) -> Hand:
    return shared_hand.unseen()


def applicant(hand: Hand) -> str:
    return hand.text("reception.full_name")


@pytest.mark.parametrize("step_ms", [1, 5, 12, 20, 40, 120])
def test_a_card_is_read_at_any_speed_and_leaves_no_letter_in_the_field(hand: Hand, step_ms: int) -> None:
    hand.press(KEY.Key_F2)
    hand.widget("reception.note").setFocus()
    hand.type_keys(CARD, ends=True, step_ms=step_ms)
    hand.settle()
    assert applicant(hand) == "Nguyễn Thị Thử Nghiệm"
    assert hand.text("reception.note") == ""


def test_what_stood_in_the_field_before_a_scan_stands_there_after_it(hand: Hand) -> None:
    hand.press(KEY.Key_F2)
    hand.widget("reception.note").setFocus()
    hand.fill("Gọi trước khi trả")
    hand.wait(200)
    hand.scan(CARD)
    assert hand.text("reception.note") == "Gọi trước khi trả"
    assert applicant(hand) == "Nguyễn Thị Thử Nghiệm"


def test_a_scan_presses_no_button_that_has_the_focus(hand: Hand) -> None:
    hand.press(KEY.Key_F2)
    hand.widget("reception.save").setFocus()
    hand.scan(CARD)
    assert hand.program.view.reception.saved_code == ""
    assert applicant(hand) == "Nguyễn Thị Thử Nghiệm"


def test_a_clerk_who_types_slowly_is_left_alone(hand: Hand) -> None:
    hand.press(KEY.Key_F2)
    hand.widget("reception.full_name").setFocus()
    hand.type_keys("Nguyen Van A 12", ends=False, step_ms=70)
    assert applicant(hand) == "Nguyen Van A 12"


def test_fast_typing_that_is_no_card_comes_back_whole(hand: Hand) -> None:
    hand.press(KEY.Key_F2)
    hand.widget("reception.phone").setFocus()
    hand.type_keys("0912345678", ends=False, step_ms=3)
    hand.wait(400)
    assert hand.text("reception.phone") == "0912345678"


@pytest.mark.parametrize("text", ["0912345678", "31/12/2026", "Nguyen Thi Thu", "To 5, thon Thu"])
@pytest.mark.parametrize("pause_ms", [40, 60, 200])
def test_fast_typing_that_a_busy_machine_tears_apart_comes_back_whole(hand: Hand, text: str, pause_ms: int) -> None:
    hand.press(KEY.Key_F2)
    for torn in range(1, len(text)):
        field = hand.widget("reception.phone")
        field.setText("")
        field.setFocus()
        hand.type_keys(text[:torn], ends=False, step_ms=3)
        hand._moment += pause_ms - 10_000 - 3
        hand.type_keys(text[torn:], ends=False, step_ms=3)
        hand.let_pass(2000)
        assert hand.text("reception.phone") == text, torn


def test_a_command_key_right_after_fast_typing_is_obeyed(hand: Hand) -> None:
    hand.press(KEY.Key_F2)
    hand.widget("reception.full_name").setFocus()
    hand.type_keys("Nguyen Thi Thu", ends=False, step_ms=3)
    hand.press(KEY.Key_S, ctrl=True)
    assert "Số trang" in hand.text("status.message") or hand.program.view.reception.saved_code
    assert applicant(hand) == "Nguyen Thi Thu"


def test_a_machine_readable_zone_is_read_with_and_without_its_line_breaks(hand: Hand) -> None:
    for text in (MRZ, "\n".join(MRZ[n : n + 30] for n in (0, 30, 60))):
        hand.press(KEY.Key_F2)
        for line in text.split("\n"):
            hand.type_keys(line, ends=True)
        hand.wait(350)
        assert hand.text("reception.id_number") == "001190000001"
        hand.program.view.reception.begin()


def test_the_barcode_of_a_slip_opens_its_dossier_from_anywhere(hand: Hand) -> None:
    row = hand.program.view._tools.services.find_apart("H26.99", 1)[0]
    hand.press(KEY.Key_F2)
    hand.scan("".join(mark for mark in row.code if mark.isalnum()))
    assert hand.text("dossier.code") == row.code


def test_a_code_typed_into_the_search_box_is_a_search(hand: Hand) -> None:
    code = hand.program.view._tools.services.find_apart("H26.99", 1)[0].code
    hand.press(KEY.Key_F3)
    hand.type_keys(code, ends=False)
    hand.wait(400)
    assert hand.text("search.box") == code
    hand.until(lambda: hand.text("dossiers.count") == "1 hồ sơ")


def test_an_input_method_that_took_part_is_told_and_its_letters_are_marked(hand: Hand) -> None:
    """Telex mangles letters but no figures; what it commits comes by another way than keys."""
    hand.press(KEY.Key_F2)
    head, _, tail = CARD.partition("|012345678|")
    hand.type_keys(f"{head}|012345678|", ends=False)
    event = QInputMethodEvent()
    event.setCommitString(tail)
    QApplication.sendEvent(QApplication.focusWidget(), event)
    hand.press(KEY.Key_Return)
    hand.wait(200)
    assert hand.text("reception.id_number") == "001190000001"
    assert hand.widget("reception.full_name").property("state") == "look"
    assert "xem lại" in hand.text("status.message")


def test_a_garbled_card_is_refused_with_what_to_do(hand: Hand) -> None:
    hand.press(KEY.Key_F2)
    hand.scan("001190000001||Nguy?n Th? Th? Nghi?m|15011990|N?|Th?n 1, X? C?, H? N?i|20102021")
    assert "hỏng" in hand.text("status.message")
    assert applicant(hand) == ""


def test_the_clipboard_is_a_way_for_readers_of_other_programs(hand: Hand) -> None:
    hand.press(KEY.Key_F2)
    QApplication.clipboard().setText(CARD)
    hand.widget("reception.paste_scan").click()
    assert applicant(hand) == "Nguyễn Thị Thử Nghiệm"


def test_no_beginning_is_seen_in_what_people_type() -> None:
    for typed in ("001190000001", "Nguyễn Văn A", "H26.99-261120-0001", "0912345678|", "abc|def"):
        assert scan_grammar.beginning(typed) is None


def test_a_serial_scanner_that_sends_the_old_code_page_is_understood() -> None:
    assert decoded("Nguyễn".encode()) == "Nguyễn"
    assert decoded("Trần".encode("cp1258", errors="ignore")).startswith("Tr")
