"""What all desks of a commune hold alike (names, hours, pattern of codes): a projection of the events that set it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING

import msgspec

from desk_app.domain.service_days.day_keys import OF_DISTRICT
from desk_app.lazy import lazy
from desk_app.store.database.database import DeskDatabase

if TYPE_CHECKING:
    from desk_app.domain import notices
    from desk_app.domain.dossiers import events
    from desk_app.domain.history import signed_desks
    from desk_app.domain.history.founding import Writers
    from desk_app.protocol import event_body
    from desk_app.store.peers import writers
else:
    writers = lazy("desk_app.store.peers.writers")
    events = lazy("desk_app.domain.dossiers.events")
    signed_desks = lazy("desk_app.domain.history.signed_desks")
    notices = lazy("desk_app.domain.notices")
    event_body = lazy("desk_app.protocol.event_body")

_TAKE = """
    INSERT INTO office_fact(key, value, lamport, log) VALUES(?,?,?,?)
    ON CONFLICT(key) DO UPDATE SET value = excluded.value, lamport = excluded.lamport, log = excluded.log
    WHERE (excluded.lamport, excluded.log) > (office_fact.lamport, office_fact.log)
"""
_EVENTS = """
    SELECT log.name, one.seq, one.body FROM (
        SELECT log, seq, kind, body FROM event WHERE dossier = ''
        UNION ALL SELECT log, seq, kind, body FROM orphan WHERE dossier = '' AND settled = 0
    ) one JOIN log ON log.id = one.log WHERE one.kind = 'office'
"""
# A key of the district is kept under no unit, a desk's under its own; certificates come from the district alone.
_RULES = """
    SELECT log.name, event.seq, event.body FROM event
    JOIN log ON log.id = event.log JOIN device ON device.kid = log.author
    WHERE event.dossier = '' AND event.kind IN ('service_days', 'holds')
        AND device.unit = '' AND device.certificate <> x''
"""


def take(db: DeskDatabase, event: events.Recorded) -> None:
    """Let an event set what it sets, where no later one has; any other event changes nothing."""
    if isinstance(event.payload, events.OfficeChanged):
        known = cache(lambda: writers.writers(db))
        said = {key: value for key, value in event.payload.values.items() if _may_set(key, event, known)}
        db.many(_TAKE, [(key, value, event.lamport, event.log) for key, value in said.items()])


def _may_set(key: str, event: events.Recorded, known: Callable[[], Writers]) -> bool:
    """Whether a desk's event may set this key: none of the district's, and of a desk's own facts only its own."""
    if signed_desks.is_own_fact(key):
        return signed_desks.may_set(key, event, known())
    return not key.startswith(OF_DISTRICT)


def take_rules(db: DeskDatabase, event: events.Recorded) -> None:
    """Let a notice set what it sets; only for an event that the district signed, which the caller has seen."""
    if isinstance(event.payload, notices.OfficeRules):
        rules = notices.rule_keys(event.payload)
        rows = [(key, msgspec.json.encode(rule).decode(), event.lamport, event.log) for key, rule in rules.items()]
        db.many(_TAKE, rows)


def events_of(db: DeskDatabase, key: str) -> list[events.Recorded]:
    """Every event of a desk that set this key, in the order in which they hold."""
    rows = db.all(f"{_EVENTS} AND instr(one.body, ?) > 0", (msgspec.json.encode(key),))
    found = (event_body.event_of(name.hex(), seq, body) for name, seq, body in rows)
    said = [each for each in found if isinstance(each.payload, events.OfficeChanged) and key in each.payload.values]
    return sorted(said, key=lambda each: (each.lamport, each.log))


def rebuild(db: DeskDatabase) -> None:
    """Make the projection anew; inside `unit_of_work`."""
    db.execute("DELETE FROM office_fact")
    for name, seq, body in db.all(_EVENTS):
        take(db, event_body.event_of(name.hex(), seq, body))
    for name, seq, body in db.all(_RULES):
        take_rules(db, event_body.event_of(name.hex(), seq, body))


def in_order(db: DeskDatabase) -> list[dict[str, str]]:
    """The JSON texts of settings that hold, by key: those of one event together, the latest event last.

    Keys with a slash are no settings (forms, service days, holds).
    """
    rows = db.all(
        "SELECT lamport, log, key, value FROM office_fact WHERE instr(key, '/') = 0 ORDER BY lamport, log, key"
    )
    return [{key: value for *_, key, value in one} for _, one in groupby(rows, key=lambda row: row[:2])]


def held(db: DeskDatabase, prefix: str) -> list[tuple[str, str]]:
    """The keys that begin so, with the JSON text that holds, by key. `prefix` ends with a slash."""
    rows = db.all(
        "SELECT key, value FROM office_fact WHERE key >= ? AND key < ? ORDER BY key", (prefix, prefix[:-1] + "0")
    )
    return [(str(key), str(value)) for key, value in rows]


def mark_of(db: DeskDatabase, prefixes: Sequence[str]) -> tuple[int, int]:
    """(how many, their stamps' counters together) of the keys that begin so: another one once any of them was set."""
    counted = [
        db.one(
            "SELECT count(*), coalesce(sum(lamport), 0) FROM office_fact WHERE key >= ? AND key < ?",
            (prefix, prefix[:-1] + "0"),
        )
        for prefix in prefixes
    ]
    return sum(row[0] for row in counted if row), sum(row[1] for row in counted if row)
