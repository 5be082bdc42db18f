"""A hold as the terminals of desk and district tell it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec.structs import replace

from desk_app.domain.holds.hold import Hold, HoldWeight


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


def begun(options: Mapping[str, Any], starts: str) -> Hold:
    """The hold that the options of `holds add` say; `starts` (ISO) where no first day is named."""
    return Hold(
        procedures=tuple(dict.fromkeys(options["procedure"])),
        starts=options["since"] or starts,
        until=options["to"],
        reason=options["reason"],
        weight=HoldWeight(options["weight"]),
        remedy=options["remedy"],
        by=options["by"],
        number=options["number"],
    )


def wished(hold: Hold, options: Mapping[str, Any]) -> Hold:
    """The hold with what the options of `holds change` say; "-" for no last day, "all" for every procedure."""
    weight, procedures = options["weight"], options["procedure"]
    said = {
        "starts": options["since"],
        "until": "" if options["to"] == "-" else options["to"],
        "reason": options["reason"],
        "weight": None if weight is None else HoldWeight(weight),
        "remedy": options["remedy"],
        "number": options["number"],
        "procedures": None if procedures is None else tuple(dict.fromkeys(procedures)),
    }
    if said["procedures"] == ("all",):
        said["procedures"] = ()
    return replace(hold, **{name: value for name, value in said.items() if value is not None})
