"""How far a round has come, for people: bytes done and expected, and the time left once the line's speed is known."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

EVENT_BYTES = 35
"""What an event weighs on the line, packed and sealed; only to guess how much is still to come."""
_SURE_S, _SURE_BYTES = 2.0, 2000
_OFTEN_S = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """`stage` is connecting, sending, waiting (all is sent, nothing has come back), receiving or files.

    `seconds_left` is None while nobody can say.
    """

    stage: str
    bytes_done: int
    bytes_total: int
    seconds_left: int | None = None


@dataclass(frozen=True, slots=True)
class Traffic:
    """What has gone over the line so far: application bytes each way, questions asked, connections that died."""

    sent: int = 0
    received: int = 0
    asked: int = 0
    cuts: int = 0


class Gauge:
    """Turns what the line tells into progress; calls `tell` a few times a second at most."""

    def __init__(self, tell: Callable[[Progress], None]) -> None:
        self._tell = tell
        self._done = 0
        self._question = 0
        self._expected = 0
        self._later = 0
        self._begun_at = 0.0
        self._told_at = 0.0
        self._told: Progress | None = None
        self._is_files = False

    def begin(self, question: int, *, expected: int, later: int, is_files: bool = False) -> None:
        """A question of so many bytes goes out; so many are expected back, and so many will follow `later`."""
        self._question, self._expected, self._later, self._is_files = question, expected, later, is_files
        self.look(0, 0)

    def end(self, received: int) -> None:
        self._done += self._question + received

    def look(self, sent: int, received: int) -> None:
        """So much of the question has gone, so much of the answer has come."""
        now = time.monotonic()
        done = self._done + sent + received
        if done and not self._begun_at:
            self._begun_at = now
        left = max(0, self._question - sent) + max(0, self._expected - received) + self._later
        told = Progress(
            stage=self._stage(sent, received),
            bytes_done=done,
            bytes_total=done + left,
            seconds_left=self._seconds(done, left, now),
        )
        is_news = self._told is None or told.stage != self._told.stage
        if is_news or (now - self._told_at >= _OFTEN_S and told != self._told):
            self._told, self._told_at = told, now
            self._tell(told)

    def _stage(self, sent: int, received: int) -> str:
        if not self._done and not sent and not received:
            return "connecting"
        if self._is_files:
            return "files"
        if received:
            return "receiving"
        return "sending" if sent < self._question else "waiting"

    def _seconds(self, done: int, left: int, now: float) -> int | None:
        for_s = now - self._begun_at
        if not self._begun_at or for_s < _SURE_S or done < _SURE_BYTES:
            return None
        return round(left * for_s / done)
