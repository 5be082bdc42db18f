"""A card of the screen of settings: what its subject is, and its fields in as many columns as there is room for."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desk_app.ui.kit.card import PageCard
from desk_app.ui.settings.setting_field import SettingField
from desk_app.ui.widgets.labels import label

_LEAST = 230
_GAP, _LINE = 14, 10


class FieldGrid(QWidget):
    """Fields in as many columns as its width gives room for, `most` at most.

    It places them itself: a grid of Qt knows the height of the columns it has, not of those it is about to have.
    """

    def __init__(self, fields: Sequence[QWidget], *, most: int = 2) -> None:
        super().__init__()
        self.setProperty("ground", "clear")
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._fields, self._most = list(fields), most
        for field in self._fields:
            field.setParent(self)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        heights = self._heights(width)
        return sum(heights) + _LINE * max(len(heights) - 1, 0)

    def sizeHint(self) -> QSize:
        return QSize(self._least(), self.heightForWidth(max(self._least(), self.width())))

    def minimumSizeHint(self) -> QSize:
        """As narrow as one column, so that the page can become narrow again."""
        return self.sizeHint()

    def _least(self) -> int:
        return max((field.minimumSizeHint().width() for field in self._fields), default=0)

    def _columns(self, width: int) -> int:
        return max(1, min(self._most, len(self._fields), (width + _GAP) // (_LEAST + _GAP)))

    def _wide(self, width: int) -> int:
        columns = self._columns(width)
        return (width + _GAP) // columns - _GAP

    def _heights(self, width: int) -> list[int]:
        """Of each row, at this width of the whole."""
        columns, wide = self._columns(width), self._wide(width)
        each = [_high(field, wide) for field in self._fields]
        return [max(each[at : at + columns]) for at in range(0, len(each), columns)]

    def _lay_out(self) -> None:
        columns, wide, y = self._columns(self.width()), self._wide(self.width()), 0
        for row, high in enumerate(self._heights(self.width())):
            for along, field in enumerate(self._fields[row * columns : (row + 1) * columns]):
                field.setGeometry(along * (wide + _GAP), y, wide, high)
            y += high + _LINE

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:  # a field says more or less than before
            self.updateGeometry()
            self._lay_out()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()


def _high(field: QWidget, wide: int) -> int:
    return field.heightForWidth(wide) if field.hasHeightForWidth() else field.sizeHint().height()


class SettingsCard(PageCard):
    """`said` stands below the title; the fields follow, `columns` at most beside each other."""

    def __init__(self, title: str, fields: Sequence[SettingField], *, said: str = "", columns: int = 2) -> None:
        super().__init__(title)
        self.column.setSpacing(10)
        if said:
            self.column.addWidget(label(said, "soft", wraps=True))
        if fields:
            self.column.addWidget(FieldGrid(fields, most=columns))
