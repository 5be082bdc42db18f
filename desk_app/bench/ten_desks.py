"""The day of an office at one of its ten desks: its own log, and nine others taken in as a round takes them in."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import count

from msgspec.structs import replace

from desk_app.domain.calendar.moments import milliseconds
from desk_app.domain.dossiers.events import Received, StepTaken
from desk_app.domain.dossiers.numbering import Pattern
from desk_app.domain.dossiers.steps import Action
from desk_app.protocol.event_body import body_of
from desk_app.protocol.keys import Certificate, Keys, certify
from desk_app.services.desk.desk import Desk
from desk_app.services.setup import demo_people
from desk_app.store.database.database import unit_of_work
from desk_app.store.journal import bulk, journal
from desk_app.store.journal.bulk import NewEvent
from desk_app.store.peers import devices

DESKS, DOSSIERS = 10, 1000
"""Desks of the office; dossiers that they receive in the day, all together."""
_OF_ONE = DOSSIERS // DESKS
_EARLIER = 3000
_PATTERN = Pattern()


def fill(desk: Desk) -> None:
    """Ten working days, then today: each desk receives its share, this one hands out what was ready from before."""
    now, unit = desk.now(), desk.settings.unit
    earlier = list(demo_people.dossiers(_EARLIER, until=now - timedelta(days=1), seed=90, unit=unit))
    bulk.load(desk.db, [*earlier, *_day_of(1, now, unit), *_returned(earlier, now)])
    district = Keys.new()
    for number in range(2, DESKS + 1):
        _take_in(desk, number, _day_of(number, now, unit), district)


def _day_of(number: int, now: datetime, unit: str) -> Iterator[NewEvent]:
    """A desk's events of today; its numbers are its own."""
    for new in demo_people.dossiers(_OF_ONE, until=now, a_day=_OF_ONE, seed=number, unit=unit):
        if new.numbered is None or not isinstance(new.payload, Received):
            yield new
            continue
        day, place = new.numbered
        at = place + number * _OF_ONE
        code = _PATTERN.code(unit, datetime.fromisoformat(day).date(), at)
        yield NewEvent(
            dossier=new.dossier,
            payload=replace(new.payload, code=code),
            at=new.at,
            author=new.author,
            numbered=(day, at),
        )


def _returned(earlier: Iterable[NewEvent], now: datetime) -> Iterator[NewEvent]:
    last = {new.dossier: new for new in earlier}
    at = milliseconds(now)
    for dossier, new in last.items():
        if isinstance(new.payload, StepTaken) and new.payload.action == Action.READY:
            yield NewEvent(dossier=dossier, payload=StepTaken(action=Action.RETURN), at=at, author=new.author)


def _take_in(desk: Desk, number: int, events: Iterable[NewEvent], district: Keys) -> None:
    keys, log, unit = Keys.new(), secrets.token_bytes(16), desk.settings.unit
    name = f"Quầy {number}"
    certificate = Certificate(keys=keys.public.dump(), role="desk", unit=unit, desk=number, name=name)
    lines = []
    for seq, new in zip(count(1), events, strict=False):
        event = bulk.recorded(new, log=log, seq=seq, lamport=seq)
        lines.append((seq, body_of(event, new.payload).decode()))
    with unit_of_work(desk.db):
        devices.put(desk.db, keys.kid, certify(certificate, district), unit, number, name)
        journal.absorb(desk.db, log, lines, author=keys.kid)
