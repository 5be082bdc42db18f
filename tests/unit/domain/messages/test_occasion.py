"""What a citizen must be told, who was told, and which messages stand in which state."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from msgspec.structs import replace

from desk_app.domain.dossiers.dossier_state import Dossier
from desk_app.domain.dossiers.events import Payload, Recorded, Stamp, StepTaken
from desk_app.domain.dossiers.steps import Status
from desk_app.domain.messages import occasion
from desk_app.domain.messages.kinds import About, Sending
from desk_app.domain.messages.message_events import Contacted, MessageQueued, MessageSent
from desk_app.domain.messages.occasion import Occasion
from tests.kit.paper import papers

DESK, DISTRICT = "aaaa0000", "dddd0000"


def event(number: int, payload: Payload, *, log: str = DESK, seen: Mapping[str, tuple[Stamp, ...]] = {}) -> Recorded:
    """An event at the moment `number` × 100 ms."""
    return Recorded(
        log=log,
        seq=number,
        dossier="mau",
        kind="",
        lamport=number,
        at=number * 100,
        clock_offset=0,
        author="",
        seen=dict(seen),
        payload=payload,
    )


def at(status: Status, *turns: Recorded, contacts: tuple[Recorded, ...] = ()) -> Dossier:
    return replace(papers.dossier(), status=status, turns=turns, contacts=contacts)


FORWARD = event(2, StepTaken(action="forward"))
APOLOGY, SECOND = event(3, StepTaken(action="apologise")), event(4, StepTaken(action="apologise"))
READY = event(5, StepTaken(action="ready"))
OF_READY = Occasion(about=About.READY, since=500, step=READY.stamp)


def queued(number: int, name: str = "m1", about: str = "ready", **seen: tuple[Stamp, ...]) -> Recorded:
    return event(number, MessageQueued(id=name, about=about, phone="0912345678", text="Hồ sơ"), seen=seen)


def spoke(number: int, outcome: str, about: str = "ready") -> Recorded:
    return event(number, Contacted(about=about, outcome=outcome))


@pytest.mark.parametrize(
    ("status", "turns", "about", "step"),
    [
        (Status.AWAITING_COMPLETION, (FORWARD, APOLOGY), About.COMPLETION, APOLOGY),
        (Status.RESULT_READY, (FORWARD, READY), About.READY, READY),
        (Status.PROCESSING, (APOLOGY, SECOND, READY), About.LATE, SECOND),
        (Status.RECEIVED, (APOLOGY, FORWARD), About.LATE, APOLOGY),
    ],
)
def test_the_latest_step_that_matters_is_the_occasion(
    status: Status, turns: tuple[Recorded, ...], about: About, step: Recorded
) -> None:
    assert occasion.occasion(at(status, *turns)) == Occasion(about=about, since=step.at, step=step.stamp)


@pytest.mark.parametrize("status", [Status.SUSPENDED, Status.RETURNED, Status.PROCESSING, Status.RESULT_READY])
def test_where_nothing_waits_to_be_told_there_is_no_occasion(status: Status) -> None:
    assert occasion.occasion(at(status, *([FORWARD] if status is not Status.RESULT_READY else []))) is None


def test_a_step_taken_back_is_no_occasion() -> None:
    dossier = replace(at(Status.PROCESSING, APOLOGY, SECOND), taken_back=(SECOND.stamp,))
    found = occasion.occasion(dossier)
    assert found is not None
    assert found.step == APOLOGY.stamp


@pytest.mark.parametrize(
    ("contact", "is_told"),
    [
        (spoke(6, "told"), True),
        (spoke(6, "has-result"), True),
        (spoke(6, "not-reached"), False),
        (spoke(6, "told", "late"), False),
        (replace(spoke(5, "told"), log=READY.log), False),  # the very step's stamp is not after it
        (spoke(4, "told"), False),
    ],
)
def test_who_was_reached_about_it_since_knows(contact: Recorded, *, is_told: bool) -> None:
    assert occasion.is_told(at(Status.RESULT_READY, READY, contacts=(contact,)), OF_READY) is is_told


def test_an_occasion_without_a_step_counts_from_the_beginning() -> None:
    dossier = at(Status.RESULT_READY, contacts=(event(0, Contacted(about="ready", outcome="told")),))
    assert occasion.is_told(dossier, Occasion(about=About.READY, since=0))
    waiting = at(Status.RESULT_READY, contacts=(replace(queued(0), at=7),))
    assert occasion.waiting_since(waiting, Occasion(about=About.READY, since=0)) == 7
    vain = at(Status.RESULT_READY, contacts=(spoke(0, "not-reached"),))
    assert occasion.tries(vain, Occasion(about=About.READY, since=0)) == 1


@pytest.mark.parametrize(
    ("message", "is_told"),
    [(queued(6), True), (queued(6, about="late"), False), (queued(5), False), (queued(4), False)],
)
def test_a_message_sent_about_it_since_has_told(message: Recorded, *, is_told: bool) -> None:
    sent = event(7, MessageSent(message="m1"), log=DISTRICT)
    assert occasion.is_told(at(Status.RESULT_READY, READY, contacts=(message, sent)), OF_READY) is is_told
    assert not occasion.is_told(at(Status.RESULT_READY, READY, contacts=(message,)), OF_READY)


def test_a_message_waits_since_it_was_last_queued() -> None:
    contacts = (queued(5, "m0"), queued(6, "m1"), queued(7, "m2"), queued(8, "m3", "late"), queued(9, "m4"))
    sent = event(10, MessageSent(message="m4"))
    dossier = at(Status.RESULT_READY, READY, contacts=(*contacts, sent))
    assert occasion.waiting_since(dossier, OF_READY) == 700
    assert occasion.waiting_since(replace(dossier, contacts=(queued(5, "m0"),)), OF_READY) == 0


def test_only_tries_in_vain_about_it_since_are_counted() -> None:
    contacts = (
        spoke(5, "not-reached"),
        spoke(6, "not-reached"),
        spoke(7, "not-reached", "late"),
        spoke(8, "told"),
        spoke(9, "not-reached"),
        queued(10),
    )
    assert occasion.tries(at(Status.RESULT_READY, READY, contacts=contacts), OF_READY) == 2


def test_a_result_given_at_once_is_in_hand_since_its_reception() -> None:
    at_once = papers.dossier(due_at=0)
    assert occasion.in_hand_since(at_once) == papers.RECEIVED_AT
    assert occasion.in_hand_since(papers.dossier()) == 0
    assert occasion.in_hand_since(replace(at_once, status=Status.PROCESSING)) == 0


def test_a_ready_result_is_in_hand_since_somebody_first_said_so() -> None:
    contacts = (spoke(5, "at-counter"), spoke(6, "told"), spoke(7, "has-result"), spoke(8, "at-counter"))
    assert occasion.in_hand_since(at(Status.RESULT_READY, READY, contacts=contacts)) == 700
    assert occasion.in_hand_since(at(Status.RESULT_READY, READY, contacts=contacts[:2])) == 0
    assert occasion.in_hand_since(at(Status.PROCESSING, READY, contacts=contacts)) == 0
    without_step = at(Status.RESULT_READY, contacts=(replace(spoke(0, "at-counter"), at=9),))
    assert occasion.in_hand_since(without_step) == 9


def test_the_last_word_of_receiving_messages_holds() -> None:
    assert occasion.wants_messages(at(Status.RECEIVED)) is None
    said = (spoke(2, "agrees", "consent"), spoke(3, "declines", "consent"), spoke(4, "told"), queued(5))
    assert occasion.wants_messages(at(Status.RECEIVED, contacts=said)) is False
    assert occasion.wants_messages(at(Status.RECEIVED, contacts=(said[0], said[2]))) is True


def test_two_desks_give_one_id_to_one_occasion_and_another_to_the_next() -> None:
    first, none_yet = at(Status.RECEIVED, contacts=(queued(2, "m1"), queued(3, "m1"))), at(Status.RECEIVED)
    assert occasion.message_id(first, About.LATE) == occasion.message_id(none_yet, About.LATE)
    assert occasion.message_id(first, About.READY) != occasion.message_id(none_yet, About.READY)
    # the text is for ever: the district sends once for each id
    assert occasion.message_id(none_yet, About.READY) == "bcb837872f9f70fb"
    again = replace(first, contacts=(queued(2, "m1"), queued(9, "m1")))
    assert occasion.message_id(first, About.READY) == occasion.message_id(again, About.READY)
    assert len(occasion.message_id(first, About.READY)) == 16


def test_a_message_queued_twice_is_one_and_stands_where_the_district_says() -> None:
    contacts = (queued(2, "m1"), queued(3, "m1"), queued(4, "m2"), queued(5, "m3", step=(READY.stamp,)))
    answers = (
        event(7, MessageSent(message="m2"), log=DISTRICT),
        event(8, MessageSent(message="m2", failed="sai số"), log=DISTRICT),
    )
    dossier = replace(at(Status.RECEIVED, contacts=(*contacts, *answers)), taken_back=(READY.stamp,))
    found = occasion.messages(dossier)
    assert [(each.id, each.sending, each.queued_at, each.sent_at, each.failed) for each in found] == [
        ("m1", Sending.WAITING, 200, 0, ""),
        ("m2", Sending.FAILED, 400, 800, "sai số"),
        ("m3", Sending.VOID, 500, 0, ""),
    ]
