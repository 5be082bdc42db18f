"""What the window says of today: one line, "" for a usual day. Where no service day was ever set, none loads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desk_app.domain.service_days.day_keys import OF_DISTRICT, SERVICE_DAYS
from desk_app.lazy import lazy
from desk_app.services.desk.desk import Desk
from desk_app.store.projections import office_facts

if TYPE_CHECKING:
    from desk_app.services.service_days import service_days
else:
    service_days = lazy("desk_app.services.service_days.service_days")


def line(desk: Desk) -> str:
    kept, _ = office_facts.mark_of(desk.db, (SERVICE_DAYS, f"{OF_DISTRICT}{SERVICE_DAYS}"))
    return service_days.line(service_days.of_today(desk)) if kept else ""
