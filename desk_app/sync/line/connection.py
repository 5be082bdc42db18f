"""One HTTP/1.1 connection to the district: the pinned certificate, the office's proxy, small pieces, cut at any time.

Knows nothing of frames: whether it was the district that answered is for those to say who can check signatures.
"""

from __future__ import annotations

import contextlib
import socket
import ssl
import sys
import threading
from collections.abc import Callable, Iterator
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import urllib3
from urllib3 import exceptions as refusals
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.response import BaseHTTPResponse

from desk_app.protocol.messages import CONTENT_TYPE

PIECE = 1300
"""Python's timeout covers a whole send: in pieces of a packet, a slow line is no failure (docs/protocol.md). With what
TLS adds a piece must fit one packet of 1,400 bytes: else each begins with a full one and a small one behind it."""
READ = 16384
_CONNECT_S, _READ_S = 90.0, 300.0
_NO_CHECK_TIME = 0x200000  # X509_V_FLAG_NO_CHECK_TIME: a desk whose clock is years off must still reach its district
_DATES, _NAMES = (9, 10), (62, 63, 64)
_PARTIAL_CHAIN = 0x80000  # X509_V_FLAG_PARTIAL_CHAIN: the pinned certificate itself is enough

urllib3.disable_warnings(refusals.SystemTimeWarning)


class NotReachedError(Exception):
    """Nobody took the connection."""


class Distrust(StrEnum):
    """What is wrong with the certificate of whoever answered; `NONE`: they have none, or speak no HTTP."""

    NONE = ""
    CHANGED = "changed"
    OTHER_HOST = "other host"
    EXPIRED = "expired"


class NotTrustedError(Exception):
    """Somebody took it who is not the one whose certificate is pinned, or who does not speak HTTP."""

    def __init__(self, what: str, why: Distrust = Distrust.NONE) -> None:
        super().__init__(what)
        self.why = why


class CutError(Exception):
    """The connection died on the way."""


class Connection:
    """Kept open between requests. `cut` may be called from any thread and ends whatever is going on."""

    def __init__(self, url: str, tls: str | None) -> None:
        self._url = url.rstrip("/")
        self._socket: socket.socket | None = None
        self._is_cut = threading.Event()
        self._manager = _manager(self._url, tls)
        place = urllib3.util.parse_url(self._url)
        pool = self._manager.connection_from_host(place.host, port=place.port, scheme=place.scheme or "http")
        pool.ConnectionCls = _Secure if pool.scheme == "https" else _PlainConnection
        pool.conn_kw["opened"] = self._opened
        self.sent = 0
        self.status = 0

    @property
    def unsent(self) -> int:
        """Bytes that the other side has not acknowledged, 0 where this machine cannot tell (`TELLS_UNSENT`)."""
        return _unsent(self._socket) if self._socket is not None else 0

    def stream(self, path: str, body: bytes | None) -> Iterator[bytes]:
        """Ask, and give the answer's bytes as they come: first nothing, as soon as the head of the answer is there.

        Raises `NotReachedError`, `NotTrustedError`, `CutError`.
        """
        response: BaseHTTPResponse | None = None
        try:
            response = self._asked(path, body)
            self.status = response.status
            yield b""
            while data := response.read1(READ):
                yield data
        except (refusals.HTTPError, OSError, ValueError) as error:
            raise _told(error) from error
        finally:
            if response is not None and (not response.closed or self._is_cut.is_set()):
                response.close()

    def cut(self) -> None:
        """End the connection now; a thread that waits in it comes back with an error."""
        self._is_cut.set()
        if self._socket is not None:
            with contextlib.suppress(OSError):  # it may be closed already
                socket.socket.shutdown(self._socket, socket.SHUT_RDWR)

    def close(self) -> None:
        """Give the connection back; only when nothing goes on in it."""
        self._manager.clear()

    def _asked(self, path: str, body: bytes | None) -> BaseHTTPResponse:
        headers = {"User-Agent": "desk", "Accept-Encoding": "identity"}
        if body is not None:
            headers |= {"Content-Type": CONTENT_TYPE, "Content-Length": str(len(body))}
        return self._manager.urlopen(
            "GET" if body is None else "POST",
            self._url + path,
            body=None if body is None else self._pieces(body),
            headers=headers,
            redirect=False,
            retries=False,
            preload_content=False,
            timeout=urllib3.Timeout(connect=_CONNECT_S, read=_READ_S),
        )

    def _pieces(self, body: bytes) -> Iterator[bytes]:
        for start in range(0, len(body), PIECE):
            if self._is_cut.is_set():
                raise ConnectionAbortedError
            piece = body[start : start + PIECE]
            yield piece
            self.sent += len(piece)

    def _opened(self, sock: socket.socket) -> None:
        self._socket = sock
        if self._is_cut.is_set():
            sock.close()
            raise ConnectionAbortedError


