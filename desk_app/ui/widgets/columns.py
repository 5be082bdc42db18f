"""Two columns side by side where there is room, one under the other where there is none."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

_GAP = 10


class ColumnRow(QWidget):
    """`left` and `right` take the content; below `narrow` pixels they stand under one another."""

    def __init__(self, *, narrow: int, shares: tuple[int, int] = (1, 1)) -> None:
        super().__init__()
        self.setProperty("ground", "clear")
        self._narrow = narrow
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(_GAP)
        self.left, self.right = QVBoxLayout(), QVBoxLayout()
        for column, share in zip((self.left, self.right), shares, strict=True):
            column.setSpacing(_GAP)
            self._row.addLayout(column, share)

    def minimumSizeHint(self) -> QSize:
        """As narrow as one column: else two side by side would keep the page from ever becoming narrow."""
        least = max(self.left.minimumSize().width(), self.right.minimumSize().width())
        return QSize(least, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_narrow = event.size().width() < self._narrow
        direction = QBoxLayout.Direction.TopToBottom if is_narrow else QBoxLayout.Direction.LeftToRight
        if self._row.direction() != direction:
            self._row.setDirection(direction)
