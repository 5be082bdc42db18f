"""How an event is known again that had to leave its place, and which log it begins there.

An event is the same wherever it stands if all but its citations is the same: dossier, kind, lamport, moment, clerk and
payload. Citations name places, and change when what they cite moves.
"""

from __future__ import annotations

import hashlib

import msgspec
from msgspec import Raw, Struct

from desk_app import typed_values

_CITING = b'{"b":'
_DRAWN = 10


class _Cited(Struct):
    b: Raw


def told(body: bytes) -> bytes:
    """The line without its citations, every other byte as it stands."""
    parts = cited(body)
    return b"{" + parts[1] if parts else body


def cited(body: bytes) -> tuple[bytes, bytes] | None:
    """The citations of a line as JSON, and what stands behind them; None where it cites nothing."""
    if not body.startswith(_CITING):
        return None
    try:
        seen = bytes(typed_values.from_json(body, _Cited).b)
    except (msgspec.DecodeError, RecursionError):
        return None
    end = len(_CITING) + len(seen)
    return (seen, body[end + 1 :]) if body[end : end + 1] == b"," and body[len(_CITING) : end] == seen else None


def log_of(body: bytes) -> bytes:
    """The name of the log that this event begins when it has to move: 10 bytes of what it says, 6 that prove them."""
    drawn = hashlib.sha256(b"cx1 moved" + told(body)).digest()[:_DRAWN]
    return drawn + _proof(drawn)


def is_log(name: bytes) -> bool:
    """Whether a log of this name holds what was moved; any desk that holds the events may write it."""
    return name[_DRAWN:] == _proof(name[:_DRAWN])


def next_log(name: bytes) -> bytes:
    """Another such name, where a log of this one has other content behind an erased beginning."""
    drawn = hashlib.sha256(b"cx1 moved on" + name).digest()[:_DRAWN]
    return drawn + _proof(drawn)


def _proof(drawn: bytes) -> bytes:
    return hashlib.sha256(b"cx1 moved log" + drawn).digest()[:6]
