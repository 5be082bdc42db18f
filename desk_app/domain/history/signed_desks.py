"""Which desk an event speaks for: the one whose key signed it, whatever number the event says. Pure.

Money is in the drawer of the desk that took it and papers lie where a desk says that it has them. A colleague can write
any number into its events; desk and district put the number of the signer in its place, so that a forged one moves
nothing of the desk it names, and shows under the desk that wrote it. A reception keeps the number that its slip says;
its papers begin where it was signed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from msgspec.structs import replace

from desk_app.domain import actors
from desk_app.domain.custody.custody_events import GivenToDesk, TakenAtDesk
from desk_app.domain.dossiers.events import Received, Recorded
from desk_app.domain.history import moved
from desk_app.domain.history.founding import Writers
from desk_app.domain.payments.money_events import Paid, PaidBack

_FIELDS: dict[type, str] = {Paid: "desk", PaidBack: "desk", GivenToDesk: "giver", TakenAtDesk: "desk"}
"""The kinds of events that say which desk did it, and where."""
KINDS = ("paid", "paid_back", "desk_given", "desk_taken")
"""Their names in the journal."""
OWN_FACTS = ("cash_count/",)
"""How the keys of `OfficeChanged` begin that each desk sets for itself: "cash_count/<day>/<desk>"."""


def signed(events: Iterable[Recorded], writers: Callable[[], Writers]) -> list[Recorded]:
    """The events, each with the desk that signed it; `writers` is asked only where one of them names a desk."""
    return [_signed(event, writers) for event in events]


def is_own_fact(key: str) -> bool:
    """Whether this key is one that only the desk which it names may set."""
    return key.startswith(OWN_FACTS)


def may_set(key: str, event: Recorded, writers: Writers) -> bool:
    """Whether the event may set the key of a desk's own fact: the desk that the key names signed it."""
    number, said = desk_behind(event.log, writers), key.rpartition("/")[2]
    if not number or said == str(number):
        return True
    return said.isascii() and said.isdecimal() and len(said) < 5 and _was_carried(event, int(said), writers)


def desk_behind(log: str, writers: Writers) -> int:
    """The number of the desk whose key signed the log; 0 where no certificate names one."""
    writer = writers.of(log)
    return 0 if writer.is_district else writer.desk


def _signed(event: Recorded, writers: Callable[[], Writers]) -> Recorded:
    payload = event.payload
    if isinstance(payload, Received):
        number = _other(event, payload.office.desk, writers())
        return replace(event, desk=number) if number else event
    name = _FIELDS.get(type(payload))
    if name is None or not (number := _other(event, getattr(payload, name), writers())):
        return event
    return replace(event, payload=replace(payload, **{name: number}))  # type: ignore[type-var]


def _other(event: Recorded, said: int, writers: Writers) -> int:
    """The number of the desk that signed, where it is not the one that the event says; else 0."""
    number = desk_behind(event.log, writers)
    return 0 if said == number or _was_carried(event, said, writers) else number


def _was_carried(event: Recorded, desk: int, writers: Writers) -> bool:
    """Whether a colleague carried the event on for that desk: then the account under it is one of that desk."""
    return moved.is_log(bytes.fromhex(event.log)) and actors.belongs(event.actor, writers.owners_of(desk))
