"""A card of the screen of settings: what its subject is, and its fields in as many columns as there is room for."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from desk_app.ui.settings.setting_field import SettingField
from desk_app.ui.widgets.labels import label
from desk_app.ui.widgets.titled_card import TitledCard

_LEAST = 230
_GAP = 14


class FieldGrid(QWidget):
    """Fields in rows; a field that is `wide` has a row of its own."""

    def __init__(self, fields: Sequence[QWidget], *, most: int = 2) -> None:
        super().__init__()
        self.setProperty("ground", "clear")
        self._fields, self._most = list(fields), most
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(_GAP)
        self._grid.setVerticalSpacing(10)
        self._lay_out(1)

    def _lay_out(self, columns: int) -> None:
        if columns == self._columns:
            return
        for column in range(max(self._columns, columns)):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)
        self._columns = columns
        for field in self._fields:
            self._grid.removeWidget(field)
        for at, field in enumerate(self._fields):
            self._grid.addWidget(field, at // columns, at % columns)
        self.updateGeometry()

    def minimumSizeHint(self) -> QSize:
        """As narrow as one column, so that the page can become narrow again."""
        wide = max((field.minimumSizeHint().width() for field in self._fields), default=0)
        return QSize(wide, self._grid.heightForWidth(max(self.width(), wide)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out(max(1, min(self._most, (event.size().width() + _GAP) // (_LEAST + _GAP))))


class SettingsCard(TitledCard):
    """`said` stands below the title; the fields follow, `columns` at most beside each other."""

    def __init__(self, title: str, fields: Sequence[SettingField], *, said: str = "", columns: int = 2) -> None:
        super().__init__(title)
        self.column.setSpacing(10)
        if said:
            self.column.addWidget(label(said, "soft", wraps=True))
        if fields:
            self.column.addWidget(FieldGrid(fields, most=columns))
