"""Numbers that no calendar and no till has: such a moment is never, such a sum is none. Pure.

Any desk can write them. The line stays in the journal as it was signed; desk and district read it so before they fold:
a due day in the year 292,000,000 would else stop the lists of everybody who takes the event in.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from desk_app.domain.dossiers.events import Corrected, Payload, Received, Recorded, StepTaken, StepTakenBack
from desk_app.domain.linked.group import LinkedGroup
from desk_app.domain.money import MOST_MONEY
from desk_app.domain.notices import Notice
from desk_app.domain.payments.money_events import Paid, PaidBack
from desk_app.domain.procedures.procedure import Fee

FIRST_MOMENT, LAST_MOMENT = -62_135_510_400_000, 253_370_764_800_000
"""UTC ms: the second day of the year 1, the beginning of the year 9999; others have no date in every zone."""
_UNKNOWN = Fee(decided_by_clerk=True)


def sound(events: Iterable[Recorded]) -> list[Recorded]:
    """The events as they are folded."""
    return [_sound(event) for event in events]


def moment(at: int) -> int:
    """The moment, 0 (never) for one that no calendar has."""
    return at if FIRST_MOMENT <= at <= LAST_MOMENT else 0


def _sound(event: Recorded) -> Recorded:
    payload = _payload(event.payload)
    if payload is event.payload and moment(event.at) == event.at:
        return event
    return replace(event, at=moment(event.at), payload=payload)


def _payload(payload: Payload | Notice | None) -> Payload | Notice | None:
    match payload:
        case Received():
            return _received(payload)
        case StepTaken(due_at=due, until=until) if (moment(due), moment(until)) != (due, until):
            return replace(payload, due_at=moment(due), until=moment(until))
        case StepTakenBack(due_at=due) if moment(due) != due:
            return replace(payload, due_at=moment(due))
        case Corrected(fee=fee) if fee is not None and _fee(fee) is not fee:
            return replace(payload, fee=None)
        case Paid(amount=amount) | PaidBack(amount=amount) if amount > MOST_MONEY:
            return replace(payload, amount=0)
        case _:
            return payload


def _received(payload: Received) -> Received:
    linked = _linked(payload.linked) if payload.linked is not None else None
    received, due, fee = moment(payload.received_at), moment(payload.due_at), _fee(payload.fee)
    if (received, due) == (payload.received_at, payload.due_at) and fee is payload.fee and linked is payload.linked:
        return payload
    return replace(payload, received_at=received, due_at=due, fee=fee, linked=linked)


def _linked(group: LinkedGroup) -> LinkedGroup:
    moments = (group.due_at, *(part.due_at for part in group.parts))
    if all(moment(at) == at for at in moments):
        return group
    parts = tuple(replace(part, due_at=moment(part.due_at)) for part in group.parts)
    return replace(group, due_at=moment(group.due_at), parts=parts)


def _fee(fee: Fee) -> Fee:
    return fee if abs(fee.total) <= MOST_MONEY else _UNKNOWN
