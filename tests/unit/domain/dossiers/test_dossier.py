"""The fold and the rules: what two desks may do to one dossier, in whatever order it is learnt of."""

from __future__ import annotations

from functools import reduce

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk_app.domain.dossiers.dossier import STATUS, ConcurrentValue, Dossier, advance, correct, fold, settle, take_step
from desk_app.domain.dossiers.events import (
    KIND_OF,
    ConflictSettled,
    Corrected,
    Office,
    Payload,
    Printed,
    Received,
    Recorded,
    StepTaken,
)
from desk_app.domain.dossiers.steps import ACTIONS, Status
from desk_app.domain.people.person import Person
from desk_app.domain.procedures.procedure import Fee
from desk_app.errors import BadFactError, MissingFactError, WrongStatusError

LOGS = ("aaaa0000" + "0" * 24, "bbbb1111" + "0" * 24, "cccc2222" + "0" * 24)
PATHS = ("people.applicant.phone", "fields.purpose", "note", "people.mother.full_name", "fee.total")
RECEIVED = Received(
    code="H26-261122-0001",
    procedure="1.004873",
    procedure_version="2026-01",
    people={"applicant": Person(full_name="Nguyễn Thị Thử Nghiệm", phone="0912000000")},
    received_at=1_000,
    due_at=9_000,
    office=Office(name="Trung tâm", commune="Xã Thử"),
    fee=Fee(total=8_000),
)


class Desk:
    """A replica: knows some events, writes what its own clerk does, and learns of the others'."""

    def __init__(self, log: str) -> None:
        self.log = log
        self.events: list[Recorded] = []

    @property
    def dossier(self) -> Dossier:
        return fold(self.events)

    def write(self, payload: Payload, seen: dict[str, tuple[tuple[int, str], ...]] | None = None) -> Recorded:
        event = Recorded(
            log=self.log,
            seq=sum(event.log == self.log for event in self.events) + 1,
            dossier="d",
            kind=KIND_OF[type(payload)],
            lamport=max((event.lamport for event in self.events), default=0) + 1,
            at=5_000 + len(self.events),
            clock_offset=0,
            author="Cán bộ",
            seen=seen or {},
            payload=payload,
        )
        self.events.append(event)
        return event

    def learn(self, other: Desk) -> None:
        known = {(event.log, event.seq) for event in self.events}
        self.events += [event for event in other.events if (event.log, event.seq) not in known]


def received() -> Desk:
    desk = Desk(LOGS[0])
    desk.write(RECEIVED)
    return desk


@st.composite
def histories(draw: st.DrawFn) -> list[Recorded]:
    """What three desks did to one dossier while they now and then heard of each other."""
    desks = [Desk(log) for log in LOGS]
    desks[0].write(RECEIVED)
    for desk in desks[1:]:
        desk.learn(desks[0])
    for n in range(draw(st.integers(0, 14))):
        desk = draw(st.sampled_from(desks))
        match draw(st.sampled_from(["learn", "learn", "correct", "correct", "settle", "step", "print"])):
            case "learn":
                desk.learn(draw(st.sampled_from(desks)))
            case "correct":
                path = draw(st.sampled_from(PATHS))
                desk.write(*correct(desk.dossier, {path: f"09120000{n:02}" if path.endswith("phone") else str(n)}))
            case "settle" if desk.dossier.conflicts:
                path = draw(st.sampled_from(sorted(desk.dossier.conflicts)))
                desk.write(*settle(desk.dossier, path, desk.dossier.conflicts[path][0].value))
            case "step":
                desk.write(StepTaken(action=draw(st.sampled_from([*ACTIONS, "unknown"])), due_at=n))
            case _:
                desk.write(Printed(papers=("slip",), copies=2))
    for desk in desks:
        desks[0].learn(desk)
    return desks[0].events


def has_seen(event: Recorded, other: Recorded, path: str) -> bool:
    return other.stamp in event.seen.get(path, ())


