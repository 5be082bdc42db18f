"""Asks the district over a bad line: again where no answer comes, and takes the first that proves to be genuine.

Every question may be put twice, because nothing that is sent changes anything the second time.
"""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable

from desk_app.errors import (
    ChangedCertificateError,
    ExpiredCertificateError,
    LineLostError,
    NoDistrictError,
    OfflineError,
    OtherHostCertificateError,
    StoppedError,
)
from desk_app.protocol.messages import SYNC_PATH, Refused
from desk_app.sync.line.connection import (
    TELLS_UNSENT,
    Connection,
    CutError,
    Distrust,
    NotReachedError,
    NotTrustedError,
)
from desk_app.sync.line.hedged_request import TICK_S, Attempt, End, Listener, News
from desk_app.sync.line.progress import Traffic

MOST_OPEN = 4
PATIENCE_S, PATIENCE_RATE = 20.0, 2000
"""Ask anew when no answer has come after 20 s and 1 s for every 2,000 bytes: any fixed wait is wrong both ways."""
QUIET_S = 12.0
"""Where the machine tells what has been acknowledged: ask anew after so long without any sign of life. A connection
that lost much waits ever longer by itself; a fresh one does not."""
MOST_S, MOST_RATE = 240.0, 500
MOST_BYTES = 8 << 20
STALL_S, SLOW_S, SLOW_RATE = 45.0, 60.0, 32
"""Behind a receipt: how long no byte may come, and after how long the answer must have come at this rate (bytes/s)."""
_REASKS = 2
_DIGESTED, _MOST_PAUSE_S = 30_000, 2.0
"""Bytes that a district takes in each second at least, and the longest pause: asked sooner after a cut, it would not
yet hold all that reached it, and be sent the same again."""


class Line:
    """The way to one district for the time of a round. `watch` hears how far the question on its way has come."""

    def __init__(
        self, url: str, tls: str | None, *, stop: threading.Event, watch: Callable[[int, int], None] | None = None
    ) -> None:
        self.url = url
        self._tls = tls
        self.stop = stop
        self._watch = watch
        self._kept: Connection | None = None
        self.traffic = Traffic()
        self.status = 0  # of the answer heard last: a hint for people, never a fact

    def ask(self, question: bytes, *, again: Callable[[], bytes], listen: Callable[[], Listener]) -> bool:
        """Put the question; `again` makes a short one to repeat it. False when the answer broke off behind the receipt.

        What is heard is fed to a listener of its own for each attempt, in this thread. Raises `OfflineError`,
        `NoDistrictError`, `LineLostError`, `StoppedError`.
        """
        return _Asking(self, SYNC_PATH, again=again, listen=listen).run(question)

    def call(self, path: str, body: bytes | None = None) -> bytes:
        """The whole answer to one request, unjudged; at most 8 MiB."""
        heard = _Everything()
        if not _Asking(self, path, again=lambda: body, listen=lambda: heard).run(body):
            raise LineLostError
        return bytes(heard.data)

    def trust(self, tls: str) -> None:
        """From now on this certificate is the one pinned."""
        if tls != self._tls:
            self.close()
            self._tls = tls

    def close(self) -> None:
        if self._kept is not None:
            self._kept.close()
            self._kept = None

    # what a question under way needs of its line

    def take(self) -> Connection:
        """The kept connection, or a new one."""
        kept, self._kept = self._kept, None
        return kept or Connection(self.url, self._tls)

    def keep(self, connection: Connection) -> None:
        self.close()
        self._kept = connection

    def count(self, *, sent: int = 0, received: int = 0, asked: int = 0, cuts: int = 0) -> None:
        old = self.traffic
        self.traffic = Traffic(old.sent + sent, old.received + received, old.asked + asked, old.cuts + cuts)

    def look(self, sent: int, received: int) -> None:
        """Tell the watcher; stop where that was asked. Raises `StoppedError`."""
        if self.stop.is_set():
            raise StoppedError
        if self._watch is not None:
            self._watch(sent, received)


_DISTRUSTED: dict[Distrust, type[NoDistrictError]] = {
    Distrust.NONE: NoDistrictError,
    Distrust.CHANGED: ChangedCertificateError,
    Distrust.OTHER_HOST: OtherHostCertificateError,
    Distrust.EXPIRED: ExpiredCertificateError,
}


class _Everything:
    def __init__(self) -> None:
        self.data = bytearray()

    def feed(self, data: bytes) -> bool:
        self.data += data
        return True


