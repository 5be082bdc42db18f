"""One more event of a dossier in the journal of this desk."""

from __future__ import annotations

from collections.abc import Mapping

from desk_app.domain import dossier
from desk_app.domain.dossier import Dossier
from desk_app.domain.events import Payload, Stamp
from desk_app.services.desk import Desk
from desk_app.store import journal


def appended(
    desk: Desk, kept: Dossier, payload: Payload, seen: Mapping[str, tuple[Stamp, ...]] | None = None
) -> Dossier:
    """The dossier after this event, which now stands in the journal; only inside `unit_of_work`."""
    event = journal.append(
        desk.db,
        payload,
        dossier=kept.id,
        at=now_ms(desk),
        author=desk.clerk,
        seen=seen,
        clock_offset=desk.clock_offset,
    )
    return dossier.advance(kept, event) or kept


def now_ms(desk: Desk) -> int:
    return int(desk.now().timestamp() * 1000)
