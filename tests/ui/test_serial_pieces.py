"""A scanner on a COM port: however the line breaks a card up, it is one scan, and half a card is none."""

from __future__ import annotations

import os
import sys
import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desk_app.ui.scanning.serial_scanner import SerialPieces, lines
from tests.kit.desk.desks import CARD
from tests.ui.hand import Hand

OTHER = "038185012345|173456789|Nguyễn Thị Bích Phượng|17031985|Nữ|Tổ 5, thôn Đông, xã Đông Sơn, Thanh Hóa|22122021"
PASSPORT = "P<VNMNGUYEN<<THI<BICH<PHUONG<<<<<<<<<<<<<<<<\nC1234567<0VNM8503172F3303171038185012345<<62"


@pytest.fixture
def hand(shared_hand: Hand) -> Hand:
    return shared_hand.unseen()


def scans(pieces: SerialPieces, *parts: bytes, silence: int = 2) -> list[str]:
    """What the pieces give, with some silence after each."""
    found = []
    for part in parts:
        found += pieces.take(part)
        for _ in range(silence):
            found += pieces.quiet()
    return found


@pytest.mark.parametrize("ending", [b"\r\n", b"\r", b"\n"])
@pytest.mark.parametrize("card", [OTHER, CARD, PASSPORT])
def test_a_line_that_pauses_anywhere_gives_one_scan(card: str, ending: bytes) -> None:
    data = card.encode()
    for cut in range(1, len(data)):
        assert scans(SerialPieces(), data[:cut], data[cut:] + ending) == [card], cut


def test_a_line_break_inside_the_address_is_part_of_the_card() -> None:
    (text,) = scans(SerialPieces(), OTHER.replace("thôn", "\r\nthôn").encode() + b"\r\n")
    assert text.replace("\n", "") == OTHER


def test_a_card_without_an_ending_is_given_when_the_line_is_silent() -> None:
    assert scans(SerialPieces(), OTHER.encode(), silence=5) == [OTHER]
    assert scans(SerialPieces(), b"H2699261120000", b"1", silence=1) == []


def test_half_a_card_waits_long_and_a_new_card_replaces_it() -> None:
    pieces = SerialPieces()
    assert scans(pieces, OTHER.encode()[:75] + b"\r\n", silence=10) == []
    assert scans(pieces, CARD.encode() + b"\r\n") == [CARD]
    assert scans(pieces, OTHER.encode()[:75], silence=20) == [OTHER.encode()[:75].decode().strip()]


@pytest.mark.skipif(sys.platform == "win32", reason="the port is a terminal of POSIX systems")
def test_the_port_itself_gives_one_scan_for_two_pieces() -> None:
    import tty

    ours, theirs = os.openpty()
    tty.setraw(theirs)
    data, is_over = OTHER.encode() + b"\r\n", threading.Event()
    found: list[str] = []
    reading = threading.Thread(target=lambda: found.extend(lines(os.ttyname(theirs), is_over.is_set)))
    reading.start()
    threading.Event().wait(0.6)
    for part in (data[:21], data[21:75], data[75:]):  # the first cut is inside a letter
        os.write(ours, part)
        threading.Event().wait(0.45)
    is_over.set()
    reading.join()
    os.close(ours)
    os.close(theirs)
    assert found == [OTHER]


def test_the_port_tells_half_a_card_and_a_code_that_is_no_card(hand: Hand) -> None:
    hand.press(Qt.Key.Key_F2)
    for text, said in ((OTHER[:70], "nửa thẻ"), ("https://vneid.example/x", "không phải thẻ")):
        hand.program.view.scans.came_by_port(text)
        assert said in hand.text("status.message")
        assert hand.text("reception.full_name") == ""
    hand.program.view.scans.came_by_port("]Q1" + OTHER)
    assert hand.text("reception.full_name") == "Nguyễn Thị Bích Phượng"


def test_a_card_pasted_in_two_goes_is_one_card(hand: Hand) -> None:
    hand.press(Qt.Key.Key_F2)
    for part, name in ((OTHER[:70], ""), (OTHER[70:], "Nguyễn Thị Bích Phượng")):
        QApplication.clipboard().setText(part)
        hand.widget("reception.paste_scan").click()
        assert hand.text("reception.full_name") == name
    assert hand.text("reception.residence").startswith("Tổ 5, thôn Đông, xã Đông Sơn")
