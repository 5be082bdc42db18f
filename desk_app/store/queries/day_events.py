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
    # CROSS JOIN keeps the order of the tables and EXISTS the list out of it: else SQLite begins with every dossier.
    rows = db.all(
        """
        SELECT reception.n
        FROM log
        CROSS JOIN event ON event.log = log.id AND event.seq > log.confirmed
        CROSS JOIN event reception ON reception.dossier = event.dossier AND reception.kind = 'received'
            AND EXISTS (SELECT 1 FROM dossier WHERE dossier.id = reception.n)
        WHERE log.is_own <> 0 AND event.dossier <> ''
        UNION SELECT n FROM orphan WHERE settled = 0 AND kind = 'received'
        UNION SELECT reception.n FROM orphan
        CROSS JOIN event reception ON reception.dossier = orphan.dossier AND reception.kind = 'received'
        WHERE orphan.settled = 0 AND orphan.dossier <> ''
        ORDER BY 1
        """
    )
    return [number for (number,) in rows]


def first_unsent(db: DeskDatabase, most: int) -> list[int]:
    """At most so many of `unsent_dossiers`, those in which something has waited longest, oldest first.

    Reads no more of the journal than it needs: a desk that was never enrolled has all of it unsent.
    """
    found: dict[str, None] = {}
    for log, confirmed in db.all("SELECT id, confirmed FROM log WHERE is_own <> 0 ORDER BY id"):
        after = confirmed
        while len(found) < most and (
            rows := db.all(
                "SELECT seq, dossier FROM event WHERE log = ? AND seq > ? ORDER BY seq LIMIT ?", (log, after, most)
            )
        ):
            found.update((dossier, None) for _, dossier in rows if dossier)
            after = rows[-1][0]
    found.update(db.all("SELECT dossier, NULL FROM orphan WHERE settled = 0 AND dossier <> ''"))
    asked = list(found)
    numbers: set[int] = set()
    for start in range(0, len(asked), _CHUNK):
        some = asked[start : start + _CHUNK]
        marks = ",".join("?" * len(some))
        sql = (
            f"SELECT n FROM event WHERE dossier IN ({marks}) AND kind = 'received'"
            " AND EXISTS (SELECT 1 FROM dossier WHERE dossier.id = event.n)"
            f" UNION SELECT n FROM orphan WHERE dossier IN ({marks}) AND kind = 'received' AND settled = 0"
        )
        numbers.update(number for (number,) in db.all(sql, (*some, *some)))
    return sorted(numbers)[:most]


def procedure_of(db: DeskDatabase, dossier: str) -> str:
    """The procedure of the dossier of this id, as it stands in the list; "" where there is none."""
    found = db.one(
        "SELECT dossier.procedure FROM event JOIN dossier ON dossier.id = event.n"
        " WHERE event.dossier = ? AND event.kind = 'received' AND dossier.dossier = event.dossier",
        (dossier,),
    )
    return str(found[0]) if found else ""
