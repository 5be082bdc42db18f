"""One writer for everything that desks send: what waits is committed together, at most 64 pieces of work at a time.

An answer waits for the commit of what it confirms; nothing else in the district makes it wait.
"""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field

from msgspec import Struct

from desk_app.district import safe_log
from desk_app.district.intake import file_quota, freshness
from desk_app.district.intake.freshness import DeskProgress
from desk_app.district.own_log import effects
from desk_app.district.storage import blobs, devices, frames, own_logs
from desk_app.district.storage.contract import Session, Storage
from desk_app.district.storage.frames import Applied, IncomingFrame
from desk_app.errors import DatabaseDownError, DeskError
from desk_app.protocol.batch import Blob
from desk_app.protocol.messages import Code

MOST_TOGETHER = 64
_log = logging.getLogger(__name__)


class InboxPiece(Struct, frozen=True):
    """A part of a file, of a unit. `kid` is the desk whose day it counts in, b"" for what came on a stick."""

    scope: str
    blob: Blob
    kid: bytes = b""


class Seen(Struct, frozen=True, kw_only=True):
    """A device has asked something; what it told of itself. `clock_offset` s, None where its question was carried.

    `progress` and `nonce` tell a new question from a recording.
    """

    kid: bytes
    clock_offset: int | None
    app: str
    ahead: int
    progress: DeskProgress = DeskProgress()
    nonce: bytes = b""


class OwnLoss(Struct, frozen=True):
    """A desk knows more of our own logs than we do: we were restored. `names` are those logs."""

    names: tuple[bytes, ...]


Work = IncomingFrame | InboxPiece | Seen | OwnLoss


@dataclass(frozen=True, slots=True)
class _Waiting:
    work: Work
    answer: Future[Applied] = field(default_factory=Future)


class Inbox:
    """Takes work from any thread; each gets a future of what became of it, or of the failure of the machine."""

    def __init__(self, storage: Storage, *, clock: Callable[[], int]) -> None:
        self._storage = storage
        self._clock = clock
        self._queue: queue.SimpleQueue[_Waiting | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None
        self._gate = threading.Lock()
        self._when_committed: Callable[[], None] = lambda: None

    @property
    def is_busy(self) -> bool:
        """Whether work waits that nobody has begun."""
        return not self._queue.empty()

    def start(self, *, when_committed: Callable[[], None] = lambda: None) -> None:
        """Let a thread of its own write; tell `when_committed` of each transaction."""
        self._when_committed = when_committed
        self._thread = threading.Thread(target=self._run, name="inbox", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """After what waits is committed; what comes later is done by who brings it."""
        with self._gate:
            thread, self._thread = self._thread, None
        if thread is not None:
            self._queue.put(None)
            thread.join()

    def submit(self, work: Work) -> Future[Applied]:
        """What becomes of the work; without a running thread it is done here and now."""
        waiting = _Waiting(work)
        waiting.answer.set_running_or_notify_cancel()  # who waits may go away; the work is done all the same
        with self._gate:
            is_taken = self._thread is not None
            if is_taken:
                self._queue.put(waiting)
        if not is_taken:
            self._commit([waiting])
        return waiting.answer

    def _run(self) -> None:
        while (first := self._queue.get()) is not None:
            group, is_last = [first], False
            while len(group) < MOST_TOGETHER and not is_last:
                try:
                    more = self._queue.get_nowait()
                except queue.Empty:
                    break
                if more is None:
                    is_last = True
                else:
                    group.append(more)
            self._commit(group)
            if is_last:
                return

    def _commit(self, group: Sequence[_Waiting], *, is_again: bool = False) -> None:
        try:
            with self._storage.writing() as session:
                answers = self._done(session, [waiting.work for waiting in group])
        except DatabaseDownError as error:
            # it may have gone down and come up again, and everything here may be done twice
            if is_again:
                _fail(group, error)
            else:
                self._commit(group, is_again=True)
        except DeskError as error:
            _fail(group, error)
        except Exception as error:  # noqa: BLE001 - told to who waits for it; a bug must not end the reception
            if len(group) == 1:
                _log.error("a bug refused a piece of work (%s): %s", type(group[0].work).__name__, safe_log.told(error))
                _fail(group, error)
            else:  # one of them is to blame; the others are kept
                for waiting in group:
                    self._commit([waiting])
        else:
            for waiting, answer in zip(group, answers, strict=True):
                waiting.answer.set_result(answer)
            self._when_committed()

    def _done(self, session: Session, group: list[Work]) -> list[Applied]:
        at = self._clock()
        incoming = [work for work in group if isinstance(work, IncomingFrame)]
        applied = frames.apply(session, incoming, at=at)
        for one, answer in zip(incoming, applied, strict=True):
            if one.is_ours and answer.bodies:
                effects.apply(session, answer.bodies, issuer=one.author, at=at)
        answers = iter(applied)
        return [next(answers) if isinstance(work, IncomingFrame) else _noted(session, work, at) for work in group]


def _noted(session: Session, work: InboxPiece | Seen | OwnLoss, at: int) -> Applied:
    match work:
        case InboxPiece():
            return Applied(code=_piece_kept(session, work, at), log=b"", seq=0)
        case Seen():
            if freshness.is_news(session, work.kid, work.progress, work.nonce):
                devices.saw(session, work.kid, at=at, clock_offset=work.clock_offset, app=work.app, ahead=work.ahead)
        case OwnLoss(names):
            own_logs.note_loss(session, names)
    return Applied(code=Code.OK, log=b"", seq=0)


def _piece_kept(session: Session, work: InboxPiece, at: int) -> Code:
    """What became of a piece; within the desk's day."""
    size = len(work.blob.data)
    if work.kid and not file_quota.fits(session, work.kid, size, at=at):
        return Code.QUOTA
    code = blobs.append(session, work.scope, work.blob, at=at)
    if work.kid and code is Code.OK:
        file_quota.count(session, work.kid, size, at=at)
    return code


def _fail(group: Sequence[_Waiting], error: Exception) -> None:
    for waiting in group:
        waiting.answer.set_exception(error)
