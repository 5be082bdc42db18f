"""A clerk's hand: presses keys where the window gets them, and counts what a person would count."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, Qt, QTimer
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from desk_app.app import Program
from desk_app.ui.focus.lone_key import ALONE_MS

USUAL_SIZE = (1366, 768)
_SHORT_MS = 40
"""So long a person hardly pauses between two keys: what comes later is waited for by its name."""
_DRAWN_MS = 8
"""Longer than Qt gathers what is to be drawn (5 ms)."""
_LOOK_MS = 4
_FIGURES = {Qt.Key(Qt.Key.Key_0 + figure) for figure in range(10)}
_PATIENCE_MS = 60_000  # long for a busy machine; only what never comes waits for its end


class Hand:
    """`gestures` counts key presses, clicks, scans (one each) and texts put into a field (one each)."""

    def __init__(self, program: Program, printed: list[str]) -> None:
        self.program = program
        self.printed = printed
        self.gestures = 0

    # --- gestures --------------------------------------------------------------------------------------------------

    def press(self, *keys: Qt.Key, ctrl: bool = False) -> None:
        modifier = Qt.KeyboardModifier.ControlModifier if ctrl else Qt.KeyboardModifier.NoModifier
        for key in keys:
            self.gestures += 1
            if key in _FIGURES and not ctrl and not isinstance(QApplication.focusWidget(), QLineEdit):
                self.wait(ALONE_MS + 20)  # so soon behind another key it would be a scanner's
            QTest.keyClick(self.program.window.windowHandle(), key, modifier)
            self.settle()

    def fill(self, text: str) -> None:
        """Put a text into the field with the focus, as an input method does; one gesture however long it is."""
        self.gestures += 1
        event = QInputMethodEvent()
        event.setCommitString(text)
        focus = QApplication.focusWidget()
        assert focus is not None
        QApplication.sendEvent(focus, event)
        self.settle()

    def scan(self, text: str) -> None:
        """A keyboard-wedge scanner: every character as a key of the window, Enter at the end; one gesture."""
        self.gestures += 1
        self.type_keys(text, ends=True)
        self.settle()

    def type_keys(self, text: str, *, ends: bool, step_ms: int = 4) -> None:
        """Keys with the times a keyboard gives them. QTest's own would abort at a Vietnamese letter."""
        window = self.program.window.windowHandle()
        none = Qt.KeyboardModifier.NoModifier
        moment = getattr(self, "_moment", 1_000_000) + 10_000
        for letter in text:
            moment += step_ms
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                event = QKeyEvent(kind, 0, none, letter)
                event.setTimestamp(moment)
                QCoreApplication.sendEvent(window, event)
        self._moment = moment
        if ends:
            QTest.keyClick(window, Qt.Key.Key_Return)

    # --- looking ---------------------------------------------------------------------------------------------------

    def widget(self, identifier: str) -> QWidget:
        found = [each for each in self.widgets() if each.accessibleIdentifier() == identifier]
        assert found, f"{identifier} is not there"
        return next((each for each in found if each.isVisible()), found[0])

    def widgets(self) -> list[QWidget]:
        return self.program.window.findChildren(QWidget)

    def text(self, identifier: str) -> str:
        return self.widget(identifier).property("text")

    def focused(self) -> str:
        focus = QApplication.focusWidget()
        return focus.accessibleIdentifier() if focus is not None else ""

    def unseen(self) -> Hand:
        """The window works and is not drawn, which is a fifth of its work: for who looks at no picture of it."""
        self.program.window.setUpdatesEnabled(False)
        return self

    # --- waiting ---------------------------------------------------------------------------------------------------

    def let_pass(self, milliseconds: int) -> None:
        """As if no key came for so long: the scanner's timers end in their order, and nobody waits for them."""
        began: dict[QTimer, int] = {}
        at = 0
        while True:
            active = [each for each in self.program.wedge.findChildren(QTimer) if each.isActive()]
            began = {each: began.get(each, at + each.remainingTime()) for each in active}
            due = [each for each in active if began[each] <= milliseconds]
            if not due:
                break
            first = min(due, key=began.__getitem__)
            at = began.pop(first)
            first.stop()
            first.timeout.emit()
            QCoreApplication.processEvents()
        self.settle()

    def settle(self) -> None:
        """Let short timers, posted events and other threads do their work: so long as any is left, and no longer. The
        window is drawn in between as it is between two keys of a person.
        """
        end = time.monotonic() + _SHORT_MS / 1000
        self.wait(_DRAWN_MS)
        while (left := end - time.monotonic()) > 0 and self._is_at_work(left * 1000):
            self.wait(_LOOK_MS)

    def _is_at_work(self, milliseconds: float) -> bool:
        """Whether a thread is at work, or a timer ends within so long."""
        program = self.program
        if program.jobs._jobs:
            return True
        timers = (timer for part in (program, program.window, program.wedge) for timer in part.findChildren(QTimer))
        return any(timer.isActive() and timer.remainingTime() <= milliseconds for timer in timers)

    def wait(self, milliseconds: int) -> None:
        loop = QEventLoop()
        QTimer.singleShot(milliseconds, loop.quit)
        loop.exec()

    def until(self, is_so: Callable[[], bool]) -> None:
        """Until it is so; fails with what was waited for when patience ends."""
        for _ in range(_PATIENCE_MS // 20):
            if is_so():
                return
            self.wait(20)
        raise AssertionError("what was waited for did not come")

    def until_open(self) -> None:
        self.until(lambda: self.program.view is not None)
        self.program.window.showNormal()
        self.program.window.resize(*USUAL_SIZE)
        self.program.window.activateWindow()
        self.until(self.program.window.isActiveWindow)
        self.settle()

    def close(self) -> None:
        self.program.close()
        self.program.window.close()
        self.program.window.deleteLater()
        self.program.deleteLater()
        self.program.wedge.deleteLater()
        self.wait(1)
