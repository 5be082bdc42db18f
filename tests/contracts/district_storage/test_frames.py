"""What both storages of the district promise of frames: the same suite against SQLite and PostgreSQL."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desk_app.district.storage import (
    frames,
    logs,
    quarantine,
)
from desk_app.domain.history import moved
from desk_app.protocol.keys import Keys
from desk_app.protocol.messages import Code
from tests.kit.district.stored_logs import AT, Log, apply, fail_after, held, row


def test_frames_in_any_overlap_make_the_log_once_and_in_order(storage):
    log = Log()
    log.write(*["received", "printed", "step"] * 7)
    assert apply(storage, log.incoming(1, 8)) == [Code.OK]
    assert apply(storage, log.incoming(5, 12), log.incoming(13, 13), log.incoming(2, 21)) == [Code.OK] * 3
    assert apply(storage, log.incoming(1, 8), log.incoming(4, 21)) == [Code.DUP, Code.DUP]
    assert held(storage, log.name) == log.bodies
    kept = row(storage, log.name)
    assert (kept.seq, kept.head, kept.receptions, kept.lamport) == (21, log.heads[-1], 7, 21)
    assert (kept.scope, kept.kid, kept.is_open) == ("H61.37", log.keys.kid, False)


def test_a_gap_keeps_nothing_not_even_the_log(storage):
    log = Log()
    log.write(*["received"] * 5)
    assert apply(storage, log.incoming(3, 5)) == [Code.GAP]
    assert row(storage, log.name) is None


def test_many_logs_are_kept_by_one_transaction(storage):
    several = [Log() for _ in range(20)]
    for log in several:
        log.write("received", "printed")
    assert apply(storage, *(log.incoming(1, 2) for log in several)) == [Code.OK] * 20
    with storage.reading() as session:
        every = logs.every(session)
    assert {log.log for log in every} == {log.name for log in several}
    assert sorted(log.n for log in every) == list(range(1, 21))


def test_another_past_of_a_log_is_set_aside_verbatim_and_once(storage):
    log = Log()
    log.write("received", "printed", "step")
    apply(storage, log.incoming(1, 3))
    other = Log(keys=log.keys, name=log.name, bodies=log.bodies[:2])
    other.write("settled", "corrected")
    assert apply(storage, other.incoming(3, 4), other.incoming(3, 4)) == [Code.FORK, Code.FORK]
    with storage.reading() as session:
        (kept,) = quarantine.waiting(session)
        assert quarantine.counts(session) == {log.keys.kid: 1}
    assert (kept.reason, kept.first, kept.last, kept.signature) == ("FORK", 3, 4, other.batch(3, 4).signature)
    assert kept.bodies() == other.bodies[2:]
    assert held(storage, log.name) == log.bodies


def test_nobody_continues_another_ones_log(storage):
    log, thief = Log(), Log()
    log.write("received", "printed")
    apply(storage, log.incoming(1, 1))
    stolen = Log(keys=thief.keys, name=log.name, bodies=log.bodies)
    assert apply(storage, stolen.incoming(2, 2)) == [Code.NOT_OWNER]
    assert held(storage, log.name) == log.bodies[:1]


def test_moved_events_that_another_desk_has_brought_are_no_quarrel(storage):
    """Two desks carry the same events on in the log that the first event names; only more than that is refused."""
    log, other = Log(), Log()
    log.write("received", "printed", "step")
    name = moved.log_of(log.bodies[0])
    first = Log(keys=log.keys, name=name, bodies=log.bodies[:2])
    second = Log(keys=other.keys, name=name, bodies=log.bodies)
    assert apply(storage, first.incoming(1, 2), second.incoming(1, 2)) == [Code.OK, Code.DUP]
    assert apply(storage, second.incoming(1, 3)) == [Code.NOT_OWNER]
    with storage.reading() as session:
        assert [kept.reason for kept in quarantine.waiting(session)] == ["NOT_OWNER"]
    assert held(storage, name) == log.bodies[:2]


def test_a_batch_signed_by_another_key_keeps_nothing(storage):
    log = Log()
    log.write("received")
    assert apply(storage, log.incoming(1, 1, author=Keys.new().public)) == [Code.BAD_SIGNATURE]
    assert row(storage, log.name) is None


def test_a_revoked_devices_frames_are_set_aside_not_taken(storage):
    log = Log()
    log.write("received")
    assert apply(storage, log.incoming(1, 1, verdict=Code.REVOKED)) == [Code.REVOKED]
    assert row(storage, log.name) is None
    with storage.writing() as session:
        (kept,) = quarantine.waiting(session)
        assert quarantine.settle(session, kept.digest, at=AT)
        assert not quarantine.settle(session, kept.digest, at=AT)
        assert quarantine.waiting(session) == []


def test_a_device_cannot_fill_the_quarantine(storage, monkeypatch):
    monkeypatch.setattr(quarantine, "MOST_BYTES", 2000)
    log = Log()
    log.write(*["received"] * 100)
    apply(storage, *(log.incoming(n, n, verdict=Code.REVOKED) for n in range(1, 101)))
    with storage.reading() as session:
        kept = quarantine.waiting(session)
    assert 0 < len(kept) < 100
    assert sum(len(one.z) for one in kept) <= 2000


def test_a_failure_in_the_middle_keeps_nothing_of_the_transaction(storage):
    log = Log()
    log.write("received", "printed")
    with pytest.raises(ZeroDivisionError), storage.writing() as session:
        fail_after(frames.apply(session, [log.incoming(1, 2)], at=AT))
    assert row(storage, log.name) is None
    assert held(storage, log.name) == []
    assert apply(storage, log.incoming(1, 2)) == [Code.OK]


def test_the_hash_at_every_number_is_that_of_the_chain(storage):
    log = Log()
    log.write(*["step"] * 9)
    apply(storage, log.incoming(1, 4), log.incoming(5, 9))
    with storage.reading() as session:
        assert [logs.hash_at(session, log.name, seq) for seq in range(11)] == [*log.heads, None]


def test_frames_wait_to_be_projected_in_the_order_they_came(storage):
    log = Log()
    log.write(*["step"] * 6)
    apply(storage, log.incoming(1, 2), log.incoming(3, 4))
    apply(storage, log.incoming(5, 6))
    with storage.reading() as session:
        assert [frame.first for frame in logs.unprojected(session, most=10)] == [1, 3, 5]


def test_what_a_backup_covers_never_goes_down(storage):
    log = Log()
    log.write(*["step"] * 6)
    apply(storage, log.incoming(1, 6))
    for number in (4, 2):
        with storage.writing() as session:
            logs.mark_safe(session, {log.name: number})
    assert row(storage, log.name).safe == 4


PIECES = st.lists(
    st.tuples(st.integers(1, 30), st.integers(1, 12), st.sampled_from(["", "", "", "other past", "other key"])),
    max_size=25,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(pieces=PIECES, together=st.integers(1, 25))
def test_whatever_comes_in_whatever_order_the_log_is_a_beginning_of_what_was_written(storage, pieces, together):
    log = Log()
    log.write(*["received", "printed", "step"] * 10)
    other = Log(keys=log.keys, name=log.name, bodies=[body.replace(b"thu", b"hai") for body in log.bodies])
    reached = 0
    incoming = []
    for first, length, wrong in pieces:
        last = min(first + length - 1, 30)
        if wrong == "other key":
            incoming.append(log.incoming(first, last, author=Keys.new().public))
        elif wrong == "other past" and first > 1:  # from the first number on it would be a log like any other
            incoming.append(other.incoming(first, last))
        else:
            incoming.append(log.incoming(first, last))
            reached = max(reached, last) if first <= reached + 1 else reached
    for at in range(0, len(incoming), together):
        apply(storage, *incoming[at : at + together])
    assert held(storage, log.name) == log.bodies[:reached]
    kept = row(storage, log.name)
    stands = (kept.seq, kept.head, kept.receptions) if kept else (0, log.heads[0], 0)
    assert stands == (reached, log.heads[reached], (reached + 2) // 3)
