"""A hold as the terminals of desk and district tell it."""

from __future__ import annotations

from typing import Any

from desk_app.domain.holds.hold import Hold


def hold_data(hold: Hold) -> dict[str, Any]:
    """A hold as JSON."""
    return {
        "id": hold.id,
        "procedures": list(hold.procedures),
        "from": hold.starts,
        "to": hold.until or None,
        "reason": hold.reason,
        "weight": hold.weight.value,
        "remedy": hold.remedy,
        "number": hold.number,
        "set_on": hold.set_on or None,
        "changed_on": hold.changed_on or None,
        "changed_by": hold.changed_by,
        "ended_on": hold.ended_on or None,
        "ended_by": hold.ended_by,
        "ended_why": hold.ended_why,
    }
