"""Moments that no calendar has are never, sums that no till has are none; all else is as it was signed."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from desk_app.domain.calendar.moments import in_vietnam
from desk_app.domain.dossiers.changes import SETS
from desk_app.domain.dossiers.dossier import fold
from desk_app.domain.dossiers.events import Corrected, Office, Payload, Received, Recorded, StepTaken, StepTakenBack
from desk_app.domain.dossiers.fact_paths import FEE
from desk_app.domain.history import sound_numbers
from desk_app.domain.history.sound_numbers import FIRST_MOMENT, LAST_MOMENT
from desk_app.domain.linked.group import LinkedGroup, LinkedPart
from desk_app.domain.money import MOST_MONEY
from desk_app.domain.outgoing import course
from desk_app.domain.payments.money_events import Paid, PaidBack
from desk_app.domain.payments.payment import lines_of
from desk_app.domain.people.person import Person
from desk_app.domain.procedures.procedure import Fee

AT = 1_795_134_600_000
PART = LinkedPart(id="d", code="c", procedure="p", version="1", title="t", due_at=AT)
RECEIVED = Received(
    code="c",
    procedure="p",
    procedure_version="1",
    people={"applicant": Person(full_name="Nguyễn Thị Thử")},
    received_at=AT,
    due_at=AT,
    office=Office(name="o", commune="c"),
    fee=Fee(total=8000),
    linked=LinkedGroup(group="d", bundle="b", version="1", title="t", due_at=AT, parts=(PART,)),
)


def event(payload: Payload, *, at: int = AT, seq: int = 1) -> Recorded:
    return Recorded(
        log="ab" * 16, seq=seq, dossier="d", kind="k", lamport=seq, at=at, clock_offset=0, author="", seen={},
        payload=payload,
    )  # fmt: skip


def read(payload: Payload) -> Payload:
    (found,) = sound_numbers.sound([event(payload)])
    assert found.payload is not None
    return found.payload  # type: ignore[return-value]


@pytest.mark.parametrize("at", [FIRST_MOMENT, 0, AT, LAST_MOMENT])
def test_a_moment_of_the_calendar_stays(at: int) -> None:
    in_vietnam(at)
    assert sound_numbers.moment(at) == at
    said = event(StepTaken(action="ready", due_at=at, until=at), at=at)
    assert sound_numbers.sound([said]) == [said]


@pytest.mark.parametrize("at", [FIRST_MOMENT - 1, LAST_MOMENT + 1, 2**63 - 1, -(2**63)])
def test_any_other_is_never(at: int) -> None:
    assert sound_numbers.sound([event(StepTaken(action="ready"), at=at)])[0].at == 0
    assert read(StepTaken(action="ready", due_at=at, until=at)) == StepTaken(action="ready")
    assert read(StepTaken(action="ready", due_at=AT, until=at)) == StepTaken(action="ready", due_at=AT)
    assert read(StepTakenBack(reason="x", due_at=at)) == StepTakenBack(reason="x")
    assert read(replace(RECEIVED, received_at=at)) == replace(RECEIVED, received_at=0)
    assert read(replace(RECEIVED, due_at=at)) == replace(RECEIVED, due_at=0)
    assert RECEIVED.linked
    for group in (replace(RECEIVED.linked, due_at=at), replace(RECEIVED.linked, parts=(replace(PART, due_at=at),))):
        found = read(replace(RECEIVED, linked=group))
        assert isinstance(found, Received)
        assert found.linked
        assert {found.linked.due_at, found.linked.parts[0].due_at} == {AT, 0}


def test_sums_that_can_be_typed_stay_and_others_are_none() -> None:
    assert read(RECEIVED) is RECEIVED
    most = replace(RECEIVED, fee=Fee(total=MOST_MONEY))
    assert read(most) is most
    assert read(replace(RECEIVED, fee=Fee(total=MOST_MONEY + 1))) == replace(RECEIVED, fee=Fee(decided_by_clerk=True))
    assert read(Corrected(changes={}, fee=Fee(total=-MOST_MONEY - 1))) == Corrected(changes={})
    for kind in (Paid(amount=MOST_MONEY, way="cash"), PaidBack(amount=MOST_MONEY, way="cash", reason="x")):
        assert read(kind) is kind
        assert lines_of(sound_numbers.sound([event(replace(kind, amount=MOST_MONEY + 1))])) == ()


@pytest.mark.parametrize(
    "value", ["9" * 5000, "²", "9" * 18, "-5", "٣"], ids=["5,000 digits", "raised", "18 digits", "negative", "arabic"]
)
def test_a_correction_with_a_number_that_is_none_changes_nothing(value: str) -> None:
    kept = fold([event(RECEIVED), event(Corrected(changes={FEE: value, SETS: value, "due_at": value}), seq=2)])
    assert (kept.fee, kept.sets, kept.due_at) == (RECEIVED.fee, RECEIVED.sets, AT)
    assert course.due_before(kept, event(StepTaken(action="ready"), seq=3)) == AT