def changes_of(event: Recorded) -> dict[str, str]:
    match event.payload:
        case Corrected(changes=changes):
            return changes
        case ConflictSettled(path=path, value=value):
            return {path: value}
    return {}


# --- the fold -----------------------------------------------------------------------------


@given(history=histories(), data=st.data())
def test_every_order_of_arrival_makes_the_same_dossier(history: list[Recorded], data: st.DataObject) -> None:
    assert fold(data.draw(st.permutations(history))) == fold(history)


@given(history=histories())
def test_events_taken_one_by_one_make_the_same_dossier(history: list[Recorded]) -> None:
    start: Dossier | None = None
    in_order = sorted(history, key=lambda event: (event.lamport, event.log, event.seq))
    assert reduce(advance, in_order, start) == fold(history)


@given(history=histories())
def test_a_conflict_is_flagged_exactly_where_edits_had_not_seen_each_other(history: list[Recorded]) -> None:
    dossier = fold(history)
    for path in PATHS:
        edits = [event for event in history if path in changes_of(event)]
        standing = [edit for edit in edits if not any(has_seen(later, edit, path) for later in edits)]
        tips = {ConcurrentValue(edit.stamp, changes_of(edit)[path]) for edit in standing}
        assert set(dossier.tips.get(path, ())) == tips
        assert (path in dossier.conflicts) == (len(standing) > 1)


@given(history=histories())
def test_the_value_shown_is_the_latest_standing_one(history: list[Recorded]) -> None:
    dossier = fold(history)
    shown = {
        "people.applicant.phone": dossier.applicant.phone,
        "fields.purpose": dossier.fields.get("purpose", ""),
        "note": dossier.note,
        "people.mother.full_name": dossier.people["mother"].full_name if "mother" in dossier.people else "",
        "fee.total": str(dossier.fee.total),
    }
    for path, tips in dossier.tips.items():
        assert shown[path] == max(tips, key=lambda tip: tip.stamp).value


@given(history=histories())
def test_no_step_is_lost_it_counts_or_is_flagged(history: list[Recorded]) -> None:
    dossier = fold(history)
    status, taken = Status.RECEIVED, 0
    for event in sorted(history, key=lambda event: (event.lamport, event.log, event.seq)):
        if not isinstance(event.payload, StepTaken):
            continue
        action = ACTIONS.get(event.payload.action)
        if action is None or event.stamp in dossier.out_of_turn:
            status = max(status, (action and action.leads_to) or status, key=lambda one: one.rank)
            continue
        assert status in action.allowed
        status, taken = action.leads_to or status, taken + 1
    steps = [event for event in history if isinstance(event.payload, StepTaken)]
    assert dossier.status is status
    assert taken + len(dossier.out_of_turn) == len(steps)
    assert dossier.apologies <= 1


@given(history=histories())
def test_what_was_received_stays(history: list[Recorded]) -> None:
    dossier = fold(history)
    assert (dossier.code, dossier.received_at, dossier.first_due_at) == (RECEIVED.code, 1_000, 9_000)
    assert dossier.applicant.full_name == "Nguyễn Thị Thử Nghiệm"
    assert dossier.prints.get("slip", 0) == 2 * sum(isinstance(event.payload, Printed) for event in history)


@given(history=histories())
def test_settling_what_is_in_conflict_leaves_none(history: list[Recorded]) -> None:
    desk = Desk(LOGS[0])
    desk.events = history
    for path, tips in desk.dossier.conflicts.items():
        desk.write(*settle(desk.dossier, path, tips[-1].value))
        assert desk.dossier.tips[path][0].value == tips[-1].value
    assert not desk.dossier.conflicts


@given(history=histories(), status=st.sampled_from(list(Status)))
def test_a_person_who_says_where_a_dossier_stands_is_done_with_steps_out_of_turn(
    history: list[Recorded], status: Status
) -> None:
    desk = Desk(LOGS[0])
    desk.events = history
    before = desk.dossier
    desk.write(*settle(before, STATUS, status))
    assert (desk.dossier.status, desk.dossier.out_of_turn) == (status, ())
    assert (desk.dossier.returned_at > 0) == (status is Status.RETURNED)
    assert {path: desk.dossier.tips[path] for path in before.tips} == before.tips


