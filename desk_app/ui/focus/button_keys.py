"""Enter presses the button that has the focus, everywhere; Space only where a person moved there with a key.

A button that the program itself gave the focus to, or that Qt chose because another one went away, takes no Space:
the clerk was still typing.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QWindow
from PySide6.QtWidgets import QAbstractButton, QApplication, QPushButton, QToolButton

_MOVES = {
    Qt.Key.Key_Tab,
    Qt.Key.Key_Backtab,
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_Left,
    Qt.Key.Key_Right,
}
_ENTERS = {Qt.Key.Key_Return, Qt.Key.Key_Enter}
_SPACES = {Qt.Key.Key_Space, Qt.Key.Key_Select}


class ButtonKeys(QObject):
    """Watches the keys of the window in front, and the button with the focus."""

    def __init__(self, application: QApplication, parent: QObject) -> None:
        super().__init__(parent)
        self._is_moving = False
        self._meant: QAbstractButton | None = None
        self._window: QWindow | None = None
        application.focusWindowChanged.connect(self._watch_window)
        application.focusObjectChanged.connect(self._watch_focus)
        self._watch_window(QGuiApplication.focusWindow())

    def _watch_window(self, window: QWindow | None) -> None:
        if window is not None:
            window.removeEventFilter(self)
            window.installEventFilter(self)

    def _watch_focus(self, focus: QObject | None) -> None:
        if focus is None:
            return  # the window is no longer in front; the button is still the one meant when it comes back
        was_moving, self._is_moving = self._is_moving, False
        if not isinstance(focus, QPushButton | QToolButton):
            self._meant = None
            return
        if was_moving:
            self._meant = focus
        elif focus is not self._meant:
            self._meant = None
        focus.removeEventFilter(self)
        focus.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind not in {QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress} and not (
            kind == QEvent.Type.KeyRelease and isinstance(watched, QAbstractButton)
        ):
            return False
        if isinstance(watched, QWindow):
            self._is_moving = not isinstance(event, QKeyEvent) or event.key() in _MOVES
            return False
        if isinstance(event, QKeyEvent) and isinstance(watched, QAbstractButton):
            return self._pressed(watched, event)
        return False

    def _pressed(self, button: QAbstractButton, event: QKeyEvent) -> bool:
        """Whether the key goes no further."""
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        if event.key() in _SPACES:
            return button is not self._meant
        if event.key() not in _ENTERS:
            return False
        if event.type() == QEvent.Type.KeyPress and not event.isAutoRepeat():
            button.click()
        return True
