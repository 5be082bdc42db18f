"""Which of several receptions made a dossier: its id, the district's word, its code, and that its writer is known."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from msgspec.structs import replace

from desk_app.domain.dossiers.events import Founded, Office, Received, Recorded
from desk_app.domain.dossiers.numbering import Block
from desk_app.domain.history import founding, moved
from desk_app.domain.history.founding import KNOWN, NAMED, OWN_NUMBER, PROVED, KnownDevice, Writers
from desk_app.domain.people.person import Person

KEY, OTHER_KEY, DISTRICT = b"k" * 8, b"o" * 8, b"d" * 8
LOG, OTHER_LOG, DISTRICTS_LOG, UNKNOWN = bytes([1]) * 16, bytes([2]) * 16, bytes([3]) * 16, bytes([4]) * 16
BODY = b'{"d":"x","k":"received","l":1,"s":1,"t":1,"u":"C","v":{}}'
WRITERS = Writers(
    (
        KnownDevice(kid=KEY, unit="H26.99", desk=1, blocks=(Block(1, 1999),)),
        KnownDevice(kid=OTHER_KEY, unit="H26.99", desk=2, blocks=(Block(2000, 3999),)),
        KnownDevice(kid=DISTRICT, is_district=True),
    ),
    {LOG: KEY, OTHER_LOG: OTHER_KEY, DISTRICTS_LOG: DISTRICT},
)


def received(log: bytes, code: str, *, dossier: str = "aaaaaaaaaaaaaaaa", lamport: int = 1) -> Recorded:
    payload = Received(
        code=code,
        procedure="1.004873",
        procedure_version="1",
        people={"applicant": Person(full_name="Nguyễn Thị Thử")},
        received_at=1,
        office=Office(name="Trung tâm", commune="xã Thử"),
    )
    return recorded(log, payload, dossier=dossier, lamport=lamport)


def recorded(log: bytes, payload: Any, *, dossier: str = "aaaaaaaaaaaaaaaa", lamport: int = 1) -> Recorded:
    return Recorded(
        log=log.hex(),
        seq=1,
        dossier=dossier,
        kind="x",
        lamport=lamport,
        at=1,
        clock_offset=0,
        author="Trần Thu Mẫu",
        seen={},
        payload=payload,
    )


def claim_of(event: Recorded, *others: Recorded) -> int:
    first, *_ = founding.claimed([(event, BODY), *((each, b"{}") for each in others)], WRITERS)
    return first.claim


def test_what_speaks_for_a_reception_is_told_apart_and_the_stronger_outweighs_all_weaker_together() -> None:
    speaks = (PROVED, NAMED, OWN_NUMBER, KNOWN)
    sums = {sum(some) for size in range(5) for some in itertools.combinations(speaks, size)}
    assert len(sums) == 16
    for place, each in enumerate(speaks):
        assert each > sum(speaks[place + 1 :])


def test_a_writer_that_is_known_and_its_own_number_speak_apart() -> None:
    assert claim_of(received(UNKNOWN, "H26.99-261120-0001")) == 0
    assert claim_of(received(LOG, "H26.99-261120-2001")) == KNOWN
    assert claim_of(received(LOG, "H26.99-261120-0001")) == KNOWN | OWN_NUMBER
    assert claim_of(received(OTHER_LOG, "H26.99-261120-2001")) == KNOWN | OWN_NUMBER


@pytest.mark.parametrize(("number", "is_own"), [(1999, True), (2000, False), (1, True)])
def test_the_ends_of_a_block_belong_to_it(number: int, is_own: bool) -> None:
    found = claim_of(received(LOG, f"H26.99-261120-{number:04d}"))
    assert bool(found & OWN_NUMBER) is is_own


@pytest.mark.parametrize("owner", [KEY, LOG])
def test_an_id_proves_its_owner_and_no_other(owner: bytes) -> None:
    made = founding.dossier_id(owner, "draft")
    assert len(made) == 16
    assert founding.dossier_id(owner, "draft") == made != founding.dossier_id(owner, "draft", turn=1)
    assert claim_of(received(LOG, "H26.99-261120-2001", dossier=made)) == KNOWN | PROVED
    assert claim_of(received(OTHER_LOG, "H26.99-261120-0001", dossier=made)) == KNOWN
    assert founding.belongs(made, [OTHER_KEY, owner])
    assert not founding.belongs(made, [OTHER_KEY, OTHER_LOG])
    assert not founding.belongs(made[:-1], [owner])
    assert not founding.belongs("không phải", [owner])


@pytest.mark.parametrize(
    ("owner", "turn", "made"),
    [(KEY, 0, "5vtpuu35itzhmtio"), (LOG, 0, "nvtpuu35irkekdc3"), (KEY, 1, "4fcedflnzveaytp6")],
)
def test_the_id_of_a_draft_is_the_same_for_ever(owner: bytes, turn: int, made: str) -> None:
    assert founding.dossier_id(owner, "draft", turn=turn) == made


@pytest.mark.parametrize(
    ("log", "code", "is_own"),
    [
        (LOG, "H26.99-261120-2000", False),
        (LOG, "HS cũ số 7", True),  # a code without a number
        (moved.next_log(LOG), "H26.99-261120-2000", True),  # of what moved, whoever carries it on may have written it
    ],
)
def test_only_a_number_that_a_desk_could_not_give_speaks_against_it(log: bytes, code: str, *, is_own: bool) -> None:
    writers = Writers((KnownDevice(kid=KEY, unit="H26.99", desk=1, blocks=(Block(1, 1999),)),), {log: KEY})
    (event,) = founding.claimed([(received(log, code), BODY)], writers)
    assert bool(event.claim & OWN_NUMBER) is is_own


def test_the_districts_first_word_names_the_reception_and_nobody_elses_word_does() -> None:
    event = received(LOG, "H26.99-261120-2001")
    word = Founded(reception=founding.digest_of(BODY))
    other = Founded(reception="0" * 64)
    assert claim_of(event, recorded(DISTRICTS_LOG, word)) == KNOWN | NAMED
    assert claim_of(event, recorded(OTHER_LOG, word)) == KNOWN
    assert claim_of(event, recorded(DISTRICTS_LOG, word, lamport=2), recorded(DISTRICTS_LOG, other)) == KNOWN
    assert claim_of(event, recorded(DISTRICTS_LOG, word), recorded(DISTRICTS_LOG, other, lamport=2)) == KNOWN | NAMED


def test_the_reception_with_the_strongest_claim_comes_first_and_else_the_earlier() -> None:
    early, late = received(LOG, "H26.99-261120-0001"), received(OTHER_LOG, "H26.99-261120-2001", lamport=9)
    assert founding.founder([late, early]) is early
    strong = replace(late, claim=KNOWN)
    assert founding.founder([early, strong]) is strong
    assert founding.in_order([early, strong]) == [strong, early]
    assert founding.are_disputed([early, strong])
    assert not founding.are_disputed([early])
    assert founding.founder([]) is None
    assert founding.is_same(early, replace(early, log="", lamport=4))
    assert not founding.is_same(early, late)


def test_machines_of_one_desk_speak_for_each_other_and_nobody_else_does() -> None:
    devices = (
        KnownDevice(kid=KEY, unit="H26.99", desk=1),
        KnownDevice(kid=OTHER_KEY, unit="H26.99", desk=1),
        KnownDevice(kid=DISTRICT, unit="H26.99", desk=1, is_district=True),
        KnownDevice(kid=b"", unit="H26.99", desk=1),
    )
    writers = Writers(devices, {LOG: KEY, OTHER_LOG: OTHER_KEY, DISTRICTS_LOG: DISTRICT, UNKNOWN: b""})
    assert writers.of(LOG.hex()).owners == {LOG, KEY, OTHER_LOG, OTHER_KEY}
    assert writers.every_owner == {LOG, KEY, OTHER_LOG, OTHER_KEY, DISTRICTS_LOG, DISTRICT, UNKNOWN}
