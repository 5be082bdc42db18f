"""Reads the frames behind the reception and makes dossiers of them. It may fall behind or fail: no answer waits.

What cannot be read is noted for people (`projection_error`) and passed by.
"""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence

import msgspec

from desk_app.district import safe_log
from desk_app.district.intake import disputes, histories
from desk_app.district.intake.disputes import Arrived, Unnamed
from desk_app.district.messages import stored as messages
from desk_app.district.money import stored as money
from desk_app.district.search import debt
from desk_app.district.search.index import NameIndex
from desk_app.district.storage import dossiers, logs, quarantine, writers
from desk_app.district.storage.contract import Session, Storage
from desk_app.district.storage.dossiers import Key, MadeDossier, Place
from desk_app.district.storage.logs import FrameRow, LogRow
from desk_app.domain.dossiers.dossier import Dossier, fold
from desk_app.domain.dossiers.events import Received, Recorded
from desk_app.domain.messages import occasion
from desk_app.domain.messages.occasion import Message
from desk_app.domain.payments.payment import lines_of
from desk_app.errors import DeskError
from desk_app.protocol.event_body import event_of

TOGETHER = 16
"""Frames in one transaction: short enough that the reception does not wait for it."""
_PAUSE_S, _IDLE_S, _FAILED_S = 0.05, 2.0, 10.0
_MOST_FRAMES = 64
_LONGEST_NAME = 64
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
            work = _Reading(session, at=self._clock(), certificate=self._certificate)
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
            work = _Reading(session, at=self._clock(), certificate=self._certificate)
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


class _Reading:
    """One transaction's reading: which dossiers these frames touch, and the events of each."""

    def __init__(self, session: Session, *, at: int, certificate: bytes) -> None:
        self._session = session
        self._at = at
        self._certificate = certificate
        self.unnamed: list[Unnamed] = []
        self._logs: dict[bytes, LogRow] = {}
        self._names: dict[int, bytes] = {}
        self._unpacked: OrderedDict[tuple[bytes, int], tuple[FrameRow, list[bytes]]] = OrderedDict()
        self._numbers: dict[Key, int] = {}
        self._places: dict[int, list[Place]] = {}
        self._touched: dict[Key, Place] = {}

    def read(self, frames: Iterable[FrameRow]) -> None:
        """Note which dossiers these frames speak of, and which of their events cannot be read at all."""
        rows: list[tuple[Key, Place]] = []
        for frame in frames:
            log = self._log_of(frame.log)
            for seq, body in enumerate(self._bodies(frame), frame.first):
                try:
                    event = event_of(log.log.hex(), seq, body)
                except msgspec.DecodeError:
                    event = None
                if event is None or not _is_name(event.dossier):
                    dossiers.note_error(self._session, log.log, seq, dossier="", reason="unreadable", at=self._at)
                    continue
                if not event.dossier and log.scope != "*":
                    money.put_counts(self._session, log.scope, event)
                if event.dossier and log.scope != "*":
                    key = (log.scope, event.dossier)
                    self._touched[key] = (log.n, seq)
                    rows.append((key, (log.n, seq)))
        self._numbers = dossiers.numbers(self._session, self._touched)
        dossiers.add_events(self._session, [(self._numbers[key], *place) for key, place in rows])
        self._places = dossiers.events(self._session, list(self._numbers.values()))

    def read_again(self, keys: dict[Key, int]) -> None:
        """Take up dossiers that were read before."""
        self._numbers = keys
        self._places = dossiers.events(self._session, list(keys.values()))
        self._touched = {key: self._places[n][-1] for key, n in keys.items() if self._places[n]}

    @property
    def ids(self) -> set[str]:
        """The dossiers touched."""
        return {dossier for _, dossier in self._numbers}

    def made(self) -> dict[int, MadeDossier]:
        """Every dossier touched, folded afresh; those whose events break a rule of ours are noted instead."""
        found: dict[int, MadeDossier] = {}
        for key, n in self._numbers.items():
            events = self._events(key, self._places[n])
            is_here = any(isinstance(event.payload, Received) for event in events)
            try:
                dossier = fold(events) if is_here else None
            except Exception as error:  # noqa: BLE001 - a rule that a desk's event breaks: noted, passed by
                self.note(n, type(error).__name__)
            else:
                found[n] = MadeDossier(
                    unit=key[0],
                    dossier=dossier,
                    count=len(events),
                    money=lines_of(events),
                    messages=self._messages(key[0], dossier) if dossier is not None else (),
                )
        return found

    def _messages(self, unit: str, dossier: Dossier) -> tuple[Message, ...]:
        """The messages as they stand; only the district's own answers count."""
        if not dossier.contacts:
            return ()
        known = writers.writers(self._session, unit, district=[self._certificate] if self._certificate else [])
        return occasion.messages(dossier, trusted=lambda log: known.of(log).is_district)

    def note(self, n: int, reason: str) -> None:
        """A dossier that cannot be made; its newest event is named."""
        key = next(key for key, number in self._numbers.items() if number == n)
        log, seq = self._touched[key]
        dossiers.note_error(self._session, self._name(log), seq, dossier=key[1], reason=reason, at=self._at)

    def _events(self, key: Key, places: list[Place]) -> list[Recorded]:
        arrived = []
        for log, seq in places:
            name = self._name(log)
            frame, bodies = self._frame_with(name, seq)
            body = bodies[seq - frame.first]
            event = event_of(name.hex(), seq, body)
            if event.dossier == key[1]:
                arrived.append(Arrived(event=event, body=body, came=(frame.received_at, log, seq)))
        for one in disputes.altered(self._session, key[0], arrived):
            name, reason = bytes.fromhex(one.event.log), quarantine.REWRITTEN
            dossiers.note_error(self._session, name, one.event.seq, dossier=key[1], reason=reason, at=self._at)
            arrived.remove(one)
        events = disputes.judged(self._session, key[0], arrived, certificate=self._certificate)
        if found := disputes.unnamed(key[0], arrived, events):
            self.unnamed.append(found)
        return events

    def _bodies(self, frame: FrameRow) -> list[bytes]:
        bodies = frame.bodies()
        self._unpacked[frame.log, frame.first] = (frame, bodies)
        while len(self._unpacked) > _MOST_FRAMES:
            self._unpacked.popitem(last=False)
        return bodies

    def _frame_with(self, log: bytes, seq: int) -> tuple[FrameRow, list[bytes]]:
        for (of, first), (frame, bodies) in self._unpacked.items():
            if of == log and first <= seq <= frame.last:
                return frame, bodies
        found = logs.frame_with(self._session, log, seq)
        if found is None:
            raise LookupError("an event stands in no frame")
        return found, self._bodies(found)

    def _log_of(self, name: bytes) -> LogRow:
        if name not in self._logs:
            found = logs.get(self._session, name)
            if found is None:
                raise LookupError("a frame stands in no log")
            self._logs[name] = found
            self._names[found.n] = name
        return self._logs[name]

    def _name(self, n: int) -> bytes:
        if n not in self._names:
            self._names[n] = logs.name_of(self._session, n)
        return self._names[n]


def _is_name(dossier: str) -> bool:
    return len(dossier) <= _LONGEST_NAME and "\0" not in dossier
