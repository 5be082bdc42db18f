"""Several receptions of one id: which one counts is `domain.history.founding`'s rule; what the district says of it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from msgspec import Struct

from desk_app.district.storage.contract import Session
from desk_app.district.storage.writers import writers
from desk_app.domain.dossiers.events import Founded, Received, Recorded
from desk_app.domain.history import event_bound, founding, rewriting, signed_desks, sound_numbers


class Arrived(Struct, frozen=True, kw_only=True):
    """An event with its line and when its frame came (UTC ms, then the order of its log, then its number)."""

    event: Recorded
    body: bytes
    came: tuple[int, int, int]


class Unnamed(Struct, frozen=True):
    """A dossier whose id proves nothing, and the reception that the district had first."""

    unit: str
    dossier: str
    word: Founded


def judged(session: Session, unit: str, arrived: Sequence[Arrived], *, certificate: bytes) -> list[Recorded]:
    """The events of one dossier of a unit, each with the desk that signed it, and with what speaks for each reception
    where there are several.

    `certificate` is of the district's own keys.
    """
    known = cache(lambda: writers(session, unit, district=[certificate]))
    events = sound_numbers.sound(event_bound.bounded([one.event for one in arrived], known))
    if founding.are_disputed(events):
        events = founding.claimed([(event, one.body) for event, one in zip(events, arrived, strict=True)], known())
    return signed_desks.signed(events, known)


def altered(session: Session, unit: str, arrived: Sequence[Arrived]) -> list[Arrived]:
    """Those events that a desk altered after it had sent them, and carried on as moved ones: they count nowhere."""
    if len({one.event.log for one in arrived}) < 2:
        return []
    known = cache(lambda: writers(session, unit, district=[]))
    places = rewriting.carried_altered([(one.event, one.body) for one in arrived], known)
    return [arrived[n] for n in sorted(places)]


def unnamed(unit: str, arrived: Sequence[Arrived], judged_events: Sequence[Recorded]) -> Unnamed | None:
    """What the district has to say of the dossier: which reception came first, where nothing else proves it."""
    pairs = [
        (event, one) for event, one in zip(judged_events, arrived, strict=True) if isinstance(event.payload, Received)
    ]
    if len(pairs) < 2 or any(event.claim & founding.NAMED for event, _ in pairs):
        return None
    if sum(bool(event.claim & founding.PROVED) for event, _ in pairs) == 1:
        return None
    event, first = min(pairs, key=lambda pair: (-pair[0].claim, pair[1].came))
    return Unnamed(unit, event.dossier, Founded(reception=founding.digest_of(first.body)))
