"""Reads the frames behind the reception and makes dossiers of them. It may fall behind or fail: no answer waits.

What cannot be read is noted for people (`projection_error`) and passed by.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence

from desk_app.district import safe_log
from desk_app.district.intake import histories
from desk_app.district.intake.disputes import Unnamed
from desk_app.district.intake.frame_reading import FrameReading
from desk_app.district.messages import stored as messages
from desk_app.district.money import stored as money
from desk_app.district.search import debt
from desk_app.district.search.index import NameIndex
from desk_app.district.storage import dossiers, logs
from desk_app.district.storage.contract import Session, Storage
from desk_app.district.storage.dossiers import MadeDossier
from desk_app.district.storage.logs import FrameRow
from desk_app.errors import DeskError

TOGETHER = 16
"""Frames in one transaction: short enough that the reception does not wait for it."""
_PAUSE_S, _IDLE_S, _FAILED_S = 0.05, 2.0, 10.0
_log = logging.getLogger(__name__)


class Projection:
    """A thread that works whenever the reception has nothing to do."""

    def __init__(
        self,
        storage: Storage,
        *,
        index: NameIndex,
        clock: Callable[[], int],
        is_busy: Callable[[], bool],
        certificate: bytes = b"",
        name_founders: Callable[[Sequence[Unnamed]], None] = lambda _: None,
    ) -> None:
        """`certificate` is of the district's keys; `name_founders` says which of several receptions came first."""
        self._storage = storage
        self._index = index
        self._certificate = certificate
        self._name_founders = name_founders
        self._stepping = threading.Lock()
        self._judged: set[bytes] = set()
        self._clock = clock
        self._is_busy = is_busy
        self._thread: threading.Thread | None = None
        self._ended = threading.Event()
        self.wake = threading.Event()

    def start(self) -> None:
        self._ended.clear()
        self._thread = threading.Thread(target=self._run, name="projection", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        if self._thread is not None:
            self._ended.set()
            self.wake.set()
            self._thread.join()
            self._thread = None

    def catch_up(self) -> None:
        """Read everything that waits, here and now."""
        while self.step():
            pass

    def step(self) -> int:
        """Read the next frames, in one transaction; how many. One thread at a time: a word is said once.

        Where none waits, copies of logs that were set aside are judged, then dossiers that the index of names does not
        hold yet are taken into it.
        """
        with self._stepping:
            return self._stepped()

    def _stepped(self) -> int:
        with self._storage.reading() as session:
            waiting = logs.unprojected(session, most=TOGETHER)
        if not waiting:
            return histories.judge(self._storage, self._judged) or self._index_more()
        try:
            self._project(waiting, is_careful=False)
        except DeskError:
            raise
        except Exception as error:  # noqa: BLE001 - whatever one frame holds, the others are to be read
            _log.error("frames are read again, one dossier at a time: %s", safe_log.told(error))
            for frame in waiting:
                self._read_carefully(frame)
        return len(waiting)

    def _run(self) -> None:
        while not self._ended.is_set():
            try:
                has_more = bool(self.step())
                pause = _PAUSE_S if has_more and self._is_busy() else 0.0 if has_more else _IDLE_S
            except DeskError as error:
                _log.warning("the projection waits: %s", type(error).__name__)
                pause = _FAILED_S
            except Exception as error:  # noqa: BLE001 - the projection may fail, its thread must not end
                _log.error("the projection waits: %s", safe_log.told(error))
                pause = _FAILED_S
            while self._is_busy() and not self._ended.is_set():
                self._ended.wait(_PAUSE_S)
            if pause:
                self.wake.wait(pause)
                self.wake.clear()

    def _index_more(self) -> int:
        with self._storage.reading() as session:
            if not debt.left(session, self._index):
                return 0
        with self._storage.writing() as session:
            keys = debt.next_ones(session, self._index)
            work = FrameReading(session, at=self._clock(), certificate=self._certificate)
            work.read_again(keys)
            self._index.put(session, work.made())
        return len(keys)

    def _read_carefully(self, frame: FrameRow) -> None:
        try:
            self._project([frame], is_careful=True)
        except DeskError:
            raise
        except Exception as error:  # noqa: BLE001 - passed by as a whole, for a person to see
            with self._storage.writing() as session:
                reason = type(error).__name__
                dossiers.note_error(session, frame.log, frame.first, dossier="", reason=reason, at=self._clock())
                logs.mark_projected(session, [frame])

    def _project(self, frames: list[FrameRow], *, is_careful: bool) -> None:
        with self._storage.writing() as session:
            work = FrameReading(session, at=self._clock(), certificate=self._certificate)
            work.read(frames)
            dossiers.forget_errors(session, work.ids)
            made = work.made()
            if not is_careful:
                self._put(session, made)
            for n, one in made.items() if is_careful else ():
                try:
                    with session.attempt():
                        self._put(session, {n: one})
                except DeskError:
                    raise
                except Exception as error:  # noqa: BLE001 - the database refuses what a desk wrote: noted, passed by
                    work.note(n, type(error).__name__)
            self._index.forget_erased(session)
            logs.mark_projected(session, frames)
        if work.unnamed:
            self._name_founders(work.unnamed)

    def _put(self, session: Session, made: dict[int, MadeDossier]) -> None:
        dossiers.put(session, made)
        money.put(session, made)
        messages.put(session, made)
        self._index.put(session, made)
