"""A paper as it will print, drawn while the clerk types."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from desk_app.ui.look.theme import Look
from desk_app.ui.widgets.buttons import named
from desk_app.ui.window.notice_strip import UNDER_NEWS

_MARGIN = 22
_GAP = 16
_ZOOMS = (1.0, 1.5, 2.0)


class Sheets(QWidget):
    """The pages under one another, each with a soft shadow."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._pages: list[QImage] = []
        self._width = 100
        self.said = self.tr("Đang vẽ bản xem trước…")
        look.changed.connect(self.update)

    def show_pages(self, pages: list[QImage], width: int) -> None:
        self._pages, self._width = pages, width
        height = sum(int(self._tall(page)) + _GAP for page in pages) + 2 * _MARGIN
        self.setMinimumSize(QSize(width + 2 * _MARGIN, height))
        self.update()

    def _tall(self, page: QImage) -> float:
        return self._width * page.height() / max(page.width(), 1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._look.colour("desk_top"))
        painter.setRenderHints(QPainter.RenderHint.SmoothPixmapTransform | QPainter.RenderHint.Antialiasing)
        y = float(_MARGIN)
        for page in self._pages:
            area = QRectF((self.width() - self._width) / 2, y, self._width, self._tall(page))
            painter.setPen(Qt.PenStyle.NoPen)
            for grow, strength in ((7, 8), (5, 10), (3, 14), (1, 20)):
                painter.setBrush(QColor(15, 25, 45, strength))
                painter.drawRoundedRect(area.adjusted(-grow, 3 - grow, grow, 3 + grow), 5, 5)
            painter.fillRect(area, QColor("#FFFFFF"))
            painter.drawImage(area, page)
            y += area.height() + _GAP
        if not self._pages:
            painter.setPen(self._look.colour("text_soft"))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.said)


class Preview(QScrollArea):
    """Fits the page's width; zooms in steps. `pixels_wide` is how wide a page should be drawn to be sharp."""

    def __init__(self, look: Look, identifier: str) -> None:
        super().__init__()
        named(self, identifier, self.tr("Xem trước giấy"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setProperty(UNDER_NEWS, True)
        self._sheets = Sheets(look)
        self.setWidget(self._sheets)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self._pages: list[QImage] = []
        self._zoom = 0

    @property
    def pages(self) -> list[QImage]:
        return self._pages

    def pixels_wide(self) -> int:
        return int(self._page_width() * self.devicePixelRatioF() * 1.25)

    def show_pages(self, pages: list[QImage]) -> None:
        self._pages = pages
        self._sheets.show_pages(pages, self._page_width())

    def say(self, text: str) -> None:
        """What stands there while there is no page; "" says that one is being drawn."""
        self._sheets.said = text or self.tr("Đang vẽ bản xem trước…")
        self._sheets.update()

    def zoom_in(self) -> None:
        self._set_zoom(min(self._zoom + 1, len(_ZOOMS) - 1))

    def zoom_out(self) -> None:
        self._set_zoom(max(self._zoom - 1, 0))

    def _set_zoom(self, step: int) -> None:
        self._zoom = step
        self.show_pages(self._pages)

    def _page_width(self) -> int:
        room_wide = self.viewport().width() - 2 * _MARGIN
        if len(self._pages) == 1 and self._zoom == 0:
            page = self._pages[0]
            room_tall = self.viewport().height() - 2 * _MARGIN - _GAP
            room_wide = min(room_wide, int(room_tall * page.width() / max(page.height(), 1)))
        return max(120, int(room_wide * _ZOOMS[self._zoom]))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.show_pages(self._pages)
