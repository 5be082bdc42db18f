"""What a round does next, for every way in which two copies of a log can stand to each other."""

from __future__ import annotations

import hashlib

from hypothesis import given
from hypothesis import strategies as st

from desk_app.protocol.event_body import first_hash
from desk_app.protocol.messages import Held, Receipt
from desk_app.store.journal.logs import CLOSED, OPEN, OTHERS, LogPosition
from desk_app.sync.rounds.plan import Fork, Plan, Send, plan

ME, SOMEBODY = b"my keys!", b"somebody"
OWN, OLD, THEIRS = b"o" * 16, b"p" * 16, b"t" * 16


def digest(log: bytes, seq: int, branch: str = "") -> bytes:
    """The hash of a log at a number, in one of its histories."""
    return hashlib.sha256(log + bytes([seq]) + branch.encode()).digest() if seq else first_hash(log)


def standing(log: bytes, seq: int, *, own: int = OPEN, confirmed: int = 0, author: bytes | None = ME) -> LogPosition:
    return LogPosition(log=log, author=author, own=own, seq=seq, head=digest(log, seq), confirmed=confirmed, safe=0)


def planned(*mine: LogPosition, theirs: dict[bytes, int], live: bool = True, parted: int = 99) -> Plan:
    """The plan where the district's copies end at `theirs` and differ from `parted` on; told was what stands here."""
    told = {one.log: (one.seq, one.head[:8]) for one in mine if one.seq}
    ends = {one.log: one.seq for one in mine}

    def over_there(log: bytes, seq: int) -> bytes:
        return digest(log, seq, "other" if seq >= parted else "")

    logs = {}
    for log, seq in theirs.items():
        ours = told.get(log, (0, b""))[0]
        at_yours = over_there(log, ours)[:8] if log in told and ours <= seq else b""
        logs[log] = Held(seq, over_there(log, seq)[:8], at_yours)
    return plan(
        mine,
        Receipt(nonce=b"n" * 12, logs=logs),
        me=ME,
        told=told,
        hash_at=lambda log, seq: digest(log, seq) if seq <= ends[log] else None,
        live=live,
    )


def test_what_the_district_lacks_of_the_own_log_is_sent() -> None:
    found = planned(standing(OWN, 9, confirmed=4), theirs={OWN: 4})
    assert found.send == (Send(OWN, 4, is_relay=False),)
    assert dict(found.confirmed) == {OWN: 4}
    assert not found.behind and not found.forks


def test_where_nothing_is_lacking_the_round_is_over() -> None:
    found = planned(standing(OWN, 9), standing(THEIRS, 5, own=OTHERS, author=SOMEBODY), theirs={OWN: 9, THEIRS: 5})
    assert found.is_done
    assert dict(found.confirmed) == {OWN: 9, THEIRS: 5}


def test_a_log_that_the_district_never_saw_is_sent_from_the_beginning() -> None:
    assert planned(standing(OWN, 3), theirs={}).send == (Send(OWN, 0, is_relay=False),)


def test_a_district_that_was_restored_is_sent_what_it_lost() -> None:
    found = planned(standing(OWN, 9, confirmed=9), theirs={OWN: 2})
    assert found.send == (Send(OWN, 2, is_relay=False),)
    assert found.confirmed[OWN] == 2
    assert not found.forks


def test_a_district_that_was_restored_is_sent_colleagues_work_and_its_own_behind_ours() -> None:
    found = planned(standing(THEIRS, 7, own=OTHERS, author=SOMEBODY), standing(OWN, 9), theirs={OWN: 1, THEIRS: 3})
    assert found.send == (Send(OWN, 1, is_relay=False), Send(THEIRS, 3, is_relay=True))


def test_what_others_wrote_beyond_ours_is_asked_for() -> None:
    assert planned(standing(THEIRS, 3, own=OTHERS, author=SOMEBODY), theirs={THEIRS: 8}).behind
    assert planned(theirs={THEIRS: 8}).behind
    assert planned(theirs={THEIRS: 0}).is_done


def test_a_longer_own_log_over_there_is_a_restored_or_cloned_desk() -> None:
    found = planned(standing(OWN, 5, confirmed=5), theirs={OWN: 9})
    assert found.forks == (Fork(OWN, 5),)
    assert OWN not in found.confirmed
    assert not found.send


def test_a_longer_own_log_with_another_history_parts_where_it_was_confirmed() -> None:
    found = planned(standing(OWN, 7, confirmed=5), theirs={OWN: 9}, parted=6)
    assert found.forks == (Fork(OWN, 5),)


def test_an_own_log_with_another_history_parts_where_it_was_confirmed() -> None:
    found = planned(standing(OWN, 9, confirmed=5), theirs={OWN: 7}, parted=6)
    assert found.forks == (Fork(OWN, 5),)


