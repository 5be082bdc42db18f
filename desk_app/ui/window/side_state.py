"""How the desk stands to the district or to its backups, a line of the side bar; a press leads to the whole story."""

from __future__ import annotations

from msgspec import Struct
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton

from desk_app.ui.look.theme import Look, font
from desk_app.ui.widgets.buttons import named

_COLOURS = {"ok": "#5FD6A0", "wait": "#9DBDF8", "warn": "#F0B654", "off": "#8C9DBD"}


class SideLine(Struct, frozen=True, kw_only=True):
    """Words, icon, and a tone: "ok", "wait", "warn" or "off"."""

    text: str
    icon: str
    tone: str


class SideState(QPushButton):
    """Painted by itself, for the side bar is dark in both themes; the words go where the bar is narrow."""

    def __init__(self, look: Look, identifier: str, name: str) -> None:
        super().__init__()
        self._look = look
        self._line: SideLine | None = None
        self._is_narrow = False
        self._is_wanted = True
        self.setProperty("kind", "side-state")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        named(self, identifier, name)
        self.hide()

    def show_line(self, line: SideLine) -> None:
        self._line = line
        self.setAccessibleName(line.text)
        self.setToolTip(line.text)
        self.setVisible(self._is_wanted)
        self.update()

    def clear_line(self) -> None:
        """Nothing is to be said."""
        self._line = None
        self.hide()

    def set_wanted(self, *, is_wanted: bool) -> None:
        """False where the side bar is too low for it; the badge of its place still tells."""
        self._is_wanted = is_wanted
        self.setVisible(is_wanted and self._line is not None)

    def set_narrow(self, is_narrow: bool) -> None:  # noqa: FBT001 - a setter in Qt's manner
        self._is_narrow = is_narrow
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._line is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect()).adjusted(10, 1, -10, -1)
        painter.setPen(Qt.PenStyle.NoPen)
        if self.underMouse():
            painter.setBrush(self._look.colour("side_raised"))
            painter.drawRoundedRect(area, 8, 8)
        if self.hasFocus():
            painter.setPen(QPen(QColor(_COLOURS["wait"]), 1.6))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(area.adjusted(0.8, 0.8, -0.8, -0.8), 8, 8)
        left = area.center().x() - 8 if self._is_narrow else area.x() + 12
        spot = QRectF(left, area.center().y() - 8, 16, 16)
        self._look.draw_icon(painter, self._line.icon, _COLOURS[self._line.tone], spot)
        if self._is_narrow:
            return
        small = font(12, QFont.Weight.Medium)
        painter.setFont(small)
        painter.setPen(self._look.colour("side_text"))
        room = area.adjusted(40, 0, -6, 0)
        words = QFontMetrics(small).elidedText(self._line.text, Qt.TextElideMode.ElideRight, int(room.width()))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, words)
