"""What happens to the program from outside: a second start asks for the window, the machine slept, the clock jumped."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget

from desk_app.services.desk import second_start

_LOOK_MS = 10_000
_ASLEEP = timedelta(seconds=40)
_BACK = timedelta(seconds=-5)


class SecondStarts(QObject):
    """Shows the window when somebody starts the program again, as if the icon were the window's own."""

    def __init__(self, data: Path, window: QWidget, parent: QObject) -> None:
        super().__init__(parent)
        self._window = window
        self._file = second_start.begin(data)
        if self._file is not None:
            self._watcher = QFileSystemWatcher([str(self._file)], self)
            self._watcher.fileChanged.connect(self._look)

    def _look(self) -> None:
        asked = second_start.asked(self._file) if self._file is not None else ""
        if self._file is None or not asked:
            return
        if token := asked.partition(" ")[2]:
            os.environ["XDG_ACTIVATION_TOKEN"] = token  # Qt takes it from there, once
        bring_forward(self._window)
        second_start.answer(self._file)


def bring_forward(window: QWidget) -> None:
    """Put the window before all others, or the dialog that waits in front of it; where that is not let, it blinks."""
    window.setWindowState((window.windowState() & ~Qt.WindowState.WindowMinimized) | Qt.WindowState.WindowActive)
    window.show()
    front = QApplication.activeModalWidget() or window
    front.raise_()
    front.activateWindow()
    QApplication.alert(front)


class WakeWatch(QObject):
    """`woke` after the machine slept, or the clock was set: what waits by the clock is to look at it again.

    A clock that is asked every ten seconds and has gone on by more tells it on every system; timers and monotonic
    clocks count a sleep on Windows and do not on Linux.
    """

    woke = Signal()

    def __init__(
        self, now: Callable[[], datetime], acts: Iterable[Callable[[], None]] = (), parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        for act in acts:
            self.woke.connect(act)
        self._now = now
        self._seen = now()
        self._timer = QTimer(self, interval=_LOOK_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        passed, self._seen = self._now() - self._seen, self._now()
        if passed > _ASLEEP or passed < _BACK:
            self.woke.emit()


def has_no_screen() -> bool:
    """Whether this Linux gives a window nowhere to stand."""
    if not sys.platform.startswith("linux") or os.environ.get("QT_QPA_PLATFORM"):
        return False
    return not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
