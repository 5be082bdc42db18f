"""A clerk at the counter: types at a person's speed, moves by keys alone, and expects what the citizen said."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.ui.hand import Hand

KEY = Qt.Key
STEP_MS = 100
_MOST_TABS = 90


class Clerk:
    """`hand` is the hand that types; every move is a key, nothing is clicked."""

    def __init__(self, hand: Hand) -> None:
        self.hand = hand

    def type(self, text: str) -> None:
        """Plain words as keys 100 ms apart; a word with Vietnamese letters as an input method commits it."""
        for at, word in enumerate(text.split(" ")):
            if at:
                self.hand.type_keys(" ", ends=False, step_ms=STEP_MS)
            if word.isascii():
                self.hand.type_keys(word, ends=False, step_ms=STEP_MS)
            else:
                self.hand.fill(word)
        self.hand.settle()

    def enter(self, *texts: str) -> None:
        """Each text, then Enter."""
        for text in texts:
            self.type(text)
            self.hand.press(KEY.Key_Return)

    def reach(self, identifier: str) -> None:
        """Tab until the cursor is there."""
        window, seen = self.hand.program.window.windowHandle(), [self.hand.focused()]
        for _ in range(_MOST_TABS):
            if seen[-1] == identifier:
                self.hand.settle()
                return
            QTest.keyClick(window, KEY.Key_Tab)
            self.hand.wait(1)
            seen.append(self.hand.focused())
        raise AssertionError(f"Tab does not lead to {identifier}: {seen}")

    def at(self, identifier: str) -> None:
        assert self.hand.focused() == identifier

    def put(self, identifier: str, text: str) -> None:
        """Go to a field by Tab and type over what stands there."""
        self.reach(identifier)
        self.hand.press(KEY.Key_A, ctrl=True)
        self.type(text)

    def choose_procedure(self, words: str, code: str) -> None:
        """By a few words in the box of procedures."""
        self.reach("reception.procedure")
        self.hand.press(KEY.Key_A, ctrl=True)
        self.enter(words)
        assert self.hand.program.view.reception.form.procedure.code() == code

    def save_and_print(self) -> str:
        """F9; the code of the new dossier, once its papers are printed."""
        printed = len(self.hand.printed)
        self.hand.press(KEY.Key_F9)
        self.hand.until(lambda: len(self.hand.printed) > printed)
        self.hand.until(lambda: bool(self.hand.program.view.reception.saved_code))
        return self.hand.program.view.reception.saved_code

    def correct(self, words: str, focus: str) -> None:
        """Ctrl+E, a few words of what is wrong, and the cursor stands in its value."""
        self.hand.press(KEY.Key_E, ctrl=True)
        self.enter(words)
        self.hand.until(lambda: self.hand.focused().startswith(focus))

    def find(self, words: str, code: str) -> None:
        """F3, a few letters, and Enter on the one found."""
        self.hand.press(KEY.Key_F3)
        self.hand.press(KEY.Key_A, ctrl=True)
        self.type(words)
        self.hand.wait(400)
        self.hand.press(KEY.Key_Return)
        self.hand.until(lambda: self.hand.text("dossier.code") == code)

    def step(self, action: str, reason: str = "", *, due: str = "") -> None:
        """A step of the open dossier: its button by Tab, what it asks typed, recorded by Enter."""
        self.reach(f"dossier.step.{action}")
        self.hand.press(KEY.Key_Space)
        assert self.hand.widget("dossier.step.cancel").isVisible()
        if reason:
            self.at("dossier.step.reason")
            self.enter(reason)
        if due:
            self.put("dossier.step.due", due)
        for _ in range(4):
            if not self.hand.widget("dossier.step.cancel").isVisible():
                self.at("dossier.steps")  # what is typed next reaches nothing
                return
            is_confirm = self.hand.focused() == "dossier.step.confirm"
            self.hand.press(KEY.Key_Space if is_confirm else KEY.Key_Return)
        raise AssertionError(f"{action} is not recorded: {self.hand.text('status.message')}")
