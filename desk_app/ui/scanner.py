"""Tells a scanner that types like a keyboard from a clerk who types: takes its keys before any field sees them.

Keys are looked at where they enter the window, with the time the system gave them. Until a scan is certain they pass
through; then the field is put back as it was, and what follows is swallowed up to Enter.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeyEvent, QWindow
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from shiboken6 import isValid

from desk_app.ui import scan_grammar

_FAST_MS = 30
_LEAD = 8
_PAUSE_MS = 150
_IDLE_MS = 250
_COMPOSING_MS = 90
_BARE = {
    Qt.Key.Key_Shift,
    Qt.Key.Key_Control,
    Qt.Key.Key_Alt,
    Qt.Key.Key_AltGr,
    Qt.Key.Key_Meta,
    Qt.Key.Key_CapsLock,
    Qt.Key.Key_NumLock,
}
_ENDS = {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab}
_LINE_ENDS = {"\r", "\n"}  # a scanner set to line feed sends no key that Qt has a name for


class Wedge(QObject):
    """Emits `scanned(text, composed)`; `composed` says that an input method took part, so letters may be mangled.

    `is_slip` answers whether a bare text names a dossier of this desk: a phone number typed fast is no slip.
    """

    scanned = Signal(str, bool)

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self.is_slip: Callable[[str], bool] = lambda _: False
        self._idle = QTimer(self, singleShot=True, interval=_IDLE_MS)
        self._idle.timeout.connect(self._given_up)
        self._compose = QTimer(self, singleShot=True, interval=_COMPOSING_MS)
        self._compose.timeout.connect(self._given_up)
        self._quiet = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._quiet.timeout.connect(self._paused)
        self._start_over()
        application.focusWindowChanged.connect(self._watch_window)
        application.focusObjectChanged.connect(self._watch_object)
        self._watch_window(QGuiApplication.focusWindow())
        self._watch_object(QGuiApplication.focusObject())

    # --- what is watched: the keys of the window, and what an input method commits into the field ---------------

    def _watch_window(self, window: QWindow | None) -> None:
        if window is not None:
            window.removeEventFilter(self)
            window.installEventFilter(self)

    def _watch_object(self, focus: QObject | None) -> None:
        if not self._is_scan:
            self._start_over()
        if focus is not None:
            focus.removeEventFilter(self)
            focus.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if isinstance(watched, QWindow):
            if kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
                return self._pressed(event)
            return self._is_scan and kind == QEvent.Type.KeyRelease
        if kind == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            self._may_be_shortcut(event)
            return False
        if kind == QEvent.Type.InputMethod and isinstance(event, QInputMethodEvent):
            self._composing()
            return bool(event.commitString()) and self._committed(event.commitString())
        return False

    # --- collecting ------------------------------------------------------------------------------------------------

    def _start_over(self) -> None:
        self._text = ""
        self._begins = 0
        self._last_ms: int | None = None
        self._fast = 0
        self._is_scan = False
        self._is_composed = False
        self._field: QLineEdit | None = None
        self._field_before = ("", 0)
        self._idle.stop()
        self._compose.stop()

    def _pressed(self, event: QKeyEvent) -> bool:
        key, text = event.key(), event.text()
        if key in _BARE:
            return self._is_scan
        if key in _ENDS or text in _LINE_ENDS:
            return self._enter_pressed()
        if key == Qt.Key.Key_Backspace:
            self._text = self._text[:-1]  # an input method takes letters back to put marks on them
            return self._is_scan
        if _is_command(event):
            self._may_be_shortcut(event)
            self._start_over()
            return False
        return self._add(text, event.timestamp())

    def _may_be_shortcut(self, event: QKeyEvent) -> None:
        """A command key right after fast typing is no part of it; as a shortcut it never comes as a key press."""
        if self._is_scan and _is_command(event):
            self._end()

    def _composing(self) -> None:
        """An input method is at work: it holds a word back until it is whole, and that is no pause."""
        self._last_ms = None
        if self._is_scan:
            self._idle.start()
        elif self._text:
            self._quiet.start()

    def _committed(self, text: str) -> bool:
        if not text.isprintable():
            return False
        self._is_composed = self._is_composed or bool(self._text) or len(text) > 1
        return self._add(text, None)

    def _add(self, text: str, at_ms: int | None) -> bool:
        gap = at_ms - self._last_ms if at_ms is not None and self._last_ms is not None else None
        if gap is not None and gap > _PAUSE_MS and not self._is_scan:
            self._start_over()
            gap = None
        if not self._text:
            self._remember_field()
        if gap is not None:
            self._fast = self._fast + 1 if gap <= _FAST_MS else 0
        if at_ms is None:
            self._quiet.start()  # what an input method commits carries no time of its own
        else:
            self._last_ms = at_ms
        self._text += text
        if self._is_scan:
            self._idle.start()
            return True
        begins = scan_grammar.beginning(self._text)
        if begins is None and self._fast < _LEAD:
            return False
        self._is_scan = True
        self._begins = begins or 0
        self._idle.start()
        return True

    def _enter_pressed(self) -> bool:
        if not self._is_scan:
            if scan_grammar.may_be_slip(self._text) and self.is_slip(self._text):
                return self._end()  # too slow for a scanner, and yet it names a dossier
            self._start_over()
            return False
        if scan_grammar.goes_on(self._text[self._begins :]):
            self._idle.start()
            return True
        if self._is_composed:
            self._compose.start()  # the input method's last commit comes after Enter
            return True
        return self._end()

    def _paused(self) -> None:
        if not self._is_scan:
            self._start_over()

    def _given_up(self) -> None:
        if self._is_scan:
            self._end()

    def _end(self) -> bool:
        """Whether the text was a scan; if not, it goes back to the field it was meant for."""
        text, composed = self._text[self._begins :], self._is_composed
        whole = scan_grammar.is_whole(text) or (scan_grammar.may_be_slip(text) and self.is_slip(text))
        field, before = self._field, self._text[: self._begins]
        if field is not None and isValid(field):
            field.setText(self._field_before[0])
            field.setCursorPosition(self._field_before[1])
            field.insert(before if whole else self._text)
        self._start_over()
        if whole:
            self.scanned.emit(text, composed)
        return whole

    def _remember_field(self) -> None:
        focus: QWidget | None = QApplication.focusWidget()
        self._field = focus if isinstance(focus, QLineEdit) else None
        if self._field is not None:
            self._field_before = (self._field.text(), self._field.cursorPosition())


def _is_command(event: QKeyEvent) -> bool:
    """Whether the key does something rather than writes something."""
    if event.key() in _BARE | _ENDS | {Qt.Key.Key_Backspace} or event.text() in _LINE_ENDS:
        return False
    held = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
    return bool(held) or not event.text() or not event.text().isprintable()
