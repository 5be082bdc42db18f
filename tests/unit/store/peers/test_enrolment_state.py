"""Two rows beside the sync state: an enrolment under way, and what colleagues said they hold."""

from __future__ import annotations

import pytest

from desk_app.store.database.database import DeskDatabase, unit_of_work
from desk_app.store.peers import enrolment_state, peer_state, sync_state
from desk_app.store.peers.enrolment_state import Pending

PENDING = Pending(code="0123456789ABCDEFGHJK", card="{}", secret=bytes(64), nonce=bytes(12))
KID, OTHER = b"kid-one.", b"kid-two."


def test_an_enrolment_under_way_is_kept_until_it_is_forgotten_and_disturbs_nothing(db: DeskDatabase) -> None:
    with unit_of_work(db):
        sync_state.change(db, last_detail="giữ nguyên")
        enrolment_state.put(db, PENDING)
        enrolment_state.put(db, PENDING)
    assert enrolment_state.get(db) == PENDING
    assert sync_state.get(db).last_detail == "giữ nguyên"
    with unit_of_work(db):
        sync_state.change(db, last_detail="")
        assert enrolment_state.get(db) == PENDING
        enrolment_state.forget(db)
    assert enrolment_state.get(db) is None


def test_each_colleague_is_remembered_by_what_that_desk_said_last(db: DeskDatabase) -> None:
    log, other = bytes(16), bytes(range(16))
    with unit_of_work(db):
        peer_state.note(db, KID, {log: (3, b"12345678")})
        peer_state.note(db, OTHER, {other: (1, b"abcdefgh")})
        peer_state.note(db, KID, {log: (5, b"87654321")})
    assert peer_state.held_by(db, KID) == {log: (5, b"87654321")}
    assert peer_state.held_by(db, OTHER) == {other: (1, b"abcdefgh")}
    assert peer_state.held_by(db, b"nobody..") == {}


@pytest.mark.parametrize("value", ["", "[1]", '{"code": 1}'])
def test_a_shape_of_a_later_program_counts_as_nothing_kept(db: DeskDatabase, value: str) -> None:
    db.many("INSERT INTO sync_state(key, value) VALUES(?,?)", [("enrolment", value), ("peers", value)])
    assert enrolment_state.get(db) is None
    assert peer_state.held_by(db, KID) == {}
