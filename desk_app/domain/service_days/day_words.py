"""A service day as the terminals of desk and district read and tell it."""

from __future__ import annotations

from typing import Any

from desk_app.domain.service_days.service_day import ServiceDay
from desk_app.errors import BadFactError

_WEEKDAYS = {"2": 1, "3": 2, "4": 3, "5": 4, "6": 5, "7": 6, "cn": 7}
_ALL = "all"


def day_data(day: ServiceDay) -> dict[str, Any]:
    """A service day as JSON."""
    return {
        "id": day.id,
        "kind": day.kind.value,
        "kind_name": day.kind.label,
        "name": day.title,
        "when": day.when,
        "weekdays": list(day.weekdays),
        "starts": day.starts,
        "ends": day.ends,
        "procedures": list(day.procedures),
        "number": day.number,
        "decided_on": day.decided_on or None,
        "by": day.by,
        "in_force_from": day.in_force_from or None,
        "in_force_to": day.in_force_to or None,
        "at_once": day.at_once,
        "on_make_up": day.on_make_up,
        "verified": day.verified,
        "note": day.note,
    }


def weekdays_in(text: str) -> tuple[int, ...]:
    """ "2,4,cn" → (1, 3, 7), "all" → (). Raises `BadFactError`."""
    if text == _ALL:
        return ()
    parts = [part.strip().lower() for part in text.split(",")]
    if not all(part in _WEEKDAYS for part in parts):
        raise BadFactError(field="weekdays", label="Các ngày trong tuần", why="viết 2,3,…,7,cn hoặc all")
    return tuple(_WEEKDAYS[part] for part in parts)


def codes_in(text: str) -> tuple[str, ...]:
    """Codes with commas, each once; "all" → ()."""
    return () if text == _ALL else tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))


def hours_in(text: str) -> dict[str, str]:
    """ "17:00-18:00" → starts and ends, "all" → none. Raises `BadFactError`."""
    starts, dash, ends = text.partition("-")
    if text != _ALL and not dash:
        raise BadFactError(field="starts", label="Giờ", why="viết như 17:00-18:00 hoặc all")
    return {"starts": "", "ends": ""} if text == _ALL else {"starts": starts.strip(), "ends": ends.strip()}
