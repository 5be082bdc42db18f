"""The strip that tells news over the buttons that made them; its sentence stays readable from outside when hidden."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desk_app.ui.notices import Notice
from desk_app.ui.theme import Look
from desk_app.ui.widgets.buttons import named, tool
from desk_app.ui.widgets.labels import Picture, label, restyle

_STAYS_MS = 7000
_WIDEST = 640
_OVER_BAR = 74
_LOW = 480


class Strip(QFrame):
    """Lies over its parent. Good news goes away by itself; a warning stays until closed or until other news."""

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
        texts = QVBoxLayout()
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
        self._timer.timeout.connect(self.hide)
        parent.installEventFilter(self)
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
        self._place()
        self.show()
        self.raise_()
        if notice.tone == "warn" or notice.act is not None:
            self._timer.stop()
        else:
            self._timer.start()

    def withdraw(self) -> None:
        """Hide a warning that offers nothing to do."""
        if self._notice is not None and self._notice.tone == "warn" and self._notice.act is None:
            self.hide()

    def _accepted(self) -> None:
        notice = self._notice
        self.hide()
        if notice is not None and notice.act is not None:
            notice.act()

    def _place(self) -> None:
        room = self._under.width() - 32
        metrics = self._text.fontMetrics()
        longest = max(metrics.horizontalAdvance(part.text()) for part in (self._text, self._remedy))
        beside = 130 + (self._offer.sizeHint().width() + 10 if self._offer.isVisibleTo(self) else 0)
        width = min(room, _WIDEST, longest + beside)
        self.setFixedWidth(width)
        self.setFixedHeight(max(self._row.heightForWidth(width), 50))
        low = self._under.height() < _LOW  # no room over the buttons without hiding the field in use
        y = 8 if low else self._under.height() - self.height() - _OVER_BAR
        self.move(self._under.width() - width - 22, y)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._under and event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return False
