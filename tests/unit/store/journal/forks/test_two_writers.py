"""Two machines that write as one desk: each line there once, and what was written beside the district goes on."""

from __future__ import annotations

from collections import Counter

from desk_app.domain.dossiers.events import Corrected, Printed
from desk_app.domain.history import moved
from desk_app.protocol.event_body import next_hash
from desk_app.store.database.database import unit_of_work
from desk_app.store.journal import forks, journal, logs, redaction
from desk_app.store.journal.check import check
from desk_app.store.journal.rebuild import rebuild
from tests.kit.desk import books
from tests.kit.district.fork_district import copied, lines


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
