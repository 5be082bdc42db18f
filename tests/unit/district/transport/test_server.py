"""The socket the district listens on."""

from __future__ import annotations

import asyncio
import socket

from desk_app.district.transport import server


def test_a_small_answer_is_sent_at_once_and_does_not_wait_for_the_line() -> None:
    """Else the head of an answer goes out and its body waits until that has been acknowledged: 2 s on a poor line."""
    told: list[int] = []

    async def asked(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        line = writer.get_extra_info("socket")
        told.append(line.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
        writer.close()

    async def call() -> None:
        listener = server.listen("127.0.0.1", 0)
        async with await asyncio.start_server(asked, sock=listener):
            reader, writer = await asyncio.open_connection(*listener.getsockname())
            await reader.read()
            writer.close()

    asyncio.run(call())
    assert told == [1]
