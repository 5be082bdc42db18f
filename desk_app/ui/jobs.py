"""The one door to other threads. Work runs in a named lane, one thread each, and answers to an owner still alive.

A lane's thread lives as long as the jobs do, so what work keeps for its thread (a database reader) is made once.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Iterable
from functools import partial
from itertools import count
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, QThreadPool, Signal
from shiboken6 import isValid

from desk_app.errors import DeskError, of_files

log = logging.getLogger(__name__)
T = TypeVar("T")
P = TypeVar("P")
_HANDS_OVER_S = 0.0005
"""A thread that computes lets the window's thread go on after half a millisecond. Python's own 5 ms are waited for at
each return from Qt: forty such returns, a card of a page, took a fifth of a second while a report was drawn.
"""
_Work = Callable[[Callable[[object], bool]], object]


class _Wish:
    """What a lane's thread may read of a job: plain flags, nothing of Qt."""

    __slots__ = ("is_cancelled", "is_stopped")

    def __init__(self) -> None:
        self.is_cancelled = self.is_stopped = False


class Job(QObject):
    """Work under way; lives with its owner. After `cancel` nothing more comes from it."""

    def __init__(
        self,
        owner: QObject,
        each: Callable[[object], None] | None,
        done: Callable[[object], None] | None,
        failed: Callable[[DeskError], None],
        ended: Callable[[], None] | None,
    ) -> None:
        super().__init__(owner)
        self._each, self._done, self._failed, self._ended = each, done, failed, ended
        self.wish = _Wish()

    def cancel(self) -> None:
        self.wish.is_cancelled = True

    def take(self, part: object) -> None:
        if self._each is not None and not self.wish.is_cancelled:
            self._each(part)

    def finish(self, result: object) -> None:
        if self._done is not None and not self.wish.is_cancelled:
            self._done(result)
        self._end()

    def fail(self, error: object) -> None:
        if isinstance(error, DeskError):
            if not self.wish.is_cancelled:
                self._failed(error)
        elif isinstance(error, Exception):
            sys.excepthook(type(error), error, error.__traceback__)
        self._end()

    def _end(self) -> None:
        if self._ended is not None:
            self._ended()
        self.deleteLater()


class Jobs(QObject):
    """Runs work in lanes; a refusal that nobody takes is told to the clerk, a bug goes to the crash notice.

    Only this thread lets go of what Qt or a screen owns. A lane's thread knows a job by its number: it takes the work
    out of a table, and has let go of it before it says that it ended.
    """

    _came = Signal(int, object)
    _finished = Signal(int, object)
    _refused = Signal(int, object)
    _over = Signal(int)

    def __init__(self, tell: Callable[[DeskError], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        sys.setswitchinterval(_HANDS_OVER_S)
        self._tell = tell
        self._lanes: dict[str, QThreadPool] = {}
        self._numbers = count()
        self._jobs: dict[int, Job] = {}
        self._works: dict[int, tuple[_Work, _Wish]] = {}
        queued = Qt.ConnectionType.QueuedConnection
        self._came.connect(self._take, queued)
        self._finished.connect(self._finish, queued)
        self._refused.connect(self._fail, queued)
        self._over.connect(self._forget, queued)

    def run(
        self,
        lane: str,
        work: Callable[[], T],
        *,
        owner: QObject,
        done: Callable[[T], None] | None = None,
        failed: Callable[[DeskError], None] | None = None,
        ended: Callable[[], None] | None = None,
    ) -> Job:
        """Call `work` on the lane's thread; `done` gets what it returns, on this thread, while `owner` lives.

        `ended` comes last, after success, refusal or bug.
        """
        return self.follow(lane, lambda _tell: work(), owner=owner, done=done, failed=failed, ended=ended)

    def follow(
        self,
        lane: str,
        work: Callable[[Callable[[P], None]], T],
        *,
        owner: QObject,
        each: Callable[[P], None] | None = None,
        done: Callable[[T], None] | None = None,
        failed: Callable[[DeskError], None] | None = None,
        ended: Callable[[], None] | None = None,
    ) -> Job:
        """Like `run`, for work that tells how far it has come: what it tells reaches `each` on this thread."""

        def told(tell: Callable[[object], bool]) -> object:
            def say(part: P) -> None:
                tell(part)

            return work(say)

        job = Job(owner, each, done, failed or self._tell, ended)  # type: ignore[arg-type]
        return self._start(lane, told, job)

    def stream(
        self,
        lane: str,
        work: Callable[[], Iterable[T]],
        *,
        owner: QObject,
        each: Callable[[T], None],
        done: Callable[[], None] | None = None,
        failed: Callable[[DeskError], None] | None = None,
    ) -> Job:
        """Like `run`, for work that yields part after part; it stops soon after `cancel`."""

        def told(tell: Callable[[object], bool]) -> None:
            for part in work():
                if not tell(part):
                    break

        job = Job(
            owner,
            each,  # type: ignore[arg-type]
            lambda _: done() if done is not None else None,
            failed or self._tell,
            None,
        )
        return self._start(lane, told, job)

    def close(self, farewell: Callable[[], None] | None = None) -> None:
        """Stop everything and wait; `farewell` runs once on each lane's thread, to close what it keeps."""
        for _, wish in tuple(self._works.values()):
            wish.is_stopped = True
        for pool in self._lanes.values():
            pool.clear()
            pool.waitForDone()
            if farewell is not None:
                pool.start(farewell)
                pool.waitForDone()
        self._lanes.clear()
        self._jobs.clear()
        self._works.clear()

    def _start(self, lane: str, work: _Work, job: Job) -> Job:
        pool = self._lanes.get(lane)
        if pool is None:
            pool = self._lanes[lane] = QThreadPool(self)
            pool.setMaxThreadCount(1)
            pool.setExpiryTimeout(-1)
        number = next(self._numbers)
        self._jobs[number] = job
        self._works[number] = (work, job.wish)
        # No QRunnable: PySide 6.11 never lets go of one that a pool was given, nor of what it holds.
        pool.start(partial(self._run, number))
        return job

    # --- on a lane's thread ----------------------------------------------------------------------------------------

    def _run(self, number: int) -> None:
        try:
            self._finished.emit(number, self._result(number))
        except Exception as error:
            if not isinstance(error, DeskError):
                log.exception("a job broke")
            self._refused.emit(number, of_files(error) or error)
        finally:
            self._over.emit(number)

    def _result(self, number: int) -> object:
        """What the work comes to; its last name on this thread goes with this call."""
        work, wish = self._works[number]

        def tell(part: object) -> bool:
            if wish.is_stopped or wish.is_cancelled:
                return False
            self._came.emit(number, part)
            return True

        result = work(tell)
        if wish.is_stopped:
            wish.is_cancelled = True  # the program is closing: nobody is there to take it
        return result

    # --- on the window's thread ------------------------------------------------------------------------------------

    def _job(self, number: int) -> Job | None:
        """The job while its owner lives."""
        job = self._jobs.get(number)
        return job if job is not None and isValid(job) else None

    def _take(self, number: int, part: object) -> None:
        if (job := self._job(number)) is not None:
            job.take(part)

    def _finish(self, number: int, result: object) -> None:
        if (job := self._job(number)) is not None:
            job.finish(result)

    def _fail(self, number: int, error: object) -> None:
        if (job := self._job(number)) is not None:
            job.fail(error)

    def _forget(self, number: int) -> None:
        self._jobs.pop(number, None)
        self._works.pop(number, None)
