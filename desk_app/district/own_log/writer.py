"""What the district says: events of its own logs, for everybody ("*") or for one unit, signed and done at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec
from msgspec import Struct

from desk_app.district.keys.identity import Identity
from desk_app.district.own_log import effects
from desk_app.district.storage import Session, logs, own_logs
from desk_app.district.storage.logs import LogRow
from desk_app.domain.dossiers.events import Payload, Recorded, Stamp
from desk_app.domain.notices import Notice
from desk_app.protocol.batch import Batch, sign_batch
from desk_app.protocol.event_body import MOST_LAMPORT, body_of, event_of, kind_of

EVERYBODY = own_logs.EVERYBODY
AUTHOR = "Cấp trên"


class Word(Struct, frozen=True, kw_only=True):
    """Something the district says: a notice, or a step of a dossier (its id); `seen` stamps by path."""

    payload: Payload | Notice
    dossier: str = ""
    author: str = AUTHOR
    seen: dict[str, tuple[Stamp, ...]] = {}


def append_signed(
    session: Session, identity: Identity, scope: str, words: Sequence[Word], *, at: int
) -> list[Recorded]:
    """Write the words into the district's open log of the scope, signed, and do what they say to our own tables.

    `at` UTC ms. The events as they stand.
    """
    said: list[Recorded] = []
    bodies: list[bytes] = []

    def write(log: LogRow, lamport: int) -> Batch:
        said[:] = [_event(word, log=log, n=n, lamport=lamport, at=at) for n, word in enumerate(words)]
        bodies[:] = [body_of(event, word.payload) for event, word in zip(said, words, strict=True)]
        return sign_batch(identity.keys, log.log, first=log.seq + 1, before=log.head, bodies=bodies)

    own_logs.append(session, scope, kid=identity.keys.kid, write=write, at=at)
    effects.apply(session, bodies, issuer=identity.keys.public, at=at)
    return said


def own_events(session: Session, identity: Identity, *, scope: str | None = None) -> Iterator[tuple[str, Recorded]]:
    """Every event the district wrote, with its scope, oldest log first; of one scope where it is named."""
    for log in logs.every(session):
        if log.kid == identity.keys.kid and scope in (None, log.scope):
            yield from ((log.scope, event) for event in events_of(session, log.log))


def events_of(session: Session, log: bytes) -> Iterator[Recorded]:
    """The events of a log, in order; what cannot be read is left out."""
    seq = 0
    while frames := logs.frames_after(session, log, seq):
        for frame in frames:
            for number, body in enumerate(frame.bodies(), frame.first):
                try:
                    yield event_of(log.hex(), number, body)
                except msgspec.DecodeError:
                    continue
            seq = frame.last


def _event(word: Word, *, log: LogRow, n: int, lamport: int, at: int) -> Recorded:
    return Recorded(
        log=log.log.hex(),
        seq=log.seq + 1 + n,
        dossier=word.dossier,
        kind=kind_of(word.payload),
        lamport=min(lamport + n, MOST_LAMPORT),
        at=at,
        clock_offset=0,
        author=word.author,
        seen=word.seen,
        payload=word.payload,
    )
