"""An input method has its word committed as soon as the program moves the cursor: a scan must end all the same."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QLineEdit

from tests.ui.hand import Hand

KEY = Qt.Key
NAME, HOME = "Nguyễn Thị Thử Nghiệm", "Thôn 1, Xã Cũ, Huyện Cũ, Hà Nội"
# Without an old number: there a letter too many would go unnoticed.
CARD = f"001190000001||{NAME}|15011990|Nữ|{HOME}|20102021"
PLACES = ("reception.note", "reception.full_name", "reception.phone")
_ENOUGH = 20


class Composer(QObject):
    """Does what ibus and Qt do together: while a word is held back, a move of the cursor asks for it at once.

    Only while the word stands in the field, unless `asks_always`.
    """

    def __init__(self, field: QLineEdit, *, asks_always: bool) -> None:
        super().__init__(field)
        self.field, self.word, self.asked = field, "", 0
        self._stands, self._asks_always = False, asks_always
        field.installEventFilter(self)  # before the watch does: this sees only what reaches the field
        for name in ("setText", "setCursorPosition", "setSelection", "insert"):
            setattr(field, name, self._asking_first(getattr(field, name)))

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QInputMethodEvent):
            self._stands = bool(event.preeditString())
        return False

    def hold(self, word: str) -> None:
        self.word = word
        QCoreApplication.sendEvent(self.field, QInputMethodEvent(word, []))

    def commit(self) -> None:
        """The word is forgotten only after everybody has heard of the commit."""
        self._send()
        self.word = ""

    def _send(self) -> None:
        event = QInputMethodEvent()
        event.setCommitString(self.word)
        QCoreApplication.sendEvent(self.field, event)

    def _asking_first(self, act: Callable[..., None]) -> Callable[..., None]:
        def asked(*values: object) -> None:
            if self.word and (self._stands or self._asks_always):
                self.asked += 1
                assert self.asked < _ENOUGH, "the same word is asked for without end"
                self._send()
            act(*values)

        return asked


def composer_in(hand: Hand, place: str, *, asks_always: bool = False) -> Composer:
    hand.press(KEY.Key_F2)
    field = hand.widget(place)
    assert isinstance(field, QLineEdit)
    composer = Composer(field, asks_always=asks_always)
    field.setFocus()
    return composer


@pytest.mark.parametrize("asks_always", [False, True])
@pytest.mark.parametrize("place", PLACES)
def test_a_card_that_an_input_method_commits_is_read_once(hand: Hand, place: str, asks_always: bool) -> None:
    composer = composer_in(hand, place, asks_always=asks_always)
    for piece in (*CARD[:20], *(f"{word} " for word in CARD[20:].split(" "))):
        composer.hold(piece)
        composer.commit()
    hand.press(KEY.Key_Return)
    hand.until(lambda: hand.text("reception.id_number") == "001190000001")
    assert (hand.text("reception.full_name"), hand.text("reception.residence")) == (NAME, HOME)
    assert hand.text(place) == (NAME if place == "reception.full_name" else "")


def test_what_a_person_typed_before_a_composed_scan_stands_there_once(hand: Hand) -> None:
    composer = composer_in(hand, "reception.note")
    hand.fill("Gọi trước ")
    hand.wait(300)
    for piece in CARD:
        composer.hold(piece)
        composer.commit()
    hand.press(KEY.Key_Return)
    hand.until(lambda: hand.text("reception.id_number") == "001190000001")
    assert hand.text("reception.note") == "Gọi trước "
