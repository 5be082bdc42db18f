"""The line at the bottom that says which keys work here."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from desk_app.ui.widgets.labels import label


class KeyHint(QWidget):
    """A key and what it does."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("ground", "clear")
        self._cap, self._name = label("", "key"), label("", "key-name")
        self._cap.setFixedHeight(20)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self._cap)
        row.addWidget(self._name)

    def show_key(self, key: str, text: str) -> None:
        self._cap.setText(key)
        self._name.setText(text)


class KeyBar(QFrame):
    """Keys with what they do; those that find no room are left out, never cut in half."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("keys")
        self.setFixedHeight(31)
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(22, 4, 22, 5)
        row.setSpacing(15)
        row.addStretch()
        self._pairs: list[KeyHint] = []
        self.keys: tuple[tuple[str, str], ...] = ()
        self.setMinimumWidth(1)  # the hints must not keep the window wide

    def show_keys(self, keys: Sequence[tuple[str, str]]) -> None:
        """These instead of those before."""
        if self.keys == tuple(keys):
            return
        self.keys = tuple(keys)
        for pair in self._pairs[len(keys) :]:  # the others only say something else: to make them costs a clerk time
            self._row.removeWidget(pair)
            pair.hide()
            pair.deleteLater()
        del self._pairs[len(keys) :]
        while len(self._pairs) < len(keys):
            pair = KeyHint()
            self._row.insertWidget(len(self._pairs), pair)
            self._pairs.append(pair)
        for pair, (key, text) in zip(self._pairs, keys, strict=True):
            pair.show_key(key, text)
        self._fit()

    def _fit(self) -> None:
        room = self.width() - 44
        for pair in self._pairs:
            room -= pair.sizeHint().width() + 15
            pair.setVisible(room >= -15)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
