"""Erases the body of one event everywhere: the duty to erase personal data, without breaking the chain."""

from __future__ import annotations

import msgspec

from desk_app.district.failures import ManyPeopleInEventError, UnknownEventError
from desk_app.district.keys.identity import Identity
from desk_app.district.own_log import writer
from desk_app.district.own_log.writer import EVERYBODY, Word
from desk_app.district.storage import Session, logs
from desk_app.domain.dossiers.events import OldRecordsBrought, Recorded
from desk_app.domain.notices import Redacted
from desk_app.protocol.event_body import event_of

_SHORTEST = 8


def erase(session: Session, identity: Identity, log: str, seq: int, *, reason: str, at: int) -> Recorded:
    """Decree it, and erase it here. `log` hex, at least its first eight digits.

    Goes to everybody: a colleague's desk or a stick may hold the body too. Raises `UnknownEventError`, and
    `ManyPeopleInEventError` where others would vanish with one person (`erasing_old`).
    """
    name = _named(session, log.strip().lower())
    if name is not None and (count := _people_in(session, name, seq)) > 1:
        raise ManyPeopleInEventError(seq=seq, count=count)
    return erase_whole(session, identity, log, seq, reason=reason, at=at)


def erase_whole(session: Session, identity: Identity, log: str, seq: int, *, reason: str, at: int) -> Recorded:
    """As `erase`, however many people the event names."""
    name = _named(session, log.strip().lower())
    digest = logs.hash_at(session, name, seq) if name and seq > 0 else None
    if name is None or digest is None:
        raise UnknownEventError(log=log, seq=seq)
    before = logs.hash_at(session, name, seq - 1) or b""
    decree = Redacted(log=name.hex(), seq=seq, hash=digest.hex(), before=before.hex(), reason=reason)
    return writer.append_signed(session, identity, EVERYBODY, [Word(payload=decree)], at=at)[0]


def _people_in(session: Session, log: bytes, seq: int) -> int:
    """How many old records an event brings; 0 for every other event, and for one that is not there."""
    frame = logs.frame_with(session, log, seq) if seq > 0 else None
    if frame is None:
        return 0
    try:
        payload = event_of(log.hex(), seq, frame.bodies()[seq - frame.first]).payload
    except msgspec.DecodeError:
        return 0
    return len(payload.rows) if isinstance(payload, OldRecordsBrought) else 0


def _named(session: Session, text: str) -> bytes | None:
    if len(text) < _SHORTEST or not set(text) <= set("0123456789abcdef"):
        return None
    found = [log.log for log in logs.every(session) if log.log.hex().startswith(text)]
    return found[0] if len(found) == 1 else None
