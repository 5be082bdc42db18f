"""A line without sockets between a desk and a district of the same process, so that a story is told the same each time.

It breaks where the story says, also by killing the desk that is listening. Real sockets are tried elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

import msgspec

from desk_app.district.district import District
from desk_app.district.intake import enrolment
from desk_app.errors import LineLostError, NoDistrictError, OfflineError
from desk_app.protocol.messages import DISTRICT_PATH, ENROL_PATH, Refused
from desk_app.sync.line.district_client import Listener
from desk_app.sync.line.progress import Traffic

_PIECE = 600


class Killed(BaseException):
    """The desk's process ends here."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What happens to the next question: `part` (of 1000) of its bytes arrive, or of its answer's; or the desk dies."""

    what: Literal["", "up", "down", "kill"] = ""
    part: int = 0

    def of(self, data: bytes) -> bytes:
        return data[: len(data) * self.part // 1000]


@dataclass
class Wire:
    """Between all desks and the one district; `district` None is no network at all."""

    district: District | None = None
    faults: list[Fault] = field(default_factory=list)
    at_death: Callable[[], None] = lambda: None

    def line(self, _url: str, _tls: str | None, **_: object) -> _Line:
        """In place of `sync.line.Line`."""
        return _Line(self)


class _Line:
    def __init__(self, wire: Wire) -> None:
        self._wire = wire
        self.traffic = Traffic()
        self.status = 0

    def ask(self, question: bytes, *, again: Callable[[], bytes], listen: Callable[[], Listener]) -> bool:
        district = self._wire.district
        if district is None:
            raise OfflineError
        fault = self._wire.faults.pop(0) if self._wire.faults else Fault()
        self._count(sent=len(question))
        if fault.what == "up":
            exchange = district.exchange()
            for frame in exchange.read(fault.of(question)):
                if (done := exchange.take(frame)) is not None:
                    exchange.settle(done)
            raise LineLostError
        answer = district.reply(question)
        self.status = 200 if answer.body else 401
        if not answer.body:
            raise NoDistrictError
        return self._heard(answer.body, listen(), fault)

    def _heard(self, answer: bytes, listener: Listener, fault: Fault) -> bool:
        comes = fault.of(answer) if fault.what else answer
        is_certain = False
        try:
            for start in range(0, len(comes), _PIECE):
                is_certain = listener.feed(comes[start : start + _PIECE])
        except Refused as refused:
            raise NoDistrictError from refused
        self._count(received=len(comes))
        if fault.what == "kill":
            self._wire.at_death()
            raise Killed
        if fault.what and not is_certain:
            raise LineLostError
        return not fault.what

    def call(self, path: str, body: bytes | None = None) -> bytes:
        district = self._wire.district
        if district is None:
            raise OfflineError
        if path == DISTRICT_PATH:
            return msgspec.json.encode(district.identity.card)
        assert path == ENROL_PATH
        assert body is not None
        return enrolment.answer(district.storage, district.identity, body, at=district.clock())

    def close(self) -> None:
        """Nothing is kept."""

    def _count(self, *, sent: int = 0, received: int = 0) -> None:
        old = self.traffic
        self.traffic = Traffic(old.sent + sent, old.received + received, old.asked + bool(sent), old.cuts)
