"""Where the first keys of a scan went before it was known to be one, and how that place was before them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QAbstractItemView, QApplication, QComboBox, QLineEdit, QPlainTextEdit, QTextEdit, QWidget
from shiboken6 import isValid


class KeyPlace:
    """The widget with the cursor as it stands now; `restore` makes it so again."""

    def __init__(self, widget: QWidget | None) -> None:
        self.widget = widget
        self._undo = _undo_of(widget)

    @classmethod
    def now(cls) -> KeyPlace:
        return cls(QApplication.focusWidget())

    @property
    def takes_text(self) -> bool:
        """Whether a person can write here."""
        return isinstance(self._line(), QLineEdit | QTextEdit | QPlainTextEdit)

    def restore(self) -> None:
        if self.widget is not None and isValid(self.widget):
            self._undo()

    def insert(self, text: str) -> None:
        """Write `text` where the cursor stood."""
        line = self._line()
        if not text or line is None or not isValid(line):
            return
        if isinstance(line, QLineEdit):
            line.insert(text)
        elif isinstance(line, QTextEdit | QPlainTextEdit):
            line.insertPlainText(text)

    def _line(self) -> QWidget | None:
        return self.widget.lineEdit() if isinstance(self.widget, QComboBox) else self.widget


def _undo_of(widget: QWidget | None) -> Callable[[], None]:
    if isinstance(widget, QLineEdit):
        return _line_undo(widget)
    if isinstance(widget, QComboBox):
        index, line = widget.currentIndex(), widget.lineEdit()
        line_undo = _line_undo(line) if line is not None else _nothing

        def choose_again() -> None:
            widget.setCurrentIndex(index)
            line_undo()

        return choose_again
    if isinstance(widget, QTextEdit | QPlainTextEdit):
        text, at = widget.toPlainText(), widget.textCursor().position()

        def write_again() -> None:
            if widget.toPlainText() != text:
                widget.setPlainText(text)
            cursor = widget.textCursor()
            cursor.setPosition(at)
            widget.setTextCursor(cursor)

        return write_again
    if isinstance(widget, QAbstractItemView):
        row = widget.currentIndex()
        return lambda: widget.setCurrentIndex(row)
    return _nothing


def _line_undo(line: QLineEdit) -> Callable[[], None]:
    text, at = line.text(), line.cursorPosition()
    start, length = line.selectionStart(), len(line.selectedText())

    def write_again() -> None:
        if line.text() != text:
            line.setText(text)
        if length:
            line.setSelection(start, length)
        else:
            line.setCursorPosition(at)

    return write_again


def _nothing() -> None:
    """For what keeps nothing of a key, such as a button."""
