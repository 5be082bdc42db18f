"""Runs the district's application with uvicorn: one process, one port."""

from __future__ import annotations

import socket
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from desk_app.district.transport.connections import MOST_LINES, ConnectionWatch, WatchedListener, Watching

if sys.platform != "win32":
    import resource

KEEP_ALIVE_S = 180
"""A desk's line may need 5 s for a word and back; the usual 5 s would close it between two requests."""
_BACKLOG = 2048
_FILES_BESIDE = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Listening:
    """Where to listen; without `certificate` and `key` in the clear, behind a proxy that speaks TLS."""

    host: str
    port: int
    certificate: Path | None = None
    key: Path | None = None
    proxies: str = ""
    """Addresses, with commas between them, whose word for who calls is believed (X-Forwarded-For); "" for nobody's."""


def listen(host: str, port: int) -> socket.socket:
    """The bound socket; port 0 takes any that is free. Raises `OSError`."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # asyncio sends small answers at once only on sockets that name TCP; else the line's whole delay is waited out
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if sys.platform == "win32":  # where the other option lets any program listen on the same port as well
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
            listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # its lines take that over from here
        else:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(_BACKLOG)
    except OSError:
        listener.close()
        raise
    return listener


def server(app: Starlette, at: Listening, *, watch: ConnectionWatch | None = None) -> uvicorn.Server:
    """The server, not yet running: `run(sockets=[…])` serves until a signal, `should_exit` ends it from outside.

    Writes no access log: what a desk asks is nobody's business. `watch` says how many lines there may be.
    """
    watch = watch or ConnectionWatch()
    told = ProxyHeadersMiddleware(app, trusted_hosts=at.proxies) if at.proxies else app  # type: ignore[arg-type]
    config = uvicorn.Config(
        Watching(told, watch),  # type: ignore[arg-type]
        proxy_headers=False,  # uvicorn would believe whoever calls from this machine
        lifespan="on",
        access_log=False,
        log_config=None,
        timeout_keep_alive=KEEP_ALIVE_S,
        timeout_graceful_shutdown=10,
        server_header=False,
        date_header=False,
        ssl_certfile=at.certificate,
        ssl_keyfile=at.key,
    )
    return _DistrictServer(config, watch)


class _DistrictServer(uvicorn.Server):
    """A server that watches every line of its sockets."""

    def __init__(self, config: uvicorn.Config, watch: ConnectionWatch) -> None:
        super().__init__(config)
        self._watch = watch

    def run(self, sockets: list[socket.socket] | None = None) -> None:
        _allow_files(MOST_LINES + _FILES_BESIDE)
        super().run([WatchedListener.over(listener, self._watch) for listener in sockets or []])


def _allow_files(wanted: int) -> None:
    """Every line is an open file; systems begin with 1024 or fewer."""
    if sys.platform == "win32":  # which knows no such limit
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < wanted:
        most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        with suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, most), hard))


def serve(app: Starlette, at: Listening) -> None:
    """Serve until the program is told to stop. Raises `OSError` when the port is taken."""
    listener = listen(at.host, at.port)
    try:
        server(app, at).run(sockets=[listener])
    finally:
        listener.close()
