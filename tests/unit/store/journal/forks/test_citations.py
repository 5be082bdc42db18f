"""Whom an event cites after an event had to move to another place."""

from __future__ import annotations

import pytest

from desk_app.domain.dossiers.events import Corrected, Printed, StepTaken, StepTakenBack
from desk_app.domain.history import moved
from desk_app.store.database.database import unit_of_work
from desk_app.store.journal import forks, journal, logs, redaction, seen_stamps
from desk_app.store.journal.check import check
from tests.kit.desk import books
from tests.kit.district.fork_district import copied


def test_a_citation_follows_an_event_that_had_to_move_twice(tmp_path, pair):
    db, _, district, dossier = pair
    clone, rival = copied(db, tmp_path / "clone"), copied(db, tmp_path / "rival")
    books.stepped(db, dossier, "return")
    district.exchange(db)
    first = books.written(clone, Corrected(changes={"note": "một"}), dossier=dossier)
    books.written(rival, Corrected(changes={"fields.x": "khác"}), dossier=dossier)
    district.exchange(clone)
    district.exchange(rival)
    district.exchange(rival)  # writes the log first that the clone has carried its work on in
    (moved,) = [event for event in journal.history(clone, dossier) if event.kind == "corrected"]
    assert moved.log != first.log
    books.written(clone, Corrected(changes={"note": "hai"}), dossier=dossier, seen={"note": (moved.stamp,)})
    forks.fork(clone, books.own_name(clone), 0)
    district.settled(db, clone, rival)
    assert [event.log for event in journal.history(clone, dossier) if event.at == first.at] != [moved.log]
    for one in (db, clone, rival):
        assert journal.dossier(one, dossier).note == "hai"
        assert journal.dossier(one, dossier).conflicts == {}
    clone.close()
    rival.close()


def citing(db, dossier, event):
    """A correction of the note that has seen this event."""
    return books.written(db, Corrected(changes={"note": "sau"}), dossier=dossier, seen={"note": (event.stamp,)})


def cited(db, event):
    """What that correction cites, wherever it stands by now."""
    (found,) = [
        one for one in journal.history(db, event.dossier) if (one.lamport, one.seen != {}) == (event.lamport, True)
    ]
    return found.seen["note"]


def test_an_event_that_moves_twice_is_cited_where_it_is_at_last(pair):
    _, backup, _, dossier = pair
    first = books.written(backup, Corrected(changes={"note": "một"}), dossier=dossier)
    log = bytes.fromhex(first.log)
    between = moved.log_of(books.bodies(backup, log)[-1][1].encode())
    forks.fork(backup, log, 3)
    forks.reconcile(backup, log, 3)
    forks.fork(backup, between, 0)
    with unit_of_work(backup):  # the log of its name has other content by now, of which only the hole is left
        digest = bytes(32)
        redaction.redact(backup, between, 1, digest)
        backup.execute("UPDATE log SET author = x'00' WHERE name = ?", (between,))
    forks.reconcile(backup, between, 0)
    last = moved.next_log(between)
    moves = seen_stamps.moves(backup)
    assert moves[first.stamp].stamp == (first.lamport, last.hex()[:8])
    assert moves[first.stamp] == moves[first.lamport, between.hex()[:8]]


def test_who_has_seen_a_clones_event_of_the_same_stamp_goes_on_citing_that(pair):
    db, backup, district, dossier = pair
    theirs = books.written(db, Corrected(changes={"note": "bên kia"}), dossier=dossier)
    district.exchange(db)
    ours = books.written(backup, Corrected(changes={"note": "bên này"}), dossier=dossier)
    assert ours.stamp == theirs.stamp
    district.exchange(backup)
    late = citing(backup, dossier, theirs)
    log = books.own_name(backup)
    forks.fork(backup, log, 0)
    forks.reconcile(backup, log, 0)
    assert cited(backup, late) == (theirs.stamp,)


def test_who_has_seen_both_of_one_stamp_cites_both_when_one_has_moved(pair):
    db, backup, district, dossier = pair
    theirs = books.written(db, Corrected(changes={"note": "bên kia"}), dossier=dossier)
    books.written(db, Printed(papers=("slip",)), dossier=dossier)
    district.exchange(db)
    ours = books.written(backup, Corrected(changes={"note": "bên này"}), dossier=dossier)
    district.exchange(backup, most=1)
    late = citing(backup, dossier, ours)
    district.settled(backup)
    (now,) = [
        event
        for event in journal.history(backup, dossier)
        if event.kind == "corrected" and event.at == ours.at and event.payload == ours.payload
    ]
    assert moved.is_log(bytes.fromhex(now.log))
    assert cited(backup, late) == (theirs.stamp, now.stamp)
    assert journal.dossier(backup, dossier).conflicts == {}


def test_what_was_confirmed_behind_the_parting_is_confirmed_no_more(pair):
    db, _, _, _ = pair
    log = books.own_name(db)
    logs.put_checkpoint(db, log, 1, b"eins")
    logs.put_checkpoint(db, log, 3, b"drei")
    forks.fork(db, log, 1)
    assert (logs.standing(db, log).confirmed, logs.standing(db, log).seq) == (1, 1)
    assert logs.counts(db) == logs.LogCounts(events=1, receptions=1, confirmed_events=1, confirmed_receptions=1)
    assert logs.checkpoints(db, log, after=0) == [(1, b"eins")]
    forks.fork(db, log, 0)
    assert logs.counts(db) == logs.LogCounts(events=0, receptions=0, confirmed_events=0, confirmed_receptions=0)
    assert check(db).problems == ()


@pytest.mark.parametrize("is_aside", [False, True])
def test_a_step_taken_back_stays_taken_back_when_both_had_to_move(pair, is_aside):
    """What is taken back is cited by name ("step" in `seen`); the citation follows the step to its new log."""
    db, backup, district, dossier = pair
    books.written(db, Printed(papers=("slip",)), dossier=dossier, at=9)
    district.exchange(db)
    before = journal.dossier(db, dossier).status
    step = books.written(backup, StepTaken(action="return"), dossier=dossier, at=20)
    if is_aside:
        district.exchange(backup, most=0)
    back = StepTakenBack(reason="Bấm nhầm")
    books.written(backup, back, dossier=dossier, at=21, seen={"step": (step.stamp,)})
    district.settled(backup, db)
    for one in (db, backup):
        history = journal.history(one, dossier)
        (now,) = [event for event in history if event.at == step.at]
        (taken,) = [event for event in history if event.payload == back]
        assert now.stamp != step.stamp
        assert taken.seen["step"] == (now.stamp,)
        assert journal.dossier(one, dossier).status == before
        assert journal.dossier(one, dossier).taken_back == (now.stamp,)
        assert check(one).problems == ()
