"""When to try again: twice as long after each failure, five minutes at most, never two desks in step."""

from __future__ import annotations

import threading
import time
from random import Random

FIRST, LONGEST = 2.0, 300.0
_DOUBLINGS = 10  # beyond these the longest wait is reached anyway


def wait_after(failures: int, random: Random) -> float:
    """Seconds to wait after this many failures in a row: 2, 4, 8 … 300, half more or less by chance; 0 after none."""
    if failures < 1:
        return 0.0
    return min(LONGEST, FIRST * 2.0 ** min(failures - 1, _DOUBLINGS)) * (0.5 + random.random())


class Backoff:
    """Counts the failures in a row and waits them out; "Gửi lại ngay" and a network that came up end the wait."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._hurry = threading.Event()
        self.failures = 0

    def failed(self, *, at_least: float = 0.0) -> float:
        """Note a failure; how long to wait now, in seconds. `at_least` is what a busy district asked for."""
        self.failures += 1
        return max(wait_after(self.failures, self._random), at_least)

    def succeeded(self) -> None:
        self.failures = 0

    def at_once(self) -> None:
        """End the wait that is on, or the next one."""
        self._hurry.set()

    def wait(self, seconds: float, stop: threading.Event) -> bool:
        """Wait, unless hurried; False when everything is to stop."""
        end = time.monotonic() + seconds
        while not stop.is_set() and (left := end - time.monotonic()) > 0:
            if self._hurry.wait(min(left, 0.5)):
                break
        self._hurry.clear()
        return not stop.is_set()
