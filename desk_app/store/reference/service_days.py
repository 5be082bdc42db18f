"""Service days and holds as the journal's events set them: the commune's and the district's."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, TypeVar

import msgspec

from desk_app import typed_values
from desk_app.domain.service_days.day_keys import OF_DISTRICT, SERVICE_DAYS
from desk_app.domain.service_days.service_day import COMMUNE, DISTRICT, HeldDay, ServiceDay
from desk_app.lazy import lazy
from desk_app.store.database.database import DeskDatabase
from desk_app.store.projections import office_facts

if TYPE_CHECKING:
    from desk_app.domain.dossiers import events
    from desk_app.domain.holds import hold as placed
else:
    events = lazy("desk_app.domain.dossiers.events")
    placed = lazy("desk_app.domain.holds.hold")

T = TypeVar("T", ServiceDay, "placed.Hold")


def held_days(db: DeskDatabase) -> list[HeldDay]:
    """Every service day that the commune or the district set, also those that hold no longer, by id."""
    own = [HeldDay(day=day, origin=COMMUNE) for day in _read(db, SERVICE_DAYS, ServiceDay)]
    of_district = _read(db, f"{OF_DISTRICT}{SERVICE_DAYS}", ServiceDay)
    return [*(HeldDay(day=day, origin=DISTRICT) for day in of_district), *own]


def holds(db: DeskDatabase) -> list[placed.PlacedHold]:
    """Every hold, also those that were ended."""
    own = [placed.PlacedHold(hold=hold) for hold in _read(db, placed.HOLDS, placed.Hold)]
    of_district = _read(db, f"{OF_DISTRICT}{placed.HOLDS}", placed.Hold)
    return [*(placed.PlacedHold(hold=hold, is_district=True) for hold in of_district), *own]


def hold_history(db: DeskDatabase, id_: str) -> list[tuple[events.Recorded, placed.Hold]]:
    """A hold of the commune as each event said it, with that event, the first one first."""
    key = f"{placed.HOLDS}{id_}"
    found = []
    for event in office_facts.events_of(db, key):
        if isinstance(event.payload, events.OfficeChanged):
            with suppress(msgspec.DecodeError):
                found.append((event, typed_values.from_json(event.payload.values[key], placed.Hold)))
    return found


def _read(db: DeskDatabase, prefix: str, shape: type[T]) -> Iterator[T]:
    """What stands under the keys; what has no known shape, or another id than its key, is left out."""
    for key, value in office_facts.held(db, prefix):
        try:
            found = typed_values.from_json(value, shape)
        except msgspec.DecodeError:
            continue
        if key == f"{prefix}{found.id}":
            yield found
