"""Which desk an event speaks for: the signer, unless a colleague carried it on under an account of that desk."""

from __future__ import annotations

import hashlib

import pytest

from desk_app.domain import actors
from desk_app.domain.custody.custody_events import GivenToDesk, TakenAtDesk
from desk_app.domain.dossiers.events import Noted, OfficeChanged, Payload, Recorded
from desk_app.domain.history import moved, signed_desks
from desk_app.domain.history.founding import KnownDevice, Writers
from desk_app.domain.payments.money_events import Paid, PaidBack

KEYS = {1: b"1" * 8, 3: b"3" * 8}
DISTRICT = b"D" * 8
_DRAWN = hashlib.sha256(b"x").digest()[:10]
CARRIED = moved.next_log(_DRAWN)
LOGS: dict[bytes, bytes | None] = {b"1" * 16: KEYS[1], b"3" * 16: KEYS[3], b"D" * 16: DISTRICT, CARRIED: KEYS[3]}


def known() -> Writers:
    devices = [KnownDevice(kid=kid, unit="H61.37", desk=number) for number, kid in KEYS.items()]
    return Writers([*devices, KnownDevice(kid=DISTRICT, is_district=True)], LOGS)


def event(payload: Payload, log: bytes, actor: str = "") -> Recorded:
    return Recorded(
        log=log.hex(), seq=1, dossier="d", kind="k", lamport=1, at=1, clock_offset=0, author="", actor=actor, seen={},
        payload=payload,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("said", "name"),
    [
        (Paid(amount=1, way="cash", desk=1), "desk"),
        (PaidBack(amount=1, way="cash", reason="x", desk=1), "desk"),
        (GivenToDesk(giver=1, to=2), "giver"),
        (TakenAtDesk(desk=1), "desk"),
    ],
)
@pytest.mark.parametrize(
    ("log", "owner", "expected"),
    [
        (b"1" * 16, 1, 1),
        (b"3" * 16, 1, 3),
        (b"3" * 16, 3, 3),
        (b"9" * 16, 1, 1),
        (b"D" * 16, 1, 1),
        (CARRIED, 1, 1),
        (CARRIED, 3, 3),
    ],
    ids=["itself", "a colleague", "its own account", "nobody known", "district", "carried on", "forged as carried"],
)
def test_the_desk_is_the_one_that_signed(said: Payload, name: str, log: bytes, owner: int, expected: int) -> None:
    (found,) = signed_desks.signed([event(said, log, actors.actor_id(KEYS[owner], bytes(6)))], known)
    assert getattr(found.payload, name) == expected


def test_writers_are_asked_for_only_where_an_event_names_a_desk() -> None:
    def never() -> Writers:
        raise AssertionError

    said = event(Noted(text="a"), b"3" * 16)
    assert signed_desks.signed([said], never) == [said]


@pytest.mark.parametrize(
    ("key", "log", "owner", "may"),
    [
        ("cash_count/2026-11-20/3", b"3" * 16, 3, True),
        ("cash_count/2026-11-20/1", b"3" * 16, 3, False),
        ("cash_count/2026-11-20/1", b"3" * 16, 1, False),
        ("cash_count/2026-11-20/1", CARRIED, 1, True),
        ("cash_count/2026-11-20/1", CARRIED, 3, False),
        ("cash_count/2026-11-20/x", CARRIED, 1, False),
        ("cash_count/2026-11-20/²", CARRIED, 1, False),
        ("cash_count/2026-11-20/1", b"9" * 16, 1, True),
    ],
)
def test_a_desk_sets_only_facts_of_its_own(key: str, log: bytes, owner: int, may: bool) -> None:
    said = event(OfficeChanged(values={key: "1"}), log, actors.actor_id(KEYS[owner], bytes(6)))
    assert signed_desks.is_own_fact(key)
    assert signed_desks.may_set(key, said, known()) is may


def test_other_facts_of_the_office_are_no_desks_own() -> None:
    assert not signed_desks.is_own_fact("address")
    assert not signed_desks.is_own_fact("receipt_book/1")
