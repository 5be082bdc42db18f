"""An event as one line of canonical JSON, and back: the same bytes are journal, audit and what is sent.

Keys, sorted: b stamps seen by path, d dossier, k kind, l lamport, o clock offset in s when beyond a minute, s schema
version when above 1, t UTC ms, u author, ua id of the author's account, v the payload. A body that had to be erased
leaves a hole, "#" and its hash in hex, so that the chain still holds (docs/decisions/0041).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from typing import Annotated, Any

import msgspec
from msgspec import Meta, Raw, Struct

from desk_app import typed_values
from desk_app.domain.dossiers.events import (
    KIND_OF,
    KINDS,
    SCHEMA_VERSION,
    Payload,
    Received,
    Recorded,
    Stamp,
    StepTaken,
    StepTakenBack,
)
from desk_app.domain.notices import NOTICE_KIND_OF, NOTICES, Notice

# What an SQLite column can hold.
_Integer = Annotated[int, Meta(ge=-(2**63), le=2**63 - 1)]
MOST_LAMPORT = 2**62
"""No lamport goes beyond: a desk gone mad that writes this one must not keep the others from writing theirs."""
LEAP = 2**32
"""By so much at most a lamport is above every one known before: each desk adds one, and a commune has fewer events.

Else one desk could write the highest of all, and nothing that others write later would come after it.
"""
ERASED = "redacted"
"""The kind of an event of which only the hash is left."""


class _Line(
    Struct,
    frozen=True,
    kw_only=True,
    omit_defaults=True,
    rename={
        "actor": "ua",
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
    actor: str = ""
    seen: dict[str, tuple[Stamp, ...]] = {}
    dossier: str
    kind: str
    lamport: Annotated[int, Meta(ge=1, le=MOST_LAMPORT)]
    clock_offset: _Integer = 0
    schema: int = 1
    at: _Integer
    author: str
    payload: Any


class _ReadLine(_Line, frozen=True, kw_only=True, omit_defaults=True):
    payload: Raw


_encoder = msgspec.json.Encoder(order="sorted")
_decoder = msgspec.json.Decoder(_ReadLine)
_SHAPES: dict[str, type[Payload | Notice]] = KINDS | NOTICES
_LARGE = re.compile(rb"[:\[,]-?[0-9]+(?:[0-9]{18}|[.eE])")
"""A number that may be one no column holds; the same may stand in a text."""
_HOLE = re.compile(rb"#[0-9a-f]{64}")


def is_hole(body: str | bytes) -> bool:
    """Whether only the hash of this event is left."""
    return _HOLE.fullmatch(body.encode() if isinstance(body, str) else body) is not None


def hole(digest: bytes) -> bytes:
    """What stands in place of the body whose hash this is."""
    return b"#" + digest.hex().encode()


def kind_of(payload: Payload | Notice) -> str:
    """The `k` of a payload."""
    return KIND_OF[type(payload)] if isinstance(payload, Payload) else NOTICE_KIND_OF[type(payload)]


def body_of(event: Recorded, payload: Payload | Notice) -> bytes:
    """The line of this event."""
    return _encoder.encode(
        _Line(
            actor=event.actor,
            seen=event.seen,
            dossier=event.dossier,
            kind=kind_of(payload),
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
    if is_hole(body):
        return Recorded(
            log=log,
            seq=seq,
            dossier="",
            kind=ERASED,
            lamport=0,
            at=0,
            clock_offset=0,
            author="",
            seen={},
            payload=None,
        )
    line = _read(body)
    return Recorded(
        log=log,
        seq=seq,
        dossier=line.dossier,
        kind=line.kind,
        lamport=line.lamport,
        at=line.at,
        clock_offset=line.clock_offset,
        author=line.author,
        actor=line.actor,
        seen=line.seen,
        payload=_payload(line),
    )


def columns_of(body: str | bytes) -> tuple[str, str, int, int, int, str]:
    """What the columns dossier, kind, lamport, at, clock_offset, author must hold. Raises `msgspec.DecodeError`."""
    if is_hole(body):
        return ("", ERASED, 0, 0, 0, "")
    line = _read(body)
    return (line.dossier, line.kind, line.lamport, line.at, line.clock_offset, line.author)


def lamport_of(body: bytes) -> int:
    """The lamport of a line; 0 where only the hash is left, and of what cannot be read."""
    try:
        return 0 if is_hole(body) else _read(body).lamport
    except msgspec.DecodeError:
        return 0


def _read(body: str | bytes) -> _ReadLine:
    try:
        return _decoder.decode(body)
    except RecursionError as error:  # brackets by the thousand: unreadable like any other nonsense, not a bug of ours
        raise msgspec.DecodeError("nested too deeply") from error
    except UnicodeDecodeError as error:  # msgspec passes it on as it is
        raise msgspec.DecodeError("not UTF-8") from error


def _payload(line: _ReadLine) -> Payload | Notice | None:
    shape = _SHAPES.get(line.kind)
    if shape is None or line.schema > SCHEMA_VERSION:
        return None
    try:
        payload = typed_values.from_json(line.payload, shape)  # worked out with the first of its kind
    except (msgspec.ValidationError, UnicodeDecodeError):
        return None
    if isinstance(payload, Received) and not (_is_moment(payload.received_at) and "applicant" in payload.people):
        return None
    if isinstance(payload, Received | StepTaken | StepTakenBack) and not _is_moment(payload.due_at):
        return None
    if _LARGE.search(line.payload) and not all(map(_is_moment, _numbers(payload))):
        return None
    return payload


def _numbers(value: object) -> Iterator[int]:
    """Every whole number that a payload holds."""
    if isinstance(value, int):
        yield value
    elif isinstance(value, Struct):
        for name in value.__struct_fields__:
            yield from _numbers(getattr(value, name))
    elif isinstance(value, tuple):
        for each in value:
            yield from _numbers(each)


def _is_moment(at: int) -> bool:
    return -(2**63) <= at < 2**63


def first_hash(log: bytes) -> bytes:
    """h₀ of a log's chain."""
    return hashlib.sha256(b"cx1 log" + log).digest()


def next_hash(previous: bytes, body: bytes) -> bytes:
    """hᵢ = SHA-256(hᵢ₋₁ ‖ bodyᵢ); of a hole, the hash that it names."""
    if body[:1] == b"#" and is_hole(body):
        return bytes.fromhex(body[1:].decode())
    return hashlib.sha256(previous + body).digest()
