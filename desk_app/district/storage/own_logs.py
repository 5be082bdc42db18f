"""The logs that the district writes: one for everybody ("*"), one for each unit; which one is open, beginning anew.

A log's name carries its scope in a way that only who knows the scope can check, so that a log which a restored district
has lost, and a desk brings back, finds its scope again.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Iterable, Mapping

from msgspec.structs import replace

from desk_app.district.storage import logs, meta
from desk_app.district.storage.contract import Session
from desk_app.district.storage.logs import FrameRow, LogRow
from desk_app.protocol.batch import Batch, chain

EVERYBODY = "*"
_HALF = 8
_LOST = "lost-logs"
_MOST_LOST = 256


def new_name(scope: str) -> bytes:
    """16 bytes that nobody else draws, and that belong to this scope."""
    drawn = secrets.token_bytes(_HALF)
    return drawn + _tag(scope, drawn)


def scope_of(log: bytes, candidates: Iterable[str]) -> str:
    """Which of these scopes a log's name belongs to; "" for none."""
    return next((scope for scope in candidates if log[_HALF:] == _tag(scope, log[:_HALF])), "")


def append(
    session: Session, scope: str, *, kid: bytes, write: Callable[[LogRow, int], Batch], at: int, lamport: int = 0
) -> LogRow:
    """Let `write` make the next batch of the scope's open log, given the log and the first lamport that is free.

    `lamport` is the least that may be used.
    """
    log = _open_log(session, scope, kid=kid, at=at)
    first = max(logs.highest_lamport(session) + 1, lamport)
    batch = write(log, first)
    head = chain(log.head, batch.bodies)[-1]
    frame = FrameRow(
        log=log.log,
        first=log.seq + 1,
        last=log.seq + len(batch.bodies),
        prev=log.head,
        head=head,
        signature=batch.signature,
        z=logs.kept(batch.bodies),
        received_at=at,
    )
    advanced = replace(log, seq=frame.last, head=head, lamport=first + len(batch.bodies) - 1)
    logs.put(session, advanced)
    logs.add_frames(session, [frame])
    return advanced


def rotate(session: Session) -> int:
    """Close every log of our own; the next word of a scope begins a new one. How many were open.

    For a district that was restored: a number of a log must never mean two things.
    """
    return session.run("UPDATE log SET is_open = 0 WHERE is_open = 1")


def _open_log(session: Session, scope: str, *, kid: bytes, at: int) -> LogRow:
    row = session.one("SELECT log FROM log WHERE scope = ? AND is_open = 1", (scope,))
    found = logs.get(session, row[0]) if row else None
    if found and found.kid == kid:
        return found
    if found:  # the keys were changed: a log has one writer
        session.run("UPDATE log SET is_open = 0 WHERE log = ?", (found.log,))
    return logs.begun(session, new_name(scope), kid=kid, scope=scope, at=at, is_open=True)


def _tag(scope: str, drawn: bytes) -> bytes:
    return hashlib.sha256(b"cx1 scope" + drawn + scope.encode()).digest()[:_HALF]


def lost(session: Session, copies: Mapping[bytes, tuple[int, bytes]], *, unit: str) -> tuple[bytes, ...]:
    """The logs of ours of which a desk of this unit holds events that we do not; `copies` are numbers and heads[:8]."""
    known, noted = logs.by_name(session, list(copies)), _lost(session)
    found = []
    for name, (seq, head8) in copies.items():
        log = known.get(name)
        if log is None:
            is_lost = bool(scope_of(name, (EVERYBODY, unit))) and name not in noted
        else:
            is_lost = log.is_open and seq > 0 and (logs.hash_at(session, name, seq) or b"")[:8] != head8
        if is_lost:
            found.append(name)
    return tuple(found)


def note_loss(session: Session, names: Iterable[bytes]) -> None:
    """Begin anew, once for each log that is found to be lost."""
    known = _lost(session)
    new = [name for name in names if name not in known]
    if new:
        rotate(session)
        meta.put(session, _LOST, b"".join([*known, *new][-_MOST_LOST:]))


def _lost(session: Session) -> list[bytes]:
    told = meta.get(session, _LOST) or b""
    return [told[at : at + 16] for at in range(0, len(told), 16)]
