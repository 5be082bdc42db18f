"""Tells a log whose past was rewritten from one that was restored or cloned. Pure; desk and district ask here alike.

Two copies of a log part at some number. A desk that was restored from a backup, or cloned, wrote something else behind
that number: events that the other copy cannot have. A desk whose past was rewritten holds events again that the
confirmed copy has as well, behind an event that differs: whoever chains a log anew must write them again. Where the
copy once agreed with a signed receipt, whatever differs up to there was changed since. An event of the same dossier,
kind, lamport and moment with other content is the confirmed one altered.

Where nothing of that can be said, what is cut off at the end of a log looks like a backup, and comes back like one.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict, deque
from collections.abc import Callable, Container, Hashable, Iterable, Mapping, Sequence

from msgspec import Struct

from desk_app.domain.dossiers.events import Recorded
from desk_app.domain.history import moved
from desk_app.domain.history.founding import Writers

ALTERED, INSERTED, REMOVED, SHIFTED = "altered", "inserted", "removed", "shifted"
"""What was done to an event: other content, not in the confirmed copy, missing, in another place."""


class HistoryLine(Struct, frozen=True, kw_only=True):
    """An event of a copy of a log: its number, the chain's hash behind it, its line, the same without citations
    (`moved.told`), and what its columns say, `lamport` 0 where they cannot be read. `is_hole` where only the hash is
    left.
    """

    seq: int
    hash: bytes
    line: bytes
    told: bytes
    dossier: str = ""
    kind: str = ""
    lamport: int = 0
    at: int = 0
    is_hole: bool = False

    @property
    def key(self) -> tuple[str, str, int, int]:
        """What no two events of one log share."""
        return (self.dossier, self.kind, self.lamport, self.at)


class Deviation(Struct, frozen=True, kw_only=True):
    """One event on which a copy and the confirmed log disagree.

    `said` is its number in the copy, 0 where the copy lacks it; `confirmed` its number in the confirmed log, 0 where
    nothing was confirmed. Dossier and kind are of the confirmed event, else of the copy's.
    """

    what: str
    said: int
    confirmed: int
    dossier: str
    kind: str


class Rewriting(Struct, frozen=True, kw_only=True):
    """What a copy changed of the confirmed log; `last` is the number in the copy behind which its work is new."""

    items: tuple[Deviation, ...] = ()
    last: int = 0

    @property
    def said(self) -> frozenset[int]:
        """Numbers in the copy of what it does not say as it was confirmed."""
        return frozenset(one.said for one in self.items if one.said)


def compared(
    copy: Sequence[HistoryLine],
    confirmed: Sequence[HistoryLine],
    *,
    by_order: bool = True,
    by_moment: bool = True,
    until: int = 0,
) -> Rewriting:
    """What `copy` changed of `confirmed`; nothing where it only goes on otherwise.

    Both begin at the same number, and what stands before it is the same. `by_order`: events that both have, behind one
    that differs, prove it; not in a log of moved events, which several desks write from what each holds. `by_moment`:
    so does one of the same moment with other content. `until` is the number up to which the copy had been confirmed.
    """
    same = 0
    while same < min(len(copy), len(confirmed)) and copy[same].hash == confirmed[same].hash:
        same += 1
    return _Comparison(copy[same:], confirmed[same:], by_moment=by_moment).found(by_order=by_order, until=until)


class _Comparison:
    """Two copies from the first event on which they differ."""

    def __init__(self, copy: Sequence[HistoryLine], confirmed: Sequence[HistoryLine], *, by_moment: bool) -> None:
        self._copy = copy
        self._confirmed = confirmed
        self._by_moment = by_moment
        places = {line.told: n for n, line in enumerate(confirmed)}
        self._same = {n: places[line.told] for n, line in enumerate(copy) if line.told in places}
        taken = set(self._same.values())
        keys = {line.key: n for n, line in enumerate(confirmed) if n not in taken and line.lamport}
        self._altered = {
            n: keys[line.key]
            for n, line in enumerate(copy)
            if n not in self._same and line.lamport and line.key in keys
        }

    def found(self, *, by_order: bool, until: int) -> Rewriting:
        old = [*(self._altered if self._by_moment else ()), *(self._same if by_order else ())]
        last = max(old, default=-1)
        tail = self._tail(last, until)
        there = sum(line.seq <= until for line in self._confirmed)
        last = max(last, *tail) if tail else last
        if last < 0 and not there:
            return Rewriting()
        if by_order or there:
            items = self._every_item(last, there, tail)
        else:
            items = [self._item(ALTERED, n, place) for n, place in self._altered.items()]
        return Rewriting(
            items=tuple(sorted(items, key=lambda one: (one.confirmed or one.said, one.said))),
            last=self._copy[last].seq if last >= 0 else 0,
        )

    def _tail(self, last: int, until: int) -> dict[int, int]:
        """Behind the place `last` of the copy: what was altered of the events that were confirmed up to `until`.

        A new event has a lamport of its own: what a clerk did after the rewriting is not taken for an old event.
        """
        known = set(self._same.values())
        ends = {
            place: line
            for place, line in enumerate(self._confirmed)
            if line.seq <= until and line.lamport and place not in known
        }
        said = [(n, line) for n, line in enumerate(self._copy) if n > last and n not in self._same]
        pairs: dict[int, int] = {}
        for what in ("dossier", "at"):
            taken = set(pairs.values())
            pairs |= _paired(
                [(place, (line.lamport, getattr(line, what))) for place, line in ends.items() if place not in pairs],
                [(n, (line.lamport, getattr(line, what))) for n, line in said if n not in taken],
            )
        return {n: place for place, n in pairs.items()}

    def _every_item(self, last: int, there: int, tail: Mapping[int, int]) -> list[Deviation]:
        """Up to the place `last` of the copy; of the confirmed log up to the last event that both have, and the first
        `there` events in any case.
        """
        altered = {n: place for n, place in self._altered.items() if n <= last} | dict(tail)
        pairs = {n: place for n, place in self._same.items() if n <= last} | altered
        return [
            *(self._item(ALTERED, n, place) for n, place in altered.items()),
            *self._cited_otherwise(last),
            *self._shifted(pairs),
            *self._unpaired(pairs, last, max(there, max(pairs.values(), default=-1) + 1)),
        ]

    def _item(self, what: str, said: int | None, confirmed: int | None) -> Deviation:
        line = self._copy[said] if confirmed is None and said is not None else self._confirmed[confirmed or 0]
        return Deviation(
            what=what,
            said=0 if said is None else self._copy[said].seq,
            confirmed=0 if confirmed is None else self._confirmed[confirmed].seq,
            dossier=line.dossier,
            kind=line.kind,
        )

    def _cited_otherwise(self, last: int) -> list[Deviation]:
        """Events that say the same but cite other events: what a clerk knew is a part of the confirmed event."""
        return [
            self._item(ALTERED, n, place)
            for n, place in self._same.items()
            if n <= last and self._copy[n].line != self._confirmed[place].line
        ]

    def _shifted(self, pairs: Mapping[int, int]) -> list[Deviation]:
        """The fewest events that must have left their places, so that the others stand in the confirmed order."""
        order = sorted(pairs.items())
        stay = _rising([place for _, place in order])
        return [self._item(SHIFTED, n, place) for at, (n, place) in enumerate(order) if at not in stay]

    def _unpaired(self, known: Mapping[int, int], last: int, there: int) -> list[Deviation]:
        """What stands in one copy only, up to the place `last` here and before the place `there` in the other."""
        said = _gaps(range(last + 1), known)
        missing = _gaps(range(there), {place: n for n, place in known.items()})
        pairs = _paired(
            [(place, (gap, self._confirmed[place].dossier, self._confirmed[place].kind)) for place, gap in missing],
            [(n, (gap, self._copy[n].dossier, self._copy[n].kind)) for n, gap in said],
        )
        taken = set(pairs.values())
        pairs |= _paired(
            [(place, (gap, self._confirmed[place].lamport)) for place, gap in missing if place not in pairs],
            [(n, (gap, self._copy[n].lamport)) for n, gap in said if n not in taken],
        )
        taken = set(pairs.values())
        found = [self._item(ALTERED if place in pairs else REMOVED, pairs.get(place), place) for place, _ in missing]
        alone = (n for n, _ in said if n not in taken and not self._copy[n].is_hole)
        return found + [self._item(INSERTED, n, None) for n in alone]


def _gaps(places: Iterable[int], paired: Container[int]) -> list[tuple[int, int]]:
    """The places that have no partner, each with how many that have one stand before it."""
    found, gap = [], 0
    for place in places:
        if place in paired:
            gap += 1
        else:
            found.append((place, gap))
    return found


def _paired(confirmed: Iterable[tuple[int, Hashable]], said: Iterable[tuple[int, Hashable]]) -> dict[int, int]:
    """Places of the confirmed log with the place in the copy of which the same can be said, in their order."""
    waiting: dict[Hashable, deque[int]] = defaultdict(deque)
    for n, what in said:
        waiting[what].append(n)
    return {place: waiting[what].popleft() for place, what in confirmed if waiting.get(what)}


def _rising(places: Sequence[int]) -> set[int]:
    """Which of these stand in the longest part of the sequence that only rises, by their index."""
    ends: list[int] = []
    at: list[int] = []
    before: list[int] = []
    for n, place in enumerate(places):
        row = bisect_left(ends, place)
        before.append(at[row - 1] if row else -1)
        if row == len(ends):
            ends.append(place)
            at.append(n)
        else:
            ends[row] = place
            at[row] = n
    stay: set[int] = set()
    n = at[-1] if at else -1
    while n >= 0:
        stay.add(n)
        n = before[n]
    return stay


def carried_altered(events: Sequence[tuple[Recorded, bytes]], writers: Callable[[], Writers]) -> set[int]:
    """Which events of a dossier, each with its line, are another one altered and carried on in a log of moved events:
    their places in `events`.

    A desk that carries on what it wrote itself carries it on as it was. Receptions are judged by `founding`. `writers`
    is asked only where it matters.
    """
    places: dict[tuple[str, int, int], list[int]] = defaultdict(list)
    for n, (event, _) in enumerate(events):
        if event.kind != "received" and event.lamport:
            places[event.kind, event.lamport, event.at].append(n)
    found: set[int] = set()
    for same in places.values():
        carried = [n for n in same if moved.is_log(bytes.fromhex(events[n][0].log))] if len(same) > 1 else []
        for n in carried:
            written = [events[other] for other in same if other not in carried]
            if _is_altered(events[n], written, writers):
                found.add(n)
    return found


def _is_altered(
    carried: tuple[Recorded, bytes], written: Sequence[tuple[Recorded, bytes]], writers: Callable[[], Writers]
) -> bool:
    """Whether the desk that carried this event wrote another of the same moment, and none that says the same."""
    told = moved.told(carried[1])
    if not written or any(moved.told(line) == told for _, line in written):
        return False
    writer = writers().of(carried[0].log)
    return writer.is_known and any(writers().of(event.log).owners & writer.owners for event, _ in written)
