"""One request of a desk, over whatever line it comes: frames in, what became of them, the answer.

Knows no HTTP: the server and the stick use it alike. Limits are kept before anything is decrypted.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass

from desk_app.district import safe_log
from desk_app.district.intake import answers, batch_checks
from desk_app.district.intake.freshness import progress_of
from desk_app.district.intake.inbox import Inbox, InboxPiece, OwnLoss, Seen
from desk_app.district.intake.pull_allowance import PullAllowance
from desk_app.district.keys.identity import Identity
from desk_app.district.storage import devices, own_logs
from desk_app.district.storage.contract import Storage
from desk_app.district.storage.devices import Device
from desk_app.district.storage.frames import Applied
from desk_app.errors import BusyError, DatabaseDownError, DeskError
from desk_app.protocol.batch import Batch, batch_of, blob_of, message_of, sender_of, unseal
from desk_app.protocol.keys import KID, SIGNATURE
from desk_app.protocol.messages import Code, Frame, FrameKind, FrameReader, Hello, Refused
from desk_app.protocol.packing import Chain

MOST_REQUEST = 8 << 20
"""The longest request, in bytes; a desk sends 64 KiB at a time."""
MOST_LOGS = 256
"""Of how many logs one request may bring events."""
_log = logging.getLogger(__name__)
_FOR_ALL = frozenset({Code.STORAGE, Code.BUSY})


@dataclass(frozen=True, slots=True)
class ExchangeAnswer:
    """What goes back: the code in the receipt, or of the refusal where no receipt can be given; and the bytes."""

    code: Code
    body: bytes


class Exchange:
    """Feed it what comes, wait for what it promises, ask for the answer."""

    def __init__(
        self,
        storage: Storage,
        inbox: Inbox,
        identity: Identity,
        *,
        clock: Callable[[], int],
        is_carried: bool = False,
        allowance: PullAllowance | None = None,
    ) -> None:
        """`is_carried`: what comes was written some days ago and brought on a stick, so it tells of no clock.

        `allowance` bounds what is packed for each desk; None for a stick, which holds as much as fits.
        """
        self._storage = storage
        self._is_carried = is_carried
        self._inbox = inbox
        self._identity = identity
        self._clock = clock
        self._allowance = allowance
        self._asked_at = 0
        self._reader = FrameReader(identity.keys.kid)
        self._chain = Chain()
        self._logs: set[bytes] = set()
        self._length = 0
        self._device: Device | None = None
        self._hello: Hello | None = None
        self._brought: set[Future[Applied]] = set()
        self.code = Code.OK
        self.is_over = False
        """Whether what still comes need not be read."""

    def read(self, data: bytes) -> Iterator[Frame]:
        """The frames these bytes complete. What cannot be a frame ends the request, not what came before it."""
        self._length += len(data)
        if self._length > MOST_REQUEST:
            self._end(Code.TOO_LARGE)
            return
        try:
            yield from self._reader.feed(data)
        except Refused as refused:
            self._end(refused.code)

    def take(self, frame: Frame) -> Future[Applied] | None:
        """Open a frame and hand it to the inbox; None when there is nothing to wait for."""
        try:
            if self._device is None:
                return self._greet(frame)
            return self._take(frame, self._device)
        except Refused as refused:
            self._note(refused.code)
        except DeskError as error:
            self._note(_code_of(error))
        except Exception as error:  # noqa: BLE001 - one frame that meets a bug must not take the others with it
            _log.error("a frame met a bug: %s", safe_log.told(error))
            self._note(Code.BAD_EVENT)
        self.is_over = self._device is None
        return None

    def settle(self, done: Future[Applied]) -> None:
        """Take note of what became of a frame; waits for it."""
        failed = done.exception()
        code = done.result().code if failed is None else _code_of(failed)
        if done not in self._brought or code in _FOR_ALL:
            self._note(code)

    def answer(self) -> ExchangeAnswer:
        """The receipt and what the desk lacks; without a receipt when nobody has said who he is."""
        device, hello, now = self._device, self._hello, self._clock()
        if device is None or hello is None:
            return ExchangeAnswer(Code.NO_HELLO if self.code is Code.OK else self.code, b"")
        try:
            with self._storage.reading() as session:
                most = answers.MOST_PULL if self._allowance is None else self._allowance.left(device.kid, at=now)
                made = answers.make(session, self._identity, device, hello, code=self.code, now=now, most=most)
        except DeskError as error:
            self._note(_code_of(error))
            return ExchangeAnswer(self.code, answers.bare(self._identity, device, hello, code=self.code, now=now))
        if self._allowance is not None:
            self._allowance.sent(device.kid, len(made.body), at=now)
        offset = round((self._asked_at - hello.clock) / 1000) if hello.clock else 0
        seen = Seen(
            kid=device.kid,
            clock_offset=None if self._is_carried else offset,
            app="".join(filter(str.isprintable, hello.app))[:40],
            ahead=made.ahead,
            progress=progress_of(hello),
            nonce=hello.nonce,
        )
        self._inbox.submit(seen)
        return ExchangeAnswer(self.code, made.body)

    def _greet(self, frame: Frame) -> Future[Applied] | None:
        if frame.kind != FrameKind.HELLO:
            raise Refused(Code.NO_HELLO)
        plain = unseal(frame, self._identity.keys)
        me = self._identity.keys.kid
        with self._storage.reading() as session:
            device = devices.get(session, sender_of(plain))
            if device is None:
                raise Refused(Code.UNKNOWN_DEVICE)
            hello = message_of(FrameKind.HELLO, plain, Hello, sender=device.public, me=me)
            batch_checks.check(hello)
            lost = () if device.is_revoked else own_logs.lost(session, hello.logs, unit=device.unit)
        self._device, self._hello, self._asked_at = device, hello, self._clock()
        if device.is_revoked:
            self._note(Code.REVOKED)
        return self._inbox.submit(OwnLoss(lost)) if lost else None

    def _take(self, frame: Frame, device: Device) -> Future[Applied] | None:
        if frame.kind == FrameKind.BLOB:
            if device.is_revoked:
                return None
            piece = blob_of(unseal(frame, self._identity.keys))
            return self._inbox.submit(InboxPiece(device.unit, piece, b"" if self._is_carried else device.kid))
        if frame.kind != FrameKind.EVENTS:
            raise Refused(Code.NOT_CX)
        plain = unseal(frame, self._identity.keys)
        self._logs.add(plain[KID + SIGNATURE : KID + SIGNATURE + 16])
        if len(self._logs) > MOST_LOGS:  # before it is unpacked: the stream remembers something of each
            raise Refused(Code.TOO_LARGE)
        batch = batch_of(plain, chain=self._chain)
        incoming = batch_checks.incoming(batch, device, self._author(batch, device), self._identity.keys.public)
        if incoming is None:
            return None
        done = self._inbox.submit(incoming)
        if incoming.batch.author != device.kid:
            self._brought.add(done)
        return done

    def _author(self, batch: Batch, sender: Device) -> Device | None:
        if batch.author == sender.kid:
            return sender
        with self._storage.reading() as session:
            return devices.get(session, batch.author)

    def _note(self, code: Code) -> None:
        if self.code is Code.OK and code is not Code.DUP:
            self.code = code

    def _end(self, code: Code) -> None:
        self._note(code)
        self.is_over = True


def _code_of(error: BaseException) -> Code:
    return Code.BUSY if isinstance(error, BusyError | DatabaseDownError) else Code.STORAGE
