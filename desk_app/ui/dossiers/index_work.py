"""Indexes in quiet moments what an earlier version of the program left, so that search finds everybody named."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from desk_app.errors import DeskError

_PAUSE_MS = 200


class IndexWork(QObject):
    """A few dossiers at a time, until `index_more` says that nothing is left; a refusal ends it for today."""

    def __init__(self, index_more: Callable[[], bool], parent: QObject) -> None:
        super().__init__(parent)
        self._index_more = index_more
        self._timer = QTimer(self, interval=_PAUSE_MS)
        self._timer.timeout.connect(self._go_on)

    def begin(self) -> None:
        self._timer.start()

    def stop(self) -> None:
        self._timer.stop()

    def _go_on(self) -> None:
        try:
            has_more = self._index_more()
        except DeskError:
            has_more = False
        if not has_more:
            self.stop()
