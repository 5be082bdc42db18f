"""Walks the index from the newest dossiers to the oldest, a few segments at a time, and stops as soon as it may.

A segment costs at most one row for each term of the question, so 2,000,000 dossiers cost 123 rows a term.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from desk_app.district.search import bits
from desk_app.district.search.index import NameIndex
from desk_app.district.search.readings import AnyOf, TextReading
from desk_app.district.storage.contract import Session

_FIRST, _MOST = 2, 32


def walk(
    session: Session, index: NameIndex, asked: Sequence[TextReading], narrowed: Sequence[str]
) -> Iterator[list[Segment]]:
    """Some segments after each other, newest first, with every row that the readings ask for.

    `narrowed` are terms that every dossier must have.
    """
    ((highest,),) = session.all("SELECT coalesce(max(n), 0) FROM dossier_key")
    wanted = sorted({term for reading in asked for term in _terms(reading)} | set(narrowed))
    newest, together = int(highest) >> bits.SHIFT, _FIRST
    while newest >= 0:
        segments = range(newest, max(newest - together, -1), -1)
        rows = index.rows(session, dict.fromkeys(segments, wanted))
        yield [Segment(index, segment, rows[segment], narrowed) for segment in segments]
        newest, together = segments[-1] - 1, min(together * 4, _MOST)


class Segment:
    """The rows of one segment, opened when they are needed, the short ones first."""

    def __init__(self, index: NameIndex, segment: int, rows: dict[str, bytes], narrowed: Sequence[str]) -> None:
        self._index = index
        self._segment = segment
        self._rows = rows
        self._opened: dict[str, int] = {}
        self._common = self._with_all(narrowed)

    def proposed(self, reading: TextReading) -> Iterator[int]:
        """The dossiers that the reading may mean, newest first."""
        found = self._common
        for any_of in sorted(reading.needs, key=self._length):
            if found:
                found &= self._with_any(any_of)
        for place in bits.highest_first(found):
            yield (self._segment << bits.SHIFT) + place

    def _with_all(self, asked: Sequence[str]) -> int:
        if any(term not in self._rows for term in asked):
            return 0
        found = -1
        for term in sorted(asked, key=lambda term: len(self._rows[term])):
            found &= self._bits(term)
            if not found:
                return 0
        return found

    def _with_any(self, any_of: AnyOf) -> int:
        found = 0
        for asked in any_of:
            found |= self._with_all(asked)
        return found

    def _length(self, any_of: AnyOf) -> int:
        return max(min(len(self._rows.get(term, b"")) for term in asked) for asked in any_of)

    def _bits(self, term: str) -> int:
        if term not in self._opened:
            token = self._index.token(self._segment, term)
            self._opened[term] = self._index.opened(self._segment, token, self._rows[term])
        return self._opened[term]


def _terms(reading: TextReading) -> Iterator[str]:
    for any_of in reading.needs:
        for asked in any_of:
            yield from asked
