"""A line that breaks where the test says: forwards TCP and cuts it after so many bytes, or lets it go silent.

`up` is from the desk to the district. Bytes are counted on both sides of every connection, also of those cut.
"""

from __future__ import annotations

import select
import socket
import struct
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from tests.kit.wire.listener import Listener

Way = Literal["up", "down"]
How = Literal["rst", "fin", "stall"]
_ABORT = struct.pack("ii", 1, 0)
_POLL = 0.05  # s between looks whether the proxy itself is to end


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """After `after` bytes of `way` have gone through: reset, close politely, or pass nothing more (black hole).

    `pause` s between the last byte and the reset: a reset discards what the other side has not yet read.
    """

    way: Way
    after: int
    how: How = "rst"
    pause: float = 0.0


@dataclass(slots=True)
class Passed:
    """What one connection carried; `said` are the bytes up and `heard` those down, of a proxy that records."""

    up: int = 0
    down: int = 0
    said: bytearray = field(default_factory=bytearray)
    heard: bytearray = field(default_factory=bytearray)
    was_cut: bool = False
    is_over: bool = False


@dataclass
class Proxy(Listener):
    """Listens on 127.0.0.1; `plan` is asked once for each new connection, by its number from 0."""

    target: tuple[str, int]
    plan: Callable[[int], Cut | None] = lambda _number: None
    bytes_a_second: float = 0.0
    is_recording: bool = False
    connections: list[Passed] = field(default_factory=list)

    @property
    def up(self) -> int:
        return sum(one.up for one in self.connections)

    @property
    def down(self) -> int:
        return sum(one.down for one in self.connections)

    @property
    def cuts(self) -> int:
        return sum(one.was_cut for one in self.connections)

    def cut_next(self, cut: Cut | None) -> None:
        """Only the next connection is cut; those after it are whole."""
        following = len(self.connections)
        self.plan = lambda number: cut if number == following else None

    def settle(self) -> None:
        """Wait until every connection so far is over, so that the counts stand."""
        until = time.monotonic() + 5
        while time.monotonic() < until and not all(one.is_over for one in self.connections):
            time.sleep(0.002)

    def _accept(self) -> None:
        while not self._ended.is_set():
            if select.select([self._listener], [], [], _POLL)[0]:
                near, _ = self._listener.accept()
                number = len(self.connections)
                self.connections.append(Passed())
                self._start(self._carry, near, self.connections[number], self.plan(number))

    def _carry(self, near: socket.socket, passed: Passed, cut: Cut | None) -> None:
        try:
            far = socket.create_connection(self.target)
        except OSError:
            _reset(near)
            passed.is_over = True
            return
        for end in (near, far):
            end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        try:
            self._forward(near, far, passed, cut)
        except OSError:
            _reset(near)
            _reset(far)
        finally:
            near.close()
            far.close()
            passed.is_over = True

    def _forward(self, near: socket.socket, far: socket.socket, passed: Passed, cut: Cut | None) -> None:
        other = {near: far, far: near}
        open_ends = {near, far}
        while open_ends and not self._ended.is_set():
            for end in select.select(list(open_ends), [], [], _POLL)[0]:
                way: Way = "up" if end is near else "down"
                data = end.recv(65536)
                if not data:
                    open_ends.discard(end)
                    other[end].shutdown(socket.SHUT_WR)
                    continue
                if cut is not None and cut.way == way:
                    data = data[: cut.after - getattr(passed, way)]
                self._send(other[end], data)
                setattr(passed, way, getattr(passed, way) + len(data))
                if self.is_recording:
                    (passed.said if way == "up" else passed.heard).extend(data)
                if cut is not None and getattr(passed, cut.way) >= cut.after:
                    passed.was_cut = True
                    self._break(near, far, cut)
                    return

    def _send(self, end: socket.socket, data: bytes) -> None:
        if not self.bytes_a_second:
            end.sendall(data)
            return
        for start in range(0, len(data), 1400):
            piece = data[start : start + 1400]
            end.sendall(piece)
            time.sleep(len(piece) / self.bytes_a_second)

    def _break(self, near: socket.socket, far: socket.socket, cut: Cut) -> None:
        if cut.how == "rst":
            time.sleep(cut.pause)
            _reset(near)
            _reset(far)
        elif cut.how == "fin":
            self._swallow(near, far, is_polite=True)
        else:
            self._swallow(near, far, is_polite=False)

    def _swallow(self, near: socket.socket, far: socket.socket, *, is_polite: bool) -> None:
        """Take what still comes and pass nothing on; a close with bytes unread would send a reset instead of a FIN."""
        open_ends = [near, far]
        if is_polite:
            for end in open_ends:
                end.shutdown(socket.SHUT_WR)
        while open_ends and not self._ended.is_set():
            for end in select.select(open_ends, [], [], _POLL)[0]:
                try:
                    is_closed = not end.recv(65536)
                except OSError:
                    is_closed = True
                if is_closed:
                    if not is_polite and end is near:
                        return  # the desk gave up; the district learns of it as by a reset, later or never
                    open_ends.remove(end)


def _reset(end: socket.socket) -> None:
    try:
        end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _ABORT)
    except OSError:
        return
    end.close()
