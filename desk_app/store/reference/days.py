"""The office's table of days off and days made up, which a decision can change at any time."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from desk_app.domain.calendar.deadlines import DayEntry
from desk_app.lazy import lazy
from desk_app.store.database.database import DeskDatabase

if TYPE_CHECKING:
    from desk_app.domain import notices
    from desk_app.protocol import event_body
else:
    event_body = lazy("desk_app.protocol.event_body")
    notices = lazy("desk_app.domain.notices")

_decoder = msgspec.json.Decoder(DayEntry)


class Change(Struct, frozen=True):
    """How many days an import added, changed, left as they were."""

    added: int
    changed: int
    unchanged: int


def put_days(db: DeskDatabase, entries: Iterable[DayEntry]) -> Change:
    """Put days in; a day already there is replaced. Inside `unit_of_work`."""
    old = dict(db.all("SELECT date, body FROM day"))
    added = changed = unchanged = 0
    for entry in entries:
        body = msgspec.json.encode(entry).decode()
        before = old.get(entry.date)
        if before == body:
            unchanged += 1
            continue
        added, changed = (added + 1, changed) if before is None else (added, changed + 1)
        old[entry.date] = body
        db.execute(
            "INSERT INTO day(date, body) VALUES(?,?) ON CONFLICT(date) DO UPDATE SET body = excluded.body",
            (entry.date, body),
        )
    return Change(added, changed, unchanged)


def all_days(db: DeskDatabase) -> list[DayEntry]:
    """Every day of the table, by date."""
    return [_decoder.decode(body) for (body,) in db.all("SELECT body FROM day ORDER BY date")]


def forget_day(db: DeskDatabase, date: str) -> None:
    """Take a day (ISO) out of the table; it is an ordinary day again."""
    db.execute("DELETE FROM day WHERE date = ?", (date,))


def dates_of_the_district(db: DeskDatabase) -> set[str]:
    """Days (ISO) that the district has ever set or taken away; what it took away has no row that could say so."""
    rows = db.all(
        "SELECT log.name, event.seq, event.body FROM event JOIN log ON log.id = event.log"
        " WHERE event.dossier = '' AND event.kind = 'days'"
    )
    told = (event_body.event_of(name.hex(), seq, body).payload for name, seq, body in rows)
    return {day.date for notice in told if isinstance(notice, notices.DaysChanged) for day in notice.days}
