"""How many bytes of files each desk may leave in a day over the line, so that one machine cannot fill the disk."""

from __future__ import annotations

import threading

MOST_OF_DAY = 32 << 20
"""Bytes; a desk itself sends at most 20 MiB a day (`files_lane.DAY_BYTES`), more goes by stick."""
_DAY = 86_400_000
_MOST_DESKS = 10_000


class FileQuota:
    """Counts in memory: who starts the server again gives every desk its day again."""

    def __init__(self, *, most: int = MOST_OF_DAY) -> None:
        self._most = most
        self._since: dict[bytes, tuple[int, int]] = {}
        self._lock = threading.Lock()

    def takes(self, kid: bytes, size: int, *, at: int) -> bool:
        """Whether so many bytes more of this desk fit into its day, and then they are counted; `at` UTC ms."""
        with self._lock:
            begun, held = self._since.get(kid, (at, 0))
            if not 0 <= at - begun < _DAY:
                begun, held = at, 0
            if held + size > self._most:
                return False
            if len(self._since) >= _MOST_DESKS:
                self._since.clear()
            self._since[kid] = (begun, held + size)
            return True