class _Asking:
    """One question until it is answered: the attempts under way, and which of them is believed."""

    def __init__(
        self, line: Line, path: str, *, again: Callable[[], bytes | None], listen: Callable[[], Listener]
    ) -> None:
        self._line = line
        self._path = path
        self._again = again
        self._listen = listen
        self._news: queue.Queue[News] = queue.Queue(maxsize=64)
        self._is_over = threading.Event()
        self._open: list[Attempt] = []
        self._believed: Attempt | None = None
        self._reasks = 0
        self._again_at = 0.0
        self._moved, self._moved_at = 0, 0.0
        self._was_answered = False

    def run(self, question: bytes | None) -> bool:
        size = len(question or b"")
        self._begun_at = self._first_at = time.monotonic()
        self._patience = PATIENCE_S + size / PATIENCE_RATE
        self._most = MOST_S + size / MOST_RATE
        self._begin(question)
        try:
            while True:
                is_whole = self._step()
                if is_whole is not None:
                    return is_whole
        finally:
            self._is_over.set()
            for attempt in self._open:
                self._drop(attempt)

    def _step(self) -> bool | None:
        """Hear the next thing, or see to the time; whether the answer is whole once it is over."""
        try:
            attempt, heard = self._news.get(timeout=self._tick())
        except queue.Empty:
            pass
        else:
            if attempt in self._open and (is_whole := self._heard(attempt, heard)) is not None:
                return is_whole
        self._look()
        return self._seen_to_time()

    def _tick(self) -> float:
        if not self._again_at:
            return TICK_S
        return max(0.001, min(TICK_S, self._again_at - time.monotonic()))

    def _heard(self, attempt: Attempt, heard: bytes | End | Exception) -> bool | None:
        if isinstance(heard, bytes):
            return self._fed(attempt, heard)
        self._open.remove(attempt)
        if isinstance(heard, End) and attempt is self._believed:
            self._count(attempt)
            self._line.keep(attempt.connection)
            return True
        self._drop(attempt)
        if isinstance(heard, CutError):
            self._line.count(cuts=1)
        elif isinstance(heard, Exception) and not isinstance(heard, NotReachedError | NotTrustedError):
            raise heard
        if attempt is self._believed:
            return False
        self._lost(heard, attempt.sent)
        return None

    def _fed(self, attempt: Attempt, data: bytes) -> bool | None:
        self._was_answered = True
        self._line.status = attempt.connection.status
        attempt.received += len(data)
        self._line.count(received=len(data))
        self._heard_at = time.monotonic()
        if attempt.received > MOST_BYTES:
            return self._refused(attempt)
        try:
            is_certain = attempt.listener.feed(data)
        except Refused:
            return self._refused(attempt)
        if is_certain and self._believed is None:
            self._believe(attempt)
        return None

    def _refused(self, attempt: Attempt) -> bool | None:
        self._open.remove(attempt)
        self._drop(attempt)
        if attempt is self._believed:
            return False
        self._lost(End(), 0)
        return None

    def _believe(self, attempt: Attempt) -> None:
        self._believed = attempt
        self._believed_at = time.monotonic()
        for other in self._open:
            if other is not attempt:
                self._drop(other)
        self._open = [attempt]

    def _lost(self, why: End | Exception, sent: int) -> None:
        """An attempt came to nothing: wait for the others, ask anew where the line died, else say what is there."""
        if self._open:
            return
        if isinstance(why, CutError) and self._reasks < _REASKS:
            self._reasks += 1
            self._again_at = time.monotonic() + min(_MOST_PAUSE_S, sent / _DIGESTED)
        elif isinstance(why, NotReachedError):
            raise OfflineError
        elif isinstance(why, CutError):
            raise LineLostError
        elif isinstance(why, NotTrustedError):
            raise _DISTRUSTED[why.why]
        else:
            raise NoDistrictError

    def _seen_to_time(self) -> bool | None:
        now = time.monotonic()
        if self._again_at and now >= self._again_at:
            self._again_at = 0.0
            self._begin(self._again())
        if self._believed is not None:
            for_s = now - self._believed_at
            is_slow = for_s > SLOW_S and self._believed.received < SLOW_RATE * for_s
            if now - self._heard_at > STALL_S or is_slow:
                self._line.count(cuts=1)
                return False
        elif now - self._first_at > self._most:
            raise NoDistrictError if self._was_answered else LineLostError
        elif self._open and len(self._open) < MOST_OPEN and self._is_quiet(now):
            self._patience = PATIENCE_S
            self._begin(self._again())
        return None

    def _is_quiet(self, now: float) -> bool:
        """Whether nothing moves any more; where the machine does not tell that, whether it has taken long enough."""
        if not TELLS_UNSENT:
            return now - self._begun_at > self._patience
        moved = sum(attempt.moved for attempt in self._open)
        if moved != self._moved:
            self._moved, self._moved_at = moved, now
        return now - max(self._begun_at, self._moved_at) > min(QUIET_S, self._patience)

    def _begin(self, question: bytes | None) -> None:
        self._begun_at = time.monotonic()
        attempt = Attempt(self._line.take(), self._path, question, self._listen())
        self._open.append(attempt)
        self._line.count(asked=1)
        attempt.start(self._news, self._is_over)

    def _drop(self, attempt: Attempt) -> None:
        self._count(attempt)
        attempt.connection.cut()

    def _count(self, attempt: Attempt) -> None:
        self._line.count(sent=attempt.sent)

    def _look(self) -> None:
        newest = self._believed or (self._open[-1] if self._open else None)
        if newest is None:
            self._line.look(0, 0)
        else:
            self._line.look(newest.moved - newest.received, newest.received)
