"""The inner steps that the office set, as the journal's facts hold them."""

from __future__ import annotations

from desk_app.domain.dossiers.events import Recorded
from desk_app.domain.handling.office_steps import OfficeSteps, prefix_of, read
from desk_app.store.database.database import DeskDatabase


def known(db: DeskDatabase, code: str, *, before: Recorded | None = None) -> tuple[int, OfficeSteps] | None:
    """The latest that was set for a procedure, with its moment (UTC ms); `before` an event, as it was known then."""
    prefix = prefix_of(code)
    bounds: list[object] = [prefix, prefix[:-1] + "0"]
    earlier = ""
    if before is not None:
        earlier = " AND (lamport, log) < (?, ?)"
        bounds += [before.lamport, before.log]
    rows = db.all(
        f"SELECT key, value FROM office_fact WHERE key >= ? AND key < ?{earlier} ORDER BY lamport DESC, log DESC",
        bounds,
    )
    return next((found for key, value in rows if (found := read(key, value)) is not None), None)


def every(db: DeskDatabase, code: str) -> list[OfficeSteps]:
    """All that was ever set for a procedure."""
    prefix = prefix_of(code)
    rows = db.all("SELECT key, value FROM office_fact WHERE key >= ? AND key < ?", (prefix, prefix[:-1] + "0"))
    return [found[1] for key, value in rows if (found := read(key, value)) is not None]
