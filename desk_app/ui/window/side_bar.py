"""The dark bar at the left: where the clerk is, where else to go, and how much waits there."""

from __future__ import annotations

import math

from msgspec import Struct
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen, QPolygonF, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from desk_app.ui.look.theme import Look, font
from desk_app.ui.widgets.buttons import named, tool
from desk_app.ui.widgets.labels import label
from desk_app.ui.window.side_state import SideState

_WIDE, _NARROW = 222, 64
_LOW = 430
_PLACE, _LEAST_PLACE = 39, 22
_AROUND, _HEAD, _FOOT = 26, 54, 38


class Place(Struct, frozen=True, kw_only=True):
    """Somewhere the side bar leads: identifier, words, icon, key, and what its badge counts."""

    identifier: str
    text: str
    icon: str
    key: str
    counted: str = "hồ sơ"


class PlaceButton(QPushButton):
    """One place; painted by itself for badge, key and the narrow form."""

    def __init__(self, look: Look, place: Place) -> None:
        super().__init__()
        self._look, self._place = look, place
        self._badge = ""
        self._is_narrow = False
        self.setCheckable(True)
        self.setProperty("kind", "place")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        named(self, place.identifier, place.text)
        self.setAccessibleDescription(f"Phím tắt {place.key}")
        look.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(_NARROW, _PLACE)

    def minimumSizeHint(self) -> QSize:
        return QSize(_NARROW, _LEAST_PLACE)

    def set_badge(self, number: int) -> None:
        self._badge = "999+" if number > 999 else str(number) if number else ""
        key = f"Phím tắt {self._place.key}"
        self.setAccessibleDescription(f"{key}; {number} {self._place.counted}" if number else key)
        self.update()

    def set_narrow(self, is_narrow: bool) -> None:  # noqa: FBT001 - a setter in Qt's manner
        self._is_narrow = is_narrow
        self.setToolTip(f"{self._place.text} ({self._place.key})" if is_narrow else "")
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect()).adjusted(10, 3, -10, -3)
        painter.setPen(Qt.PenStyle.NoPen)
        if self.isChecked() or self.underMouse():
            painter.setBrush(self._look.colour("side_active" if self.isChecked() else "side_raised"))
            painter.drawRoundedRect(area, 9, 9)
        if self.hasFocus():
            painter.setPen(QPen(QColor("#9DBDF8"), 1.6))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(area.adjusted(0.8, 0.8, -0.8, -0.8), 9, 9)
        colour = "#FFFFFF" if self.isChecked() else self._look.hex("side_text")
        left = area.center().x() - 9 if self._is_narrow else area.x() + 11
        self._look.draw_icon(painter, self._place.icon, colour, QRectF(left, area.center().y() - 9, 18, 18))
        if self._is_narrow:
            self._paint_badge(painter, area.right() - 6, area.top() + 7)
            return
        painter.setFont(font(13, QFont.Weight.DemiBold if self.isChecked() else QFont.Weight.Medium))
        painter.setPen(QColor(colour))
        painter.drawText(area.adjusted(40, 0, -44, 0), Qt.AlignmentFlag.AlignVCenter, self._place.text)
        small = font(11, QFont.Weight.DemiBold)
        painter.setFont(small)
        painter.setPen(QColor("#DCE7FF") if self.isChecked() else self._look.colour("side_dim"))
        wide = QFontMetrics(small).horizontalAdvance(self._place.key)
        right = area.right() - 10
        painter.drawText(
            QRectF(right - wide, area.y(), wide + 2, area.height()), Qt.AlignmentFlag.AlignVCenter, self._place.key
        )
        self._paint_badge(painter, right - 34, area.center().y())

    def _paint_badge(self, painter: QPainter, x: float, y: float) -> None:
        if not self._badge:
            return
        small = font(11, QFont.Weight.DemiBold)
        wide = max(18, QFontMetrics(small).horizontalAdvance(self._badge) + 10)
        spot = QRectF(x - wide / 2, y - 8.5, wide, 17)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._look.colour("badge"))
        painter.drawRoundedRect(spot, 8.5, 8.5)
        painter.setFont(small)
        painter.setPen(QColor("#FFFFFF"))
        painter.drawText(spot, Qt.AlignmentFlag.AlignCenter, self._badge)