def test_when_what_was_confirmed_is_not_there_any_more_the_whole_log_is_taken_anew() -> None:
    assert planned(standing(OWN, 9, confirmed=7), theirs={OWN: 7}, parted=6).forks == (Fork(OWN, 0),)
    assert planned(standing(OWN, 5, own=CLOSED, confirmed=5), theirs={OWN: 9}, parted=4).forks == (Fork(OWN, 0),)


def test_a_closed_log_is_filled_from_the_district() -> None:
    found = planned(standing(OLD, 5, own=CLOSED, confirmed=5), standing(OWN, 0), theirs={OLD: 9})
    assert found.behind
    assert not found.forks
    assert found.confirmed[OLD] == 5


def test_a_closed_log_goes_before_the_open_one() -> None:
    found = planned(standing(OWN, 2), standing(OLD, 5, own=CLOSED), theirs={})
    assert [send.log for send in found.send] == [OLD, OWN]


def test_a_colleagues_log_with_another_history_is_taken_anew() -> None:
    found = planned(standing(THEIRS, 5, own=OTHERS, author=SOMEBODY, confirmed=2), theirs={THEIRS: 4}, parted=3)
    assert found.forks == (Fork(THEIRS, 2),)


def test_an_old_receipt_from_a_stick_confirms_and_sends_nothing() -> None:
    found = planned(standing(OWN, 9, confirmed=7), theirs={OWN: 4}, live=False)
    assert found.is_done
    assert dict(found.confirmed) == {OWN: 4}


def test_a_receipt_from_a_stick_shows_a_fork() -> None:
    assert planned(standing(OWN, 5, confirmed=2), theirs={OWN: 4}, parted=3, live=False).forks == (Fork(OWN, 2),)


def test_a_log_that_was_parted_from_since_the_question_is_not_parted_from_again() -> None:
    receipt = Receipt(nonce=b"n" * 12, logs={OLD: Held(9, digest(OLD, 9, "other")[:8], digest(OLD, 7, "other")[:8])})
    found = plan(
        [standing(OLD, 5, own=CLOSED, confirmed=5)],
        receipt,
        me=ME,
        told={OLD: (7, digest(OLD, 7)[:8])},
        hash_at=lambda log, seq: digest(log, seq) if seq <= 5 else None,
        live=False,
    )
    assert found.behind
    assert not found.forks
    assert OLD not in found.confirmed


def test_events_written_while_the_question_was_away_part_where_the_question_said() -> None:
    told = {OWN: (5, digest(OWN, 5)[:8])}
    held = Held(9, digest(OWN, 9, "other")[:8], digest(OWN, 5)[:8])
    found = plan(
        [standing(OWN, 6, confirmed=2)],
        Receipt(nonce=b"n" * 12, logs={OWN: held}),
        me=ME,
        told=told,
        hash_at=lambda log, seq: digest(log, seq) if seq <= 6 else None,
        live=True,
    )
    assert found.forks == (Fork(OWN, 5),)


def test_a_desk_that_was_enrolled_anew_moves_what_the_district_lacks_to_a_log_it_can_sign() -> None:
    found = planned(standing(OWN, 9, author=b"my old k"), theirs={OWN: 4})
    assert found.forks == (Fork(OWN, 4),)
    found = planned(standing(OWN, 4, author=b"my old k"), theirs={OWN: 4})
    assert found.forks == (Fork(OWN, 4),)
    found = planned(standing(OLD, 4, own=CLOSED, author=b"my old k"), theirs={OLD: 4})
    assert found.is_done


logs = st.sampled_from([OWN, OLD, THEIRS])


@given(
    seqs=st.dictionaries(logs, st.integers(0, 12)),
    held=st.dictionaries(logs, st.integers(0, 12)),
    confirmed=st.integers(0, 12),
    parted=st.integers(1, 13),
    live=st.booleans(),
)
def test_nothing_is_confirmed_beyond_what_both_hold_alike(seqs, held, confirmed, parted, live) -> None:
    mine = [
        standing(log, seq, own={OWN: OPEN, OLD: CLOSED, THEIRS: OTHERS}[log], confirmed=min(confirmed, seq))
        for log, seq in seqs.items()
    ]
    found = planned(*mine, theirs=held, parted=parted, live=live)
    alike = {log: min(seq, held.get(log, 0), parted - 1) for log, seq in seqs.items()}
    assert all(seq <= alike[log] for log, seq in found.confirmed.items())
    assert all(send.after <= alike[send.log] for send in found.send)
    assert {fork.log for fork in found.forks}.isdisjoint(found.confirmed)
    for fork in found.forks:
        assert held.get(fork.log, 0) > seqs[fork.log] or alike[fork.log] < min(seqs[fork.log], held[fork.log])
    for log, seq in seqs.items():
        if live and log not in found.confirmed:
            assert log in {fork.log for fork in found.forks}
        if live and held.get(log, 0) < seq and log in found.confirmed:
            assert log in {send.log for send in found.send}
