"""Buttons in as many columns as there is room for."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

_LEAST = 132
_GAP = 8


class WrapRow(QWidget):
    """Lays its parts out in equal columns, each at least wide enough to be read; hidden ones take no room.

    It places them itself: a grid of Qt would keep the page as wide as the columns it once had.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("ground", "clear")
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._parts: list[QWidget] = []

    def show_parts(self, parts: Sequence[QWidget]) -> None:
        """These instead of those before."""
        for old in self._parts:
            old.hide()
            old.deleteLater()
        self._parts = list(parts)
        for part in self._parts:
            part.setParent(self)
            part.show()  # nothing hidden could have the focus
        self._lay_out()
        self.updateGeometry()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        rows = -(-len(self._shown) // self._columns(width))
        return max(0, rows * (self._tall() + _GAP) - _GAP)

    def sizeHint(self) -> QSize:
        return QSize(max(self._wide(), self.width()), self.heightForWidth(max(self._wide(), self.width())))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._wide(), self.heightForWidth(max(self._wide(), self.width())))

    @property
    def _shown(self) -> list[QWidget]:
        return [part for part in self._parts if not part.isHidden()]

    def _wide(self) -> int:
        return max((part.sizeHint().width() for part in self._shown), default=0)

    def _tall(self) -> int:
        return max((part.sizeHint().height() for part in self._shown), default=0)

    def _columns(self, width: int) -> int:
        return max(1, (width + _GAP) // (max(_LEAST, self._wide()) + _GAP))

    def _lay_out(self) -> None:
        columns, tall = self._columns(self.width()), self._tall()
        wide = (self.width() + _GAP) // columns - _GAP
        for at, part in enumerate(self._shown):
            down, along = divmod(at, columns)
            part.setGeometry(along * (wide + _GAP), down * (tall + _GAP), wide, tall)

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.LayoutRequest:  # a part was shown or hidden
            self._lay_out()
            self.updateGeometry()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()