class _PlainConnection(HTTPConnection):
    def __init__(self, *args: Any, opened: Callable[[socket.socket], None], **options: Any) -> None:
        super().__init__(*args, **options)
        self._when_opened = opened

    def connect(self) -> None:
        super().connect()
        self._when_opened(self.sock)


class _Secure(HTTPSConnection):
    def __init__(self, *args: Any, opened: Callable[[socket.socket], None], **options: Any) -> None:
        super().__init__(*args, **options)
        self._when_opened = opened

    def connect(self) -> None:
        super().connect()
        self.is_verified = True  # urllib3 only warns by it; a desk that knows just a code has that for proof
        self._when_opened(self.sock)


def _told(error: Exception) -> Exception:
    if isinstance(error, refusals.SSLError | refusals.DecodeError | refusals.InvalidHeader):
        return NotTrustedError(type(error).__name__, _distrust(error))
    if isinstance(error, refusals.NewConnectionError | refusals.ConnectTimeoutError | refusals.ProxyError):
        return NotReachedError(type(error).__name__)
    return CutError(type(error).__name__)


def _distrust(error: BaseException) -> Distrust:
    """Why OpenSSL refused a certificate (X509_V_ERR_…), however deep urllib3 has wrapped it."""
    causes: list[object] = [error, error.__cause__, error.__context__, *error.args]
    refused = next((cause for cause in causes if isinstance(cause, ssl.SSLCertVerificationError)), None)
    if refused is None:
        return Distrust.NONE
    if refused.verify_code in _DATES:
        return Distrust.EXPIRED
    return Distrust.OTHER_HOST if refused.verify_code in _NAMES else Distrust.CHANGED


def _manager(url: str, tls: str | None) -> urllib3.PoolManager:
    options: dict[str, Any] = {"num_pools": 1, "maxsize": 1, "block": True, "retries": False}
    if url.startswith("https:"):
        options |= {"ssl_context": context(tls), "assert_hostname": None if tls == "" else False}
    proxy = proxy_of(url)
    if not proxy:
        return urllib3.PoolManager(**options)
    user = urlsplit(proxy)
    name = f"{user.username}:{user.password or ''}" if user.username else None
    return urllib3.ProxyManager(proxy, proxy_headers=urllib3.make_headers(proxy_basic_auth=name), **options)


def proxy_of(url: str) -> str:
    """The proxy that this machine's settings name for the address, "" for none; never for this machine itself."""
    place = urlsplit(url)
    host = place.hostname or ""
    if host in {"localhost", "127.0.0.1", "::1"} or proxy_bypass(host):
        return ""
    proxies = getproxies()
    proxy = proxies.get(place.scheme) or proxies.get("all") or ""
    if proxy and "://" not in proxy:
        proxy = f"http://{proxy}"
    return proxy if proxy.startswith(("http://", "https://")) else ""


def context(tls: str | None) -> ssl.SSLContext:
    """Trust exactly the certificate `tls` (PEM), the system's authorities where it is "", or whoever is there (None).

    None is for a desk that knows its district by a one-time code only: what both then say is proved by the code. No
    validity date is looked at: the frames inside are sealed and signed, and clocks in offices are wrong.
    """
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    made.minimum_version = ssl.TLSVersion.TLSv1_2
    made.verify_flags |= _NO_CHECK_TIME
    if tls == "":
        made.load_default_certs()
        return made
    made.check_hostname = False
    if tls is None:
        made.verify_mode = ssl.CERT_NONE
        return made
    made.verify_flags |= _PARTIAL_CHAIN
    made.load_verify_locations(cadata=tls)
    return made


if sys.platform == "linux":
    import fcntl
    import termios

    TELLS_UNSENT = True

    def _unsent(sock: socket.socket) -> int:
        told = bytearray(4)
        try:
            fcntl.ioctl(sock.fileno(), termios.TIOCOUTQ, told)
        except (OSError, ValueError):
            return 0
        return int.from_bytes(told, sys.byteorder)

else:
    TELLS_UNSENT = False

    def _unsent(sock: socket.socket) -> int:  # noqa: ARG001 - other systems do not tell it through a socket
        return 0
