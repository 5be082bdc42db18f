"""Lists of many dossiers, read from the journal itself: by its index of outgoing numbers and lists."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache

from desk_app.domain.dossiers.events import Recorded
from desk_app.domain.history import owned_ids
from desk_app.domain.outgoing.list_events import PaperListMade, PaperListPrinted
from desk_app.domain.outgoing.paper_lists import KINDS
from desk_app.domain.papers import PDF_PRINTER
from desk_app.protocol.event_body import event_of
from desk_app.store.database.database import DeskDatabase
from desk_app.store.peers.writers import writers

_SELECT = "SELECT log.name, event.seq, event.body FROM event JOIN log ON log.id = event.log"
_LISTS = "event.kind IN ('paper_list', 'paper_list_printed')"
"""What the index of lists holds, in its very words: else SQLite does not use it."""


def newest(db: DeskDatabase, limit: int) -> Iterator[tuple[Recorded, PaperListMade]]:
    """The lists made last, the newest first; not what somebody wrote under the id of another desk's list."""
    known = cache(lambda: writers(db))
    sql = f"{_SELECT} WHERE {_LISTS} AND event.kind = 'paper_list' ORDER BY event.at DESC, event.n DESC LIMIT ?"
    for event in _events(db, sql, (limit,)):
        made = event.payload
        if isinstance(made, PaperListMade) and made.what in KINDS and owned_ids.counts(event, known()):
            yield event, made


def named(db: DeskDatabase, text: str) -> Iterator[tuple[Recorded, PaperListMade]]:
    """The lists of this number or id, the newest first."""
    for event, made in newest(db, -1):
        if text.upper() in (made.number.upper(), made.list_id.upper()):
            yield event, made


def times_printed(db: DeskDatabase) -> Counter[str]:
    """How often a printer took each list, by its id."""
    sql = f"{_SELECT} WHERE {_LISTS} AND event.kind = 'paper_list_printed'"
    said = [event.payload for event in _events(db, sql, ())]
    return Counter(one.list_id for one in said if isinstance(one, PaperListPrinted) and one.printer != PDF_PRINTER)


def _events(db: DeskDatabase, sql: str, values: tuple[object, ...]) -> Iterator[Recorded]:
    for name, seq, body in db.all(sql, values):
        yield event_of(name.hex(), seq, body)
