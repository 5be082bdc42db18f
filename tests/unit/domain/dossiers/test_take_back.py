"""A step recorded by mistake is taken back: the dossier stands as if it had not been, on every desk alike."""

from __future__ import annotations

from functools import reduce

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from desk_app.domain.dossiers.changes import text_of, value_at
from desk_app.domain.dossiers.dossier import STATUS, Dossier, advance, correct, fold, settle, take_back, take_step
from desk_app.domain.dossiers.events import (
    Corrected,
    FormVersion,
    HandedIn,
    ProcedureChosen,
    Recorded,
    StepTaken,
    StepTakenBack,
)
from desk_app.domain.dossiers.fact_paths import COMPONENTS, DOCUMENTS, DUE, PROCEDURE
from desk_app.domain.dossiers.steps import ACTIONS, Status
from desk_app.domain.procedures.procedure import Document, Fee, FeeLine
from desk_app.errors import BadFactError, MissingFactError, NothingToTakeBackError, OthersReturnError
from desk_app.protocol.event_body import body_of, event_of
from tests.unit.domain.dossiers.test_dossier import LOGS, RECEIVED, Desk, received

ALL = frozenset(LOGS)


@st.composite
def histories(draw: st.DrawFn) -> list[Recorded]:
    """Steps, settlements, corrections of the due date and steps taken back, of three desks that seldom meet."""
    desks = [Desk(log) for log in LOGS]
    desks[0].write(RECEIVED)
    for desk in desks[1:]:
        desk.learn(desks[0])
    for n in range(1, draw(st.integers(1, 16))):
        desk = draw(st.sampled_from(desks))
        match draw(st.sampled_from(["learn", "step", "step", "step", "back", "back", "due", "settle"])):
            case "learn":
                desk.learn(draw(st.sampled_from(desks)))
            case "step":
                desk.write(StepTaken(action=draw(st.sampled_from([*ACTIONS])), due_at=n * draw(st.integers(0, 1))))
            case "back" if desk.dossier.last_turn is not None:
                desk.write(*take_back(desk.dossier, ALL, reason="Bấm nhầm", due_at=n * draw(st.integers(0, 1))))
            case "settle" if desk.dossier.out_of_turn:
                desk.write(*settle(desk.dossier, STATUS, draw(st.sampled_from(list(Status)))))
            case _:
                desk.write(*correct(desk.dossier, {DUE: str(n)}, reason="Gõ nhầm"))
    for desk in desks:
        desks[0].learn(desk)
    return desks[0].events


def without_what_was_taken_back(history: list[Recorded]) -> list[Recorded]:
    gone = {stamp for one in history if isinstance(one.payload, StepTakenBack) for stamp in one.seen["step"]}
    kept = [one for one in history if one.stamp not in gone]
    return [one for one in kept if not isinstance(one.payload, StepTakenBack)]


def course(dossier: Dossier) -> Dossier:
    """What the steps say, without how it came about."""
    return replace(dossier, turns=(), taken_back=(), reset_due=None, version=(0, ""))


@given(history=histories(), data=st.data())
def test_every_order_of_arrival_makes_the_same_dossier(history: list[Recorded], data: st.DataObject) -> None:
    assert fold(data.draw(st.permutations(history))) == fold(history)
    in_order = sorted(history, key=lambda event: (event.lamport, event.log, event.seq))
    start: Dossier | None = None
    assert reduce(advance, in_order, start) == fold(history)


@given(history=histories())
def test_the_dossier_stands_as_if_the_step_had_not_been(history: list[Recorded]) -> None:
    plain = [
        replace(one, payload=replace(one.payload, due_at=0)) if isinstance(one.payload, StepTakenBack) else one
        for one in history
    ]
    assert course(fold(plain)) == course(fold(without_what_was_taken_back(plain)))


def test_a_refusal_recorded_by_mistake_is_undone_and_the_dossier_goes_on() -> None:
    desk = received()
    desk.write(take_step(desk.dossier, "forward"))
    desk.write(take_step(desk.dossier, "refuse", reason="Vì"))
    desk.write(*take_back(desk.dossier, {LOGS[0]}, reason="Nhầm hồ sơ"))
    assert desk.dossier.status is Status.PROCESSING
    desk.write(take_step(desk.dossier, "ready"))
    assert (desk.dossier.status, desk.dossier.out_of_turn) == (Status.RESULT_READY, ())


