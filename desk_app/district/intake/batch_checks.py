"""What can be said of a batch before its log is looked at: whose it is, which unit's, which of its events count."""

from __future__ import annotations

import msgspec

from desk_app.district.storage import devices, logs, own_logs
from desk_app.district.storage.devices import Device
from desk_app.district.storage.frames import IncomingFrame
from desk_app.protocol.batch import Batch
from desk_app.protocol.event_body import columns_of
from desk_app.protocol.keys import PublicKeys
from desk_app.protocol.messages import NONCE, Code, Hello, Refused

MOST_LOGS = 4096
MOST_OFFERS = 1024
_BEYOND = 1 << 63  # no database holds such a number


def check(hello: Hello) -> None:
    """Raises `Refused` for a question of a shape that no desk asks."""
    if len(hello.logs) > MOST_LOGS or len(hello.offers) > MOST_OFFERS:
        raise Refused(Code.TOO_LARGE)
    is_sound = (
        len(hello.nonce) == NONCE
        and all(len(log) == 16 and seq >= 0 for log, (seq, _) in hello.logs.items())
        and all(len(sha) == 32 and size >= 0 for sha, size in hello.offers.items())
    )
    if not is_sound:
        raise Refused(Code.BAD_COUNT)


def incoming(batch: Batch, device: Device, author: Device | None, me: PublicKeys) -> IncomingFrame | None:
    """The batch that `device` sent, ready for the inbox; None when its author is not known (yet): no error, it comes
    again.
    """
    keys = me if batch.author == me.kid else author.public if author else None
    is_ours = batch.author == me.kid or (author is not None and author.role == devices.DISTRICT)
    scope = author.unit if author else ""
    if is_ours:
        scope = own_logs.scope_of(batch.log, (own_logs.EVERYBODY, device.unit))
    if keys is None or not scope:
        return None
    receptions, lamport = glimpses(batch.bodies)
    is_refused = device.is_revoked or (author is not None and author.is_revoked)
    return IncomingFrame(
        sender=device.kid,
        batch=batch,
        author=keys,
        scope=scope,
        z=logs.kept(batch.bodies),
        receptions=receptions,
        lamport=lamport,
        is_ours=is_ours,
        verdict=Code.REVOKED if is_refused else Code.OK,
    )


def glimpses(bodies: tuple[bytes, ...]) -> tuple[tuple[bool, ...], int]:
    """Of each event whether it is a reception, as the desk's own column says, and the highest lamport.

    What cannot be read is none, and is kept all the same.
    """
    receptions, highest = [], 0
    for body in bodies:
        try:
            _, kind, lamport, *_ = columns_of(body)
        except msgspec.DecodeError:
            receptions.append(False)
        else:
            receptions.append(kind == "received")
            highest = max(highest, lamport if lamport < _BEYOND else 0)
    return tuple(receptions), highest
