"""The scanner on a serial port: one thread listens, to one port at a time, and to another as soon as one is chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from desk_app.errors import DeskError
from desk_app.lazy import lazy
from desk_app.ui.jobs import Jobs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desk_app.ui.scanning import serial_scanner
else:
    serial_scanner = lazy("desk_app.ui.scanning.serial_scanner")

_LANE = "scanner"
_AGAIN_MS = 5_000


class PortListener(QObject):
    """`came` gives each text as the port sent it, `failed` why a port cannot be heard.

    A port that went away (a cable, a sleep of the machine) is tried again, and said once: plugged in again it is heard.
    """

    came = Signal(str)
    failed = Signal(object)

    def __init__(self, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._turn = 0
        self._heard: tuple[str, int] = ("", 0)
        self._lost: tuple[str, int] = ("", 0)
        self._again = QTimer(self, singleShot=True, interval=_AGAIN_MS)
        self._again.timeout.connect(self.try_again)

    def listen(self, port: str, baud: int) -> None:
        """Listen to this port from now on, to none for ""; the port before is let go of first."""
        if (port, baud) == self._heard:
            return
        self._lost = ("", 0)
        self._again.stop()
        self._begin(port, baud)

    def _begin(self, port: str, baud: int) -> None:
        self._heard = (port, baud)
        self._turn += 1
        if port:
            turn = self._turn
            self._jobs.stream(
                _LANE,
                lambda: self._lines(port, baud, turn),
                owner=self,
                each=self._heard_text,
                failed=lambda error: self._refused(turn, error),
            )

    @property
    def port(self) -> str:
        """Which port is listened to; "" for none."""
        return self._heard[0]

    def try_again(self) -> None:
        """Listen to the port that went away, if there is one."""
        if self._lost[0]:
            self._begin(*self._lost)

    def stop(self) -> None:
        self.listen("", 0)

    def _heard_text(self, text: str) -> None:
        self._lost = ("", 0)
        self.came.emit(text)

    def _lines(self, port: str, baud: int, turn: int) -> Iterator[str]:
        return serial_scanner.lines(port, lambda: self._turn != turn, baud=baud)

    def _refused(self, turn: int, error: DeskError) -> None:
        if turn == self._turn:
            is_news = self._heard != self._lost
            self._lost, self._heard = self._heard, ("", 0)  # so that the same port can be tried again
            self._again.start()
            if is_news:
                self.failed.emit(error)
