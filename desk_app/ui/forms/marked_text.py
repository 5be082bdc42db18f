"""A plain text that a person edits, with what is wrong of a line in red below it."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtGui import QColor, QFontDatabase, QPainter, QPaintEvent, QTextCursor
from PySide6.QtWidgets import QTextEdit

from desk_app.ui.widgets.buttons import named

_ROOM, _BASE = 18, 13
_RED = QColor("#c0392b")


class MarkedText(QTextEdit):
    """Tab leaves it, so that keys alone reach everything. Pasted text comes in without its looks."""

    def __init__(self, identifier: str, name: str) -> None:
        super().__init__()
        named(self, identifier, name)
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.setMinimumHeight(320)
        self._found: dict[int, str] = {}

    def put(self, text: str) -> None:
        """Another text."""
        self._found = {}
        self.setPlainText(text)

    def mark(self, found: Mapping[int, str]) -> None:
        """What is wrong, by line from 1; the lines after a mistake move down to make room for it."""
        if dict(found) == self._found:
            return
        self._found = dict(found)
        was_blocked = self.blockSignals(True)  # room between lines is no change of the text
        cursor = QTextCursor(self.document())
        cursor.joinPreviousEditBlock()
        block = self.document().firstBlock()
        while block.isValid():
            room = _ROOM if block.blockNumber() + 1 in self._found else 0
            form = block.blockFormat()
            if form.bottomMargin() != room:
                form.setBottomMargin(room)
                cursor.setPosition(block.position())
                cursor.setBlockFormat(form)
            block = block.next()
        cursor.endEditBlock()
        self.blockSignals(was_blocked)
        self.viewport().update()

    @property
    def marked(self) -> dict[int, str]:
        """What stands below which line."""
        return dict(self._found)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._found:
            return
        painter = QPainter(self.viewport())
        painter.setPen(_RED)
        layout = self.document().documentLayout()
        for number, why in self._found.items():
            block = self.document().findBlockByNumber(number - 1)
            if not block.isValid():
                continue
            below = layout.blockBoundingRect(block).translated(0, -self.verticalScrollBar().value()).bottom()
            painter.drawText(12, int(below) + _BASE, f"▲ {why}")
        painter.end()
