"""The payment code as a picture: black on white whatever the look, for a phone to read from the screen."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from desk_app.documents.layout import barcodes
from desk_app.ui.widgets.buttons import named

_QUIET = 4
"""Empty modules owed around a QR code (ISO/IEC 18004)."""


class BankPicture(QWidget):
    """A square of `side` pixels; empty while there is nothing to pay."""

    def __init__(self, identifier: str, name: str, side: int = 180) -> None:
        super().__init__()
        named(self, identifier, name)
        self.setFixedSize(side, side)
        self._payload = ""

    def show_payload(self, payload: str, words: str) -> None:
        """`words` say the same to who cannot see it."""
        self._payload = payload
        self.setAccessibleDescription(words)
        self.setToolTip(words)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(Qt.GlobalColor.white))
        if not self._payload:
            return
        rows = barcodes.qr(self._payload)
        modules = len(rows) + 2 * _QUIET
        module = max(1, self.width() // modules)  # whole pixels: a camera then finds every edge
        edge = (self.width() - module * len(rows)) // 2
        for row, runs in enumerate(rows):
            for start, wide in runs:
                place = QRectF(edge + start * module, edge + row * module, wide * module, module)
                painter.fillRect(place, QColor(Qt.GlobalColor.black))
