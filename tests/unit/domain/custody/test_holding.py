"""Which desk has the papers, when several say so: the same answer whoever asks, in whatever order it was learnt."""

from __future__ import annotations

from itertools import permutations

import pytest

from desk_app.domain.custody.custody_events import GivenToDesk, TakenAtDesk
from desk_app.domain.custody.holding import Holding, given, taken
from desk_app.domain.dossiers.dossier import fold
from desk_app.domain.dossiers.events import KIND_OF, Office, Payload, Received, Recorded
from desk_app.domain.people.person import Person

LOGS = ("aaaa0000" + "0" * 24, "bbbb1111" + "0" * 24, "cccc2222" + "0" * 24)
RECEIVED = Received(
    code="H26-261122-0001",
    procedure="1.004873",
    procedure_version="2026-01",
    people={"applicant": Person(full_name="Nguyễn Thị Thử Nghiệm")},
    received_at=1_000,
    office=Office(name="Trung tâm", commune="Xã Thử", desk=1),
)


def said(payload: Payload, desk: int, lamport: int, seq: int = 1) -> Recorded:
    return Recorded(
        log=LOGS[desk - 1],
        seq=seq,
        dossier="d",
        kind=KIND_OF[type(payload)],
        lamport=lamport,
        at=lamport * 1000,
        clock_offset=0,
        author=f"Quầy {desk}",
        seen={},
        payload=payload,
    )


def held(*events: Recorded) -> Holding:
    return fold([said(RECEIVED, 1, 1), *events]).holding


def test_the_desk_that_received_it_has_it() -> None:
    assert held().desk == 1
    assert held().since == 1_000


def test_who_handed_it_over_has_it_until_the_other_desk_says_that_it_came() -> None:
    handed = said(GivenToDesk(giver=1, to=2), 1, 2, 2)
    assert (held(handed).desk, held(handed).way_to) == (1, 2)
    assert held(handed).given_by == "Quầy 1"
    came = held(handed, said(TakenAtDesk(desk=2), 2, 3))
    assert (came.desk, came.way_to, came.since) == (2, 0, 3_000)


def test_a_hand_over_can_be_taken_back_before_it_came() -> None:
    back = held(said(GivenToDesk(giver=1, to=2), 1, 2, 2), said(GivenToDesk(giver=1, to=1), 1, 3, 3))
    assert (back.desk, back.way_to) == (1, 0)


@pytest.mark.parametrize("turn", list(permutations(range(4))), ids=str)
def test_of_hand_overs_that_cross_one_wins_in_whatever_order_they_come(turn: tuple[int, ...]) -> None:
    """Desk 2 finds the papers on its table and hands them to desk 3, while desk 1 hands the same to desk 4."""
    events = [
        said(RECEIVED, 1, 1),
        said(TakenAtDesk(desk=2), 2, 2),
        said(GivenToDesk(giver=1, to=4), 1, 3, 2),
        said(GivenToDesk(giver=2, to=3), 2, 4, 2),
    ]
    found = fold([events[place] for place in turn]).holding
    assert (found.desk, found.way_to) == (2, 3)
    assert found.void == ((3, LOGS[0][:8]),)


def test_a_hand_over_by_a_desk_that_has_it_no_longer_moves_nothing() -> None:
    found = held(
        said(GivenToDesk(giver=1, to=2), 1, 2, 2),
        said(TakenAtDesk(desk=2), 2, 3),
        said(GivenToDesk(giver=1, to=3), 1, 4, 3),
    )
    assert (found.desk, found.way_to) == (2, 0)
    assert len(found.void) == 1


HERE = Holding(desk=1, since=500)


def test_papers_on_the_way_say_to_whom_since_when_and_by_whom() -> None:
    on_way = given(HERE, 1, 2, stamp=(2, "a"), at=900, author="Thử")
    assert on_way == Holding(desk=1, since=500, way_to=2, given_at=900, given_by="Thử")


def test_papers_taken_back_are_as_if_never_handed_over() -> None:
    on_way = given(HERE, 1, 2, stamp=(2, "a"), at=900, author="Thử")
    assert given(on_way, 1, 1, stamp=(3, "a"), at=950, author="Thử") == HERE


def test_papers_that_came_are_on_the_way_no_longer() -> None:
    on_way = given(HERE, 1, 2, stamp=(2, "a"), at=900, author="Thử")
    assert taken(on_way, 3, at=990) == Holding(desk=3, since=990)


def test_a_desk_without_the_papers_moves_nothing_and_is_remembered() -> None:
    assert given(HERE, 2, 3, stamp=(2, "b"), at=900, author="Thử") == Holding(desk=1, since=500, void=((2, "b"),))
