"""Makes values of our types from JSON, MessagePack and plain Python, in any thread.

msgspec works out what a type holds when the type is first read, and lets other threads see the half of it: two threads
that read the first message of a server ended the whole process (msgspec 0.22). Here each type is worked out once, under
a lock; tests/test_architecture.py holds that nothing else reads by a type.
"""

from __future__ import annotations

import threading
from typing import Any, TypeVar

import msgspec

T = TypeVar("T")
_lock = threading.RLock()
_json: dict[Any, msgspec.json.Decoder[Any]] = {}
_msgpack: dict[Any, msgspec.msgpack.Decoder[Any]] = {}


def from_json(told: str | bytes | msgspec.Raw, shape: type[T]) -> T:
    """The value in this JSON. Raises `msgspec.DecodeError` and what `msgspec.json.decode` raises besides."""
    decoder = _json.get(shape)
    if decoder is None:
        with _lock:
            decoder = _json.setdefault(shape, msgspec.json.Decoder(shape))
    value: T = decoder.decode(told)
    return value


def from_msgpack(told: bytes, shape: type[T]) -> T:
    """The value in these bytes. Raises as `from_json`."""
    value: T = _of_msgpack(shape).decode(told)
    return value


def converted(raw: object, shape: type[T], *, strict: bool = True) -> T:
    """The value made of dicts, lists and plain values; `strict` as msgspec's. Raises `msgspec.ValidationError`."""
    _of_msgpack(shape)
    return msgspec.convert(raw, shape, strict=strict)


def _of_msgpack(shape: Any) -> msgspec.msgpack.Decoder[Any]:
    decoder = _msgpack.get(shape)
    if decoder is None:
        with _lock:
            decoder = _msgpack.setdefault(shape, msgspec.msgpack.Decoder(shape))
    return decoder
