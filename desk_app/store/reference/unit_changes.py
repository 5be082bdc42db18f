"""Changes of administrative units that the program did not bring: imported by the office or sent by its district."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from desk_app.domain.people.places.unit_changes import UnitChange
from desk_app.store.database.database import DeskDatabase

_encoder = msgspec.json.Encoder(order="sorted")
_decoder = msgspec.json.Decoder(UnitChange)


def put(db: DeskDatabase, changes: Iterable[UnitChange], *, source: str, added_at: int) -> None:
    """Keep changes; of one unit and day the later holds. Inside `unit_of_work`. `added_at` in UTC ms."""
    db.many(
        """
        INSERT INTO unit_change(code, in_force_from, body, source, added_at) VALUES(?,?,?,?,?)
        ON CONFLICT(code, in_force_from) DO UPDATE
        SET body = excluded.body, source = excluded.source, added_at = excluded.added_at
        """,
        [(each.code, each.in_force_from, _encoder.encode(each).decode(), source, added_at) for each in changes],
    )


def every(db: DeskDatabase) -> tuple[UnitChange, ...]:
    """All of them, by day and code."""
    rows = db.all("SELECT body FROM unit_change ORDER BY in_force_from, code")
    return tuple(_decoder.decode(body) for (body,) in rows)


def last_added_at(db: DeskDatabase) -> int:
    """When something was last added, UTC ms; 0 for never."""
    found = db.one("SELECT max(added_at) FROM unit_change")
    return found[0] or 0 if found else 0
