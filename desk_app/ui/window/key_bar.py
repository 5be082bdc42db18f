"""The line at the bottom that says which keys work here."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from desk_app.ui.kit.card import empty
from desk_app.ui.widgets.labels import label


class KeyBar(QFrame):
    """Keys with what they do; those that find no room are left out, never cut in half."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("keys")
        self.setFixedHeight(31)
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(22, 4, 22, 5)
        row.setSpacing(15)
        self._pairs: list[QWidget] = []
        self.keys: tuple[tuple[str, str], ...] = ()
        self.setMinimumWidth(1)  # the hints must not keep the window wide

    def show_keys(self, keys: Sequence[tuple[str, str]]) -> None:
        """These instead of those before."""
        if self.keys == tuple(keys):
            return
        self.keys = tuple(keys)
        empty(self._row)
        self._pairs = []
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
            self._row.addWidget(pair)
            self._pairs.append(pair)
        self._row.addStretch()
        self._fit()

    def _fit(self) -> None:
        room = self.width() - 44
        for pair in self._pairs:
            room -= pair.sizeHint().width() + 15
            pair.setVisible(room >= -15)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
