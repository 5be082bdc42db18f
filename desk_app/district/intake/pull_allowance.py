"""How many bytes of events each desk may be sent in a while: packing them costs a thousand times what asking costs.

Counted in memory: it guards the processor, not the disk. What a desk is not sent now it is sent when it asks again.
"""

from __future__ import annotations

import threading

AT_ONCE = 8 << 20
"""Bytes that a desk may be sent without a pause: months of a large commune; a day of it is 50 KB."""
A_MINUTE = 1 << 20
LEAST = 4 << 10
"""What every answer may hold all the same, so that a desk always comes nearer."""
_MINUTE = 60_000
_MOST_DESKS = 10_000


class PullAllowance:
    """By key id of the desk: what is left of its bytes, and since when (UTC ms)."""

    def __init__(self, *, at_once: int = AT_ONCE, a_minute: int = A_MINUTE) -> None:
        self._at_once, self._a_minute = at_once, a_minute
        self._left: dict[bytes, tuple[int, int]] = {}
        self._lock = threading.Lock()

    def left(self, kid: bytes, *, at: int) -> int:
        """How many bytes of events this desk's next answer may hold."""
        with self._lock:
            return max(LEAST, self._grown(kid, at))

    def sent(self, kid: bytes, size: int, *, at: int) -> None:
        """An answer of so many bytes was made for the desk, whether or not it arrives."""
        with self._lock:
            if len(self._left) >= _MOST_DESKS:
                self._left.clear()
            self._left[kid] = (max(0, self._grown(kid, at) - size), at)

    def _grown(self, kid: bytes, at: int) -> int:
        left, since = self._left.get(kid, (self._at_once, at))
        return min(self._at_once, left + max(0, at - since) * self._a_minute // _MINUTE)
