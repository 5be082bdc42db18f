"""Whoever answers on the line and is not the district: portals, careless proxies, recordings, forgers.

A `Host` speaks HTTP/1.1 over plain sockets, so that an answer can be as wrong as wanted. `after` ends an endless one.
"""

from __future__ import annotations

import contextlib
import gzip
import socket
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from tests.kit.wire.listener import Listener

PORTAL = (
    "<!DOCTYPE html><html><head><title>Wifi miễn phí</title></head><body><form action='/login'>"
    "Đăng nhập để vào mạng<input name='phone'></form></body></html>"
).encode()


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as it came."""

    line: str
    headers: dict[str, str]
    body: bytes


Answer = Callable[[Asked], Iterable[bytes]]


@dataclass
class Host(Listener):
    """Listens on 127.0.0.1 and gives every request `answer`, piece by piece; each connection carries one request."""

    answer: Answer
    asked: list[Asked] = field(default_factory=list)
    sent: int = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def _accept(self) -> None:
        self._listener.settimeout(0.05)
        while not self._ended.is_set():
            with contextlib.suppress(TimeoutError):
                line, _ = self._listener.accept()
                line.settimeout(2)
                self._start(self._serve, line)

    def _serve(self, line: socket.socket) -> None:
        with line, contextlib.suppress(OSError):
            request = _read(line)
            if request is None:
                return
            self.asked.append(request)
            for piece in self.answer(request):
                if self._ended.is_set():
                    return
                line.sendall(piece)
                self.sent += len(piece)
            line.shutdown(socket.SHUT_WR)
            while line.recv(65536):
                pass


def _read(line: socket.socket) -> Asked | None:
    data = b""
    while b"\r\n\r\n" not in data:
        more = line.recv(65536)
        if not more:
            return None
        data += more
    head, _, body = data.partition(b"\r\n\r\n")
    first, *rest = head.decode("latin-1").split("\r\n")
    headers = {name.strip().lower(): value.strip() for name, _, value in (one.partition(":") for one in rest)}
    length = int(headers.get("content-length", "0"))
    while len(body) < length:
        more = line.recv(65536)
        if not more:
            return None
        body += more
    return Asked(first, headers, body)


def response(
    body: bytes, *, status: str = "200 OK", kind: str = "application/x-cx", length: int | None = None, **headers: str
) -> bytes:
    """An HTTP answer; `length` may lie."""
    told = {"Content-Type": kind, "Content-Length": str(len(body) if length is None else length), **headers}
    top = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in told.items())
    return f"HTTP/1.1 {status}\r\n{top}\r\n".encode() + body


# --- answers that anybody may give --------------------------------------------------------


def portal(_: Asked) -> Iterable[bytes]:
    yield response(PORTAL, kind="text/html; charset=utf-8")


def portal_that_claims_frames(_: Asked) -> Iterable[bytes]:
    yield response(PORTAL)


def sign_in_needed(_: Asked) -> Iterable[bytes]:
    yield response(PORTAL, status="511 Network Authentication Required", kind="text/html")


def squeezed_portal(_: Asked) -> Iterable[bytes]:
    yield response(gzip.compress(PORTAL), Content_Encoding="gzip")


def nothing(_: Asked) -> Iterable[bytes]:
    yield response(b"")


def echo(asked: Asked) -> Iterable[bytes]:
    """The desk's own frames come back, whole and well signed."""
    yield response(asked.body)


def noise(_: Asked) -> Iterable[bytes]:
    yield response(bytes(range(256)) * 40)


def not_http(_: Asked) -> Iterable[bytes]:
    yield b"SSH-2.0-OpenSSH_9.6\r\n"


def hung_up(_: Asked) -> Iterable[bytes]:
    return ()


def broken_gateway(_: Asked) -> Iterable[bytes]:
    yield response(b"<h1>502</h1>", status="502 Bad Gateway", kind="text/html")


def moved_to(url: str) -> Answer:
    """A redirection, as a portal's; what was asked must never be carried there."""

    def answer(_: Asked) -> Iterable[bytes]:
        yield response(b"", status="302 Found", kind="text/html", Location=f"{url}/login")

    return answer


def shortened(body: bytes, *, by: int = 7) -> Answer:
    """The answer of somebody who promises more than comes."""

    def answer(_: Asked) -> Iterable[bytes]:
        yield response(body[:-by], length=len(body))

    return answer


def always(body: bytes) -> Answer:
    """A recording: the same bytes to everybody."""

    def answer(_: Asked) -> Iterable[bytes]:
        yield response(body)

    return answer


def drip(body: bytes, *, every: float) -> Answer:
    """One byte at a time, for as long as anybody listens."""

    def answer(_: Asked) -> Iterator[bytes]:
        yield response(b"", length=1 << 30)
        for byte in _endless(body):
            yield byte
            time.sleep(every)

    return answer


def flood(piece: bytes) -> Answer:
    """An answer without end."""

    def answer(_: Asked) -> Iterator[bytes]:
        yield b"HTTP/1.1 200 OK\r\nContent-Type: application/x-cx\r\nTransfer-Encoding: chunked\r\n\r\n"
        while True:
            yield b"%x\r\n%s\r\n" % (len(piece), piece)

    return answer


def _endless(body: bytes) -> Iterator[bytes]:
    while True:
        for place in range(len(body)):
            yield body[place : place + 1]
