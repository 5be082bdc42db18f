"""What the district says back: the signed receipt, then the events that the desk lacks, within what it asked for.

MadeAnswer from the frames alone: no projection, however far behind or broken, changes an answer.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from desk_app.district.keys.identity import Identity
from desk_app.district.storage import blobs, devices, logs, meta
from desk_app.district.storage.contract import Session
from desk_app.district.storage.devices import Device
from desk_app.district.storage.logs import FrameRow, LogRow
from desk_app.protocol.batch import Batch, batch_frame, message
from desk_app.protocol.event_body import is_hole
from desk_app.protocol.messages import Code, FrameKind, Held, Hello, Receipt
from desk_app.protocol.packing import BRISK, Chain

MOST_PULL = 1 << 20
"""The most bytes of events in one answer, whatever was asked for."""
RETRY = 30
_TOGETHER = 32 << 10
MIN_APP = "min_app"
_WAIT = frozenset({Code.BUSY, Code.STORAGE})


@dataclass(frozen=True, slots=True)
class MadeAnswer:
    """The bytes of an answer; `ahead` events that the desk has of its own and we have not."""

    body: bytes
    ahead: int


def make(
    session: Session, identity: Identity, device: Device, hello: Hello, *, code: Code, now: int, most: int = MOST_PULL
) -> MadeAnswer:
    """The whole answer to this desk, from one snapshot; `most` bytes of events, or one batch more."""
    if device.is_revoked:
        return MadeAnswer(bare(identity, device, hello, code=code, now=now), -1)
    readable = logs.readable(session, device.unit, device.kid)
    held = {log.log: _held(session, log, hello) for log in readable}
    kids = devices.own_kids(session) | {identity.keys.kid}
    ours = tuple(log.log for log in readable if log.kid in kids)
    receipt = Receipt(
        nonce=hello.nonce,
        code=code.value,
        at=now,
        district=ours,
        logs=held,
        safe={log.log: log.safe for log in readable if log.safe},
        blobs=blobs.have(session, device.unit, list(hello.offers)),
        retry=RETRY if code in _WAIT else 0,
        min_app=meta.text(session, MIN_APP),
    )
    parts = [message(FrameKind.RECEIPT, receipt, identity.keys, device.public)]
    budget = min(hello.pull, MOST_PULL, most)
    chain = Chain()
    for batch in _lacking(session, readable, held, hello, ours):
        if budget <= 0:
            break
        sealed = batch_frame(batch, device.public, chain=chain, level=BRISK)
        budget -= len(sealed)
        parts.append(sealed)
    own = [log for log in readable if log.kid == device.kid]
    ahead = sum(max(0, hello.logs.get(log.log, (0, b""))[0] - log.seq) for log in own)
    return MadeAnswer(b"".join(parts), ahead)


def bare(identity: Identity, device: Device, hello: Hello, *, code: Code, now: int) -> bytes:
    """A receipt that confirms nothing: for a revoked device, or when the storage cannot be read."""
    receipt = Receipt(nonce=hello.nonce, code=code.value, at=now, retry=RETRY if code in _WAIT else 0)
    return message(FrameKind.RECEIPT, receipt, identity.keys, device.public)


def _held(session: Session, log: LogRow, hello: Hello) -> Held:
    """Where the log stands, and our hash at the number where the desk's copy ends."""
    at_yours = b""
    if log.log in hello.logs:
        seq, _ = hello.logs[log.log]
        if seq == log.seq:
            at_yours = log.head[:8]
        elif seq < log.seq:
            at_yours = (logs.hash_at(session, log.log, seq) or b"")[:8]
    return Held(log.seq, log.head[:8], at_yours, log.receptions)


def _lacking(
    session: Session, readable: list[LogRow], held: dict[bytes, Held], hello: Hello, ours: tuple[bytes, ...]
) -> Iterator[Batch]:
    """The frames behind what the desk holds: ours for all, ours for its unit, then its colleagues'.

    A copy that is not a beginning of ours gets nothing: the desk has to put its own log right first.
    """
    for log in sorted(readable, key=lambda log: (log.log not in ours, log.scope != "*", log.n)):
        seq, head8 = hello.logs.get(log.log, (0, b""))
        if seq >= log.seq or (seq and held[log.log].at_yours != head8):
            continue
        yield from _batches(session, log, seq)


def _batches(session: Session, log: LogRow, after: int) -> Iterator[Batch]:
    """What comes after a number of a log, small frames put together: a signature vouches for all that is before it.

    Not across a hole, though: what stands before one is vouched for only by the signature of its own frame.
    """
    parts: list[Batch] = []
    for frame in _frames(session, log, after):
        part = _from(frame, after, log.kid)
        if parts and (_size(parts) + _size([part]) > _TOGETHER or any(map(is_hole, part.bodies))):
            yield _joined(parts)
            parts = []
        parts.append(part)
        after = frame.last
    if parts:
        yield _joined(parts)


def _frames(session: Session, log: LogRow, after: int) -> Iterator[FrameRow]:
    while after < log.seq:
        found = logs.frames_after(session, log.log, after)
        if not found:
            return
        yield from found
        after = found[-1].last


def _size(parts: list[Batch]) -> int:
    return sum(len(body) for part in parts for body in part.bodies)


def _joined(parts: list[Batch]) -> Batch:
    first, last = parts[0], parts[-1]
    return replace(first, signature=last.signature, bodies=tuple(body for part in parts for body in part.bodies))


def _from(frame: FrameRow, after: int, author: bytes) -> Batch:
    """The frame, without the events up to `after`; its signature at the last event still vouches for the rest."""
    bodies = frame.bodies()
    is_whole = after < frame.first
    return Batch(
        author=author,
        signature=frame.signature,
        log=frame.log,
        first=frame.first if is_whole else after + 1,
        prev8=(frame.prev if is_whole else frame.hash_at(after))[:8],
        bodies=tuple(bodies if is_whole else bodies[after - frame.first + 1 :]),
    )
