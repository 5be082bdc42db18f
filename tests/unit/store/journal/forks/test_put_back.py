"""A desk put back from a backup: its later work comes back, what it did meanwhile goes on in a new log."""

from __future__ import annotations

from collections import Counter

import pytest

from desk_app.domain.dossiers.events import Corrected, Printed
from desk_app.domain.dossiers.steps import Status
from desk_app.errors import ForkedLogError
from desk_app.store.database.database import IntegrityError, unit_of_work
from desk_app.store.database.head_file import read_head
from desk_app.store.journal import forks, journal, logs
from desk_app.store.journal.check import check
from desk_app.store.journal.rebuild import rebuild
from tests.kit.desk import books
from tests.kit.district.fork_district import copied, lines


def test_a_desk_put_back_gets_its_later_work_from_the_district_and_goes_on_in_a_new_log(pair):
    db, backup, district, dossier = pair
    books.stepped(db, dossier, "return")
    later = books.received(db, 2)
    district.exchange(db)
    old = books.own_name(backup)
    district.exchange(backup)
    assert books.own_name(backup) != old
    assert logs.standing(backup, old).own == logs.CLOSED
    assert journal.dossier(backup, dossier) == journal.dossier(db, dossier)
    assert journal.dossier(backup, later) == journal.dossier(db, later)
    assert check(backup).problems == ()


def test_what_a_restored_desk_did_before_it_noticed_is_appended_to_its_new_log(pair):
    db, backup, district, dossier = pair
    books.stepped(db, dossier, "return")
    district.exchange(db)
    mine = books.written(backup, Printed(papers=("slip",)), dossier=dossier, at=7)
    old = books.own_name(backup)
    district.exchange(backup)
    kinds = Counter(event.kind for event in journal.history(backup, dossier))
    assert kinds == {"received": 1, "step": 3, "printed": 1}
    (again,) = [event for event in journal.history(backup, dossier) if event.kind == "printed"]
    assert (again.lamport, again.at, again.payload) == (mine.lamport, mine.at, mine.payload)
    assert again.log != old.hex()
    assert forks.orphans_waiting(backup) == 0
    district.settled(db, backup)
    assert sorted(lines(db)) == sorted(lines(backup))
    assert max(Counter(lines(db)).values()) == 1
    for one in (db, backup):
        assert check(one).problems == ()


def test_until_the_old_log_is_here_what_stands_aside_still_counts(pair):
    _, backup, _, dossier = pair
    new = books.received(backup, 7, name="Trần Văn Mẫu")
    books.stepped(backup, dossier, "return")
    before = books.projections(backup)
    assert forks.fork(backup, books.own_name(backup), 3) == 2
    assert forks.orphans_waiting(backup) == 2
    assert journal.dossier(backup, dossier).status is Status.RETURNED
    assert journal.dossier(backup, new).applicant.full_name == "Trần Văn Mẫu"
    assert books.projections(backup) == before
    rebuild(backup)
    assert books.projections(backup) == before
    assert check(backup).problems == ()
    assert logs.waiting(backup) == logs.Waiting(2, 1)


def test_an_event_that_stands_aside_keeps_its_number_whatever_comes_in_between(pair):
    _, backup, district, _dossier = pair
    mine = books.received(backup, 7)
    ((row,),) = backup.all("SELECT id FROM dossier WHERE dossier = ?", (mine,))
    log = books.own_name(backup)
    forks.fork(backup, log, 3)
    between = books.received(backup, 8)
    assert forks.reconcile(backup, log, 3) == 1
    assert backup.all("SELECT id FROM dossier WHERE dossier = ?", (mine,)) == [(row,)]
    assert backup.one("SELECT id FROM dossier WHERE dossier = ?", (between,)) != (row,)
    district.exchange(backup)
    assert check(backup).problems == ()


def test_nothing_is_appended_anew_before_the_whole_copy_is_here(pair):
    db, backup, district, dossier = pair
    for number in range(4):
        books.written(db, Printed(papers=("slip",)), dossier=dossier, at=100 + number)
    district.exchange(db)
    books.written(backup, Printed(papers=("slip",)), dossier=dossier, at=7)
    log = books.own_name(backup)
    forks.fork(backup, log, 3)
    assert forks.reconcile(backup, log, 7) == 0
    with unit_of_work(backup):
        journal.absorb(backup, log, [(4, district.logs[log][3][0])])
    assert forks.reconcile(backup, log, 7) == 0
    assert forks.orphans_waiting(backup) == 1
    district.exchange(backup)
    assert forks.orphans_waiting(backup) == 0


