"""Keeps watch over the lines to the server, so that half-open, slow and very many ones stop nobody else.

A line that has asked nothing whole yet can be ended at any time, the oldest first and those of the address with the
most such lines before others; a line whose question is being answered is never ended. So a flood pushes itself out.
"""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from collections import Counter, defaultdict
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
_OPEN, _READING, _IDLE, _SERVED = range(4)
_UNFINISHED = (_OPEN, _READING)
Address = tuple[str, int]


@dataclass(slots=True)
class _Watched:
    line: socket.socket
    state: int
    at: float


class ConnectionWatch:
    """All lines of one server that it has not ended, by the address and then the port of who called."""

    def __init__(self, *, most: int = MOST_LINES, most_of_address: int = MOST_OF_ADDRESS) -> None:
        self._most, self._most_of_address = most, most_of_address
        self._lines: defaultdict[str, dict[int, _Watched]] = defaultdict(dict)
        self._unfinished: Counter[str] = Counter()
        self._count = 0
        self._lock = threading.Lock()

    def came(self, line: socket.socket, caller: Address) -> None:
        """A new line; where there are too many another one is ended for it."""
        host, port = caller
        with self._lock:
            if len(self._lines.get(host, ())) >= self._most_of_address:
                self._end_one(host)
            elif self._count >= self._most:
                self._end_one(self._busiest())
            self._forget(caller)
            self._lines[host][port] = _Watched(line, _OPEN, time.monotonic())
            self._unfinished[host] += 1
            self._count += 1

    def gone(self, caller: Address, line: socket.socket) -> None:
        """The line is closed."""
        with self._lock:
            kept = self._lines.get(caller[0], {}).get(caller[1])
            if kept is not None and kept.line is line:
                self._forget(caller)

    def note(self, caller: Address, state: int) -> None:
        """What the line does now."""
        host, port = caller
        with self._lock:
            kept = self._lines.get(host, {}).get(port)
            if kept is not None:
                self._unfinished[host] += (state in _UNFINISHED) - (kept.state in _UNFINISHED)
                kept.state, kept.at = state, time.monotonic()

    def sweep(self) -> None:
        """End the lines that have been without a whole head for too long."""
        before = time.monotonic() - HEAD_S
        with self._lock:
            late = [
                (host, port)
                for host, lines in self._lines.items()
                for port, each in lines.items()
                if each.state == _OPEN and each.at < before
            ]
            for caller in late:
                self._end(caller)

    def _busiest(self) -> str:
        """The address with the most unfinished lines: one that only keeps finished ones open harms nobody."""
        return max(self._lines, key=lambda host: (self._unfinished[host], len(self._lines[host])), default="")

    def _end_one(self, host: str) -> None:
        lines = self._lines.get(host, {})
        ended = [port for port, each in lines.items() if each.state != _SERVED]
        if ended:
            self._end((host, min(ended, key=lambda port: (lines[port].state, lines[port].at))))

    def _end(self, caller: Address) -> None:
        line = self._lines[caller[0]][caller[1]].line
        self._forget(caller)
        with suppress(OSError):
            line.shutdown(socket.SHUT_RDWR)

    def _forget(self, caller: Address) -> None:
        host, port = caller
        kept = self._lines.get(host, {}).pop(port, None)
        if kept is None:
            return
        self._unfinished[host] -= kept.state in _UNFINISHED
        self._count -= 1
        if not self._lines[host]:
            del self._lines[host], self._unfinished[host]


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
