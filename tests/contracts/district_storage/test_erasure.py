"""Both storages: what was erased leaves a hole that nobody fills and nobody moves."""

from __future__ import annotations

from desk_app.district.storage import (
    logs,
    redactions,
)
from desk_app.district.storage.redactions import Redaction
from desk_app.protocol.event_body import hole
from desk_app.protocol.messages import Code
from tests.kit.district.stored_logs import AT, Log, apply, erase, held, row


def test_an_erased_body_leaves_a_hole_and_the_chain_holds(storage):
    log = Log()
    log.write("received", "printed", "received", "step")
    apply(storage, log.incoming(1, 3))
    assert erase(storage, log, 3)
    assert not erase(storage, log, 3)
    assert held(storage, log.name) == [*log.bodies[:2], hole(log.heads[3])]
    assert row(storage, log.name).receptions == 1
    assert apply(storage, log.incoming(3, 4)) == [Code.OK]
    with storage.reading() as session:
        assert logs.hash_at(session, log.name, 3) == log.heads[3]


def test_a_body_that_comes_after_its_erasure_is_never_kept(storage):
    log = Log()
    log.write("received", "received", "printed")
    assert not erase(storage, log, 2)
    assert apply(storage, log.incoming(1, 3)) == [Code.OK]
    assert held(storage, log.name) == [log.bodies[0], hole(log.heads[2]), log.bodies[2]]
    assert row(storage, log.name).receptions == 1


def test_nobody_changes_what_stands_in_front_of_a_hole(storage):
    log = Log()
    log.write("received", "printed")
    heads, genuine = log.heads, log.bodies[0]
    decree = Redaction(log=log.name, seq=2, hash=heads[2], before=heads[1], reason="thử", at=AT)
    with storage.writing() as session:
        redactions.note(session, decree)
    log.bodies[1] = hole(heads[2])
    log.bodies[0] = genuine.replace(b"received", b"receivex")
    assert log.bodies[0] != genuine
    assert apply(storage, log.incoming(1, 2)) == [Code.UNNAMED_HOLE]
    log.bodies[0] = genuine
    assert apply(storage, log.incoming(1, 2)) == [Code.OK]


def test_a_hole_nobody_decreed_is_refused(storage):
    log = Log()
    log.write("received", "printed")
    heads = log.heads
    log.bodies[1] = hole(heads[2])
    assert apply(storage, log.incoming(1, 2)) == [Code.UNNAMED_HOLE]
    assert row(storage, log.name) is None
    with storage.writing() as session:
        redactions.note(session, Redaction(log=log.name, seq=2, hash=heads[2], reason="thử", at=AT))
    assert apply(storage, log.incoming(1, 2)) == [Code.OK]


def test_an_erasure_that_names_another_hash_erases_nothing(storage):
    log = Log()
    log.write("received", "printed")
    apply(storage, log.incoming(1, 2))
    with storage.writing() as session:
        assert not redactions.note(session, Redaction(log=log.name, seq=2, hash=log.heads[1], reason="thử", at=AT))
    assert held(storage, log.name) == log.bodies
