"""The district while it works: takes requests, answers them, writes its own logs, lets the projection run behind."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec import Struct

from desk_app.district import decrees
from desk_app.district.exchange import Answer, Exchange
from desk_app.district.identity import Identity
from desk_app.district.inbox import Inbox
from desk_app.district.storage import own_logs
from desk_app.district.storage.contract import Storage
from desk_app.district.storage.logs import LogRow
from desk_app.domain.bodies import body_of, kind_of
from desk_app.domain.events import Payload, Recorded, Stamp
from desk_app.domain.notices import Notice
from desk_app.sync.batch import Batch, sign_batch

AUTHOR = "Cấp trên"


class Word(Struct, frozen=True, kw_only=True):
    """Something the district says: a notice, or a step of a dossier (its id); `seen` stamps by path."""

    payload: Payload | Notice
    dossier: str = ""
    author: str = AUTHOR
    seen: dict[str, tuple[Stamp, ...]] = {}


class District:
    """One district. Without `start` everything happens in the calling thread: terminal, stick, tests."""

    def __init__(self, storage: Storage, identity: Identity, *, clock: Callable[[], int]) -> None:
        self.storage = storage
        self.identity = identity
        self.clock = clock
        self.inbox = Inbox(storage, issuer=identity.keys.public, clock=clock)

    def start(self) -> None:
        """Let one thread write for all."""
        self.inbox.start()

    def stop(self) -> None:
        """After what was taken is committed; the storage stays open."""
        self.inbox.stop()

    def exchange(self) -> Exchange:
        """For one request that comes piece by piece."""
        return Exchange(self.storage, self.inbox, self.identity, now=self.clock())

    def reply(self, request: bytes) -> Answer:
        """The answer to a request that is there as a whole, as on a stick."""
        exchange = self.exchange()
        for frame in exchange.read(request):
            done = exchange.take(frame)
            if done is not None:
                exchange.settle(done)
            if exchange.is_over:
                break
        return exchange.answer()

    def write(self, scope: str, words: Sequence[Word]) -> list[Recorded]:
        """Say these things to a unit, or to everybody ("*"): in the log, signed, and done here as well."""
        said: list[Recorded] = []
        now = self.clock()

        def batch(log: LogRow, lamport: int) -> Batch:
            said[:] = [
                _recorded(word, log.log.hex(), log.seq + 1 + n, lamport + n, now) for n, word in enumerate(words)
            ]
            bodies = [body_of(event, word.payload) for event, word in zip(said, words, strict=True)]
            written.extend(bodies)
            return sign_batch(self.identity.keys, log.log, first=log.seq + 1, before=log.head, bodies=bodies)

        written: list[bytes] = []
        with self.storage.writing() as session:
            own_logs.append(session, scope, kid=self.identity.keys.kid, write=batch, at=now)
            decrees.obey(session, written, issuer=self.identity.keys.public, at=now)
        return said

    def rotate_own_logs(self) -> int:
        """Begin new logs of our own; after a restore. How many were open."""
        with self.storage.writing() as session:
            return own_logs.rotate(session)


def _recorded(word: Word, log: str, seq: int, lamport: int, at: int) -> Recorded:
    return Recorded(
        log=log,
        seq=seq,
        dossier=word.dossier,
        kind=kind_of(word.payload),
        lamport=lamport,
        at=at,
        clock_offset=0,
        author=word.author,
        seen=word.seen,
        payload=word.payload,
    )
