"""Scrolls to what has the focus, so that the whole of it shows with a little room around."""

from __future__ import annotations

from PySide6.QtWidgets import QScrollArea, QWidget

_AROUND_PX = 60


def bring_in_sight(part: QWidget) -> None:
    """Scroll every page around `part`. Qt's own `ensureWidgetVisible` is content when a field's cursor shows, though
    the field itself is cut and its label hidden.
    """
    around: QWidget | None = part.parentWidget()
    while around is not None:
        page = around.widget() if isinstance(around, QScrollArea) else None
        if isinstance(around, QScrollArea) and page is not None and page.isAncestorOf(part):
            middle = part.mapTo(page, part.rect().center())
            room = around.viewport().size()
            beside = min(part.width() // 2, room.width() // 2 - 1)
            above = min(part.height() // 2 + _AROUND_PX, room.height() // 2 - 1)
            around.ensureVisible(middle.x(), middle.y(), max(beside, 0), max(above, 0))
        around = around.parentWidget()