def test_a_step_that_nobody_had_seen_is_flagged_again_after_a_settlement() -> None:
    one, other = received(), Desk(LOGS[1])
    other.learn(one)
    one.write(take_step(one.dossier, "refuse", reason="Vì"))
    late = other.write(take_step(other.dossier, "ready"))
    one.write(*settle(one.dossier, STATUS, Status.REFUSED))
    one.learn(other)
    other.learn(one)
    assert one.dossier == other.dossier
    assert (one.dossier.status, one.dossier.out_of_turn) == (Status.REFUSED, (late.stamp,))


@pytest.mark.parametrize("first", [0, 1])
def test_a_result_in_the_citizens_hand_stays_there_whoever_wrote_first(first: int) -> None:
    one, other = received(), Desk(LOGS[1])
    one.write(take_step(one.dossier, "ready"))
    other.learn(one)
    for n in range(2):  # the later writer's lamport is higher
        if n == first:
            one.write(take_step(one.dossier, "return"))
        else:
            other.write(Printed(papers=("slip",)))
            other.write(take_step(other.dossier, "withdraw"))
            if first:
                one.write(Printed(papers=("slip",)))
                one.write(Printed(papers=("slip",)))
    one.learn(other)
    other.learn(one)
    assert one.dossier == other.dossier
    assert (one.dossier.status, len(one.dossier.out_of_turn)) == (Status.RETURNED, 1)
    assert one.dossier.returned_at


def test_a_correction_cannot_say_where_a_dossier_stands() -> None:
    desk = received()
    desk.write(Corrected(changes={STATUS: "returned"}))
    assert desk.dossier.status is Status.RECEIVED


def test_without_a_reception_there_is_no_dossier() -> None:
    desk = Desk(LOGS[1])
    desk.write(Corrected(changes={"note": "x"}))
    with pytest.raises(ValueError, match="receives"):
        fold(desk.events)


def test_a_second_reception_of_the_same_dossier_changes_nothing() -> None:
    desk = received()
    before = desk.dossier
    desk.write(RECEIVED)
    assert desk.dossier == before


def test_two_apologies_of_two_desks_count_once_and_the_second_is_flagged() -> None:
    one, other = received(), Desk(LOGS[1])
    other.learn(one)
    one.write(take_step(one.dossier, "apologise", reason="Chờ xác minh", due_at=10_000))
    late = other.write(take_step(other.dossier, "apologise", reason="Mất điện", due_at=11_000))
    one.learn(other)
    assert (one.dossier.apologies, one.dossier.due_at, one.dossier.out_of_turn) == (1, 10_000, (late.stamp,))


def test_handing_over_notes_when_and_to_whom() -> None:
    desk = received()
    event = desk.write(take_step(desk.dossier, "hand-over", collector=Person(full_name="Trần Văn Nhận")))
    dossier = desk.dossier
    assert (dossier.status, dossier.returned_at) == (Status.RETURNED, event.at)
    assert dossier.collector == Person(full_name="Trần Văn Nhận")


# --- the rules ----------------------------------------------------------------------------


@given(history=histories(), action=st.sampled_from([*ACTIONS, "unknown"]), reason=st.sampled_from(["", "  ", "Vì"]))
def test_a_step_is_taken_or_refused_with_a_reason_never_half(history: list[Recorded], action: str, reason: str) -> None:
    desk = Desk(LOGS[0])
    desk.events = history
    before = desk.dossier
    try:
        step = take_step(before, action, reason=reason, due_at=7)
    except (WrongStatusError, MissingFactError, BadFactError) as refusal:
        assert str(refusal)  # noqa: PT017 - refusing is one of two good answers
        assert refusal.remedy  # noqa: PT017
        return
    event = desk.write(step)
    assert event.stamp not in desk.dossier.out_of_turn
    assert desk.dossier.status is (ACTIONS[action].leads_to or before.status)


