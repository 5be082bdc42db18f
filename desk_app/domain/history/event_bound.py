"""How many events of one desk count in one dossier, so that no desk can make a dossier too long for the others. Pure.

A dossier of years has a few dozen. What is beyond stays in the journal, is told in the history, and decides nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from msgspec.structs import replace

from desk_app.domain.dossiers.events import Recorded
from desk_app.domain.history import founding
from desk_app.domain.history.founding import Writers

MOST_OF_A_DESK = 1000
BEYOND = "beyond"
"""The kind of an event that is beyond the bound, as it is folded and told; its line in the journal stays as it is."""


def bounded(events: Sequence[Recorded], writers: Callable[[], Writers]) -> list[Recorded]:
    """The events of one dossier, in their places; those beyond the bound without their payload.

    Of each desk (all its keys and logs together) those count that come first. `writers` is asked only where there are
    more than one desk may have.
    """
    found = list(events)
    if len(found) <= MOST_OF_A_DESK:
        return found
    known, counted = writers(), Counter[frozenset[bytes]]()
    for place in sorted(range(len(found)), key=lambda place: founding.order(found[place])):
        owners = known.of(found[place].log).owners
        counted[owners] += 1
        if counted[owners] > MOST_OF_A_DESK:
            found[place] = replace(found[place], kind=BEYOND, payload=None)
    return found
