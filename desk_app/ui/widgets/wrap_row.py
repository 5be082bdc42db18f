"""Buttons in as many columns as there is room for."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

_LEAST = 132


class WrapRow(QWidget):
    """Lays its parts out in equal columns, each at least wide enough to be read."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("ground", "clear")
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(8)
        self._parts: list[QWidget] = []
        self._columns = 0

    def show_parts(self, parts: Sequence[QWidget]) -> None:
        """These instead of those before."""
        for old in self._parts:
            self._grid.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._parts = list(parts)
        self._lay_out(max(self._columns, 1))
        for part in self._parts:
            part.show()  # a layout shows new widgets only later, and nothing could have the focus until then

    def _lay_out(self, columns: int) -> None:
        for column in range(max(columns, self._columns)):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)
        self._columns = columns
        for at, part in enumerate(self._parts):
            self._grid.addWidget(part, at // columns, at % columns)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        columns = max(1, (event.size().width() + 8) // (_LEAST + 8))
        if columns != self._columns:
            self._lay_out(columns)
