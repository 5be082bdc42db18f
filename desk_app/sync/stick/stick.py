"""Writes files for a stick: what the district has not confirmed, or what a colleague's desk lacks. The wire's frames.

Nothing counts as sent before its answer has come back (`stick_intake`).
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Protocol

from desk_app import __version__
from desk_app.errors import NothingToExportError, UnknownColleagueError
from desk_app.protocol.batch import Batch, message
from desk_app.protocol.keys import PublicKeys
from desk_app.protocol.messages import NONCE, FrameKind, Hello
from desk_app.store.database.database import DeskDatabase, unit_of_work
from desk_app.store.journal import logs
from desk_app.store.journal.logs import OTHERS, LogPosition
from desk_app.store.peers import devices, peer_state, sync_state
from desk_app.store.peers.sync_state import Said
from desk_app.sync.line.exchange_request import Questions
from desk_app.sync.membership.identity import Member
from desk_app.sync.rounds import outgoing
from desk_app.sync.rounds.authors import Authors
from desk_app.sync.rounds.plan import Send
from desk_app.sync.stick.stick_files import see_stick, write_whole

FILE = ".cx"
RAW = 96 << 10
"""Bytes of events in a frame: a stick is quick, but what is torn off loses its whole frame."""
_PULL = 64 << 20
_REMEMBERED = 40


class Files(Protocol):
    """The attached files that the district does not hold yet."""

    def waiting(self) -> list[tuple[bytes, int]]:
        """SHA-256 and size of each."""

    def frames(self, to: PublicKeys) -> Iterator[bytes]:
        """All of them, in pieces sealed to the district."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """The file, how many events are in it, its size in bytes."""

    file: Path
    events: int
    size: int


def export(db: DeskDatabase, member: Member, folder: Path, *, at: int, files: Files | None = None) -> Exported:
    """Write everything the district has not confirmed, and the question for what it has for this desk.

    `at` UTC ms, `files` are those to go along. Raises the stick's errors; then no file is left.
    """
    see_stick(folder)
    questions = Questions()
    nonce, hello = questions.ask(
        db, member, at=at, app=__version__, pull=_PULL, offers=dict(files.waiting()) if files else {}
    )
    standings = [one for one in logs.standings(db) if one.seq > one.confirmed]
    sends = [Send(one.log, one.confirmed, is_relay=one.own == OTHERS) for one in sorted(standings, key=_own_first)]
    events = sum(one.seq - one.confirmed for one in standings if one.own != OTHERS)
    name = _name(db, member)
    shown = sync_state.get(db).rewritten
    told = {log.hex(): seq for log, (seq, _) in questions.asked[nonce].told.items()}
    remember(db, nonce, Said(at=at, on_stick=True, logs=told, file=name, events=events, proofs=shown))

    def pieces() -> Iterator[bytes]:
        yield hello
        batches = chain(outgoing.batches(db, member, sends, raw=RAW), outgoing.proofs(db, member))
        yield from outgoing.sealed_for(batches, member.district_keys)
        if files is not None:
            yield from files.frames(member.district_keys)

    try:
        file, size = write_whole(folder, name, pieces())
    except BaseException:
        remember(db, nonce, None)
        raise
    return Exported(file=file, events=events, size=size)


def export_to_colleague(db: DeskDatabase, member: Member, folder: Path, *, desk: int, at: int) -> Exported:
    """Write for another desk of the commune what it lacks by its own last file, everything where it never wrote one.

    Raises `UnknownColleagueError`, `NothingToExportError` and the stick's errors.
    """
    see_stick(folder)
    peer = _colleague(db, member, desk)
    held = peer_state.held_by(db, peer.kid)
    standings = [one for one in logs.standings(db) if one.seq]
    sends = [
        Send(one.log, after, is_relay=one.own == OTHERS)
        for one in sorted(standings, key=lambda one: (one.author != member.district_keys.kid, *_own_first(one)))
        if one.author != peer.kid and (after := _common(db, one, held.get(one.log))) < one.seq
    ]
    if not sends:
        raise NothingToExportError(desk=desk)
    hello = Hello(
        nonce=secrets.token_bytes(NONCE),
        logs={one.log: (one.seq, one.head[:8]) for one in standings},
        app=__version__,
        clock=at,
        certificate=sync_state.get(db).certificate,
    )
    counted = 0

    def counting(batches: Iterator[Batch]) -> Iterator[Batch]:
        nonlocal counted
        for batch in batches:
            counted += len(batch.bodies)
            yield batch

    def pieces() -> Iterator[bytes]:
        yield message(FrameKind.HELLO, hello, member.keys, peer)
        yield from outgoing.sealed_for(counting(outgoing.batches(db, member, sends, raw=RAW)), peer)

    own = member.certificate
    name = f"{own.unit}-{own.desk}-quay-{desk}-{sum(one.seq for one in standings):04d}{FILE}"
    file, size = write_whole(folder, name, pieces())
    return Exported(file=file, events=counted, size=size)


def remember(db: DeskDatabase, nonce: bytes, said: Said | None) -> None:
    """Keep what a question on a stick said, or forget it; of many the last ones."""
    with unit_of_work(db):
        nonces = sync_state.get(db).nonces
        kept = {key: one for key, one in nonces.items() if key != nonce.hex()}
        if said is not None:
            kept[nonce.hex()] = said
        last = sorted(kept, key=lambda key: kept[key].at)[-_REMEMBERED:]
        sync_state.change(db, nonces={key: kept[key] for key in last})


def _colleague(db: DeskDatabase, member: Member, desk: int) -> PublicKeys:
    authors = Authors(db, member)
    for device in devices.all(db):
        if (device.unit, device.desk) == (member.certificate.unit, desk) and not device.is_revoked:
            keys = authors.keys_of(device.kid)
            if keys is not None and keys.kid != member.keys.kid:
                return keys
    raise UnknownColleagueError(desk=desk)


def _common(db: DeskDatabase, one: LogPosition, held: tuple[int, bytes] | None) -> int:
    """Up to where the colleague holds what stands here; 0 where that cannot be said."""
    if held is None:
        return 0
    seq, head = held
    if seq > one.seq:
        return one.seq
    ours = logs.hash_at(db, one.log, seq)
    return seq if ours is not None and ours[:8] == head else 0


def _own_first(one: LogPosition) -> tuple[bool, bytes]:
    return (one.own == OTHERS, one.log)


def _name(db: DeskDatabase, member: Member) -> str:
    """Unit, desk, and the numbers of the log now written: what a person sees on the stick."""
    own = member.certificate
    for one in logs.standings(db):
        if one.own == logs.OPEN:
            return f"{own.unit}-{own.desk}-{one.confirmed + 1:04d}-{one.seq:04d}{FILE}"
    return f"{own.unit}-{own.desk}-0000-0000{FILE}"