def test_work_sent_after_the_backup_was_taken_finds_its_place_again(tmp_path, pair):
    """The backup held it unsent; the district's copy has it: it is neither lost nor there twice."""
    db, _, district, dossier = pair
    books.stepped(db, dossier, "return")
    late = copied(db, tmp_path / "late")
    ((row, number),) = late.all("SELECT n, seq FROM event WHERE seq = 4")
    books.written(db, Printed(papers=("slip",)), dossier=dossier, at=9)
    district.exchange(db)
    forks.fork(late, books.own_name(late), 3)
    district.exchange(late)
    assert late.all("SELECT n, seq FROM event WHERE seq = 4") == [(row, number)]
    assert sorted(lines(late)) == sorted(lines(db))
    assert journal.dossier(late, dossier) == journal.dossier(db, dossier)
    assert check(late).problems == ()
    late.close()


def test_a_correction_that_moves_with_the_value_it_replaced_makes_no_conflict(pair):
    db, backup, district, dossier = pair
    books.stepped(db, dossier, "return")
    district.exchange(db)
    first = books.written(backup, Corrected(changes={"note": "một"}), dossier=dossier)
    second = books.written(backup, Corrected(changes={"note": "hai"}), dossier=dossier, seen={"note": (first.stamp,)})
    district.exchange(backup)
    assert first.stamp[1] == second.stamp[1] != journal.history(backup, dossier)[-1].log[:8]
    assert journal.dossier(backup, dossier).conflicts == {}
    district.settled(db, backup)
    assert journal.dossier(db, dossier).note == "hai"
    assert journal.dossier(db, dossier).conflicts == {}


def test_a_correction_made_while_its_value_stands_aside_makes_no_conflict(pair):
    db, backup, district, dossier = pair
    books.stepped(db, dossier, "return")
    district.exchange(db)
    first = books.written(backup, Corrected(changes={"note": "một"}), dossier=dossier)
    district.exchange(backup, most=0)
    books.written(backup, Corrected(changes={"note": "hai"}), dossier=dossier, seen={"note": (first.stamp,)})
    district.settled(backup, db)
    for one in (db, backup):
        assert journal.dossier(one, dossier).note == "hai"
        assert journal.dossier(one, dossier).conflicts == {}


def test_a_closed_log_takes_nothing_that_its_chain_does_not_carry_on(pair):
    db, _, _, _dossier = pair
    log = books.own_name(db)
    forks.fork(db, log, 2)
    with unit_of_work(db):
        assert journal.absorb(db, log, [(1, "anything")] and books.bodies(db, log)).new == 0
    with pytest.raises(ForkedLogError), unit_of_work(db):
        journal.absorb(db, log, [(2, books.bodies(db, log)[0][1])])


def test_a_log_closed_is_followed_by_a_new_one_whose_head_is_noted(pair):
    db, _, _, dossier = pair
    old = books.own_name(db)
    forks.close_own_log(db)
    new = books.own_name(db)
    assert new != old
    assert read_head(db.path.parent).log == new.hex()
    assert read_head(db.path.parent).seq == 0
    assert books.written(db, Printed(papers=("slip",)), dossier=dossier).seq == 1
    assert check(db).problems == ()


def test_events_aside_are_kept_for_ever_and_only_they_may_leave_their_place(pair):
    _, backup, _, dossier = pair
    books.stepped(backup, dossier, "return")
    log = books.own_name(backup)
    forks.fork(backup, log, 3)
    for sql in ("DELETE FROM orphan", "UPDATE orphan SET body = 'x'", "DELETE FROM event", "UPDATE orphan SET n = 77"):
        with pytest.raises(IntegrityError):
            backup.execute(sql)
    forks.reconcile(backup, log, 3)
    assert backup.one("SELECT settled FROM orphan") == (2,)
    for sql in ("DELETE FROM event WHERE n = 4", "UPDATE orphan SET settled = 0"):
        with pytest.raises(IntegrityError):
            backup.execute(sql)


def test_a_fork_or_a_reconciliation_that_fails_half_way_changes_nothing(pair):
    _, backup, district, dossier = pair
    books.stepped(backup, dossier, "return")
    log = books.own_name(backup)
    before, head = logs.standings(backup), read_head(backup.path.parent)
    with pytest.raises(ZeroDivisionError):
        books.fail_after(backup, lambda: forks.fork(backup, log, 3))
    assert (logs.standings(backup), read_head(backup.path.parent)) == (before, head)
    forks.fork(backup, log, 3)
    before, rows = logs.standings(backup), books.projections(backup)
    with pytest.raises(ZeroDivisionError):
        books.fail_after(backup, lambda: forks.reconcile(backup, log, 3))
    assert (logs.standings(backup), books.projections(backup)) == (before, rows)
    assert forks.orphans_waiting(backup) == 1
    assert books.own_name(backup).hex() == read_head(backup.path.parent).log
    district.settled(backup)
    assert check(backup).problems == ()
