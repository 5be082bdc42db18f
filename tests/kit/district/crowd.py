"""Desks by the hundred at half past four: each with keys, a log and a whole day's frames, sent all at once.

The day is one that the program's own services made; every desk gets its own ids, keys and log, so nothing is shared.
"""

from __future__ import annotations

import asyncio
import json
import re
import secrets
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from desk_app.protocol.batch import chain as hashes
from desk_app.protocol.batch import message, message_of, seal, sign_batch, unseal
from desk_app.protocol.event_body import first_hash
from desk_app.protocol.keys import Keys, PublicKeys
from desk_app.protocol.messages import CONTENT_TYPE, NONCE, SYNC_PATH, FrameKind, FrameReader, Hello, Receipt
from desk_app.protocol.packing import QUICK, Chain, pack
from tests.kit.desk import days

_ID = re.compile(rb'"d":"([a-z2-7]{16})"')
_FRAME = 32_000
_LETTERS = "abcdefghijklmnopqrstuvwxyz234567"
DESKS_OF_A_COMMUNE = 5


@dataclass(frozen=True, slots=True)
class Desk:
    """One of the crowd: its whole request, ready to be sent, and what must be confirmed."""

    keys: Keys
    unit: str
    log: bytes
    nonce: bytes
    request: bytes
    events: int
    receptions: int
    head: bytes


def day(folder: Path, *, dossiers: int, events: int) -> list[bytes]:
    """The bodies of one day at one counter."""
    with days.opened(days.make_desk(folder)) as desk:
        days.work(desk, dossiers=dossiers, events=events)
        return [body.encode() for (body,) in desk.db.all("SELECT body FROM event ORDER BY seq")]


def gathered(bodies: Sequence[bytes], district: PublicKeys, *, count: int) -> list[Desk]:
    """So many desks, five of them to a commune, who all had such a day."""
    return [_desk(bodies, district, number) for number in range(count)]


async def send(desk: Desk, district: PublicKeys, port: int) -> str:
    """Send the day and read the answer; "" when everything is confirmed, else what is wrong."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    top = f"POST {SYNC_PATH} HTTP/1.1\r\nHost: x\r\nContent-Type: {CONTENT_TYPE}\r\nContent-Length: {len(desk.request)}"
    writer.write(top.encode() + b"\r\n\r\n" + desk.request)
    await writer.drain()
    head = await reader.readuntil(b"\r\n\r\n")
    length = re.search(rb"(?i)content-length: (\d+)", head)
    answer = await reader.readexactly(int(length[1]) if length else 0)
    writer.close()
    if not head.startswith(b"HTTP/1.1 200"):
        return head.split(b"\r\n")[0].decode()
    frame = next(iter(FrameReader(desk.keys.kid).feed(answer)))
    receipt = message_of(FrameKind.RECEIPT, unseal(frame, desk.keys), Receipt, sender=district, me=desk.keys.kid)
    held = receipt.logs[desk.log]
    wanted = ("OK", desk.nonce, desk.events, desk.head[:8], desk.receptions)
    found = (receipt.code, receipt.nonce, held.seq, held.head, held.receptions)
    return "" if found == wanted else f"{found} instead of {wanted}"


async def send_all(crowd: Sequence[Desk], district: PublicKeys, port: int) -> list[str]:
    """All of them at once; what went wrong."""
    answers = await asyncio.gather(*(send(desk, district, port) for desk in crowd))
    return [answer for answer in answers if answer]


def _desk(template: Sequence[bytes], district: PublicKeys, number: int) -> Desk:
    keys, log, nonce = Keys.new(), secrets.token_bytes(16), secrets.token_bytes(NONCE)
    ids: dict[bytes, bytes] = {}

    def own(found: re.Match[bytes]) -> bytes:
        fresh = ids.setdefault(found[1], "".join(secrets.choice(_LETTERS) for _ in range(16)).encode())
        return b'"d":"%b"' % fresh

    bodies = [_ID.sub(own, body, count=1) for body in template]
    heads = [first_hash(log), *hashes(first_hash(log), bodies)]
    hello = Hello(nonce=nonce, logs={log: (len(bodies), heads[-1][:8])}, app="burst")
    parts = [message(FrameKind.HELLO, hello, keys, district)]
    stream, first, size = Chain(), 1, 0
    for at, body in enumerate(bodies, 1):
        size += len(body)
        if size < _FRAME and at < len(bodies):
            continue
        batch = sign_batch(keys, log, first=first, before=heads[first - 1], bodies=bodies[first - 1 : at])
        # As `batch_frame`, but packed quickly: making a crowd is not what is measured.
        told = struct.pack(">16sIH8s", log, first, len(batch.bodies), batch.prev8)
        packed = pack(batch.bodies, log=log, chain=stream, level=QUICK)
        parts.append(seal(FrameKind.EVENTS, district, batch.author + batch.signature + told + packed))
        first, size = at + 1, 0
    return Desk(
        keys=keys,
        unit=f"H61.{1 + number // DESKS_OF_A_COMMUNE}",
        log=log,
        nonce=nonce,
        request=b"".join(parts),
        events=len(bodies),
        receptions=sum(json.loads(body)["k"] == "received" for body in bodies),
        head=heads[-1],
    )
