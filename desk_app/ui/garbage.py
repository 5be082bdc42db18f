"""Garbage is looked for by the window's thread alone: what lies in it may be Qt's, and dies in no other thread.

Python looks wherever an object is made. A thread that reads or draws would then take apart a closed card of the window
while Qt does the same, and the program would be gone.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

_EVERY_MS = 400
_WHOLE_AFTER = 150
"""Looks without a whole one: it goes through everything there is."""

_NEW_OBJECTS = 20_000
"""So many are there before a look is due. Python's own 700 are made by a single page."""


class GarbageLooks(QObject):
    """From now until `stop` a timer of this thread looks, when as many objects were made as Python waits for."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._since_whole = 0
        gc.disable()
        gc.set_threshold(_NEW_OBJECTS, *gc.get_threshold()[1:])
        self._timer = QTimer(self, interval=_EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Look through the youngest objects that are due, seldom through all."""
        self._since_whole += 1
        counts, most = gc.get_count(), gc.get_threshold()
        is_due = [count > limit for count, limit in zip(counts, most, strict=True)]
        if is_due[2] and self._since_whole > _WHOLE_AFTER:
            self._since_whole = 0
            gc.collect()
        elif is_due[1]:
            gc.collect(1)
        elif is_due[0]:
            gc.collect(0)

    def stop(self) -> None:
        """Python looks by itself again."""
        self._timer.stop()
        gc.enable()
