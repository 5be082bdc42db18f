"""The status of a dossier as a coloured mark."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from desk_app.ui.look.theme import Look, font


class StatusChip(QWidget):
    """`mark` is a key of the palette's chips."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._mark, self._text = "", ""
        self._font = font(12, QFont.Weight.DemiBold)
        self.setAccessibleIdentifier("dossier.status")
        self.setFixedHeight(25)
        look.changed.connect(self.update)

    def show_mark(self, mark: str, text: str) -> None:
        self._mark, self._text = mark, text
        self.setAccessibleName(text)
        self.setFixedWidth(QFontMetrics(self._font).horizontalAdvance(text) + 36)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self.width(), 25)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self._mark:
            return
        chip = self._look.palette.chips[self._mark]
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect()).adjusted(0, 1, 0, -1)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._look.colour(chip.ground))
        painter.drawRoundedRect(area, 11.5, 11.5)
        painter.setBrush(self._look.colour(chip.text))
        painter.drawEllipse(QRectF(area.x() + 10, area.center().y() - 3.2, 6.4, 6.4))
        painter.setFont(self._font)
        painter.setPen(self._look.colour(chip.text))
        painter.drawText(area.adjusted(22, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, self._text)
