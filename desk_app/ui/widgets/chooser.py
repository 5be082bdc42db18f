"""A choice among many by typing a few letters, with or without marks; Enter takes the first that fits."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit

from desk_app.domain.text import fold
from desk_app.ui.theme import Look
from desk_app.ui.widgets.buttons import named
from desk_app.ui.widgets.labels import restyle
from desk_app.ui.widgets.pick_list import Offer, PickList


class Chooser(QLineEdit):
    """Shows the chosen entry; typing filters, Down or a click opens the whole list. `changed` when a choice is made.

    With `free` a text that is no entry is an answer too.
    """

    changed = Signal()

    def __init__(self, look: Look, identifier: str, name: str, hint: str = "", *, free: bool = False) -> None:
        super().__init__()
        named(self, identifier, name)
        self.setPlaceholderText(hint)
        self.setTextMargins(0, 0, 22, 0)
        self._look = look
        self._free = free
        self._entries: list[tuple[str, str, str]] = []
        self._value = ""
        self._is_put = False
        self._list = PickList(self, f"{identifier}.list", name, picks_first=True)
        self._list.picked.connect(self._take)
        self.textChanged.connect(self._typed)

    def offer(self, entries: Sequence[tuple[str, str]]) -> None:
        """The entries as (value, text), in the order they are shown; text after a tab is searched but not shown."""
        self._entries = []
        for value, text in entries:
            shown, _, more = text.partition("\t")
            self._entries.append((value, shown, fold(f"{shown} {more} {value}")))

    def value(self) -> str:
        return self._value

    def put(self, value: str) -> None:
        self._value = value
        self._show(self._text_of(value))

    def show_state(self, state: str) -> None:
        restyle(self, "state", state)

    def _text_of(self, value: str) -> str:
        return next((text for known, text, _ in self._entries if known == value), value)

    def _show(self, text: str) -> None:
        self._is_put = True
        self.setText(text)
        self.setCursorPosition(0)
        self._is_put = False

    def _typed(self, text: str) -> None:
        if self._is_put:
            return
        if self.property("state"):
            self.show_state("")
        wanted = fold(text)
        exact = [value for value, shown, _ in self._entries if wanted in {fold(shown), fold(value)}]
        if exact and exact[0] != self._value:
            self._value = exact[0]
            self.changed.emit()
        elif self._free and not exact and text.strip() != self._value:
            self._value = text.strip()
            self.changed.emit()
        self._open(text)

    def _open(self, text: str) -> None:
        words = fold(text).split()
        fitting = [
            Offer(shown, value) for value, shown, folded in self._entries if all(word in folded for word in words)
        ]
        if words:
            fitting.sort(key=lambda each: _distance(each.text, text))
        here = [n for n, each in enumerate(fitting) if each.value == self._value]
        self._list.offer(fitting, here[0] if here and not words else 0)

    def _take(self, value: object) -> None:
        self._show(self._text_of(str(value)))
        if value != self._value:
            self._value = str(value)
            self.changed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and not self._list.isVisible():
            self._open("")
            return
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self.selectAll()
        self._open("")

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() is not Qt.FocusReason.MouseFocusReason:
            self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if not self._free:
            self._show(self._text_of(self._value))
        self.deselect()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        spot = QRectF(self.width() - 26, (self.height() - 16) / 2, 16, 16)
        self._look.draw_icon(painter, "chevron-down", "text_soft", spot)


def _distance(shown: str, typed: str) -> int:
    """0 when the name begins with what is typed, 1 when it holds it, 2 when only its words, 3 when not even these."""
    name, wanted = fold(shown), fold(typed)
    if name.startswith(wanted):
        return 0
    if wanted in name:
        return 1
    return 2 if all(word in name for word in wanted.split()) else 3
