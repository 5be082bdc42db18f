"""What a dossier keeps of a service day, for ever: what it was called, and by which decision it was held."""

from __future__ import annotations

from msgspec import Struct

from desk_app.domain.calendar.dates import shown


class KeptServiceDay(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`kind` is a `ServiceDayKind` or a later program's, `number` and `decided_on` (ISO) the written decision.

    `district`: the district held it. `at_once`: the result of this dossier may be handed over without a slip.
    """

    id: str
    kind: str
    name: str
    number: str = ""
    decided_on: str = ""
    district: bool = False
    at_once: bool = False

    @property
    def told(self) -> str:
        """ "Ngày không viết (12/QĐ-UBND ngày 05/01/2027)"."""
        when = f" ngày {shown(self.decided_on)}" if self.decided_on else ""
        return f"{self.name} ({self.number}{when})" if self.number else self.name
