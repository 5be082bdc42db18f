"""The cutter itself: a test of broken lines is worth nothing when the line is not broken where it says."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator

import pytest

from tests.kit.wire.proxy import Cut, Proxy


@pytest.fixture
def echo() -> Iterator[tuple[socket.socket, list[bytes]]]:
    """A server that keeps what comes and says it again; how it ended is the last entry."""
    listener = socket.create_server(("127.0.0.1", 0))
    kept: list[bytes] = []

    def serve() -> None:
        connection, _ = listener.accept()
        with connection:
            try:
                while data := connection.recv(4096):
                    kept.append(data)
                    connection.sendall(data)
                kept.append(b"FIN")
            except ConnectionResetError:
                kept.append(b"RST")

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    yield listener, kept
    thread.join(5)
    listener.close()


def talk(proxy: Proxy, said: bytes) -> tuple[bytes, str]:
    """What came back, and how the line ended for the desk."""
    heard = b""
    with socket.create_connection(("127.0.0.1", proxy.port)) as line:
        line.settimeout(2)  # beyond the longest pause of a cut
        try:
            line.sendall(said)
            while data := line.recv(4096):
                heard += data
        except TimeoutError:
            return heard, "silence"
        except (ConnectionResetError, BrokenPipeError):
            return heard, "RST"
    return heard, "FIN"


@pytest.mark.parametrize(
    ("cut", "kept", "heard", "ended"),
    [
        (Cut(way="up", after=5, how="rst", pause=0.5), b"01234", b"", "RST"),
        (Cut(way="up", after=5, how="fin"), b"01234", b"", "FIN"),
        (Cut(way="up", after=5, how="stall"), b"01234", b"", "silence"),
        (Cut(way="down", after=3, how="fin"), b"0123456789", b"012", "FIN"),
        (Cut(way="down", after=3, how="stall"), b"0123456789", b"012", "silence"),
        (None, b"0123456789", b"0123456789", "silence"),
    ],
)
def test_a_line_breaks_after_just_so_many_bytes(echo, cut, kept, heard, ended):
    listener, received = echo
    with Proxy(listener.getsockname()) as proxy:
        proxy.cut_next(cut)
        assert talk(proxy, b"0123456789") == (heard, ended)
        proxy.settle()
        assert b"".join(part for part in received if part not in (b"FIN", b"RST")) == kept
        assert proxy.cuts == (cut is not None)
        assert (proxy.up, proxy.down) == (len(kept), len(heard))