def test_an_apology_taken_back_gives_the_first_due_date_and_the_one_apology_back() -> None:
    desk = received()
    desk.write(take_step(desk.dossier, "apologise", reason="Chờ", due_at=20_000))
    desk.write(*take_back(desk.dossier, ALL, reason="Nhầm hồ sơ"))
    assert (desk.dossier.due_at, desk.dossier.apologies) == (RECEIVED.due_at, 0)
    desk.write(take_step(desk.dossier, "apologise", reason="Chờ", due_at=30_000))
    assert desk.dossier.due_at == 30_000


def test_the_due_date_said_last_counts_whoever_said_it() -> None:
    desk = received()
    desk.write(take_step(desk.dossier, "apologise", reason="Chờ", due_at=20_000))
    desk.write(*correct(desk.dossier, {DUE: "25000"}, reason="Gõ nhầm"))
    assert desk.dossier.due_at == 25_000
    desk.write(take_step(desk.dossier, "request-completion", reason="Thiếu"))
    desk.write(take_step(desk.dossier, "complete", due_at=30_000))
    assert desk.dossier.due_at == 30_000


def test_a_hand_over_recorded_by_mistake_is_taken_back_where_it_was_recorded_only() -> None:
    one, other = received(), Desk(LOGS[1])
    one.write(take_step(one.dossier, "hand-over"))
    other.learn(one)
    with pytest.raises(OthersReturnError):
        take_back(other.dossier, {LOGS[1]}, reason="Nhầm")
    one.write(*take_back(one.dossier, {LOGS[0]}, reason="Nhầm"))
    assert (one.dossier.status, one.dossier.returned_at, one.dossier.collector) == (Status.RECEIVED, 0, None)


def test_a_result_that_was_handed_over_at_once_needs_a_due_date_when_it_was_not() -> None:
    desk = Desk(LOGS[0])
    desk.write(replace(RECEIVED, due_at=0))
    desk.write(take_step(desk.dossier, "hand-over"))
    with pytest.raises(MissingFactError, match="hẹn trả"):
        take_back(desk.dossier, ALL, reason="Nhầm")
    desk.write(*take_back(desk.dossier, ALL, reason="Nhầm", due_at=50_000))
    assert (desk.dossier.due_at, desk.dossier.status) == (50_000, Status.RECEIVED)


def test_nobody_takes_back_what_was_not_done_or_without_saying_why() -> None:
    desk = received()
    with pytest.raises(NothingToTakeBackError):
        take_back(desk.dossier, ALL, reason="Nhầm")
    desk.write(take_step(desk.dossier, "forward"))
    with pytest.raises(MissingFactError):
        take_back(desk.dossier, ALL, reason=" ")


def test_a_step_on_top_of_one_taken_back_elsewhere_is_kept_and_flagged() -> None:
    one, other = received(), Desk(LOGS[1])
    one.write(take_step(one.dossier, "ready"))
    other.learn(one)
    one.write(*take_back(one.dossier, {LOGS[0]}, reason="Nhầm"))
    late = other.write(take_step(other.dossier, "return"))
    one.learn(other)
    other.learn(one)
    assert one.dossier == other.dossier
    assert (one.dossier.status, one.dossier.out_of_turn) == (Status.RETURNED, (late.stamp,))


def test_two_desks_that_take_one_step_back_take_it_back_once() -> None:
    one, other = received(), Desk(LOGS[1])
    one.write(take_step(one.dossier, "forward"))
    one.write(take_step(one.dossier, "stop", reason="Vì"))
    other.learn(one)
    for desk in (one, other):
        desk.write(*take_back(desk.dossier, ALL, reason="Nhầm"))
    one.learn(other)
    assert one.dossier.status is Status.PROCESSING
    assert one.dossier.last_turn == one.events[1]


def test_a_choice_among_crossed_steps_is_taken_back_like_a_step() -> None:
    one, other = received(), Desk(LOGS[1])
    other.learn(one)
    one.write(take_step(one.dossier, "refuse", reason="Vì"))
    other.write(take_step(other.dossier, "ready"))
    one.learn(other)
    before = one.dossier
    one.write(*settle(before, STATUS, Status.RESULT_READY))
    one.write(*take_back(one.dossier, ALL, reason="Chọn nhầm"))
    assert course(one.dossier) == course(before)


