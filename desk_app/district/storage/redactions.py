"""Erasing an event's body for good: the frame is rewritten with a hole, its chain and its signature still hold."""

from __future__ import annotations

import msgspec
from msgspec import Struct

from desk_app.district.storage import blobs, dossiers, logs, quarantine
from desk_app.district.storage.contract import Session
from desk_app.district.storage.logs import FrameRow, LogRow
from desk_app.domain.dossiers.events import Attached
from desk_app.protocol.batch import chain
from desk_app.protocol.event_body import event_of, hole, is_hole


class Redaction(Struct, frozen=True, kw_only=True):
    """An erasure that was decreed: log, number, the event's hash and the one before it (b"": not told), the reason."""

    log: bytes
    seq: int
    hash: bytes
    before: bytes = b""
    reason: str
    at: int


def of_logs(session: Session, names: list[bytes]) -> dict[tuple[bytes, int], tuple[bytes, bytes]]:
    """The hashes whose bodies must not be kept, and the hashes before them, by log and number."""
    marks = ", ".join("?" for _ in names)
    rows = session.all(f"SELECT log, seq, hash, before FROM redaction WHERE log IN ({marks})", names) if names else []
    return {
        (log, seq): (digest, session.seals.opened("redaction", "before", (log, seq), before))
        for log, seq, digest, before in rows
    }


def note(session: Session, one: Redaction) -> bool:
    """Remember the decree and erase the body where it is held. False when there was nothing to erase yet.

    Events that come later are kept with the hole (`frames.apply`).
    """
    before = session.seals.sealed("redaction", "before", (one.log, one.seq), one.before)
    reason = session.seals.sealed("redaction", "reason", (one.log, one.seq), one.reason)
    session.run(
        "INSERT INTO redaction(log, seq, hash, before, reason, at) VALUES(?, ?, ?, ?, ?, ?)"
        " ON CONFLICT(log, seq) DO NOTHING",
        (one.log, one.seq, one.hash, before, reason, one.at),
    )
    frame = logs.frame_with(session, one.log, one.seq)
    return frame is not None and _erase(session, frame, one)


def _erase(session: Session, frame: FrameRow, one: Redaction) -> bool:
    bodies = frame.bodies()
    index = one.seq - frame.first
    body = bodies[index]
    if is_hole(body) or chain(frame.prev, bodies[: index + 1])[-1] != one.hash:
        return False
    bodies[index] = hole(one.hash)
    logs.rewrite(session, frame, bodies)
    quarantine.erase(session, one.log, one.seq, body=body, left=hole(one.hash))
    _forget(session, logs.get(session, frame.log), body)
    return True


def _forget(session: Session, log: LogRow | None, body: bytes) -> None:
    """Take the event out of what was made of it: the count, its file, the dossier's row until it is made anew."""
    try:
        event = event_of("", 0, body)
    except msgspec.DecodeError:
        return
    if log is None:
        return
    if event.kind == "received":
        session.run("UPDATE log SET receptions = receptions - 1 WHERE log = ?", (log.log,))
    if isinstance(event.payload, Attached):
        blobs.drop(session, log.scope, event.payload.sha)
    n = dossiers.number_of(session, (log.scope, event.dossier))
    if n is not None:
        dossiers.read_again(session, n)
