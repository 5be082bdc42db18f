"""The line at the bottom that says which keys work here."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from desk_app.ui.widgets.labels import label


class KeyBar(QFrame):
    """Keys with what they do; those that find no room are left out, never cut in half."""

    def __init__(self, keys: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self.setObjectName("keys")
        self.setFixedHeight(31)
        row = QHBoxLayout(self)
        row.setContentsMargins(22, 4, 22, 5)
        row.setSpacing(15)
        self._pairs: list[QWidget] = []
        for key, text in keys:
            pair = QWidget()
            pair.setProperty("ground", "clear")
            inner = QHBoxLayout(pair)
            inner.setContentsMargins(0, 0, 0, 0)
            inner.setSpacing(6)
            cap = label(key, "key")
            cap.setFixedHeight(20)
            inner.addWidget(cap)
            inner.addWidget(label(text, "key-name"))
            row.addWidget(pair)
            self._pairs.append(pair)
        row.addStretch()
        self.setMinimumWidth(1)  # the hints must not keep the window wide

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = self.width() - 44
        for pair in self._pairs:
            room -= pair.sizeHint().width() + 15
            pair.setVisible(room >= -15)
