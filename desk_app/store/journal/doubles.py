"""Finds events that stand in two logs here while the district has them at most once: before one is sent too many.

That can only happen with a log of moved events: somebody carried on what then turned up elsewhere.
"""

from __future__ import annotations

from desk_app.domain.dossiers import moved
from desk_app.protocol.event_body import ERASED
from desk_app.store.database.database import DeskDatabase
from desk_app.store.journal.logs import LogPosition

_PAIRS = """
    SELECT one.seq, one.body, other_log.name, other.seq, other.body FROM event one
    JOIN event other ON other.dossier = one.dossier AND other.lamport = one.lamport AND other.kind = one.kind
        AND other.log <> one.log
    JOIN log other_log ON other_log.id = other.log
    WHERE one.log = (SELECT id FROM log WHERE name = ?) AND one.kind <> ?
"""


def unsent(db: DeskDatabase, standings: list[LogPosition]) -> dict[bytes, int]:
    """The logs to part from, with the number of the first event there that the district has not and another log has.

    What the district has confirmed stays where it is. Of two places that it does not know, a log of moved events
    gives way.
    """
    confirmed = {one.log: one.confirmed for one in standings}
    found: dict[bytes, int] = {}
    for log in sorted(name for name in confirmed if moved.is_log(name)):
        for seq, body, other, other_seq, other_body in db.all(_PAIRS, (log, ERASED)):
            if moved.told(body.encode()) != moved.told(other_body.encode()):
                continue
            here, there = seq <= confirmed[log], other_seq <= confirmed[other]
            if here and there:
                continue
            parted = (other, other_seq) if here or (not there and moved.is_log(other) and other > log) else (log, seq)
            found[parted[0]] = min(parted[1], found.get(parted[0], parted[1]))
    return found
