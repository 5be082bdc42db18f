"""What the district tells its desks beside the dossiers: devices, law, days, units, erasures, announcements.

Events of the district's own logs, with no dossier in them; stored and sent like every other event.
"""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from desk_app.domain.holds.hold import HOLDS, Hold
from desk_app.domain.people.places.unit_changes import UnitChange
from desk_app.domain.service_days.day_keys import OF_DISTRICT, SERVICE_DAYS
from desk_app.domain.service_days.service_day import ServiceDay


class Announced(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Words for the clerks; `until` is the last ISO day on which they matter, "" for always."""

    title: str
    text: str
    until: str = ""


class Certified(Struct, frozen=True, kw_only=True):
    """A device may write; `certificate` is the signed certificate in base64."""

    certificate: str


class Revoked(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A device may write no more; `device` is its key id in hex."""

    device: str
    reason: str = ""


class ProcedurePatched(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A procedure changes from a day on: `patch` turns the JSON of version `base` into that of `version`.

    A merge patch (RFC 7396); with `base` "" it is the whole procedure. `digest` is SHA-256, in hex, of the canonical
    JSON that must come out: a desk whose base differs notices.
    """

    code: str
    version: str
    patch: dict[str, Any]
    in_force_from: str
    digest: str
    base: str = ""
    citation: str = ""


class DayChange(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A day off ("off") or made up ("make_up"), ISO date; kind "" takes the entry back."""

    date: str
    kind: str
    name: str = ""
    decision: str = ""


class DaysChanged(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Entries of the table of working days are set anew."""

    days: tuple[DayChange, ...]
    citation: str = ""


class UnitsChanged(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Administrative units change, each from a day of its own; `citation` is the text for those that name none."""

    changes: tuple[UnitChange, ...]
    citation: str = ""


class Redacted(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The body of an event is to be erased by everyone who holds it: log and its hash in hex, number.

    `before` is the hash before it: a hole names its own hash only, so without this nothing would vouch for the events
    in front of one.
    """

    log: str
    seq: int
    hash: str
    before: str = ""
    reason: str = ""


class ServiceDaysSet(Struct, frozen=True, kw_only=True):
    """Service days that the district holds for its communes; each stands in place of the one of its id before."""

    days: tuple[ServiceDay, ...]


class HoldsSet(Struct, frozen=True, kw_only=True):
    """Procedures that the district holds at reception, or holds no longer; as `ServiceDaysSet`."""

    holds: tuple[Hold, ...]


OfficeRules = ServiceDaysSet | HoldsSet
"""What the district says that stands beside the facts of a commune."""
Notice = Announced | Certified | Revoked | ProcedurePatched | DaysChanged | UnitsChanged | Redacted | OfficeRules

NOTICES: dict[str, type[Notice]] = {
    "announced": Announced,
    "certified": Certified,
    "revoked": Revoked,
    "procedure": ProcedurePatched,
    "days": DaysChanged,
    "units": UnitsChanged,
    "redaction": Redacted,
    "service_days": ServiceDaysSet,
    "holds": HoldsSet,
}
NOTICE_KIND_OF = {notice: kind for kind, notice in NOTICES.items()}


def rule_keys(notice: OfficeRules) -> dict[str, Struct]:
    """The keys under which a desk keeps what the notice says, each with its value."""
    if isinstance(notice, ServiceDaysSet):
        return {f"{OF_DISTRICT}{SERVICE_DAYS}{each.id}": each for each in notice.days}
    return {f"{OF_DISTRICT}{HOLDS}{each.id}": each for each in notice.holds}
