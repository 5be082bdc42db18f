"""Which dossiers of a segment have a term: one bit each, kept in few bytes. Pure.

Few are kept as a list of 16-bit numbers, filled up to a length that tells their number only roughly; many as the bits
themselves.
"""

from __future__ import annotations

import struct
import sys
from array import array
from collections.abc import Iterable, Iterator

SIZE = 31_488
"""Dossiers in a segment. The row of a frequent word has 3,936 bytes: the most that stands, sealed, on one page of
SQLCipher, and twice on one of PostgreSQL. 2,000,000 dossiers have 64 segments.
"""
_BYTES = SIZE // 8
_WORDS = struct.Struct(f"<{_BYTES // 8}Q")
_LENGTHS = (16, 32, 64, 128, 256)
_NOBODY = 0xFFFF
_FEW = 24
"""So many bits are sooner taken from the whole number than from its words."""


def packed(bits: int) -> bytes:
    """The same bytes for the same bits."""
    count = bits.bit_count()
    if count > _LENGTHS[-1]:
        return bits.to_bytes(_BYTES, "little")
    places = array("H", each(bits))
    length = next(length for length in _LENGTHS if count <= length)
    places.extend([_NOBODY] * (length - count))
    if sys.byteorder == "big":
        places.byteswap()
    return places.tobytes()


def unpacked(data: bytes) -> int:
    """The bits again."""
    if len(data) == _BYTES:
        return int.from_bytes(data, "little")
    places = array("H", data)
    if sys.byteorder == "big":
        places.byteswap()
    return of(places[: places.index(_NOBODY)] if _NOBODY in places else places)


def of(places: Iterable[int]) -> int:
    """The bits at these places."""
    made = bytearray(_BYTES)
    for place in places:
        made[place >> 3] |= 1 << (place & 7)
    return int.from_bytes(made, "little")


def each(bits: int) -> list[int]:
    """The places of the bits that are set, lowest first."""
    return list(highest_first(bits))[::-1]


def highest_first(bits: int) -> Iterator[int]:
    """The places of the bits that are set, highest first."""
    if bits.bit_count() <= _FEW:
        while bits:
            place = bits.bit_length() - 1
            yield place
            bits ^= 1 << place
        return
    words = _WORDS.unpack(bits.to_bytes(_BYTES, "little"))
    for at in range(len(words) - 1, -1, -1):
        left = words[at]
        while left:
            place = left.bit_length() - 1
            yield at * 64 + place
            left ^= 1 << place
