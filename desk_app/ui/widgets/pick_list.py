"""A list that opens under a line of text and offers what fits it. It lies in the window and never takes the focus."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct
from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QStringListModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QLineEdit, QListView, QWidget

from desk_app.domain.text import fold
from desk_app.ui.widgets.buttons import named

_MOST_ROWS = 9
ONE_LINE = 31
_BESIDE = 36
_MOVES = {QEvent.Type.Move, QEvent.Type.Resize}
_ENDS = {QEvent.Type.FocusOut, QEvent.Type.Hide}
_TAKES = {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab, Qt.Key.Key_Backtab}


class Offer(Struct, frozen=True):
    """One line of the list: what it says, and what choosing it means."""

    text: str
    value: object


class _Lines(QStringListModel):
    """The texts of a list; a screen reader is told with each what is painted beside it."""

    def __init__(self, shown: PickList) -> None:
        super().__init__(shown)
        self._list = shown

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        found = super().data(index, role)
        if role != Qt.ItemDataRole.AccessibleTextRole or not index.isValid():
            return found
        text = super().data(index, Qt.ItemDataRole.DisplayRole)
        remark = self._list.remarks.get(self._list.value_at(index.row()), "")
        return f"{text}, {remark}" if remark else text


class _FieldWatch(QObject):
    """`moved` when a page that scrolls or grows takes the field elsewhere."""

    moved = Signal()

    def __init__(self, parent: QObject, field: QWidget) -> None:
        super().__init__(parent)
        part: QWidget | None = field
        while part is not None:
            part.installEventFilter(self)
            part = part.parentWidget()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() in _MOVES:
            self.moved.emit()
        return False


class PickList(QListView):
    """Opens on `field`, stays beside it on a page that scrolls, and closes with it.

    Up, Down, Enter, Tab, Escape and clicks work. `picked` gives the offer's value, `dismissed` tells of Escape;
    `remarks` are what is said beside offers, by value.
    """

    picked = Signal(object)
    dismissed = Signal()

    def __init__(self, field: QLineEdit, identifier: str, name: str, *, picks_first: bool) -> None:
        super().__init__(field.window())
        self._field = field
        self._picks_first = picks_first
        self._offers: Sequence[Offer] = ()
        self._watch: _FieldWatch | None = None
        self.row_height = ONE_LINE
        self.remarks: Mapping[object, str] = {}
        self._lines = _Lines(self)
        self.setModel(self._lines)
        self.setProperty("picks", True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        named(self, identifier, name)
        self.clicked.connect(self._clicked)
        field.installEventFilter(self)
        field.destroyed.connect(self.deleteLater)
        self.hide()

    def value_at(self, row: int) -> object:
        """The value of a line, for whoever paints it."""
        return self._offers[row].value if 0 <= row < len(self._offers) else None

    def offer(self, offers: Sequence[Offer], current: int = 0) -> None:
        """Show these, the line `current` marked (-1: none), or close when there are none."""
        self._offers = offers
        self._lines.setStringList([each.text for each in offers])
        if not offers or not self._field.hasFocus():
            self.hide()
            return
        if self.parentWidget() is not self._field.window():
            self.setParent(self._field.window())
        if self._watch is None:
            self._watch = _FieldWatch(self, self._field)
            self._watch.moved.connect(self._moved)
        self._place()
        self.setCurrentIndex(self._lines.index(current) if self._picks_first and current >= 0 else QModelIndex())
        self.show()
        self.raise_()

    def _place(self) -> None:
        """Below the field, or above it where there is no room."""
        window = self._field.window()
        rows = min(len(self._offers), _MOST_ROWS)
        height = min(rows * self.row_height + 12, max(window.height() - 90, self.row_height))
        at = self._field.mapTo(window, QPoint(0, self._field.height() + 2))
        if at.y() + height > window.height() - 8:
            above = self._field.mapTo(window, QPoint(0, 0)).y() - height - 2
            at.setY(above if above > 8 else max(8, window.height() - height - 8))
        wide = min(max(self._field.width(), 300, self.sizeHintForColumn(0) + _BESIDE), window.width() - 16)
        self.setGeometry(min(at.x(), max(8, window.width() - wide - 8)), at.y(), wide, height)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if self._watch is not None:
            self._watch.deleteLater()
            self._watch = None

    def _moved(self) -> None:
        if _is_in_sight(self._field):
            self._place()
        else:
            self.hide()

    def _clicked(self, index: QModelIndex) -> None:
        self._pick(index.row())

    def _pick(self, row: int) -> None:
        self.hide()
        if 0 <= row < len(self._offers):
            self.picked.emit(self._offers[row].value)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is not self._field:  # Qt's own: the list watches its scroll bars
            return super().eventFilter(watched, event)
        if event.type() in _ENDS or (event.type() == QEvent.Type.EnabledChange and not self._field.isEnabled()):
            self.hide()
        if not self.isVisible() or not isinstance(event, QKeyEvent):
            return False
        if event.type() == QEvent.Type.ShortcutOverride and event.key() == Qt.Key.Key_Escape:
            event.accept()  # Escape closes the list and is no shortcut of the window
            return True
        return event.type() == QEvent.Type.KeyPress and self._pressed(event)

    def _pressed(self, event: QKeyEvent) -> bool:
        key, row = event.key(), self.currentIndex().row()
        if key in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
            step = 1 if key == Qt.Key.Key_Down else -1
            row = len(self._offers) if row < 0 and step < 0 else row
            self.setCurrentIndex(self._lines.index((row + step) % max(len(self._offers), 1)))
            return True
        if key in _TAKES and row >= 0:
            self._pick(row)
            return False  # the key also leads on to the next field
        if key == Qt.Key.Key_Escape:
            self.hide()
            self.dismissed.emit()
            return True
        return False


def _is_in_sight(field: QWidget) -> bool:
    """Whether no page around has scrolled the whole of it away."""
    around = field.parentWidget()
    while around is not None:
        if not around.rect().intersects(QRect(field.mapTo(around, QPoint()), field.size())):
            return False
        around = around.parentWidget()
    return True


def distance(shown: str, typed: str) -> int:
    """0 when the name begins with what is typed, 1 when it holds it, 2 when only its words, 3 when not even these."""
    name, wanted = fold(shown), fold(typed)
    if name.startswith(wanted):
        return 0
    if wanted in name:
        return 1
    return 2 if all(word in name for word in wanted.split()) else 3


def leads(shown: str, typed: str) -> bool:
    """Whether the text may begin the entry or a word of it: each letter the same, or without its marks.

    "kho" leads to "Khơ-mú", "K'Ho" does not.
    """
    wanted = " ".join(typed.lower().split())
    name = shown.lower()
    starts = [at for at in range(len(name)) if not at or not name[at - 1].isalnum()]
    return any(_is_same(name[at : at + len(wanted)], wanted) for at in starts)


def _is_same(part: str, wanted: str) -> bool:
    return len(part) == len(wanted) and all(
        letter == mark or fold(letter) == mark for mark, letter in zip(wanted, part, strict=True)
    )
