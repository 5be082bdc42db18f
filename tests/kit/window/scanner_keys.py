"""The keys a scanner presses over the real window, and what its card must leave there."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest

from tests.ui.hand import Hand

KEY = Qt.Key
NAME = "Nguyễn Thị Thử Nghiệm"
HOME = "Thôn 1, Xã Cũ, Huyện Cũ, Hà Nội"
ALT = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.KeypadModifier
CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
PASSPORT = "P<VNMNGUYEN<<THI<BICH<PHUONG<<<<<<<<<<<<<<<<\nC1234567<0VNM8503172F3303171038185012345<<62"


def anew(hand: Hand, place: str = "reception.note") -> None:
    """An empty page, and nothing left of the scan before."""
    hand.program.view.show_screen(hand.program.view.reception)
    hand.program.view.reception.begin()
    hand.program.notices.say("")
    hand.program.wedge._halves.forget()
    hand.widget(place).setFocus()
    hand._moment = getattr(hand, "_moment", 1_000_000) + 10_000


def is_read(hand: Hand) -> bool:
    return (hand.text("reception.full_name"), hand.text("reception.residence")) == (NAME, HOME)


def is_empty(hand: Hand) -> bool:
    return not any(hand.text(f"reception.{each}") for each in ("full_name", "id_number", "residence", "phone", "note"))


def send(hand: Hand, key: int, modifiers: Qt.KeyboardModifier, text: str = "", kinds: Sequence[int] = (6, 7)) -> None:
    """A key with its modifiers, 4 ms after the one before."""
    window = hand.program.window.windowHandle()
    hand._moment = getattr(hand, "_moment", 1_000_000) + 4
    for kind in kinds:
        event = QKeyEvent(QEvent.Type(kind), key, modifiers, text)
        event.setTimestamp(hand._moment)
        QCoreApplication.sendEvent(window, event)


def letter(hand: Hand, mark: str) -> None:
    send(hand, 0, Qt.KeyboardModifier.NoModifier, mark)


def alt_code(hand: Hand, figures: str) -> None:
    send(hand, KEY.Key_Alt, Qt.KeyboardModifier.AltModifier, kinds=(6,))
    for figure in figures:
        send(hand, KEY.Key_0 + int(figure), ALT, figure)
    send(hand, KEY.Key_Alt, Qt.KeyboardModifier.NoModifier, kinds=(7,))


def end(hand: Hand) -> None:
    QTest.keyClick(hand.program.window.windowHandle(), KEY.Key_Return)
    hand.let_pass(400)
