"""Finds the dossiers that a typed text means: the index proposes, the opened rows decide, and the work has an end."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Generic, Protocol, TypeVar

from msgspec import Struct

from desk_app.district.search.index import NameIndex
from desk_app.district.search.readings import TextReading, readings
from desk_app.district.search.walk import IndexWalk
from desk_app.district.storage.contract import Session

COUNTED = 200
"""So many are counted exactly; beyond that there are "more than"."""
MOST_OPENED = 2000
"""Rows opened for one question, whatever it asks."""
_AT_ONCE = 67
"""Three times that is one more than is counted."""


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
    walk, is_cut = IndexWalk(session, index, narrowed), False
    for reading in readings(text):
        rows, is_reading_cut = _opened(walk.proposed(reading), reading, wanted, load)
        if rows:
            is_more = len(rows) > COUNTED
            return Met(rows=rows, total=COUNTED if is_more else len(rows), is_more=is_more, is_cut=is_reading_cut)
        is_cut |= is_reading_cut
    return Met(rows=[], total=0, is_more=False, is_cut=is_cut)


def _opened(
    numbers: Iterator[int], reading: TextReading, wanted: int, load: Callable[[Sequence[int]], list[Row]]
) -> tuple[list[Row], bool]:
    """The rows that the reading means, until there are so many; and whether opening ended before that."""
    rows: list[Row] = []
    opened = 0
    while len(rows) < wanted and (some := list(islice(numbers, min(_AT_ONCE, MOST_OPENED - opened)))):
        opened += len(some)
        rows += [row for row in load(some) if reading.fits(row.code, row.applicant)]
    return rows, opened >= MOST_OPENED
