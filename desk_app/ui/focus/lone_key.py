"""A key pressed by itself means something; the same key among those a scanner types means nothing."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QKeyEvent

ALONE_MS = 200
"""A key with no other so long before and after it was pressed by a person; a scanner's follow within 150 ms."""


class LoneKey(QObject):
    """`pressed(text)` once one of `wanted` stood alone; its owner shows it every key that nothing else took."""

    pressed = Signal(str)

    def __init__(self, wanted: str, parent: QObject) -> None:
        super().__init__(parent)
        self._wanted, self._text, self._last_ms = wanted, "", -ALONE_MS
        self._single = QTimer(self, singleShot=True, interval=ALONE_MS)
        self._single.timeout.connect(lambda: self.pressed.emit(self._text))

    def takes(self, event: QKeyEvent) -> bool:
        """Whether the key is one of those wanted, alone or not; any key ends the wait for another."""
        self.forget()
        before, self._last_ms = self._last_ms, event.timestamp()
        text = event.text()
        if len(text) != 1 or text not in self._wanted:
            return False
        if not event.isAutoRepeat() and abs(event.timestamp() - before) > ALONE_MS:  # the count begins anew
            self._text = text
            self._single.start()
        return True

    def forget(self) -> None:
        """What was pressed last means nothing any more."""
        self._single.stop()
