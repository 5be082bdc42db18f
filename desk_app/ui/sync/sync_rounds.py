"""Exchanges with the district behind the clerk's back: soon after something was recorded, again after a failure.

The line, the signatures and the database work in the jobs' lane "sync"; here is only when, and what to say about it.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from threading import Event
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from desk_app.errors import DeskError
from desk_app.lazy import lazy
from desk_app.ui.jobs import Jobs
from desk_app.ui.window.notices import Notice, Notices

if TYPE_CHECKING:
    from collections.abc import Callable

    from desk_app.services.sync.records import Exchanged, SyncStatus
    from desk_app.ui.services.sync_services import SyncServices
    from desk_app.ui.sync import sync_texts
else:
    sync_texts = lazy("desk_app.ui.sync.sync_texts")

LANE = "sync"
_LOOK = "standing"
_AFTER_START_MS = 4_000
_AFTER_RECORD_MS = 300_000  # docs/decisions/0064: what a piece costs
_MINUTE_MS = 60_000


class Rounds(QObject):
    """`changed` when the standing is another, `progressed` on the way, `arrived` when others' work came in.

    `ended` when a round is over, or could not be.

    `known` is how it stood when last asked; asking is a job, for a desk may have years of work to count.
    """

    changed = Signal()
    progressed = Signal(object)
    arrived = Signal()
    ended = Signal()

    def __init__(self, services: SyncServices, now: Callable[[], datetime], jobs: Jobs, notices: Notices) -> None:
        super().__init__()
        self._services, self._now, self._jobs, self._notices = services, now, jobs, notices
        self._stop = Event()
        self._failures = 0
        self._is_asked = self._is_due = False
        self._is_looking = self._looks_again = False
        self._clock_warning = ""
        self._next_at: datetime | None = None
        self.known: SyncStatus | None = None
        self.is_running = False
        self.failure: DeskError | None = None
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._start)

    @property
    def next_at(self) -> datetime | None:
        """When the program will try again by itself; None while it is trying or has no reason to."""
        return self._next_at if self._timer.isActive() else None

    def standing(self, status: SyncStatus) -> sync_texts.SyncHeadline:
        """The standing in words."""
        doing = sync_texts.Doing(
            is_running=self.is_running,
            failure=str(self.failure) if self.failure is not None else "",
            remedy=self.failure.remedy if self.failure is not None else "",
            next_at=self.next_at,
        )
        return sync_texts.standing(status, doing, self._now())

    def look(self) -> None:
        """Ask anew how it stands; `changed` follows."""
        if self._is_looking:
            self._looks_again = True
            return
        self._is_looking = True
        self._jobs.run(
            _LOOK, self._services.status_apart, owner=self, done=self._seen, failed=self._not_seen, ended=self._looked
        )

    def begin(self) -> None:
        """Once the desk is open and the list in sight."""
        self.look()
        self._in(_AFTER_START_MS)

    def recorded(self) -> None:
        """Something was written down: send it soon, with what else comes meanwhile."""
        if not self.is_running and not self._failures:
            left = self._timer.remainingTime()
            self._in(min(_AFTER_RECORD_MS, left) if left >= 0 else _AFTER_RECORD_MS)
        if self.known is None or self.known.enrolled:
            self.look()

    def woken(self) -> None:
        """After a sleep: what failed before it says nothing of the line now, and its timer counted none of it.

        A round that was under way ends by itself: its line is dead, and watched (docs/decisions/0138).
        """
        self._failures = 0
        self.arrived.emit()  # the day may be another, and what is in sight with it
        if not self.is_running and not self._stop.is_set():
            self._in(_AFTER_START_MS)

    def send_now(self) -> None:
        """The clerk wants it now, and to be told how it went."""
        self._is_asked = True
        self._start()

    def take(self, exchanged: Exchanged) -> None:
        """What came over the line or on a stick has its effect on what is shown."""
        self._services.learn(law_changed=exchanged.law_changed)
        if exchanged.received:
            self.arrived.emit()

    def stop(self) -> None:
        """The desk closes; the round under way ends within about a second."""
        self._timer.stop()
        self._stop.set()

    # --- how it stands ---------------------------------------------------------------------------------------------

    def _seen(self, status: SyncStatus) -> None:
        if self.known is None and status.enrolled:
            self._jobs.run(LANE, self._services.load_apart, owner=self)
        self.known = status
        self.changed.emit()
        if self._is_due and not self._looks_again and not self.is_running:
            self._is_due = False
            self._run(status)

    def _not_seen(self, error: DeskError) -> None:
        self._is_due = self._is_asked = False
        self._notices.warn_of(error)
        self.ended.emit()

    def _looked(self) -> None:
        self._is_looking = False
        if self._looks_again and not self._stop.is_set():
            self._looks_again = False
            self.look()

    # --- one round -------------------------------------------------------------------------------------------------

    def _idle_ms(self) -> int:
        return self._services.every_min() * _MINUTE_MS

    def _in(self, milliseconds: float) -> None:
        self._next_at = self._now() + timedelta(milliseconds=milliseconds)
        self._timer.start(int(milliseconds))

    def _start(self) -> None:
        """As soon as it is known whether this desk may send."""
        if not self.is_running and not self._stop.is_set():
            self._is_due = True
            self.look()

    def _run(self, status: SyncStatus) -> None:
        if not (status.enrolled and status.digits_confirmed) or self._stop.is_set():
            self._is_asked = False
            self.ended.emit()
            return
        self._timer.stop()
        self.is_running = True
        self.changed.emit()
        self._jobs.follow(
            LANE,
            lambda tell: self._services.synchronise_apart(tell, self._stop),
            owner=self,
            each=self.progressed.emit,
            done=self._done,
            failed=self._failed,
            ended=self._ended,
        )

    def _done(self, exchanged: Exchanged) -> None:
        self._failures, self.failure = 0, None
        self.take(exchanged)
        warning = exchanged.clock_warning
        if self._is_asked:
            self._notices.post(Notice(text=exchanged.told, remedy=warning))
        elif warning and not self._clock_warning:
            self._notices.warn(warning)
        self._clock_warning = warning
        # What stays waiting although the district answered will not move for being asked again at once.
        goes_on = exchanged.waiting and exchanged.confirmed
        self._in(_AFTER_START_MS if goes_on else self._idle_ms())

    def _failed(self, error: DeskError) -> None:
        self._failures += 1
        self.failure = error
        if self._is_asked:
            self._notices.warn_of(error)
        self._in(self._services.pause_s(self._failures) * 1000)

    def _ended(self) -> None:
        self.is_running = False
        self._is_asked = False
        if self._stop.is_set():
            return
        if not self._timer.isActive():  # a bug was told elsewhere; the next round may know nothing of it
            self._in(self._idle_ms())
        self.look()
        self.ended.emit()
