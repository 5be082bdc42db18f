"""Where the first keys of a scan went before it was known to be one, and how that place was before them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import ClassVar

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QComboBox, QLineEdit, QPlainTextEdit, QTextEdit, QWidget
from shiboken6 import isValid


class KeyPlace:
    """The widget with the cursor as it stands now; `restore` makes it so again, `before` is what stands left of it.

    `is_writing`: the program itself writes into a place just now, and what an input method commits because of that
    is a word it has sent already, or sends in its turn.
    """

    is_writing: ClassVar[bool] = False

    def __init__(self, widget: QWidget | None) -> None:
        self.widget = widget
        self._undo = _undo_of(widget)
        self.before = _before_cursor(self._line())

    @classmethod
    def now(cls) -> KeyPlace:
        return cls(QApplication.focusWidget())

    @property
    def takes_text(self) -> bool:
        """Whether a person can write here."""
        return isinstance(self._line(), QLineEdit | QTextEdit | QPlainTextEdit)

    def restore(self) -> None:
        if self.widget is not None and isValid(self.widget):
            with _writing():
                self._end_composing()
                self._undo()

    def insert(self, text: str) -> None:
        """Write `text` where the cursor stood."""
        line = self._line()
        if not text or line is None or not isValid(line):
            return
        with _writing():
            self._end_composing()
            if isinstance(line, QLineEdit):
                line.insert(text)
            elif isinstance(line, QTextEdit | QPlainTextEdit):
                line.insertPlainText(text)

    def _end_composing(self) -> None:
        """Take a word under way out of sight; the input method keeps it, and commits it in its turn.

        While the word stands here, every move of the cursor makes Qt ask the input method to commit it at once.
        """
        line = self._line()
        if self.takes_text and line is not None and isValid(line):
            QCoreApplication.sendEvent(line, QInputMethodEvent())

    def _line(self) -> QWidget | None:
        return self.widget.lineEdit() if isinstance(self.widget, QComboBox) else self.widget


@contextmanager
def _writing() -> Iterator[None]:
    before, KeyPlace.is_writing = KeyPlace.is_writing, True
    try:
        yield
    finally:
        KeyPlace.is_writing = before


def _before_cursor(line: QWidget | None) -> str:
    if isinstance(line, QLineEdit):
        return line.text()[: line.selectionStart() if line.hasSelectedText() else line.cursorPosition()]
    if isinstance(line, QTextEdit | QPlainTextEdit):
        cursor = line.textCursor()
        return cursor.block().text()[: cursor.positionInBlock()]
    return ""


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
