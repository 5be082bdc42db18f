"""Walks the index from the newest dossiers to the oldest, some segments at a time, for one reading of a text.

A segment costs at most one row for each term of the question, so 2,000,000 dossiers cost 64 rows a term. Of the
segments behind the first few, those terms are read first that should leave nobody, as often as the terms were met
before; the others only where somebody is left.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from desk_app.district.search import bits
from desk_app.district.search.index import NameIndex
from desk_app.district.search.readings import AnyOf, TextReading
from desk_app.district.storage.contract import Session

_FIRST, _MOST = 2, 32
_NOBODY_LEFT = 0.5
"""So few dossiers expected in a segment are nobody, most of the time."""


class IndexWalk:
    """What was read of the index for one question: every row once, also where several readings ask for it.

    `narrowed` are terms that every dossier must have.
    """

    def __init__(self, session: Session, index: NameIndex, narrowed: Sequence[str]) -> None:
        self._session = session
        self._index = index
        self._narrowed: list[AnyOf] = [((term,),) for term in narrowed]
        ((highest,),) = session.all("SELECT coalesce(max(n), 0) FROM dossier_key")
        self._newest = int(highest) // bits.SIZE
        self._known: dict[int, dict[str, int]] = {segment: {} for segment in range(self._newest + 1)}
        self._had: Counter[str] = Counter()
        self._of: Counter[str] = Counter()

    def proposed(self, reading: TextReading) -> Iterator[int]:
        """The numbers of the dossiers that the reading may mean, newest first, as far as they are asked for."""
        needs = [*self._narrowed, *reading.needs]
        newest, together = self._newest, _FIRST
        while newest >= 0:
            segments = range(newest, max(newest - together, -1), -1)
            found = self._found(needs, segments)
            for segment in segments:
                for place in bits.highest_first(found[segment]):
                    yield segment * bits.SIZE + place
            newest, together = segments[-1] - 1, min(together * 4, _MOST)

    def _found(self, needs: Sequence[AnyOf], segments: Sequence[int]) -> dict[int, int]:
        """The bits of every dossier meant, by segment."""
        found = dict.fromkeys(segments, -1)
        for terms in self._stages(needs):
            alive = [segment for segment in segments if found[segment]]
            self._read(alive, terms)
            for segment in alive:
                found[segment] = _meant(needs, self._known[segment])
        return found

    def _read(self, segments: Sequence[int], terms: Sequence[str]) -> None:
        asked = [(segment, term) for segment in segments for term in terms if term not in self._known[segment]]
        rows = self._index.rows(self._session, asked)
        for segment, term in asked:
            found = rows.get((segment, term), 0)
            self._known[segment][term] = found
            self._had[term] += found.bit_count()
            self._of[term] += bits.SIZE

    def _stages(self, needs: Sequence[AnyOf]) -> Iterator[list[str]]:
        """The terms to read of some segments, and those to read after them where somebody is left."""
        every = list(dict.fromkeys(term for any_of in needs for asked in any_of for term in asked))
        first = self._leaving_nobody(needs) if all(self._of[term] for term in every) else every
        yield first
        if behind := [term for term in every if term not in first]:
            yield behind

    def _leaving_nobody(self, needs: Sequence[AnyOf]) -> list[str]:
        """The terms that leave nobody of a segment, as often as they were met so far, if words fall as they do."""
        chosen: dict[str, None] = {}
        left = float(bits.SIZE)
        for any_of in sorted(needs, key=self._share):
            share = 0.0
            for asked in any_of:
                part = 1.0
                for term in sorted(asked, key=self._rate):
                    if left * part < _NOBODY_LEFT:
                        break
                    chosen[term] = None
                    part *= self._rate(term)
                share += part
            left *= min(share, 1.0)
        return list(chosen)

    def _share(self, any_of: AnyOf) -> float:
        return sum(math.prod(self._rate(term) for term in asked) for asked in any_of)

    def _rate(self, term: str) -> float:
        return self._had[term] / self._of[term]


def _meant(needs: Sequence[AnyOf], known: Mapping[str, int]) -> int:
    """The bits of the dossiers that have what is asked; of a term that was not read, everybody may have it."""
    found = -1
    for any_of in needs:
        either = 0
        for asked in any_of:
            both = found
            for term in asked:
                both &= known.get(term, -1)
            either |= both
        found = either
    return found
