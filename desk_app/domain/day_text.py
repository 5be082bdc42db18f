"""Days off and made up as an office writes them: the content of a year's TOML file, or rows of a table."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec

from desk_app.domain.calendar import DayEntry

_LAW = "Bộ luật Lao động 2019 Điều 112"


def entries_in(content: dict[str, Any], *, source: str) -> list[DayEntry]:
    """The `[[day]]` tables of a year's file; its `confirmed` and `decision` hold for days that say nothing else.

    Raises `msgspec.ValidationError` for a day without date, kind or name, or with a date no calendar has.
    """
    rows = [{"source": source, **row} for row in msgspec.convert(content.get("day", []), list[dict[str, Any]])]
    for row in rows:
        if isinstance(row.get("date"), date):  # TOML knows dates of its own
            row["date"] = row["date"].isoformat()
    return [of_year(entry, content) for entry in msgspec.convert(rows, list[DayEntry], strict=False)]


def of_year(entry: DayEntry, content: dict[str, Any]) -> DayEntry:
    """The day with what its year's file says of all its days."""
    return msgspec.structs.replace(
        entry,
        verified=entry.verified or bool(content.get("confirmed", False)),
        decision=entry.decision or str(content.get("decision", "")) or _LAW,
    )
