"""Everybody at once: lines that only hang, people who sign in wrongly, searches, and the desks that send meanwhile."""

from __future__ import annotations

import asyncio
import re
import ssl
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from urllib.parse import urlencode

from desk_app.protocol.messages import CONTENT_TYPE, SYNC_PATH
from tests.kit.district.offices import Device

_GREETING = b"\x16\x03\x01\x02\x00\x01"
_HALF_A_HEAD = b"POST /v1/sync HTTP/1.1\r\nHost: x\r\nContent-Le"
_ADDRESSES, _TRIES = 10, 5


@cache
def anybody() -> ssl.SSLContext:
    """Trusts whoever is there: the load measures, it keeps no secret."""
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    made.check_hostname = False
    made.verify_mode = ssl.CERT_NONE
    return made


@dataclass
class Flood:
    """Lines that say nothing whole, of three kinds, from ten addresses."""

    port: int
    lines: list[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = field(default_factory=list)
    refused: int = 0

    async def rise(self, count: int) -> None:
        """Hold so many lines more, fifty at a time."""
        for start in range(0, count, 50):
            await asyncio.gather(*(self._hold(number) for number in range(start, min(start + 50, count))))

    async def _hold(self, number: int) -> None:
        address = (f"127.0.2.{1 + number % _ADDRESSES}", 0)
        secret = anybody() if number % 3 == 2 else None
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", self.port, local_addr=address, ssl=secret)
            if number % 3:
                writer.write(_HALF_A_HEAD if secret else _GREETING)
                await writer.drain()
        except OSError:
            self.refused += 1
        else:
            self.lines.append((reader, writer))

    async def ended(self) -> int:
        """How many of them the server has ended, or never let in."""
        found = await asyncio.gather(*(_is_over(reader) for reader, _ in self.lines))
        return sum(found) + self.refused

    def fall(self) -> None:
        for _, writer in self.lines:
            writer.transport.abort()


async def _is_over(reader: asyncio.StreamReader) -> bool:
    try:
        return await asyncio.wait_for(reader.read(1), 0.05) == b""
    except TimeoutError:
        return False
    except OSError:
        return True


async def asked(port: int, head: str, body: bytes = b"", *, address: str = "127.0.0.1") -> tuple[int, bytes]:
    """One request over a line of its own: status and body."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port, local_addr=(address, 0), ssl=anybody())
    try:
        writer.write(f"{head}\r\nHost: x\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n".encode() + body)
        await writer.drain()
        top, _, told = (await reader.read(-1)).partition(b"\r\n\r\n")
        found = re.match(rb"HTTP/1\.1 (\d+)", top)
        return int(found[1]) if found else 0, told
    finally:
        writer.close()
        with suppress(OSError, ssl.SSLError):
            await writer.wait_closed()


@dataclass
class Measured:
    """How long each answer of a kind took, in seconds, and what was no answer."""

    seconds: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    async def each(self, work: Callable[[], Awaitable[str]]) -> None:
        """Do it once; what it says went wrong is kept."""
        began = time.perf_counter()
        try:
            told = await work()
        except (OSError, asyncio.IncompleteReadError) as error:
            told = type(error).__name__
        self.seconds.append(time.perf_counter() - began)
        if told:
            self.wrong.append(told)

    def part(self, share: float) -> float:
        """The time within which this share of them was answered."""
        return sorted(self.seconds)[min(len(self.seconds) - 1, int(len(self.seconds) * share))]

    def __str__(self) -> str:
        half, most = self.part(0.5), self.part(0.95)
        return (
            f"{len(self.seconds)} answers, half within {half:.2f} s, 95 % within {most:.2f} s, {len(self.wrong)} wrong"
        )


async def reception(port: int, device: Device, number: int) -> str:
    """One more dossier at desk `number` is sent and confirmed; "" when it is. A line that breaks is tried again."""
    device.receives(10_000_000 * (1 + number) + len(device.bodies))
    request = device.request(first=len(device.bodies))
    head = f"POST {SYNC_PATH} HTTP/1.1\r\nContent-Type: {CONTENT_TYPE}"
    told = ""
    for _ in range(_TRIES):
        try:
            status, answer = await asked(port, head, request, address=f"127.0.3.{1 + number}")
        except (OSError, asyncio.IncompleteReadError) as error:
            told = type(error).__name__
            continue
        held = device.receipt(answer).logs[device.log].seq if status == 200 else status
        return "" if held == len(device.bodies) else f"{held} instead of {len(device.bodies)}"
    return told


async def search(port: int, cookie: str, number: int) -> str:
    """A signed-in person looks for a name."""
    head = f"GET /dossiers?{urlencode({'text': f'số {number}'})} HTTP/1.1\r\nCookie: visit={cookie}"
    status, _ = await asked(port, head, address=f"127.0.4.{1 + number % 200}")
    return "" if status == 200 else f"status {status}"


async def wrong_sign_in(port: int, number: int) -> str:
    """Somebody at an address of his own guesses a password."""
    form = urlencode({"name": "lan", "password": f"đoán {number}"}).encode()
    status, _ = await asked(port, "POST /sign-in HTTP/1.1", form, address=f"127.0.1.{1 + number % 200}")
    return "" if status in (403, 429) else f"status {status}"
