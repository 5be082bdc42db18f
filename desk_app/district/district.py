"""The district while it works: takes requests, answers them, writes its own logs, lets the projection run behind."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec.structs import replace

from desk_app.district.intake import batch_checks
from desk_app.district.intake.disputes import Unnamed
from desk_app.district.intake.exchange import Exchange, ExchangeAnswer
from desk_app.district.intake.inbox import Inbox
from desk_app.district.intake.projection import Projection
from desk_app.district.intake.pull_allowance import PullAllowance
from desk_app.district.keys.identity import Identity
from desk_app.district.own_log import writer
from desk_app.district.own_log.writer import Word
from desk_app.district.search.index import NameIndex
from desk_app.district.storage import devices, own_logs, quarantine
from desk_app.district.storage.contract import Storage
from desk_app.district.storage.devices import Device
from desk_app.domain.dossiers.events import Recorded
from desk_app.protocol.messages import Code

__all__ = ["District", "Word"]


class District:
    """One district. Without `start` everything happens in the calling thread: terminal, stick, tests."""

    def __init__(self, storage: Storage, identity: Identity, *, clock: Callable[[], int]) -> None:
        self.storage = storage
        self.identity = identity
        self.clock = clock
        self.inbox = Inbox(storage, clock=clock)
        self._allowance = PullAllowance()
        self.index = NameIndex(identity.keys)
        self.projection = Projection(
            storage,
            index=self.index,
            clock=clock,
            is_busy=lambda: self.inbox.is_busy,
            certificate=identity.card.certificate,
            name_founders=self._name_founders,
        )

    def start(self) -> None:
        """Let one thread write for all, and one read behind it."""
        self._enter_own_keys()
        self.inbox.start(when_committed=self.projection.wake.set)
        self.projection.start()

    def stop(self) -> None:
        """After what was taken is committed; the storage stays open."""
        self.inbox.stop()
        self.projection.stop()

    def exchange(self, *, is_carried: bool = False) -> Exchange:
        """For one request that comes piece by piece; `is_carried` on a stick, which holds as many files as fit."""
        return Exchange(
            self.storage,
            self.inbox,
            self.identity,
            clock=self.clock,
            is_carried=is_carried,
            allowance=None if is_carried else self._allowance,
        )

    def reply(self, request: bytes) -> ExchangeAnswer:
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
        with self.storage.writing() as session:
            return writer.append_signed(session, self.identity, scope, words, at=self.clock())

    def take_in(self, digest: bytes) -> Code:
        """What became of a batch that was set aside and that a person vouches for: of a device revoked since, say.

        It is settled when it is in its log. UNKNOWN_DEVICE where there is no such batch, or nobody knows its author.
        """
        with self.storage.reading() as session:
            kept = quarantine.get(session, digest)
            author = devices.get(session, kept.author) if kept else None
        if kept is None or author is None:
            return Code.UNKNOWN_DEVICE
        incoming = batch_checks.incoming(kept.batch(), author, author, self.identity.keys.public)
        if incoming is None:
            return Code.UNKNOWN_DEVICE
        code = self.inbox.submit(replace(incoming, verdict=Code.OK)).result().code
        if code in (Code.OK, Code.DUP):
            with self.storage.writing() as session:
                quarantine.settle(session, digest, at=self.clock())
        return code

    def _name_founders(self, found: Sequence[Unnamed]) -> None:
        """Say in each unit's log which reception of an id came first, so that every desk judges as this district."""
        for unit in sorted({one.unit for one in found}):
            self.write(unit, [Word(payload=one.word, dossier=one.dossier) for one in found if one.unit == unit])

    def _enter_own_keys(self) -> None:
        """The keys that sign today, so that what they signed is known as ours when others have taken their place."""
        keys, certificate = self.identity.keys.public, self.identity.card.certificate
        with self.storage.writing() as session:
            devices.put(
                session,
                Device(
                    kid=keys.kid,
                    keys=keys.dump(),
                    certificate=certificate,
                    unit=own_logs.EVERYBODY,
                    role=devices.DISTRICT,
                    enrolled_at=self.clock(),
                ),
            )

    def rotate_own_logs(self) -> int:
        """Begin new logs of our own; after a restore. How many were open."""
        with self.storage.writing() as session:
            return own_logs.rotate(session)
