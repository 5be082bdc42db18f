"""An event as one line of canonical JSON, and back: the same bytes are journal, audit and what is sent.

Keys, sorted: b stamps seen by path, d dossier, k kind, l lamport, o clock offset in s when beyond a minute, s schema
version when above 1, t UTC ms, u author, v the payload.
"""

from __future__ import annotations

import hashlib
from typing import Annotated, Any

import msgspec
from msgspec import Meta, Raw, Struct

from desk_app.domain.events import KIND_OF, KINDS, SCHEMA_VERSION, Payload, Received, Recorded, Stamp, StepTaken

# What an SQLite column can hold.
_Integer = Annotated[int, Meta(ge=-(2**63), le=2**63 - 1)]
_WORTH_TELLING = 60


class _Line(
    Struct,
    frozen=True,
    kw_only=True,
    omit_defaults=True,
    rename={
        "seen": "b",
        "dossier": "d",
        "kind": "k",
        "lamport": "l",
        "clock_offset": "o",
        "schema": "s",
        "at": "t",
        "author": "u",
        "payload": "v",
    },
):
    seen: dict[str, tuple[Stamp, ...]] = {}
    dossier: str
    kind: str
    lamport: Annotated[int, Meta(ge=1, le=2**62)]
    clock_offset: _Integer = 0
    schema: int = 1
    at: _Integer
    author: str
    payload: Any


class _ReadLine(_Line, frozen=True, kw_only=True, omit_defaults=True):
    payload: Raw


_encoder = msgspec.json.Encoder(order="sorted")
_decoder = msgspec.json.Decoder(_ReadLine)
_payload_decoders = {kind: msgspec.json.Decoder(payload) for kind, payload in KINDS.items()}


def told_offset(clock_offset: int) -> int:
    """The clock offset an event carries: none within a minute."""
    return clock_offset if abs(clock_offset) > _WORTH_TELLING else 0


def body_of(event: Recorded, payload: Payload) -> bytes:
    """The line of this event."""
    return _encoder.encode(
        _Line(
            seen=event.seen,
            dossier=event.dossier,
            kind=KIND_OF[type(payload)],
            lamport=event.lamport,
            clock_offset=event.clock_offset,
            schema=SCHEMA_VERSION,
            at=event.at,
            author=event.author,
            payload=payload,
        )
    )


def event_of(log: str, seq: int, body: str | bytes) -> Recorded:
    """The event a line says; `payload` None for a kind, a schema or a shape that this program does not know.

    Raises `msgspec.DecodeError` when the line itself cannot be read.
    """
    line = _decoder.decode(body)
    return Recorded(
        log=log,
        seq=seq,
        dossier=line.dossier,
        kind=line.kind,
        lamport=line.lamport,
        at=line.at,
        clock_offset=line.clock_offset,
        author=line.author,
        seen=line.seen,
        payload=_payload(line),
    )


def columns_of(body: str) -> tuple[str, str, int, int, int, str]:
    """What the columns dossier, kind, lamport, at, clock_offset, author must hold. Raises `msgspec.DecodeError`."""
    line = _decoder.decode(body)
    return (line.dossier, line.kind, line.lamport, line.at, line.clock_offset, line.author)


def _payload(line: _ReadLine) -> Payload | None:
    decoder = _payload_decoders.get(line.kind)
    if decoder is None or line.schema > SCHEMA_VERSION:
        return None
    try:
        payload = decoder.decode(line.payload)
    except msgspec.ValidationError:
        return None
    if isinstance(payload, Received) and not (_is_moment(payload.received_at) and "applicant" in payload.people):
        return None
    if isinstance(payload, Received | StepTaken) and not _is_moment(payload.due_at):
        return None
    return payload


def _is_moment(at: int) -> bool:
    return -(2**63) <= at < 2**63


def first_hash(log: bytes) -> bytes:
    """h₀ of a log's chain."""
    return hashlib.sha256(b"cx1 log" + log).digest()


def next_hash(previous: bytes, body: bytes) -> bytes:
    """hᵢ = SHA-256(hᵢ₋₁ ‖ bodyᵢ)."""
    return hashlib.sha256(previous + body).digest()
