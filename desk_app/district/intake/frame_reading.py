"""One transaction's reading of frames: which dossiers they touch, and what the events of each make."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable

import msgspec

from desk_app.district.intake import disputes
from desk_app.district.intake.disputes import Arrived, Unnamed
from desk_app.district.money import stored as money
from desk_app.district.storage import dossiers, logs, quarantine, writers
from desk_app.district.storage.contract import Session
from desk_app.district.storage.dossiers import Key, MadeDossier, Place
from desk_app.district.storage.logs import FrameRow, LogRow
from desk_app.domain.dossiers.dossier import fold
from desk_app.domain.dossiers.events import Received, Recorded
from desk_app.domain.history import authority, owned_ids
from desk_app.domain.history.founding import Writers
from desk_app.domain.messages import occasion
from desk_app.domain.payments.payment import lines_of
from desk_app.protocol.event_body import event_of

_MOST_FRAMES = 64
_LONGEST_NAME = 64


class FrameReading:
    """One transaction's reading: which dossiers these frames touch, and the events of each."""

    def __init__(self, session: Session, *, at: int, certificate: bytes) -> None:
        self._session = session
        self._at = at
        self._certificate = certificate
        self.unnamed: list[Unnamed] = []
        self._logs: dict[bytes, LogRow] = {}
        self._writers: dict[str, Writers] = {}
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
                if reason := self._why_not(log.scope, event):
                    dossiers.note_error(self._session, log.log, seq, dossier="", reason=reason, at=self._at)
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
                    messages=occasion.messages(dossier) if dossier is not None else (),
                )
        return found

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
        arrived = [one for one in arrived if self._counts(key[0], one.event)]
        events = disputes.judged(self._session, key[0], arrived, certificate=self._certificate)
        if found := disputes.unnamed(key[0], arrived, events):
            self.unnamed.append(found)
        return events

    def _why_not(self, scope: str, event: Recorded) -> str:
        """Why an event counts nowhere, by whose word it is; "" where it counts."""
        if not self._counts(scope, event):
            return authority.NOT_THEIRS
        is_anothers = owned_ids.named_by(event) and not owned_ids.counts(event, self._writers_of(scope))
        return owned_ids.NOT_ITS_OWNER if is_anothers else ""

    def _counts(self, scope: str, event: Recorded) -> bool:
        """Whether the writer of the event may say what it says."""
        return authority.counts(event, lambda log: self._writers_of(scope).of(log).is_district)

    def _writers_of(self, scope: str) -> Writers:
        if scope not in self._writers:
            district = [self._certificate] if self._certificate else []
            self._writers[scope] = writers.writers(self._session, scope, district=district)
        return self._writers[scope]

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
