"""The window: one page at a time, and the strip with the news over it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QIcon, QKeySequence, QPainter, QPixmap, QShortcut
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from desk_app.lazy import lazy
from desk_app.ui.focus.sight import bring_in_sight
from desk_app.ui.look.theme import Look
from desk_app.ui.window.notice_strip import NoticeStrip
from desk_app.ui.window.notices import Notices
from desk_app.ui.window.side_bar import paint_emblem

if TYPE_CHECKING:
    from desk_app.ui.focus import tab_order
else:
    tab_order = lazy("desk_app.ui.focus.tab_order")

_USUAL = QSize(1366, 768)
_LEAST = QSize(512, 340)


class MainWindow(QMainWindow):
    """`closing` when the clerk closes it."""

    closing = Signal()

    def __init__(self, look: Look, notices: Notices) -> None:
        super().__init__()
        self._look = look
        self._dress()
        look.changed.connect(self._dress)
        self.setWindowTitle(self.tr("Bàn Một Cửa"))
        self.setWindowIcon(_emblem())
        self.setMinimumSize(_LEAST)
        self._pages = QStackedWidget()
        ground = QWidget()
        ground.setProperty("ground", "page")
        self._around = QVBoxLayout(ground)
        self._around.setContentsMargins(0, 0, 0, 0)
        self._around.addWidget(self._pages)
        self.setCentralWidget(ground)
        self.strip = NoticeStrip(look, ground)
        self.strip.room_wanted.connect(self._leave_room)
        notices.show_on(self.strip.show_notice)
        notices.withdrawn.connect(self.strip.withdraw)
        QShortcut(QKeySequence.fromString("F11"), self).activated.connect(self._full_screen)
        available = self.screen().availableGeometry()
        if available.width() <= _USUAL.width() or available.height() <= _USUAL.height() + 40:
            self.setWindowState(Qt.WindowState.WindowMaximized)
            self.resize(available.size())
        else:
            size = QSize(min(1600, available.width() - 80), min(960, available.height() - 80))
            corner = available.center() - QRect(0, 0, size.width(), size.height()).center()
            self.setGeometry(QRect(corner, size))

    def _dress(self) -> None:
        self.setStyleSheet(self._look.sheet)

    @property
    def page(self) -> QWidget | None:
        """What the window shows."""
        return self._pages.currentWidget()

    def show_page(self, page: QWidget) -> None:
        """Show this page and let go of the one before."""
        self.strip.withdraw()
        old = self._pages.currentWidget()
        self._pages.addWidget(page)
        self._pages.setCurrentWidget(page)
        if old is not None and old is not page:
            self._pages.removeWidget(old)
            old.deleteLater()
        if page.focusWidget() is None:  # a page that asks something has put the cursor where it asks
            page.setFocus()

    def _leave_room(self, below: int) -> None:
        """Let the page end above the news; the field in use stays in sight."""
        if self._around.contentsMargins().bottom() != below:
            self._around.setContentsMargins(0, 0, 0, below)
            self._around.activate()
            QTimer.singleShot(0, self, self._keep_field_in_sight)

    def _keep_field_in_sight(self) -> None:
        field: QWidget | None = self.focusWidget()
        if field is not None:
            bring_in_sight(field)

    def _full_screen(self) -> None:
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    def focusNextPrevChild(self, next_: bool) -> bool:  # noqa: FBT001 - Qt's signature
        return tab_order.move(self, forwards=next_) or super().focusNextPrevChild(next_)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.closing.emit()
        super().closeEvent(event)


def _emblem() -> QIcon:
    icon = QIcon()
    for side in (16, 32, 48, 128):
        drawn = QPixmap(side, side)
        drawn.fill(Qt.GlobalColor.transparent)
        painter = QPainter(drawn)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_emblem(painter, QRect(0, 0, side, side).toRectF())
        painter.end()
        icon.addPixmap(drawn)
    return icon
