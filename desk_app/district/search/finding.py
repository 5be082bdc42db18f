"""Finds the dossiers that a typed text means: the index proposes, the opened rows decide, and the work has an end."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import islice
from typing import Generic, Protocol, TypeVar

from msgspec import Struct

from desk_app.district.search.index import NameIndex
from desk_app.district.search.readings import TextReading, readings
from desk_app.district.search.walk import Segment, walk
from desk_app.district.storage.contract import Session

COUNTED = 200
"""So many are counted exactly; beyond that there are "more than"."""
MOST_OPENED = 2000
"""Rows opened for one question, whatever it asks."""
_AT_ONCE = 100


class Named(Protocol):
    """What a row must tell to be compared with the text."""

    @property
    def code(self) -> str: ...

    @property
    def applicant(self) -> str: ...


Row = TypeVar("Row", bound=Named)


class Met(Struct, Generic[Row], frozen=True, kw_only=True):
    """The dossiers found, newest first: `total` of them, or more where `is_more`; not all of them where `is_cut`."""

    rows: list[Row]
    total: int
    is_more: bool
    is_cut: bool


def find(
    session: Session,
    index: NameIndex,
    text: str,
    *,
    narrowed: Sequence[str],
    at_least: int,
    load: Callable[[Sequence[int]], list[Row]],
) -> Met[Row]:
    """What the first reading means that finds anything, among dossiers with every term of `narrowed`.

    `at_least` rows are looked for, and up to `COUNTED`; `load` gives the rows of some numbers in their order.
    """
    wanted = max(min(at_least, MOST_OPENED), COUNTED + 1)
    met = [_Finding(reading, load) for reading in readings(text)]
    for segments in walk(session, index, [one.reading for one in met], narrowed) if met else ():
        for one in met:
            for segment in segments:
                one.look_at(segment, wanted)
            if one.rows:
                break  # what is read less strictly does not count any more
        if met[0].has_enough(wanted):
            break
    best = next((one for one in met if one.rows), None)
    if best is None:
        return Met(rows=[], total=0, is_more=False, is_cut=any(one.is_cut for one in met))
    is_more = len(best.rows) > COUNTED
    return Met(
        rows=best.rows,
        total=COUNTED if is_more else len(best.rows),
        is_more=is_more,
        is_cut=best.is_cut or len(best.rows) >= MOST_OPENED,
    )


class _Finding(Generic[Row]):
    """How far one reading has come."""

    def __init__(self, reading: TextReading, load: Callable[[Sequence[int]], list[Row]]) -> None:
        self.reading = reading
        self.rows: list[Row] = []
        self.is_cut = False
        self._load = load
        self._opened = 0

    def has_enough(self, wanted: int) -> bool:
        return self.is_cut or len(self.rows) >= wanted

    def look_at(self, segment: Segment, wanted: int) -> None:
        """Open what the index proposes, until there are so many."""
        if self.has_enough(wanted):
            return
        proposed = segment.proposed(self.reading)
        while some := list(islice(proposed, _AT_ONCE)):
            self._opened += len(some)
            self.rows += [row for row in self._load(some) if self.reading.fits(row.code, row.applicant)]
            self.is_cut = self._opened >= MOST_OPENED
            if self.has_enough(wanted):
                return
