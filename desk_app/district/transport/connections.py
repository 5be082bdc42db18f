"""Keeps watch over the lines to the server, so that half-open, slow and very many ones stop nobody else.

A line that has asked nothing whole yet can be ended at any time, the oldest first and those of the busiest address
before others; a line whose question is being answered is never ended. So a flood pushes itself out.
"""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from starlette.types import ASGIApp, Receive, Scope, Send

MOST_LINES, MOST_OF_ADDRESS = 2000, 1000
"""Open lines over all and from one address; the desks of a whole district may stand behind one address."""
HEAD_S = 30.0
"""So long may a line take from its beginning, or from its first word, to a whole head: also over a poor line."""
PIECE_S, BODY_S = 60.0, 600.0
"""So long may a body say nothing, and take as a whole."""
_SWEEP_S = 1.0
_OPEN, _READING, _IDLE, _SERVED, _CUT = range(5)
Address = tuple[str, int]


@dataclass(slots=True)
class _Watched:
    line: socket.socket
    state: int
    at: float


class ConnectionWatch:
    """All lines of one server, by the address and port of who called."""

    def __init__(self, *, most: int = MOST_LINES, most_of_address: int = MOST_OF_ADDRESS) -> None:
        self._most, self._most_of_address = most, most_of_address
        self._lines: dict[Address, _Watched] = {}
        self._lock = threading.Lock()

    def came(self, line: socket.socket, caller: Address) -> None:
        """A new line; where there are too many another one is ended for it."""
        with self._lock:
            of_address = [each for key, each in self._lines.items() if key[0] == caller[0] and each.state != _CUT]
            if len(of_address) >= self._most_of_address:
                self._end_one(of_address)
            elif len(self._lines) >= self._most:
                self._end_one(self._of_busiest())
            self._lines[caller] = _Watched(line, _OPEN, time.monotonic())

    def gone(self, caller: Address, line: socket.socket) -> None:
        """The line is closed."""
        with self._lock:
            kept = self._lines.get(caller)
            if kept is not None and kept.line is line:
                del self._lines[caller]

    def note(self, caller: Address, state: int) -> None:
        """What the line does now."""
        with self._lock:
            kept = self._lines.get(caller)
            if kept is not None and kept.state != _CUT:
                kept.state, kept.at = state, time.monotonic()

    def sweep(self) -> None:
        """End the lines that have been without a whole head for too long."""
        before = time.monotonic() - HEAD_S
        with self._lock:
            for each in self._lines.values():
                if each.state == _OPEN and each.at < before:
                    _end(each)

    def _of_busiest(self) -> list[_Watched]:
        counted = Counter(key[0] for key, each in self._lines.items() if each.state != _CUT)
        busiest = max(counted, key=lambda host: counted[host], default="")
        return [each for key, each in self._lines.items() if key[0] == busiest]

    def _end_one(self, lines: list[_Watched]) -> None:
        ended = [each for each in lines if each.state in (_OPEN, _READING, _IDLE)]
        if ended:
            _end(min(ended, key=lambda each: (each.state, each.at)))


def _end(watched: _Watched) -> None:
    watched.state = _CUT
    with suppress(OSError):
        watched.line.shutdown(socket.SHUT_RDWR)


class WatchedListener(socket.socket):
    """A listening socket whose lines are watched."""

    watch: ConnectionWatch

    @classmethod
    def over(cls, listener: socket.socket, watch: ConnectionWatch) -> WatchedListener:
        """The same socket once more; the first stays with who made it."""
        made = cls(listener.family, listener.type, listener.proto, fileno=listener.dup().detach())
        made.watch = watch
        return made

    def accept(self) -> tuple[socket.socket, Any]:
        """The next line, and who calls."""
        plain, caller = super().accept()
        line = _WatchedLine(plain.family, plain.type, plain.proto, fileno=plain.detach())
        line.watch, line.caller = self.watch, (str(caller[0]), int(caller[1]))
        self.watch.came(line, line.caller)
        return line, caller


class _WatchedLine(socket.socket):
    watch: ConnectionWatch
    caller: Address

    def close(self) -> None:
        self.watch.gone(self.caller, self)
        super().close()


class Watching:
    """The application behind the watch: says what each line does, and lets no body take for ever."""

    def __init__(self, app: ASGIApp, watch: ConnectionWatch) -> None:
        self._app = app
        self._watch = watch

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            sweeping = asyncio.create_task(self._sweep())
            try:
                await self._app(scope, receive, send)
            finally:
                sweeping.cancel()
            return
        if scope["type"] != "http" or not scope.get("client"):
            await self._app(scope, receive, send)
            return
        caller: Address = (scope["client"][0], scope["client"][1])
        self._watch.note(caller, _READING)
        try:
            await self._app(scope, self._patient(caller, receive), self._patiently(send))
        finally:
            self._watch.note(caller, _IDLE)

    def _patient(self, caller: Address, receive: Receive) -> Receive:
        ends_at = time.monotonic() + BODY_S
        is_whole = False

        async def received() -> Any:
            nonlocal is_whole
            if is_whole:
                return await receive()
            try:
                told = await asyncio.wait_for(receive(), min(PIECE_S, max(0.0, ends_at - time.monotonic())))
            except TimeoutError:
                return {"type": "http.disconnect"}
            is_whole = not told.get("more_body", False)
            self._watch.note(caller, _SERVED if is_whole else _READING)
            return told

        return received

    def _patiently(self, send: Send) -> Callable[[Any], Awaitable[None]]:
        async def sent(told: Any) -> None:
            await asyncio.wait_for(send(told), BODY_S)

        return sent

    async def _sweep(self) -> None:
        while True:
            await asyncio.sleep(_SWEEP_S)
            self._watch.sweep()
