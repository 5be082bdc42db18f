"""Random scanners and random hands over the real window: nothing of a scanner stays, nothing of a hand is lost.

`--scan-bursts 500 --typings 200` is the full size; the usual run takes a few of each.
"""

from __future__ import annotations

import random
from dataclasses import dataclass

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

from tests.kit.desk.desks import CARD
from tests.ui.hand import Hand

SEED = 11
NEW_CARD = CARD + "||Nguyễn Văn A|Trần Thị B|"
FOREIGN = ("https://vneid.example/abc/XYZ123456", "8934563138164", "WIFI:S:UBND;T:WPA;P:abc;;", "SP-2024-000123")
PLACES = ("reception.note", "reception.full_name", "reception.save", "reception.procedure", "dossiers.table")
WORDS = (
    "Nguyen",
    "Van",
    "xa",
    "Dong",
    "Son",
    "to",
    "5",
    "thon",
    "2026",
    "khai",
    "sinh",
    "0912345678",
    "Ha",
    "Noi",
    "K'Ho",
)


@dataclass(frozen=True, slots=True)
class Sent:
    """One burst: its text, milliseconds between keys, what ends it, and where the cursor stands."""

    text: str
    is_card: bool
    step_ms: int
    ending: str
    place: str


def drawn(chance: random.Random) -> Sent:
    step_ms = chance.choice((1, 4, 9, 15, 25, 40))
    card = chance.choice((CARD, NEW_CARD)).replace("|", chance.choice("||||~^;"))
    prefix = chance.choice(("", "", "]Q1", "QR:", "ABC", "77", "\x02", "CCCD "))
    damage = chance.choice(("", "", "", "cut", "foreign"))
    if damage == "foreign":
        text = chance.choice(FOREIGN)
    else:
        text = prefix + (card if not damage else card[: chance.randrange(20, len(CARD) - 9)])
    ending = chance.choice(("\r", "\r\n", "\t", "")) if damage != "foreign" else chance.choice(("\r", "\r\n", "\t"))
    return Sent(text, not damage, step_ms, ending, chance.choice(PLACES))


def key(hand: Hand, text: str, step_ms: int, code: int = 0) -> None:
    window = hand.program.window.windowHandle()
    hand._moment = getattr(hand, "_moment", 1_000_000) + step_ms
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        event = QKeyEvent(kind, code, Qt.KeyboardModifier.NoModifier, text)
        event.setTimestamp(hand._moment)
        QCoreApplication.sendEvent(window, event)


def written(hand: Hand) -> dict[str, str]:
    """Every text that stands in a field of the window."""
    fields = hand.program.window.findChildren(QLineEdit)
    return {field.accessibleIdentifier(): field.text() for field in fields if field.accessibleIdentifier()}


def begin(hand: Hand, place: str) -> None:
    view = hand.program.view
    view.show_screen(view.reception)
    view.reception.begin()
    if place == "dossiers.table":
        view.go("nav.dossiers")
    hand.program.notices.say("")
    hand.program.wedge._halves.forget()
    hand.widget(place).setFocus()
    hand._moment = getattr(hand, "_moment", 1_000_000) + 20_000


def test_of_a_burst_no_letter_stays_and_it_is_read_or_told(hand: Hand, pytestconfig: pytest.Config) -> None:
    chance = random.Random(SEED)
    hand.press(Qt.Key.Key_F2)
    for number in range(pytestconfig.getoption("--scan-bursts")):
        sent = drawn(chance)
        begin(hand, sent.place)
        before, codes = written(hand), hand.program.view._tools.services.counts().total
        for mark in sent.text:
            key(hand, mark, sent.step_ms)
        for mark in sent.ending:
            code = {"\r": Qt.Key.Key_Return, "\t": Qt.Key.Key_Tab}.get(mark, 0)
            key(hand, mark, sent.step_ms, code)
        hand.let_pass(60 if sent.is_card and sent.ending else 320)
        if sent.is_card:
            assert hand.text("reception.full_name") == "Nguyễn Thị Thử Nghiệm", (number, sent)
            assert hand.text("reception.residence") == "Thôn 1, Xã Cũ, Huyện Cũ, Hà Nội", (number, sent)
            assert hand.text("reception.note") == "", (number, sent)
        else:
            said = hand.text("status.message")
            assert "không phải thẻ" in said or "nửa thẻ" in said, (number, sent)
            assert written(hand) == before, (number, sent)
        assert hand.program.view._tools.services.counts().total == codes, (number, sent)
        hand.program.wedge._start_over()


def test_of_a_hand_no_key_is_lost(hand: Hand, pytestconfig: pytest.Config) -> None:
    """Twelve keys a second with runs at 60 ms, rolled-over pairs, and pauses."""
    chance = random.Random(SEED)
    hand.press(Qt.Key.Key_F2)
    for number in range(pytestconfig.getoption("--typings")):
        begin(hand, "reception.note")
        text = " ".join(chance.choices(WORDS, k=chance.randrange(2, 8)))
        for mark in text:
            gap = chance.choice((60, 60, 60, 70, 83, 95, 120, 180, 400))
            key(hand, mark, chance.randrange(4, 30) if chance.random() < 0.2 else gap)
        hand.let_pass(300)
        assert hand.text("reception.note") == text, number
