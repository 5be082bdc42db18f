"""One question on one connection, asked in a thread of its own; whoever asked hears of it through a queue."""

from __future__ import annotations

import queue
import threading
from typing import Protocol

from desk_app.sync.line.connection import Connection

TICK_S = 0.2
"""How often a thread that waits looks whether it is still wanted."""


class Listener(Protocol):
    """Takes one answer in as it comes."""

    def feed(self, data: bytes) -> bool:
        """Take in what came; True once it is certain who speaks. Raises `Refused` when it cannot be the district."""


class End:
    """The answer is over."""


class Attempt:
    """One question on one connection, in its own thread; all that it hears goes into the queue."""

    def __init__(self, connection: Connection, path: str, body: bytes | None, listener: Listener) -> None:
        self.connection = connection
        self.listener = listener
        self.received = 0
        self._path = path
        self._body = body
        self._already_sent = connection.sent

    @property
    def sent(self) -> int:
        return self.connection.sent - self._already_sent

    @property
    def moved(self) -> int:
        """Bytes that have certainly gone one way or the other."""
        return max(0, self.sent - self.connection.unsent) + self.received

    def start(self, news: queue.Queue[News], is_over: threading.Event) -> None:
        threading.Thread(target=self._run, args=(news, is_over), name="line", daemon=True).start()

    def _run(self, news: queue.Queue[News], is_over: threading.Event) -> None:
        end: End | Exception = End()
        try:
            for data in self.connection.stream(self._path, self._body):
                if not _put(news, (self, data), is_over):
                    return
        except Exception as error:  # noqa: BLE001 - it is raised again in the thread that asked
            end = error
        _put(news, (self, end), is_over)


News = tuple[Attempt, bytes | End | Exception]


def _put(news: queue.Queue[News], item: News, is_over: threading.Event) -> bool:
    """False when nobody listens any more."""
    while not is_over.is_set():
        try:
            news.put(item, timeout=TICK_S)
        except queue.Full:
            continue
        return True
    return False
