"""Who did something, as this desk may say it: the name an event gives, unless its desk never had that account."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from desk_app.domain import actors
from desk_app.domain.dossiers.events import Recorded
from desk_app.domain.history.founding import Writers
from desk_app.lazy import lazy
from desk_app.services.desk.desk import Desk
from desk_app.store.journal import logs
from desk_app.store.queries import receptions

if TYPE_CHECKING:
    from desk_app.store.peers import writers
else:
    writers = lazy("desk_app.store.peers.writers")


class Signers:
    """The people and desks behind these events. Devices are read only where another desk's log is among them."""

    def __init__(self, desk: Desk, events: Iterable[Recorded]) -> None:
        self._own = {standing.log.hex() for standing in logs.standings(desk.db) if standing.own}
        is_alone = all(self.is_ours(event) for event in events)
        self._known: Writers | None = None if is_alone else writers.writers(desk.db)

    def is_ours(self, event: Recorded) -> bool:
        """Whether this desk wrote the event."""
        return event.log in self._own

    def name(self, event: Recorded) -> str:
        """The author, or that nobody knows who it was."""
        return actors.UNKNOWN if self._known and actors.is_unknown(event, self._known) else event.author

    def desk(self, event: Recorded) -> int:
        """The number of the desk whose key signed; 0 for this desk, and where no certificate names one."""
        return self._known.of(event.log).desk if self._known and not self.is_ours(event) else 0

    def who(self, event: Recorded) -> str:
        """The name, with the desk where it is another than this one."""
        return told(self.name(event), self.desk(event))


def who_received(desk: Desk, ids: Sequence[int]) -> dict[int, str]:
    """By row, who received a dossier that another desk wrote: the name an account of that desk proves, with the desk.

    A name that no account proves stands beside, as what the event says; this desk's own are as its accounts are called.
    """
    found = dict(receptions.of_others(desk.db, ids))
    known = Signers(desk, found.values()) if found else None
    return {number: _received(known, event) for number, event in found.items() if known}


def _received(known: Signers, event: Recorded) -> str:
    name = known.name(event)
    said = f" (ghi là {event.author})" if event.author and name != event.author else ""
    return f"{known.who(event)}{said}"


def told(name: str, desk: int) -> str:
    """A person at a desk; `desk` 0 for this one."""
    return f"{name}, quầy {desk}" if desk else name
