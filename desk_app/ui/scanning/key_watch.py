"""Watches the keys of the window in front, its shortcuts and what an input method commits, before anybody gets them."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeyEvent, QWindow
from PySide6.QtWidgets import QApplication

from desk_app.ui.scanning.key_place import KeyPlace


class KeyWatch(QObject):
    """What a subclass answers with True goes no further."""

    def watch(self, application: QApplication) -> None:
        application.focusWindowChanged.connect(self._watch_window)
        application.focusObjectChanged.connect(self._watch_object)
        self._watch_window(QGuiApplication.focusWindow())
        self._watch_object(QGuiApplication.focusObject())

    @abstractmethod
    def pressed(self, event: QKeyEvent) -> bool: ...

    @abstractmethod
    def released(self, event: QKeyEvent) -> bool: ...

    @abstractmethod
    def may_be_shortcut(self, event: QKeyEvent) -> bool:
        """A shortcut never comes as a key press: it is judged before."""

    @abstractmethod
    def composing(self) -> None:
        """An input method is at work."""

    @abstractmethod
    def committed(self, text: str) -> bool:
        """An input method writes `text`."""

    @abstractmethod
    def focus_moved(self) -> None:
        """The cursor is elsewhere."""

    def timer(self, interval: int, act: Callable[[], None]) -> QTimer:
        made = QTimer(self, singleShot=True, interval=interval)
        made.timeout.connect(act)
        return made

    def _watch_window(self, window: QWindow | None) -> None:
        if window is not None:
            window.removeEventFilter(self)
            window.installEventFilter(self)

    def _watch_object(self, focus: QObject | None) -> None:
        self.focus_moved()
        if focus is not None:
            focus.removeEventFilter(self)
            focus.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            return self.may_be_shortcut(event)
        if isinstance(watched, QWindow):
            if kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
                return self.pressed(event)
            return kind == QEvent.Type.KeyRelease and isinstance(event, QKeyEvent) and self.released(event)
        if kind == QEvent.Type.InputMethod and isinstance(event, QInputMethodEvent):
            if KeyPlace.is_writing:
                return bool(event.commitString())  # nobody's typing: read, it would have to be put back without end
            self.composing()
            return bool(event.commitString()) and self.committed(event.commitString())
        return False