def test_the_event_says_which_step_and_why_and_is_read_as_it_was_written() -> None:
    desk = received()
    step = desk.write(take_step(desk.dossier, "forward"))
    event = desk.write(*take_back(desk.dossier, ALL, reason="Nhầm hồ sơ"))
    line = body_of(event, event.payload)
    assert (event.payload, event.seen) == (StepTakenBack(reason="Nhầm hồ sơ"), {"step": (step.stamp,)})
    assert b'"k":"step_taken_back"' in line
    assert event_of(event.log, event.seq, line) == event


# --- weighty corrections ------------------------------------------------------------------

PAPERS = (HandedIn(component="a", name="Tờ khai", originals=1),)
ORIGINALS = (Document(name="Bằng", pages=4, copies=3),)
OTHER = ProcedureChosen(code="2.000815", version="2026-07", forms=(FormVersion(form="giay-tiep-nhan", version="1"),))


def test_papers_documents_procedure_sets_and_due_date_are_corrected() -> None:
    desk = received()
    changes = {
        COMPONENTS: text_of(PAPERS),
        DOCUMENTS: text_of(ORIGINALS),
        PROCEDURE: text_of(OTHER),
        "sets": "2",
        DUE: "70000",
    }
    event, seen = correct(desk.dossier, changes, reason="Ghi nhầm")
    desk.write(event, seen)
    dossier = desk.dossier
    assert (dossier.components, dossier.documents, dossier.sets, dossier.due_at) == (PAPERS, ORIGINALS, 2, 70_000)
    assert (dossier.procedure, dossier.procedure_version, dossier.forms) == ("2.000815", "2026-07", OTHER.forms)
    assert (dossier.code, dossier.first_due_at) == (RECEIVED.code, RECEIVED.due_at)
    assert {path: value_at(dossier, path) for path in changes} == changes


@pytest.mark.parametrize("path", ["components", "documents", "procedure", "sets", "due_at"])
def test_a_weighty_correction_says_why(path: str) -> None:
    value = {"components": "[]", "documents": "[]", "procedure": text_of(OTHER), "sets": "1", "due_at": "1"}[path]
    with pytest.raises(MissingFactError) as refusal:
        correct(received().dossier, {path: value})
    assert refusal.value.facts["field"] == "reason"


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("components", "x"),
        ("components", '{"a":1}'),
        ("documents", '[{"name":"Bằng"}]'),
        ("procedure", "2.000815"),
        ("sets", "0"),
        ("sets", "many"),
        ("due_at", "0"),
        ("due_at", "30/11/2026"),
        ("due_at", "9" * 30),
    ],
)
def test_a_value_of_no_known_shape_is_refused_and_from_elsewhere_changes_nothing(path: str, value: str) -> None:
    desk = received()
    before = desk.dossier
    with pytest.raises(BadFactError):
        correct(before, {path: value}, reason="Vì")
    desk.write(Corrected(changes={path: value}))
    after = desk.dossier
    assert replace(after, tips={}, version=before.version) == before


def test_a_fee_reckoned_anew_keeps_its_lines() -> None:
    desk = received()
    fee = Fee(total=18_000, lines=(FeeLine(name="Bằng", amount=18_000),))
    desk.write(*correct(desk.dossier, {"fee.total": "18000"}, reason="Đếm lại", fee=fee))
    assert desk.dossier.fee == fee
    desk.write(*correct(desk.dossier, {"fee.total": "5000"}))
    assert desk.dossier.fee == Fee(total=5_000, decided_by_clerk=True)


def test_two_desks_that_correct_one_list_are_in_conflict() -> None:
    one, other = received(), Desk(LOGS[1])
    other.learn(one)
    one.write(*correct(one.dossier, {COMPONENTS: text_of(PAPERS)}, reason="Thiếu"))
    other.write(*correct(other.dossier, {COMPONENTS: "[]"}, reason="Thừa"))
    one.learn(other)
    assert len(one.dossier.conflicts[COMPONENTS]) == 2
    one.write(*settle(one.dossier, COMPONENTS, text_of(PAPERS)))
    assert (one.dossier.components, one.dossier.conflicts) == (PAPERS, {})
