"""A desk put back from a backup or cloned: nothing is lost, nothing doubled, nothing called a conflict that is none."""

from __future__ import annotations

import random
import shutil
from collections import Counter

import pytest

from desk_app.domain.dossiers import moved
from desk_app.domain.dossiers.events import Corrected, Printed, StepTaken, StepTakenBack
from desk_app.domain.dossiers.steps import Status
from desk_app.errors import ForkedLogError
from desk_app.protocol.event_body import event_of, first_hash, next_hash
from desk_app.store.database.database import IntegrityError, open_database, unit_of_work
from desk_app.store.database.head_file import read_head
from desk_app.store.journal import forks, journal, logs, redaction, seen_stamps
from desk_app.store.journal.check import check
from desk_app.store.journal.rebuild import rebuild
from tests.kit.desk import books


def copied(db, folder):
    """The desk as a backup or a clone has it."""
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    folder.mkdir(parents=True)
    for name in ("desk.db", "head.json"):
        if (db.path.parent / name).exists():
            shutil.copy(db.path.parent / name, folder / name)
    return open_database(folder / "desk.db", books.KEY)


class District:
    """What a district is to this: for each log the lines it holds, and the hash after each."""

    def __init__(self):
        self.logs = {}

    def hash_at(self, log, seq):
        return self.logs[log][seq - 1][1] if seq else first_hash(log)

    def take(self, log, bodies):
        kept = self.logs.setdefault(log, [])
        for seq, body, digest in bodies:
            assert seq == len(kept) + 1
            assert next_hash(self.hash_at(log, seq - 1), body.encode()) == digest
            kept.append((body, digest))

    def exchange(self, db, *, most=10**9):
        """What an engine does in one round; `most` events come in before the line is cut."""
        for one in sorted(logs.standings(db), key=lambda one: one.own == logs.OPEN):
            held = len(self.logs.get(one.log, ()))
            common = held <= one.seq and logs.hash_at(db, one.log, held) == self.hash_at(one.log, held)
            if one.own == logs.OPEN and not common:
                alike = held > one.seq and self.hash_at(one.log, one.seq) == one.head
                forks.fork(db, one.log, one.seq if alike else min(one.confirmed, held))
            elif (
                one.own == logs.CLOSED
                and not common
                and self.hash_at(one.log, min(held, one.seq)) != logs.hash_at(db, one.log, min(held, one.seq))
            ):
                forks.fork(db, one.log, min(one.confirmed, held))
            elif common and one.own != logs.OTHERS and not self.must_wait(db, one):
                self.take(one.log, logs.bodies(db, one.log, after=held, limit_bytes=10**9))
                logs.confirm(db, one.log, one.seq)
        for log, lines in self.logs.items():
            found = logs.standing(db, log)
            new = [(seq, body) for seq, (body, _) in enumerate(lines, 1) if found is None or seq > found.seq][:most]
            most -= len(new)
            with unit_of_work(db):
                journal.absorb(db, log, new)
        for one in logs.standings(db):
            held = len(self.logs.get(one.log, ()))
            forks.reconcile(db, one.log, held)
            if one.own != logs.OTHERS and one.seq == held and one.head == self.hash_at(one.log, held):
                logs.confirm(db, one.log, held)

    def must_wait(self, db, one):
        """An own log is sent after all that it may cite, in the place where that will stay."""
        closed = [other for other in logs.standings(db) if other.own == logs.CLOSED]
        unsure = one.own == logs.OPEN and any(other.confirmed < other.seq for other in closed)
        return unsure or forks.orphans_waiting(db)

    def settled(self, *desks):
        """Exchange until nothing moves; then everybody knows everything."""
        for _ in range(20):
            before = {log: len(kept) for log, kept in self.logs.items()}
            for db in desks:
                self.exchange(db)
            if before == {log: len(kept) for log, kept in self.logs.items()} and not any(
                logs.waiting(db).events for db in desks
            ):
                return
        raise AssertionError("the desks never come to rest")


def told(body):
    """What an event says, whatever log it stands in: each event of these tests has its own moment."""
    event = event_of("", 0, body)
    return (event.kind, event.dossier, event.lamport, event.at, event.author, repr(event.payload))


def lines(db):
    return [told(body) for (body,) in db.all("SELECT body FROM event")]


@pytest.fixture
def pair(tmp_path):
    """A desk with three confirmed events of one dossier, its backup of then, and the district."""
    db = books.made(tmp_path / "desk")
    district = District()
    dossier = books.received(db, 1)
    books.stepped(db, dossier, "forward", "ready")
    district.exchange(db)
    backup = copied(db, tmp_path / "backup")
    yield db, backup, district, dossier
    db.close()
    backup.close()


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


