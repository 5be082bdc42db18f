"""Rows written one by one, rows made anew, and rows of another desk that saw the same events must be the same."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

from desk_app.domain.dossiers.dossier import settle
from desk_app.domain.dossiers.events import Attached, Corrected, Printed, StepTaken
from desk_app.domain.dossiers.steps import ACTIONS
from desk_app.store.database.database import unit_of_work
from desk_app.store.journal import forks, journal, logs
from desk_app.store.journal.bulk import NewEvent, load
from desk_app.store.journal.check import check
from desk_app.store.journal.rebuild import rebuild
from desk_app.store.journal.redaction import redact
from tests.kit.desk import books

NAMES = st.sampled_from(["Nguyễn Thị Thử Nghiệm", "Đặng Văn Ước", "H'Hen Niê", "Lê A", ""])
NUMBERS = st.sampled_from(["001190000001", "001190000002", "123456789", ""])
PATHS = st.sampled_from(["note", "people.applicant.full_name", "people.mother.old_id_number", "fields.x"])
# (which desk acts, on which dossier of those it knows, what it does)
DEEDS = st.lists(
    st.tuples(
        st.integers(0, 1),
        st.integers(0, 9),
        st.one_of(
            st.tuples(st.just("receive"), NAMES, NUMBERS),
            st.tuples(st.just("step"), st.sampled_from(sorted(ACTIONS))),
            st.tuples(st.just("correct"), PATHS, NAMES | NUMBERS),
            st.tuples(st.just("correct"), st.just("people.applicant.id_number"), NUMBERS),
            st.tuples(st.just("settle"), NAMES),
            st.tuples(st.just("print")),
            st.tuples(st.just("exchange")),
            st.tuples(st.just("erase"), st.integers(1, 12)),
            st.tuples(st.just("fork"), st.integers(0, 6)),
            st.tuples(st.just("attach")),
        ),
    ),
    max_size=25,
)


def _known(db):
    return [dossier for (dossier,) in db.all("SELECT DISTINCT dossier FROM dossier ORDER BY dossier")]


def _exchange(desks):
    for giver, taker in (desks, desks[::-1]):
        for one in logs.standings(giver):
            if one.own != logs.OTHERS:
                with unit_of_work(taker):
                    journal.absorb(taker, one.log, books.bodies(giver, one.log))


def _do(desks, number, deed):
    who, which, (what, *how) = deed
    db = desks[who]
    if what == "exchange":
        _exchange(desks)
        return
    if what in ("erase", "fork"):
        _part(desks, db, what, how[0])
        return
    if what == "receive":
        name, id_number = how
        books.received(db, number + 2000 * who + 1, name=name, id_number=id_number)
        return
    known = _known(db)
    if not known:
        return
    dossier = known[which % len(known)]
    now = journal.dossier(db, dossier)
    if what == "step":
        books.written(db, StepTaken(action=how[0], reason="thử", due_at=books.NOON + number), dossier=dossier)
    elif what == "correct":  # whatever the rules here say: another desk's program may have others
        path, value = how
        seen = {path: tuple(tip.stamp for tip in now.tips.get(path, ()))}
        books.written(db, Corrected(changes={path: value}), dossier=dossier, seen=seen)
    elif what == "settle" and now.conflicts:
        event, seen = settle(now, min(now.conflicts), how[0])
        books.written(db, event, dossier=dossier, seen=seen)
    elif what == "attach":
        books.written(db, Attached(sha=f"{number:064d}", size=1, type="image/png", name="x.png"), dossier=dossier)
    elif what == "print":
        books.written(db, Printed(papers=("slip",)), dossier=dossier)


def _part(desks, db, what, seq):
    """An event is erased everywhere; or what stands behind it is set aside, and every other time carried on."""
    log = books.own_name(db)
    if what == "fork":
        standing = logs.standing(db, log)
        if not any(logs.standing(other, log) for other in desks if other is not db):
            forks.fork(db, log, seq)
            if seq % 2:
                forks.reconcile(db, log, min(seq, standing.seq))
        return
    digest = logs.hash_at(db, log, seq)
    for one in desks:
        redact(one, log, seq, digest or bytes(32))


@given(deeds=DEEDS)
def test_rows_made_anew_are_the_rows_that_were_there(deeds):
    with TemporaryDirectory() as folder:
        desks = (books.made(Path(folder) / "one"), books.made(Path(folder) / "two"))
        for number, deed in enumerate(deeds):
            _do(desks, number, deed)
        for db in desks:
            before = books.projections(db)
            assert check(db).problems == ()
            rebuild(db)
            assert books.projections(db) == before
            assert check(db).problems == ()
        for db in desks:
            for one in logs.standings(db):
                forks.reconcile(db, one.log, one.seq)
        _exchange(desks)
        folded = [{dossier: journal.dossier(db, dossier) for dossier in _known(db)} for db in desks]
        assert folded[0] == folded[1]
        for db in desks:
            db.close()


def test_a_desk_filled_at_once_is_the_desk_filled_one_by_one(tmp_path):
    ids = [f"{number:016d}" for number in range(40)]
    one, whole = books.made(tmp_path / "one"), books.made(tmp_path / "whole")
    name = books.own_name(one)
    with unit_of_work(whole):
        whole.execute(
            "INSERT INTO log(id, name, is_own, head, last_seq, lamport) VALUES(1, ?, 1, ?, 0, 0)",
            (name, books.chain(name, [])),
        )
    events = []
    for number, dossier in enumerate(ids, 1):
        events.append((books.reception(number), dossier))
        if number % 3 == 0:
            events.append((StepTaken(action="forward"), dossier))
    for payload, dossier in events:
        books.written(one, payload, dossier=dossier)
    load(
        whole,
        (NewEvent(dossier=dossier, payload=payload, at=books.NOON, author="thu") for payload, dossier in events),
    )
    assert books.bodies(whole, name) == books.bodies(one, name)
    assert books.projections(whole) == books.projections(one)
    assert [i.name for i in whole.tools["event"].indexes] == [i.name for i in one.tools["event"].indexes]
    assert check(whole).ok
    for db in (one, whole):
        db.close()


def test_an_earlier_reception_that_comes_later_begins_the_dossier(tmp_path, db):
    """Two receptions of one dossier cannot happen at a counter, but a batch may say so; all desks must agree."""
    other = books.made(tmp_path / "other")
    dossier = "z" * 16
    books.received(db, 1)
    books.written(db, books.reception(2, name="Đến Trước"), dossier=dossier)
    books.written(other, books.reception(2001, name="Đến Sau"), dossier=dossier)
    with unit_of_work(db):
        journal.absorb(db, books.own_name(other), books.bodies(other, books.own_name(other)))
    assert db.all("SELECT applicant FROM dossier WHERE dossier = ?", (dossier,)) == [("Đến Sau",)]
    before = books.projections(db)
    rebuild(db)
    assert books.projections(db) == before
    assert check(db).ok
    other.close()
