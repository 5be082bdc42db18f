"""A calm line that says what service day it is; on a usual day it takes no room."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from desk_app.ui.look.theme import Look
from desk_app.ui.widgets.labels import Picture, label

_EVERY_MS = 60_000


class ServiceDayLine(QFrame):
    """`line` gives the sentence, "" for none; `place` begins the identifier. It asks anew when its page is shown, and
    says `looked` whenever it did.
    """

    looked = Signal()

    def __init__(self, look: Look, place: str, line: Callable[[], str]) -> None:
        super().__init__()
        self._line = line
        self._page: QWidget | None = None
        self.setProperty("panel", "plain")
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 12, 6)
        row.setSpacing(9)
        row.addWidget(Picture(look, "calendar", "link", 18), 0, Qt.AlignmentFlag.AlignVCenter)
        self._text = label(wraps=True)
        self._text.setAccessibleIdentifier(f"{place}.service_day")
        row.addWidget(self._text, 1)
        self.hide()
        again = QTimer(self, interval=_EVERY_MS)
        again.timeout.connect(self._time_passed)
        again.start()

    def _time_passed(self) -> None:
        """A window that is closed has closed its desk: nothing more is asked of it."""
        if self.window().isVisible():
            self.look_again()

    def look_again(self) -> None:
        """The day, the hour or the office's days may be others."""
        if self.parentWidget() is not None:  # shown without a parent it would be a window of its own
            self._text.setText(self._line())
            self.setVisible(bool(self._text.text()))
            self.looked.emit()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ParentChange and self.parentWidget() is not self._page:
            if self._page is not None:
                self._page.removeEventFilter(self)
            self._page = self.parentWidget()
            if self._page is not None:
                self._page.installEventFilter(self)
        return super().event(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._page and event.type() == QEvent.Type.Show:
            self.look_again()
        return False
