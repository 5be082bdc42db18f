"""The one door to other threads. Work runs in a named lane, one thread each, and answers to an owner still alive.

A lane's thread lives as long as the jobs do, so what work keeps for its thread (a database reader) is made once.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Iterable
from typing import TypeVar

from PySide6.QtCore import QObject, QThreadPool, Signal

from desk_app.errors import DeskError, of_files

log = logging.getLogger(__name__)
T = TypeVar("T")
P = TypeVar("P")
_Work = Callable[[Callable[[object], bool]], object]


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
        self.is_cancelled = False

    def cancel(self) -> None:
        self.is_cancelled = True

    def take(self, part: object) -> None:
        if self._each is not None and not self.is_cancelled:
            self._each(part)

    def finish(self, result: object) -> None:
        if self._done is not None and not self.is_cancelled:
            self._done(result)
        self._end()

    def fail(self, error: object) -> None:
        if isinstance(error, DeskError):
            if not self.is_cancelled:
                self._failed(error)
        elif isinstance(error, Exception):
            sys.excepthook(type(error), error, error.__traceback__)
        self._end()

    def _end(self) -> None:
        if self._ended is not None:
            self._ended()
        self.deleteLater()


class Jobs(QObject):
    """Runs work in lanes; a refusal that nobody takes is told to the clerk, a bug goes to the crash notice."""

    def __init__(self, tell: Callable[[DeskError], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tell = tell
        self._lanes: dict[str, QThreadPool] = {}
        self._running: set[_Task] = set()

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
        for task in tuple(self._running):
            task.stop()
        for pool in self._lanes.values():
            pool.clear()
            pool.waitForDone()
            if farewell is not None:
                pool.start(farewell)
                pool.waitForDone()
        self._lanes.clear()
        self._running.clear()

    def _start(self, lane: str, work: _Work, job: Job) -> Job:
        pool = self._lanes.get(lane)
        if pool is None:
            pool = self._lanes[lane] = QThreadPool(self)
            pool.setMaxThreadCount(1)
            pool.setExpiryTimeout(-1)
        task = _Task(work, job)
        self._running.add(task)
        task.news.ended.connect(self._forget)
        pool.start(task.run)
        return job

    def _forget(self, task: object) -> None:
        if isinstance(task, _Task):
            self._running.discard(task)


class _News(QObject):
    came = Signal(object)
    finished = Signal(object)
    failed = Signal(object)
    ended = Signal(object)


class _Task:
    """The thread's side of a job. It holds no owner: its signals are cut when the owner goes.

    No QRunnable: PySide 6.11 never lets go of one that a pool was given, nor of what it holds.
    """

    def __init__(self, work: _Work, job: Job) -> None:
        self._work = work
        self._job = job
        self._is_stopped = False
        self.news = _News()
        self.news.came.connect(job.take)
        self.news.finished.connect(job.finish)
        self.news.failed.connect(job.fail)

    def stop(self) -> None:
        self._is_stopped = True

    def run(self) -> None:
        try:
            result = self._work(self._tell)
            if self._is_stopped:
                self._job.cancel()  # the program is closing: nobody is there to take it
            self.news.finished.emit(result)
        except Exception as error:
            if not isinstance(error, DeskError):
                log.exception("a job broke")
            self.news.failed.emit(of_files(error) or error)
        finally:
            self.news.ended.emit(self)

    def _tell(self, part: object) -> bool:
        """Hand a part over; False once nobody wants more."""
        if self._is_stopped or self._job.is_cancelled:
            return False
        self.news.came.emit(part)
        return True
