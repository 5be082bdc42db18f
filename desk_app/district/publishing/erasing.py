"""Erases the body of one event everywhere: the duty to erase personal data, without breaking the chain."""

from __future__ import annotations

from desk_app.district.failures import UnknownEventError
from desk_app.district.keys.identity import Identity
from desk_app.district.own_log import writer
from desk_app.district.own_log.writer import EVERYBODY, Word
from desk_app.district.storage import Session, logs
from desk_app.domain.dossiers.events import Recorded
from desk_app.domain.notices import Redacted

_SHORTEST = 8


def erase(session: Session, identity: Identity, log: str, seq: int, *, reason: str, at: int) -> Recorded:
    """Decree it, and erase it here. `log` hex, at least its first eight digits.

    Goes to everybody: a colleague's desk or a stick may hold the body too. Raises `UnknownEventError`.
    """
    name = _named(session, log.strip().lower())
    digest = logs.hash_at(session, name, seq) if name and seq > 0 else None
    if name is None or digest is None:
        raise UnknownEventError(log=log, seq=seq)
    before = logs.hash_at(session, name, seq - 1) or b""
    decree = Redacted(log=name.hex(), seq=seq, hash=digest.hex(), before=before.hex(), reason=reason)
    return writer.append_signed(session, identity, EVERYBODY, [Word(payload=decree)], at=at)[0]


def _named(session: Session, text: str) -> bytes | None:
    if len(text) < _SHORTEST or not set(text) <= set("0123456789abcdef"):
        return None
    found = [log.log for log in logs.every(session) if log.log.hex().startswith(text)]
    return found[0] if len(found) == 1 else None
