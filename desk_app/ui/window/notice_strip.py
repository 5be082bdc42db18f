"""The strip that tells news, never over a field or a button; its sentence stays readable from outside when hidden."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget
from shiboken6 import isValid

from desk_app.ui.look.theme import Look
from desk_app.ui.widgets.buttons import named, tool
from desk_app.ui.widgets.labels import Picture, label, restyle
from desk_app.ui.window.notices import Notice

_STAYS_MS = 7000
_WIDEST = 640
_MARGIN = 8
_LEAST_SPOT = 320
UNDER_NEWS = "under_news"
"""The property of what the strip may lie over: a drawn paper, where nothing is typed or pressed."""


class NoticeStrip(QFrame):
    """Good news goes away by itself; a warning stays until closed, until other news, or until its cause is over.

    It lies over a drawn paper where one shows; elsewhere `room_wanted` says how many pixels the page leaves below.
    """

    room_wanted = Signal(int)

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._under = parent
        self.setObjectName("strip")
        self._look = look
        self._notice: Notice | None = None
        self._icon = Picture(look, "circle-check", "#5FD6A0", 20)
        self._text = label(wraps=True)
        self._text.setAccessibleIdentifier("status.message")
        self._remedy = label(role="remedy", wraps=True)
        self._offer = QPushButton()
        named(self._offer, "status.action", self.tr("Làm lại"))
        self._offer.clicked.connect(self._accepted)
        self._close = tool(look, "x", self.tr("Đóng thông báo"), "status.close", self.hide)
        self._texts = texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(self._text)
        texts.addWidget(self._remedy)
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(14, 9, 8, 9)
        row.setSpacing(10)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(texts, 1)
        row.addWidget(self._offer, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        self._timer = QTimer(self, singleShot=True, interval=_STAYS_MS)
        self._timer.timeout.connect(self._had_its_time)
        self._before: QWidget | None = None
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._focus_moved)
        parent.installEventFilter(self)
        self._spot: QWidget | None = None
        self._placing = QTimer(self, singleShot=True, interval=0)
        self._placing.timeout.connect(self._place)
        self.hide()

    def show_notice(self, notice: Notice) -> None:
        self._notice = notice
        restyle(self, "tone", notice.tone)
        for part in (self._text, self._remedy):
            restyle(part, "tone", notice.tone)
        if notice.tone == "warn":
            self._icon.show_as("triangle-alert", "error")
        else:
            self._icon.show_as("circle-check" if notice.tone == "ok" else "info", "#5FD6A0")
        self._close.setIcon(self._look.icon("x", "text_soft" if notice.tone == "warn" else "strip_text"))
        self._text.setText(notice.text)
        self._remedy.setText(notice.remedy)
        self._remedy.setVisible(bool(notice.remedy))
        self._offer.setText(notice.offer)
        self._offer.setAccessibleName(notice.offer or self.tr("Làm lại"))
        self._offer.setVisible(notice.act is not None)
        self.show()
        self.raise_()
        self._place()
        if notice.tone == "warn" or notice.act is not None:
            self._timer.stop()
        else:
            self._timer.start()

    def withdraw(self) -> None:
        """Hide a warning or an offer that was about what the clerk has left; plain good news goes by itself."""
        notice = self._notice
        if notice is not None and not notice.stays and (notice.tone == "warn" or notice.act is not None):
            self.hide()
        elif self.isVisible():
            self._placing.start()  # another page: it may have a paper to lie over, or none

    def _had_its_time(self) -> None:
        """Good news goes, unless somebody stands on it."""
        if self._has_focus():
            self._timer.start()
        else:
            self.hide()

    def _has_focus(self) -> bool:
        focus = QApplication.focusWidget()
        return focus is not None and self.isAncestorOf(focus)

    def _focus_moved(self, old: QWidget | None, new: QWidget | None) -> None:
        if new is not None and self.isAncestorOf(new) and (old is None or not self.isAncestorOf(old)):
            self._before = old

    def _give_focus_back(self) -> None:
        """To where it was before somebody came to the strip by keys."""
        before, self._before = self._before, None
        if not self._has_focus():
            return
        if before is not None and isValid(before) and before.isVisible() and before.isEnabled():
            before.setFocus(Qt.FocusReason.OtherFocusReason)

    def _accepted(self) -> None:
        notice = self._notice
        self.hide()
        if notice is not None and notice.act is not None:
            notice.act()

    def _place(self) -> None:
        if not self.isVisible():
            return
        self._watch(self._paper())
        area = self._under.rect()
        if self._spot is not None:
            area = QRect(self._spot.mapTo(self._under, QPoint(0, 0)), self._spot.size())
        metrics = self._text.fontMetrics()
        longest = max(metrics.horizontalAdvance(part.text()) for part in (self._text, self._remedy))
        beside = 130 + (self._offer.sizeHint().width() + 10 if self._offer.isVisibleTo(self) else 0)
        width = min(area.width() - 2 * _MARGIN, _WIDEST, longest + beside)
        self.setFixedWidth(width)
        for layout in (self._texts, self._row):
            layout.invalidate()  # it still reckons with the words of the notice before
        self.setFixedHeight(max(self._row.totalHeightForWidth(width), 50))
        self.move(area.right() - width - _MARGIN, area.bottom() - self.height() - _MARGIN + 1)
        self.room_wanted.emit(0 if self._spot is not None else self.height() + 2 * _MARGIN)

    def _paper(self) -> QWidget | None:
        """The drawn paper in sight, if it is large enough to lie over."""
        for each in self._under.findChildren(QScrollArea):
            if each.property(UNDER_NEWS) and each.isVisible() and each.width() >= _LEAST_SPOT:
                return each
        return None

    def _watch(self, spot: QWidget | None) -> None:
        if spot is self._spot:
            return
        if self._spot is not None:
            self._spot.removeEventFilter(self)
        self._spot = spot
        if spot is not None:
            spot.installEventFilter(self)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._give_focus_back()
        self._watch(None)
        self.room_wanted.emit(0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kinds = {QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.Hide}
        if event.type() in kinds and (watched is self._under or watched is self._spot) and self.isVisible():
            self._placing.start()
        return False
