"""Whether a text that was taken from the clipboard was pasted by a person, or read by a program that watches it."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

from PySide6.QtCore import QObject, QTimer, Signal

FIRST_S, LATER_S = 1.5, 0.12
"""Nobody pastes so soon after a text was laid: the first time a person must first reach the other window. A program
that watches the clipboard reads within that time, at once or by looking twice a second.
"""
_REST_MS = 120
"""A program may ask several times for one paste; the next text is laid when it has rested so long."""


class PasteWatch(QObject):
    """`pasted` for each paste; `watched` once where a text is taken too soon to be one: none is believed after it."""

    pasted = Signal()
    watched = Signal()

    def __init__(self, parent: QObject, *, clock: Callable[[], float] = monotonic) -> None:
        super().__init__(parent)
        self._clock = clock
        self._laid = 0
        self._is_watched = False
        self._laid_at = 0.0
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._rest.timeout.connect(self.pasted)

    def begin(self) -> Callable[[], None]:
        """A text is laid now; call the answer whenever somebody takes it."""
        self._rest.stop()
        self._laid += 1
        self._laid_at = self._clock()
        number = self._laid
        return lambda: self._taken(number)

    def end(self) -> None:
        """Nothing lies there any more."""
        self._rest.stop()
        self._laid += 1

    def _taken(self, number: int) -> None:
        if number != self._laid or self._is_watched:
            return
        soon = FIRST_S if number == 1 else LATER_S
        if self._clock() - self._laid_at < soon:
            self._is_watched = True
            self._rest.stop()
            self.watched.emit()
        else:
            self._rest.start()