class Emblem(QWidget):
    """The star on red of the program's own sign."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(38, 38)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_emblem(painter, QRectF(self.rect()))


def paint_emblem(painter: QPainter, area: QRectF) -> None:
    """A five-pointed star on a red square with round corners."""
    unit = area.width() / 38
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor("#D5232B"))
    painter.drawRoundedRect(area, 10 * unit, 10 * unit)
    painter.setBrush(QColor("#FFD84D"))
    points = [
        QPointF(
            area.x() + (19 + (11 if n % 2 == 0 else 4.4) * math.sin(n * math.pi / 5)) * unit,
            area.y() + (19.6 - (11 if n % 2 == 0 else 4.4) * math.cos(n * math.pi / 5)) * unit,
        )
        for n in range(10)
    ]
    painter.drawPolygon(QPolygonF(points))


class SideBar(QFrame):
    """Places, then who works here. `wanted` says the identifier of the place that was chosen."""

    wanted = Signal(str)

    def __init__(self, look: Look, places: tuple[Place, ...], *, office: str, clerk: str, note: str = "") -> None:
        super().__init__()
        self.setObjectName("side")
        self._look = look
        self._headed_rows: list[QHBoxLayout] = []
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 14, 0, 12)
        column.setSpacing(0)
        self._brand = self._brand_texts(office)
        self._emblem = Emblem()
        column.addLayout(self._headed(self._emblem, self._brand, 14))
        self._buttons = {place.identifier: PlaceButton(look, place) for place in places}
        for identifier, made in self._buttons.items():
            made.clicked.connect(lambda _checked=False, wanted=identifier: self.wanted.emit(wanted))
            column.addWidget(made)
        column.addStretch()
        self._note = label(note, "side-note", wraps=True)
        self._has_note = bool(note)
        column.addWidget(self._note)
        self._theme = tool(look, "moon", self.tr("Đổi giao diện sáng, tối"), "nav.theme", self._turn, "side_text")
        self.backups = SideState(look, "backup.side", self.tr("Sao lưu"))
        self.backups.clicked.connect(lambda: self.wanted.emit("nav.settings"))
        column.addWidget(self.backups)
        self.state = SideState(look, "sync.side", self.tr("Đồng bộ với cấp trên"))
        self.state.clicked.connect(lambda: self.wanted.emit("nav.sync"))
        column.addWidget(self.state)
        self._theme_row = theme_row = QHBoxLayout()
        theme_row.setContentsMargins(13, 0, 13, 6)
        theme_row.addWidget(self._theme)
        theme_row.addStretch()
        column.addLayout(theme_row)
        self._avatar = avatar = label(_initials(clerk), "avatar")
        avatar.setFixedSize(32, 32)
        avatar.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._person = QWidget()
        self._person.setProperty("ground", "clear")
        texts = QVBoxLayout(self._person)
        texts.setContentsMargins(0, 0, 0, 0)
        texts.setSpacing(0)
        self._clerk = label(clerk, "clerk")
        texts.addWidget(self._clerk)
        texts.addWidget(label(self.tr("Người tiếp nhận"), "brand-dim"))
        column.addLayout(self._headed(avatar, self._person, 0))
        look.changed.connect(self._show_theme)
        self._show_theme()
        self.set_narrow(False)

    theme_chosen = Signal(str)

    def set_narrow(self, is_narrow: bool) -> None:  # noqa: FBT001 - a setter in Qt's manner
        self.setFixedWidth(_NARROW if is_narrow else _WIDE)
        for row in self._headed_rows:
            kept = row.contentsMargins()
            row.setContentsMargins(13 if is_narrow else 16, kept.top(), 4, kept.bottom())
        for part in (self._brand, self._person):
            part.setVisible(not is_narrow)
        self._note.setVisible(self._has_note and not is_narrow)
        self.state.set_narrow(is_narrow)
        self.backups.set_narrow(is_narrow)
        for made in self._buttons.values():
            made.set_narrow(is_narrow)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        has_room = event.size().height() >= _LOW
        self._avatar.setVisible(has_room)
        self.state.set_wanted(is_wanted=has_room)
        places = _AROUND + _PLACE * len(self._buttons)
        self.backups.set_wanted(is_wanted=event.size().height() >= places + _HEAD + 3 * _FOOT)
        self._emblem.setVisible(event.size().height() >= places + _HEAD + _FOOT)
        self._theme.setVisible(event.size().height() >= places + _FOOT)
        self._close_up(is_low=event.size().height() < places + _FOOT)

    def _close_up(self, *, is_low: bool) -> None:
        """Where the places hardly have room, nothing is kept free around what does not show."""
        self._column.setContentsMargins(0, 4 if is_low else 14, 0, 4 if is_low else 12)
        below = (0, 0) if is_low else (14, 0)
        for row, under in zip(self._headed_rows, below, strict=True):
            kept = row.contentsMargins()
            row.setContentsMargins(kept.left(), 0 if is_low else 2, kept.right(), under)
        self._theme_row.setContentsMargins(13, 0, 13, 0 if is_low else 6)

    def show_place(self, identifier: str) -> None:
        for name, made in self._buttons.items():
            made.setChecked(name == identifier)

    def set_badge(self, identifier: str, number: int) -> None:
        self._buttons[identifier].set_badge(number)

    def sizeHint(self) -> QSize:
        return QSize(_WIDE, 400)

    def _brand_texts(self, office: str) -> QWidget:
        made = QWidget()
        made.setProperty("ground", "clear")
        texts = QVBoxLayout(made)
        texts.setContentsMargins(0, 0, 0, 0)
        texts.setSpacing(0)
        texts.addWidget(label(self.tr("Bàn Một Cửa"), "brand"))
        self._office = label(role="brand-dim")
        texts.addWidget(self._office)
        self._show_office(office)
        return made

    def show_names(self, *, office: str, clerk: str) -> None:
        """Whose desk it is from now on."""
        self._show_office(office)
        self._clerk.setText(clerk)
        self._avatar.setText(_initials(clerk))

    def _show_office(self, office: str) -> None:
        self._office.setText(QFontMetrics(font(12)).elidedText(office, Qt.TextElideMode.ElideRight, 144))
        self._office.setToolTip(office)

    def _headed(self, mark: QWidget, texts: QWidget, below: int) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(16, 2, 4, below)
        row.setSpacing(11)
        row.addWidget(mark)
        row.addWidget(texts)
        row.addStretch()
        self._headed_rows.append(row)
        return row

    def _turn(self) -> None:
        wish = "light" if self._look.is_dark else "dark"
        self._look.choose(wish)
        self.theme_chosen.emit(wish)

    def _show_theme(self) -> None:
        self._theme.setIcon(self._look.icon("sun" if self._look.is_dark else "moon", "side_text"))


def _initials(name: str) -> str:
    words = name.split()
    return "".join(word[0] for word in words[-2:]).upper()
