"""Runs the district's application with uvicorn: one process, one port."""

from __future__ import annotations

import socket
from dataclasses import dataclass
from pathlib import Path

import uvicorn
from starlette.applications import Starlette

KEEP_ALIVE_S = 180
"""A desk's line may need 5 s for a word and back; the usual 5 s would close it between two requests."""
_MOST_CONNECTIONS = 2000
_BACKLOG = 2048


@dataclass(frozen=True, slots=True, kw_only=True)
class Listening:
    """Where to listen; without `certificate` and `key` in the clear, behind a proxy that speaks TLS."""

    host: str
    port: int
    certificate: Path | None = None
    key: Path | None = None


def listen(host: str, port: int) -> socket.socket:
    """The bound socket; port 0 takes any that is free. Raises `OSError`."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # asyncio sends small answers at once only on sockets that name TCP; else the line's whole delay is waited out
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(_BACKLOG)
    except OSError:
        listener.close()
        raise
    return listener


def server(app: Starlette, at: Listening) -> uvicorn.Server:
    """The server, not yet running: `run(sockets=[…])` serves until a signal, `should_exit` ends it from outside.

    Writes no access log: what a desk asks is nobody's business.
    """
    config = uvicorn.Config(
        app,
        lifespan="on",
        access_log=False,
        log_config=None,
        timeout_keep_alive=KEEP_ALIVE_S,
        timeout_graceful_shutdown=10,
        limit_concurrency=_MOST_CONNECTIONS,
        server_header=False,
        date_header=False,
        ssl_certfile=at.certificate,
        ssl_keyfile=at.key,
    )
    return uvicorn.Server(config)


def serve(app: Starlette, at: Listening) -> None:
    """Serve until the program is told to stop. Raises `OSError` when the port is taken."""
    listener = listen(at.host, at.port)
    try:
        server(app, at).run(sockets=[listener])
    finally:
        listener.close()
