"""Whether a question is new: a recording of an earlier one must not make a silent or stolen desk look alive.

Each question says how many events its desk holds and what its clock shows, signed. A desk forgets no event and its
clock goes on, so a new question says more than every one before it, or the same later. A clock that was set back
proves nothing until the desk holds one event more.
"""

from __future__ import annotations

import msgspec
from msgspec import Struct

from desk_app import typed_values
from desk_app.district.storage import meta
from desk_app.district.storage.contract import Session
from desk_app.protocol.messages import Hello

_MOST_NONCES, _MOST = 64, 1 << 62


class DeskProgress(Struct, frozen=True, order=True):
    """How many events a desk held, and its clock in UTC ms, when it asked."""

    known: int = 0
    clock: int = 0


class LastHeard(Struct, frozen=True):
    """The furthest that a desk has been heard, and the nonces of the questions that said just that."""

    progress: DeskProgress
    nonces: tuple[bytes, ...] = ()


def progress_of(hello: Hello) -> DeskProgress:
    """What a question says of its desk, within what can be kept."""
    held = sum(seq for seq, _ in hello.logs.values())
    return DeskProgress(min(held, _MOST), max(-_MOST, min(hello.clock, _MOST)))


def is_news(session: Session, kid: bytes, progress: DeskProgress, nonce: bytes) -> bool:
    """Whether this question is no earlier one said again; noted, so that it is news once."""
    key = f"heard-{kid.hex()}"
    kept = meta.get(session, key)
    last = typed_values.from_msgpack(kept, LastHeard) if kept else LastHeard(DeskProgress(-1))
    if progress > last.progress:
        heard = LastHeard(progress, (nonce,))
    elif progress == last.progress and nonce not in last.nonces and len(last.nonces) < _MOST_NONCES:
        heard = LastHeard(progress, (*last.nonces, nonce))
    else:
        return False
    meta.put(session, key, msgspec.msgpack.encode(heard))
    return True
