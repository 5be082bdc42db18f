"""The money of a day of every commune, by desk and way, with the counted drawers: read from the tails of the logs.

A movement counts on the day and at the desk of its event, as on the desks themselves (docs/decisions/0193).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

import msgspec
from msgspec import Struct

from desk_app import typed_values
from desk_app.district.storage import Session, logs
from desk_app.district.storage.logs import LogRow
from desk_app.domain.calendar.moments import VIETNAM, milliseconds
from desk_app.domain.dossiers.events import OfficeChanged, Recorded, Stamp
from desk_app.domain.payments.cash_count import CashCount, balance_told, difference
from desk_app.domain.payments.money_events import Paid, PaidBack
from desk_app.domain.payments.payment import Way
from desk_app.protocol.event_body import event_of

_COUNTS = "cash_count/"
_SLACK = timedelta(days=1)
"""Clocks are put right by minutes, not by days: a frame that is older ends a log."""


class CommuneDesk(Struct, kw_only=True):
    """A desk's day: what it took less what it gave back, by way in đồng; its count, None where nobody counted."""

    unit: str
    desk: int
    ways: dict[str, int]
    count: CashCount | None = None
    counted_by: Stamp = (0, "")

    @property
    def total(self) -> int:
        return sum(self.ways.values())

    @property
    def cash(self) -> int:
        return self.ways.get(Way.CASH, 0)

    @property
    def difference(self) -> int | None:
        return difference(self.count, self.cash) if self.count is not None else None

    @property
    def balance(self) -> str:
        return balance_told(self.count, self.cash)


def of_day(session: Session, day: date, *, unit: str = "") -> list[CommuneDesk]:
    """Every desk that moved money or counted it on the day, by unit and number; `unit` "" for all."""
    found: dict[tuple[str, int], CommuneDesk] = {}
    for log in logs.every(session):
        if log.scope != "*" and unit in ("", log.scope):
            for event in _since(session, log, day):
                _take(found, log.scope, event, day)
    return [found[key] for key in sorted(found)]


def _take(found: dict[tuple[str, int], CommuneDesk], unit: str, event: Recorded, day: date) -> None:
    match event.payload:
        case Paid(amount=amount, way=way, desk=desk) if amount > 0 and _is_on(event, day):
            ways = _desk(found, unit, desk).ways
            ways[way] = ways.get(way, 0) + amount
        case PaidBack(amount=amount, way=way, desk=desk) if amount > 0 and _is_on(event, day):
            ways = _desk(found, unit, desk).ways
            ways[way] = ways.get(way, 0) - amount
        case OfficeChanged(values=values):
            for key, value in values.items():
                if key.startswith(f"{_COUNTS}{day.isoformat()}/"):
                    _count(found, unit, event, value)
        case _:
            pass


def _count(found: dict[tuple[str, int], CommuneDesk], unit: str, event: Recorded, value: str) -> None:
    try:
        count = typed_values.from_json(value, CashCount)
    except msgspec.DecodeError:
        return  # of a later program
    kept = _desk(found, unit, count.desk)
    if event.stamp > kept.counted_by:
        kept.count, kept.counted_by = count, event.stamp


def _desk(found: dict[tuple[str, int], CommuneDesk], unit: str, desk: int) -> CommuneDesk:
    return found.setdefault((unit, desk), CommuneDesk(unit=unit, desk=desk, ways={}))


def _is_on(event: Recorded, day: date) -> bool:
    start = milliseconds(datetime.combine(day, time(), VIETNAM))
    end = milliseconds(datetime.combine(day + timedelta(days=1), time(), VIETNAM))
    return start <= event.at < end


def _since(session: Session, log: LogRow, day: date) -> Iterator[Recorded]:
    """The events of a log from its end back to the day, frame by frame."""
    oldest = milliseconds(datetime.combine(day, time(), VIETNAM) - _SLACK)
    seq = log.seq
    while seq > 0 and (frame := logs.frame_with(session, log.log, seq)) is not None:
        latest = 0
        for number, body in enumerate(frame.bodies(), frame.first):
            try:
                event = event_of(log.log.hex(), number, body)
            except msgspec.DecodeError:
                continue  # noted for people by the projection
            latest = max(latest, event.at)
            yield event
        if 0 < latest < oldest:
            return
        seq = frame.first - 1