def test_work_that_two_clones_carry_on_at_once_is_there_once(tmp_path, pair):
    db, _, district, dossier = pair
    clone = copied(db, tmp_path / "clone")
    books.stepped(db, dossier, "return")
    district.exchange(db)
    books.written(clone, Corrected(changes={"note": "chung"}), dossier=dossier)
    twin = copied(clone, tmp_path / "twin")
    books.written(clone, Printed(papers=("slip",)), dossier=dossier, at=1)
    for which, moment in ((twin, 2), (twin, 3)):
        books.written(which, Printed(papers=("slip",)), dossier=dossier, at=moment)
    for one in (clone, twin):  # neither has seen the other's when it carries its work on
        district.exchange(one)
    district.settled(db, clone, twin)
    for one in (db, clone, twin):
        assert max(Counter(lines(one)).values()) == 1
        assert journal.dossier(one, dossier).prints == {"slip": 3}
        assert journal.dossier(one, dossier).conflicts == {}
        assert check(one).problems == ()
    clone.close()
    twin.close()


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


def test_what_another_wrote_beside_the_districts_copy_stays_and_is_carried_on(tmp_path, pair):
    """A colleague's stick brought what its clone wrote; the district holds what the colleague wrote."""
    db, _, district, dossier = pair
    clone, reader = copied(db, tmp_path / "clone"), books.made(tmp_path / "reader")
    alone = books.received(clone, 8)
    with unit_of_work(reader):
        journal.absorb(reader, books.own_name(clone), books.bodies(clone, books.own_name(clone)))
    kept = books.received(db, 9)
    district.exchange(db)
    assert forks.fork(reader, books.own_name(db), 3) == 1
    assert reader.all("SELECT dossier FROM dossier ORDER BY code") == [(dossier,), (alone,)]
    assert logs.waiting(reader) == logs.Waiting(1, 1)
    assert check(reader).problems == ()
    clone.close()  # its machine burns: nobody else has the dossier
    district.settled(reader, db)
    for one in (reader, db):
        assert one.all("SELECT dossier FROM dossier ORDER BY code") == [(dossier,), (alone,), (kept,)]
        assert max(Counter(lines(one)).values()) == 1
        assert check(one).problems == ()
    assert forks.orphans_waiting(reader) == 0
    before = books.projections(reader)
    rebuild(reader)
    assert books.projections(reader) == before
    reader.close()


def test_what_two_machines_carry_on_of_one_writer_is_there_once(tmp_path, pair):
    """The writer's own copy and a colleague's come to the district one after the other."""
    db, _, district, dossier = pair
    clone, reader = copied(db, tmp_path / "clone"), books.made(tmp_path / "reader")
    books.received(clone, 8)
    second = books.written(clone, Corrected(changes={"note": "một"}), dossier=dossier)
    books.written(clone, Corrected(changes={"note": "hai"}), dossier=dossier, seen={"note": (second.stamp,)})
    with unit_of_work(reader):
        journal.absorb(reader, books.own_name(clone), books.bodies(clone, books.own_name(clone)))
    books.received(db, 9)
    district.exchange(db)
    forks.fork(reader, books.own_name(db), 3)
    district.settled(reader, clone, db)
    for one in (reader, clone, db):
        assert max(Counter(lines(one)).values()) == 1
        assert journal.dossier(one, dossier).note == "hai"
        assert journal.dossier(one, dossier).conflicts == {}
        assert check(one).problems == ()
    clone.close()
    reader.close()


def test_what_an_earlier_program_gave_up_is_carried_on_after_all(tmp_path, pair):
    """It kept the bodies of others' events that the district's copy did not have, and called them given up."""
    db, _, district, dossier = pair
    clone, reader = copied(db, tmp_path / "clone"), books.made(tmp_path / "reader")
    alone = books.received(clone, 8)
    with unit_of_work(reader):
        journal.absorb(reader, books.own_name(clone), books.bodies(clone, books.own_name(clone)))
    clone.close()
    forks.fork(reader, books.own_name(db), 3)
    reader.execute("UPDATE orphan SET settled = 3")
    assert forks.orphans_waiting(reader) == 0
    for _ in range(2):
        forks.take_up_again(reader)
        assert forks.orphans_waiting(reader) == 1
    district.settled(reader, db)
    forks.take_up_again(reader)
    assert forks.orphans_waiting(reader) == 0
    for one in (reader, db):
        assert one.all("SELECT dossier FROM dossier ORDER BY code") == [(dossier,), (alone,)]
        assert check(one).problems == ()
    reader.close()


def test_other_events_begin_a_log_of_another_name(tmp_path, pair):
    """Two clones write under the same number: what each carries on is named by what it says."""
    _, backup, _, dossier = pair
    twin = copied(backup, tmp_path / "twin")
    names = []
    for one, moment in ((backup, 1), (twin, 2)):
        books.written(one, Printed(papers=("slip",)), dossier=dossier, at=moment)
        forks.fork(one, books.own_name(one), 3)
        (log,) = [row.log for row in logs.standings(one) if row.own == logs.CLOSED]
        forks.reconcile(one, log, 3)
        names.append(journal.history(one, dossier)[-1].log)
    assert len(set(names)) == 2
    assert all(moved.is_log(bytes.fromhex(name)) for name in names)
    twin.close()


