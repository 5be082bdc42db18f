"""The events with which other desks received dossiers, by the row of the dossier."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from desk_app.domain.dossiers.events import Recorded
from desk_app.protocol.event_body import event_of
from desk_app.store.database.database import DeskDatabase

_AT_ONCE = 500


def of_others(db: DeskDatabase, ids: Sequence[int]) -> Iterator[tuple[int, Recorded]]:
    """The reception behind each row that this desk did not write; none for its own."""
    for start in range(0, len(ids), _AT_ONCE):
        some = list(ids[start : start + _AT_ONCE])
        marks = ",".join("?" * len(some))
        rows = db.all(
            "SELECT event.n, log.name, event.seq, event.body FROM event JOIN log ON log.id = event.log"
            f" WHERE event.n IN ({marks}) AND log.is_own = 0",
            some,
        )
        for number, log, seq, body in rows:
            yield number, event_of(log.hex(), seq, body)
