"""Keys a scanner still sends when its scan is over: a line feed behind the carriage return, Enter twice, Enter held."""

from __future__ import annotations

from PySide6.QtGui import QKeyEvent

_LINE_FEED_MS = 250
_LEAST_MS, _MOST_MS = 20, 120


class ScanTail:
    """Says of an ending key whether it still belongs to the scan before."""

    def __init__(self) -> None:
        self._from: int | None = None
        self._reach = _LEAST_MS
        self._is_held = False

    def begin(self, at_ms: int | None, usual_ms: int) -> None:
        """A scan ended with a key at this time; its keys came `usual_ms` apart."""
        self._from, self._reach = at_ms, min(_MOST_MS, max(_LEAST_MS, 3 * usual_ms))
        self._is_held = at_ms is not None

    def let_go(self) -> None:
        """The ending key came up again."""
        self._is_held = False

    def over(self) -> None:
        """Another key came: what follows is new."""
        self._from = None

    def takes(self, event: QKeyEvent) -> bool:
        """Whether this ending key is swallowed."""
        if event.isAutoRepeat() and self._is_held:
            return True
        if self._from is None:
            return False
        gap = event.timestamp() - self._from
        if 0 <= gap <= (_LINE_FEED_MS if event.text() == "\n" else self._reach):
            self._from = event.timestamp()
            return True
        self._from = None
        return False