def test_what_was_erased_is_not_carried_on(pair):
    _, backup, _, dossier = pair
    event = books.written(backup, Corrected(changes={"note": "bí mật"}), dossier=dossier)
    log, body = bytes.fromhex(event.log), books.bodies(backup, bytes.fromhex(event.log))[-1][1]
    forks.fork(backup, log, 3)
    elsewhere = bytes(16)
    redaction.redact(backup, elsewhere, 1, next_hash(b"before", body.encode()), before=b"before")
    assert forks.reconcile(backup, log, 3) == 1
    assert forks.orphans_waiting(backup) == 0
    assert body not in {line for table in ("event", "orphan") for (line,) in backup.all(f"SELECT body FROM {table}")}
    assert journal.dossier(backup, dossier).note == ""
    assert check(backup).problems == ()


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


# What may happen, and how often; on at most four machines, which are two desks put back and cloned at any time.
DEEDS = {
    "correct": 30,
    "exchange": 25,
    "print": 10,
    "restore": 8,
    "backup": 8,
    "receive": 5,
    "step": 5,
    "clone": 3,
    "close": 2,
}
CUTS = (0, 1, 2, 5, 10**9, 10**9, 10**9)


class Town:
    """Desks, their backups, the district; and what each correction is known to have replaced."""

    def __init__(self, folder, chosen):
        self.folder, self.chosen, self.count = folder, chosen, 0
        self.desks = [books.made(folder / "a"), books.made(folder / "b")]
        self.backups = [None, None]
        self.district = District()
        self.replaced = {}
        self.do(1001, 0, "receive")
        self.district.settled(*self.desks)
        for who in (0, 1):
            self.do(1002, who, "backup")

    def copy(self, db):
        self.count += 1
        return copied(db, self.folder / f"copy{self.count}")

    def do(self, moment, who, what):
        db = self.desks[who]
        if what == "receive":
            books.written(db, books.reception(moment), dossier=f"{moment:016d}", at=moment)
        elif what == "exchange":
            self.district.exchange(db, most=self.chosen.choice(CUTS))
        elif what == "backup":
            self.backups[who] = self.copy(db)
        elif what == "restore" and self.backups[who] is not None:
            self.desks[who].close()
            self.desks[who] = self.copy(self.backups[who])
        elif what == "clone" and len(self.desks) < 4:
            self.desks.append(self.copy(db))
            self.backups.append(None)
        elif what == "close":
            forks.close_own_log(db)
        elif what in ("correct", "print", "step"):
            self.write(db, moment, what)

    def write(self, db, moment, what):
        known = [dossier for (dossier,) in db.all("SELECT dossier FROM dossier ORDER BY dossier LIMIT 2")]
        if not known:
            return
        dossier = self.chosen.choice(known)
        if what == "print":
            books.written(db, Printed(papers=("slip",)), dossier=dossier, at=moment)
        elif what == "step":
            books.written(db, StepTaken(action="forward"), dossier=dossier, at=moment)
        else:
            path = self.chosen.choice(("note", "fields.x"))
            tips = journal.dossier(db, dossier).tips.get(path, ())
            seen = {path: tuple(tip.stamp for tip in tips)} if tips else {}
            books.written(db, Corrected(changes={path: str(moment)}), dossier=dossier, at=moment, seen=seen)
            self.replaced[str(moment)] = {tip.value for tip in tips}

    def standing_values(self, db, dossier):
        """By path, the corrections alive that no other correction alive has seen and replaced."""
        values = {}
        for event in journal.history(db, dossier):
            if isinstance(event.payload, Corrected):
                for path, value in event.payload.changes.items():
                    values.setdefault(path, set()).add(value)
        gone = {old for all_of in values.values() for value in all_of for old in self.replaced[value]}
        return {path: all_of - gone for path, all_of in values.items()}


@pytest.mark.parametrize("seed", range(20))
def test_whatever_is_put_back_or_cloned_nothing_is_lost_doubled_or_falsely_in_conflict(tmp_path, seed):
    town = Town(tmp_path, random.Random(seed))
    for moment, what in enumerate(town.chosen.choices(list(DEEDS), list(DEEDS.values()), k=50), 1):
        who = town.chosen.randrange(len(town.desks))
        town.do(moment, who, what)
        assert check(town.desks[who], newest=9).problems == (), f"after {what} {moment}"
    alive = {line for db in town.desks for line in lines(db)}
    alive |= {told(body) for kept in town.district.logs.values() for body, _ in kept}
    alive |= {told(body) for db in town.desks for (body,) in db.all("SELECT body FROM orphan WHERE settled = 0")}
    town.district.settled(*town.desks)
    for db in town.desks:
        assert forks.orphans_waiting(db) == 0
        found = Counter(lines(db))
        assert set(found) == alive
        assert max(found.values()) == 1
        for (dossier,) in db.all("SELECT dossier FROM dossier"):
            tips = journal.dossier(db, dossier).tips
            standing = {path: {tip.value for tip in values} for path, values in tips.items()}
            assert standing == town.standing_values(db, dossier)
        before = books.projections(db)
        rebuild(db)
        assert books.projections(db) == before
        assert check(db).problems == ()
    for db in [*town.desks, *(backup for backup in town.backups if backup)]:
        db.close()


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
