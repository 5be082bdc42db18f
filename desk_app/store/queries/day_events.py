"""A day in the journal: what was written since a moment, read from the tail of every log."""

from __future__ import annotations

from collections.abc import Iterator

from desk_app.domain.dossiers.events import Recorded
from desk_app.protocol.event_body import event_of
from desk_app.store.database.database import DeskDatabase

_CHUNK = 500


def events_since(db: DeskDatabase, at: int) -> Iterator[tuple[Recorded, bool]]:
    """Events at `at` (UTC ms) or later, and whether this desk wrote them; each log from its end backwards.

    A whole chunk of older events ends a log: clocks are put right by minutes, not by days. A reception that made no
    dossier, because another of its id did, is left out.
    """
    for log, name, last, is_own in db.all("SELECT id, name, last_seq, is_own FROM log ORDER BY id"):
        before = last + 1
        while before > 1:
            rows = db.all(
                "SELECT seq, at, body, kind <> 'received' OR EXISTS (SELECT 1 FROM dossier WHERE dossier.id = event.n)"
                " FROM event WHERE log = ? AND seq < ? ORDER BY seq DESC LIMIT ?",
                (log, before, _CHUNK),
            )
            recent = [(seq, body, counts) for seq, moment, body, counts in rows if moment >= at]
            yield from ((event_of(name.hex(), seq, body), bool(is_own)) for seq, body, counts in recent if counts)
            if not recent:
                break
            before = rows[-1][0]


def unsent_dossiers(db: DeskDatabase) -> list[int]:
    """Row ids of the dossiers in which this desk did something that the district has not confirmed, oldest first.

    And of those in which something stands aside, whoever did it.
    """
    rows = db.all(
        """
        SELECT reception.n
        FROM log
        JOIN event ON event.log = log.id AND event.seq > log.confirmed
        JOIN event reception ON reception.dossier = event.dossier AND reception.kind = 'received'
            AND reception.n IN (SELECT id FROM dossier)
        WHERE log.is_own <> 0 AND event.dossier <> ''
        UNION SELECT n FROM orphan WHERE settled = 0 AND kind = 'received'
        UNION SELECT reception.n FROM orphan
        JOIN event reception ON reception.dossier = orphan.dossier AND reception.kind = 'received'
        WHERE orphan.settled = 0 AND orphan.dossier <> ''
        ORDER BY 1
        """
    )
    return [number for (number,) in rows]
