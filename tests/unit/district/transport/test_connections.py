"""Too many lines of one address end the oldest unfinished one of that address, and nobody else's."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest

from desk_app.district.transport.connections import ConnectionWatch

BUSY, QUIET = "192.0.2.1", "192.0.2.2"


@pytest.fixture
def lines() -> Iterator[list[tuple[socket.socket, socket.socket]]]:
    """Ends at the server, each with that of who called."""
    pairs = [socket.socketpair() for _ in range(5)]
    yield pairs
    for pair in pairs:
        for end in pair:
            end.close()


def is_ended(caller: socket.socket) -> bool:
    caller.setblocking(False)
    try:
        return caller.recv(1) == b""
    except BlockingIOError:
        return False


def test_an_address_with_too_many_lines_ends_its_own_oldest(lines: list[tuple[socket.socket, socket.socket]]) -> None:
    watch = ConnectionWatch(most=100, most_of_address=2)
    for port, ((server, _), host) in enumerate(zip(lines, (QUIET, BUSY, BUSY, BUSY, BUSY), strict=True)):
        watch.came(server, (host, port))
    assert [is_ended(caller) for _, caller in lines] == [False, True, True, False, False]


def test_too_many_lines_over_all_end_one_of_the_busiest_address(
    lines: list[tuple[socket.socket, socket.socket]],
) -> None:
    watch = ConnectionWatch(most=4, most_of_address=100)
    for port, ((server, _), host) in enumerate(zip(lines, (QUIET, BUSY, BUSY, BUSY, QUIET), strict=True)):
        watch.came(server, (host, port))
    assert [is_ended(caller) for _, caller in lines] == [False, True, False, False, False]
