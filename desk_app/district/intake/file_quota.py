"""How many bytes of files each desk may leave in a day over the line, so that one machine cannot fill the disk.

Counted in the database, in the transaction that keeps the piece: a new start of the server gives no desk its day again.
"""

from __future__ import annotations

import msgspec
from msgspec import Struct

from desk_app import typed_values
from desk_app.district.storage import meta
from desk_app.district.storage.contract import Session

MOST_OF_DAY = 32 << 20
"""Bytes; a desk itself sends at most 20 MiB a day (`files_lane.DAY_BYTES`), more goes by stick."""
_DAY = 86_400_000


class LeftFiles(Struct, frozen=True):
    """When the desk's day began, UTC ms, and how many bytes of files it has left since."""

    begun: int
    held: int


def fits(session: Session, kid: bytes, size: int, *, at: int, most: int = MOST_OF_DAY) -> bool:
    """Whether so many bytes more of this desk fit into its day; `at` UTC ms."""
    return _today(session, kid, at).held + size <= most


def count(session: Session, kid: bytes, size: int, *, at: int) -> None:
    """The desk has left so many bytes more."""
    today = _today(session, kid, at)
    meta.put(session, _key(kid), msgspec.msgpack.encode(LeftFiles(today.begun, today.held + size)))


def _today(session: Session, kid: bytes, at: int) -> LeftFiles:
    kept = meta.get(session, _key(kid))
    found = typed_values.from_msgpack(kept, LeftFiles) if kept else LeftFiles(at, 0)
    return found if 0 <= at - found.begun < _DAY else LeftFiles(at, 0)


def _key(kid: bytes) -> str:
    return f"files-{kid.hex()}"