@pytest.mark.parametrize("action", [name for name, rule in ACTIONS.items() if rule.needs_reason])
def test_who_turns_a_citizen_away_or_keeps_them_waiting_says_why(action: str) -> None:
    desk = received()
    if action == "annul":  # only what was returned can be annulled
        desk.write(take_step(desk.dossier, "hand-over"))
    with pytest.raises(MissingFactError) as refusal:
        take_step(desk.dossier, action, reason=" ", due_at=1)
    assert refusal.value.facts["field"] == "reason"


def test_an_apology_names_a_new_day_and_comes_once() -> None:
    desk = received()
    with pytest.raises(MissingFactError) as refusal:
        take_step(desk.dossier, "apologise", reason="Mất điện")
    assert refusal.value.facts["field"] == "due_at"
    desk.write(take_step(desk.dossier, "apologise", reason="Mất điện", due_at=12_000))
    assert (desk.dossier.due_at, desk.dossier.first_due_at) == (12_000, 9_000)
    with pytest.raises(WrongStatusError, match="một lần"):
        take_step(desk.dossier, "apologise", reason="Mất điện", due_at=13_000)


@pytest.mark.parametrize("end", [status for status in Status if not status.is_open])
def test_nothing_happens_to_a_dossier_that_has_ended(end: Status) -> None:
    ending = {
        Status.RETURNED: "hand-over",
        Status.REFUSED: "refuse",
        Status.WITHDRAWN: "withdraw",
        Status.STOPPED: "stop",
    }
    desk = received()
    desk.write(take_step(desk.dossier, ending[end], reason="Vì"))
    assert desk.dossier.status is end
    for action in ACTIONS:
        if (end, action) == (Status.RETURNED, "annul"):
            continue  # a wrong result that left can be annulled, and nothing else
        with pytest.raises(WrongStatusError, match=end.label):
            take_step(desk.dossier, action, reason="Vì", due_at=1)


def test_every_status_has_a_name_a_portal_code_and_a_way_in() -> None:
    ways_in = {rule.leads_to for rule in ACTIONS.values()} | {Status.RECEIVED}
    for status in Status:
        assert status.label
        assert 1 <= status.portal_code <= 10
        assert status in ways_in


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("code", "x"),
        ("status", "returned"),
        ("notes", "x"),
        ("note.x", "x"),
        ("fee.totals", "1"),
        ("fields.", "x"),
        ("people.full_name", "x"),
        ("people.applicant", "x"),
        ("people..phone", "x"),
        ("people.applicant.password", "x"),
        ("fee.total", "-1"),
        ("fee.total", "8.000"),
        ("fee.total", "٨"),
        ("return_by", "pigeon"),
        ("people.applicant.id_number", "12"),
        ("people.mother.born_on", "hôm qua"),
        ("people.applicant.full_name", "  "),
    ],
)
def test_what_no_record_may_become_is_not_corrected_so(path: str, value: str) -> None:
    with pytest.raises((BadFactError, MissingFactError)) as refusal:
        correct(received().dossier, {path: value})
    assert refusal.value.facts["field"] == path


def test_a_correction_of_nothing_is_no_event() -> None:
    with pytest.raises(MissingFactError):
        correct(received().dossier, {})


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("fields.purpose", "Vay vốn"),
        ("fields.child.name", "x"),
        ("note", ""),
        ("return_by", "post"),
        ("fee.total", "0"),
        ("people.applicant.id_number", ""),
        ("people.father.full_name", ""),
        ("people.father.born_on", "1990"),
    ],
)
def test_what_a_clerk_may_correct_is_corrected_and_cites_what_it_replaces(path: str, value: str) -> None:
    desk = received()
    first = desk.write(*correct(desk.dossier, {path: value}))
    _, seen = correct(desk.dossier, {path: value}, reason="Gõ nhầm")
    assert seen == {path: (first.stamp,)}
    assert not desk.dossier.conflicts
