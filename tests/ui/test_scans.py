"""Scanners of many makes and settings over the real window: read or refused whole, and never a letter in a field."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from desk_app.services.desk.input_method import InputMethod
from desk_app.ui.scanning import typed_codes
from desk_app.ui.scanning.typed_codes import KeyedLetter
from tests.kit.desk.desks import CARD
from tests.kit.window.scanner_keys import (
    CTRL_SHIFT,
    KEY,
    PASSPORT,
    alt_code,
    anew,
    end,
    is_empty,
    is_read,
    letter,
    send,
)
from tests.ui.hand import Hand


@pytest.fixture
def hand(shared_hand: Hand) -> Hand:
    return shared_hand.unseen()


# --- prefixes, marks, suffixes

PREFIXES = [
    ("]Q1", 4),
    ("QR:", 4),
    ("ABC", 4),
    ("99", 4),
    ("]Q3", 15),
    ("]Q1", 40),
    ("QR:", 80),
    ("CCCD ", 40),
    ("7", 120),
]


def test_a_prefix_goes_with_the_card_at_any_speed(note: Hand) -> None:
    for prefix, step_ms in PREFIXES:
        anew(note)
        note.type_keys(prefix + CARD, ends=True, step_ms=step_ms)
        note.let_pass(100)
        assert is_read(note), (prefix, step_ms)
        assert note.text("reception.note") == "", (prefix, step_ms)


def test_what_a_person_wrote_before_a_prefix_stays(note: Hand) -> None:
    note.type_keys("Goi ", ends=False, step_ms=90)
    note._moment -= 10_000 - 130  # the card comes 130 ms after the last letter
    note.type_keys("]Q1" + CARD, ends=True, step_ms=20)
    note.let_pass(400)
    assert is_read(note)
    assert note.text("reception.note") == "Goi "


def test_another_mark_between_the_fields_is_read(note: Hand) -> None:
    for mark in "~^;#\\$!":
        anew(note)
        note.type_keys(CARD.replace("|", mark), ends=True)
        note.let_pass(100)
        assert is_read(note), mark
        assert note.text("reception.note") == ""


def test_a_tab_between_the_fields_and_at_the_end_is_read(note: Hand) -> None:
    for part in CARD.split("|"):
        for mark in part:
            letter(note, mark)
        send(note, KEY.Key_Tab, Qt.KeyboardModifier.NoModifier, "\t")
    note.let_pass(400)
    assert is_read(note)
    assert note.focused() != "reception.save"


def test_without_a_suffix_a_card_is_read_by_its_grammar(note: Hand) -> None:
    note.type_keys(CARD, ends=False)
    note.let_pass(400)
    assert is_read(note)


def test_a_line_feed_behind_the_end_does_nothing(note: Hand) -> None:
    note.widget("reception.save").setFocus()
    note.type_keys(CARD, ends=False)
    for text in ("\r", "\n"):
        send(note, KEY.Key_Return if text == "\r" else 0, Qt.KeyboardModifier.NoModifier, text)
    note.let_pass(400)
    assert is_read(note)
    assert note.program.view.reception.saved_code == ""
    assert "Đã đọc thẻ" in note.text("status.message")


# --- what is no card

FOREIGN = [
    "https://vneid.example/abc/XYZ123456",
    "8934563138164",
    "12345670",
    "00020101021138540010A00000072701240006970436",
    "WIFI:S:UBND;T:WPA;P:abc;;",
    "Xin moi quet ma khac",
    "SP-2024-000123",
    "a|b|c|d|e|f|g|h|i|j",
    "GD4010123456789|4e677579|15/01/1990|2|",
]


@pytest.mark.parametrize("place", ["reception.note", "reception.full_name", "reception.save", "reception.procedure"])
def test_another_code_is_refused_in_words_and_stands_nowhere(note: Hand, place: str) -> None:
    for text in FOREIGN:
        anew(note, place)
        before = note.text("reception.procedure")
        note.type_keys(text, ends=True)
        note.let_pass(300)
        assert "không phải thẻ" in note.text("status.message"), text
        assert is_empty(note), text
        assert note.focused() == place
        assert note.text("reception.procedure") == before
        assert note.program.view.reception.saved_code == ""


def test_another_code_at_forty_milliseconds_a_key_is_no_hand(note: Hand) -> None:
    note.type_keys("https://vneid.example/abc/XYZ123456", ends=True, step_ms=40)
    note.let_pass(400)
    assert "không phải thẻ" in note.text("status.message")
    assert is_empty(note)


# --- letters as numbers


def test_alt_and_a_unicode_number_is_the_letter(note: Hand) -> None:
    for is_shown in (False, True):
        anew(note)
        for mark in CARD:
            if mark.isascii():
                letter(note, mark)
            else:
                alt_code(note, str(ord(mark)))
                if is_shown:
                    letter(note, mark)
        end(note)
        assert is_read(note)
        assert note.text("reception.note") == ""


def test_alt_and_the_bytes_of_utf8_are_the_letters(note: Hand) -> None:
    for byte in CARD.encode():
        if byte < 0x80:
            letter(note, chr(byte))
        else:
            alt_code(note, f"0{byte}")
    end(note)
    assert is_read(note)


def test_every_letter_as_alt_code_is_read_too(note: Hand) -> None:
    for mark in CARD:
        alt_code(note, f"{ord(mark):04d}")
    end(note)
    assert is_read(note)
    assert note.text("reception.note") == ""


def test_alt_codes_of_a_page_without_vietnamese_letters_are_refused_with_what_to_do(note: Hand) -> None:
    for mark in CARD:
        if mark.isascii():
            letter(note, mark)
        else:
            alt_code(note, "0234")
            letter(note, "ê")
    end(note)
    assert is_empty(note)
    assert "phím Alt" in note.text("status.message")


def test_ctrl_shift_u_and_four_figures_is_the_letter(note: Hand) -> None:
    for mark in CARD:
        if mark.isascii():
            letter(note, mark)
            continue
        send(note, KEY.Key_U, CTRL_SHIFT, "\x15")
        for figure in f"{ord(mark):04x}":
            letter(note, figure)
        letter(note, " ")
    end(note)
    assert is_read(note)
    assert note.text("reception.note") == ""


def test_bytes_of_the_vietnamese_code_page_need_a_tone_to_be_believed() -> None:
    tone = [*"Nguy", KeyedLetter(0xEA, is_alt=True), KeyedLetter(0xDE, is_alt=True), "n"]
    assert typed_codes.resolved(tone) == ("Nguyễn", True)
    assert typed_codes.resolved([*"L", KeyedLetter(0xEA, is_alt=True)])[1] is False


def test_ctrl_keys_inside_a_burst_do_nothing(note: Hand) -> None:
    note.type_keys(CARD[:40], ends=False)
    for key in (KEY.Key_S, KEY.Key_P, KEY.Key_1):
        send(note, key, Qt.KeyboardModifier.ControlModifier)
    for mark in CARD[40:]:
        letter(note, mark)
    end(note)
    assert is_read(note)
    assert note.program.view.reception.saved_code == ""


# --- zones


@pytest.mark.parametrize("step_ms", [4, 40])
def test_the_zone_of_a_passport_is_taken_whole(note: Hand, step_ms: int) -> None:
    taken: list[str] = []
    note.program.wedge.scanned.connect(lambda text, _: taken.append(text))
    sent = [prefix + text for prefix in ("", "]Q1", "AB") for text in (PASSPORT, PASSPORT.replace("\n", ""))]
    for text in sent:
        anew(note)
        for line in text.split("\n"):
            note.type_keys(line, ends=True, step_ms=step_ms)
        note.let_pass(100)
        assert note.text("reception.note") == ""
    assert ["".join(text.split()) for text in taken] == [PASSPORT.replace("\n", "")] * len(sent)


# --- people


def test_a_hand_that_rolls_over_keys_and_holds_one_down_is_no_scanner(note: Hand) -> None:
    gaps = [60, 12, 85, 60, 9, 110, 60, 60, 25, 70, 60, 15, 60, 95, 60, 60, 60, 18, 60]
    text = "Nguyen Thi Thu Nghi"
    for mark, gap in zip(text, gaps, strict=True):
        note._moment = getattr(note, "_moment", 1_000_000) + gap - 4
        letter(note, mark)
    for _ in range(30):
        note._moment += 26
        letter(note, "0")
    note.let_pass(400)
    assert note.text("reception.note") == text + "0" * 30


def test_a_word_an_input_method_sends_again_is_no_scanner(note: Hand) -> None:
    """Unikey on Windows takes a word back and sends it again at once."""
    note.type_keys("nghieen", ends=False, step_ms=80)
    for _ in range(4):
        send(note, KEY.Key_Backspace, Qt.KeyboardModifier.NoModifier, "\b")
    for mark in "iênghiêng":
        letter(note, mark)
    note.let_pass(400)
    assert note.text("reception.note").endswith("iênghiêng")


def test_a_desktop_that_cannot_type_vietnamese_is_told_once(
    note: Hand, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DESK_STATE", str(tmp_path / "state"))
    lacking = InputMethod(state="Chưa có bộ gõ.", remedy="Cài bộ gõ.")
    for said in ("Chưa có bộ gõ.", ""):
        note.program.notices.say("")
        note.program.tell_of_typing(lacking)
        assert note.text("status.message") == said
    note.program.tell_of_typing(InputMethod(state="ibus"))
    note.program.tell_of_typing(lacking)
    assert note.text("status.message") == "Chưa có bộ gõ."
