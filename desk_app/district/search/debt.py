"""What the index does not hold yet: the dossiers of an older storage, or of one whose keys were changed."""

from __future__ import annotations

from desk_app.district.search.index import NameIndex
from desk_app.district.storage import meta
from desk_app.district.storage.contract import Session
from desk_app.district.storage.dossiers import Key

_STATE = "search-index"
_AT_ONCE = 256


def left(session: Session, index: NameIndex) -> int:
    """How many numbers of dossiers were not looked at yet, at most; 0 when everything can be found."""
    below = _below(session, index)
    if below is None:
        ((highest,),) = session.all("SELECT coalesce(max(n), 0) FROM dossier_key")
        return int(highest) + 1
    return below


def next_ones(session: Session, index: NameIndex) -> dict[Key, int]:
    """The next dossiers to take into the index, with their numbers; none when there are no more. Noted as done."""
    below = _below(session, index)
    if below is None:
        if meta.get(session, _STATE) is not None:  # made by other keys: it cannot be read
            for table in ("dossier_word", "dossier_held"):
                session.run(f"DELETE FROM {table}")  # noqa: S608 - constants
        below = left(session, index)
    found: dict[Key, int] = {}
    while below and not found:
        from_n = max(below - _AT_ONCE, 0)
        rows = session.all(
            "SELECT d.unit, d.id, d.n FROM dossier d LEFT JOIN dossier_held h ON h.n = d.n"
            " WHERE d.n >= ? AND d.n < ? AND h.n IS NULL",
            (from_n, below),
        )
        found, below = {(unit, dossier): n for unit, dossier, n in rows}, from_n
    meta.put(session, _STATE, index.mark + str(below).encode())
    return found


def _below(session: Session, index: NameIndex) -> int | None:
    told = meta.get(session, _STATE) or b""
    return int(told[len(index.mark) :]) if told.startswith(index.mark) else None
