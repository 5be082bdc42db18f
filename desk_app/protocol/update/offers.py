"""How a district offers an update file beside CX1: what it says of it, and how a piece of it is asked for.

Nothing here is signed: the file is, by those who release the program (docs/updates.md).
"""

from __future__ import annotations

from urllib.parse import parse_qs, urlencode

import msgspec
from msgspec import Struct

from desk_app import typed_values
from desk_app.protocol.update.manifest import is_version
from desk_app.protocol.update.update_stream import MOST_FILE

UPDATES_PATH = "/v1/updates"
MOST_PIECE = 512 << 10
"""The most bytes of one answer, whatever was asked for."""
_HEX = frozenset("0123456789abcdef")


class UpdateOffer(Struct, frozen=True, kw_only=True):
    """A file that can be fetched: `size` in bytes, `sha256` of the whole file in hex."""

    version: str
    platform: str
    size: int
    sha256: str


def offers_in(told: bytes) -> list[UpdateOffer]:
    """What a district answered; [] where it answered something else, as one that knows no updates does."""
    try:
        found = typed_values.from_json(told, list[UpdateOffer])
    except (ValueError, RecursionError):
        return []
    return [offer for offer in found if _is_sound(offer)]


def told(offers: list[UpdateOffer]) -> bytes:
    """The answer that `offers_in` reads."""
    return msgspec.json.encode(offers)


def list_path(platform: str) -> str:
    return f"{UPDATES_PATH}?{urlencode({'platform': platform})}"


def piece_path(sha: str, *, at: int, most: int) -> str:
    """The question for up to `most` bytes from byte `at` on."""
    return f"{UPDATES_PATH}/{sha}?{urlencode({'from': at, 'most': most})}"


def asked_piece(query: str) -> tuple[int, int]:
    """From which byte, and how many at most. Raises `ValueError`."""
    told = parse_qs(query)
    at, most = int(told["from"][0]) if "from" in told else 0, int(told["most"][0]) if "most" in told else MOST_PIECE
    if at < 0 or most <= 0:
        raise ValueError
    return at, min(most, MOST_PIECE)


def is_sha(text: str) -> bool:
    """64 hexadecimal digits: nothing else becomes part of a path."""
    return len(text) == 64 and set(text) <= _HEX


def _is_sound(offer: UpdateOffer) -> bool:
    return is_version(offer.version) and is_sha(offer.sha256) and 0 < offer.size <= MOST_FILE
