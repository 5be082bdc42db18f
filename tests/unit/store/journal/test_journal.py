"""The journal: what an event leaves behind, and what is refused."""

from __future__ import annotations

import json

import pytest

from desk_app.domain.dossiers.dossier import Status, settle
from desk_app.domain.dossiers.events import Corrected, Printed, StepTaken
from desk_app.domain.dossiers.numbering import Block
from desk_app.errors import BadEventError, BusyError, CodeTakenError, ForkedLogError, LogGapError, UnknownDossierError
from desk_app.protocol.event_body import MOST_LAMPORT
from desk_app.store.database.database import FILE, IntegrityError, open_database, unit_of_work
from desk_app.store.database.head_file import read_head
from desk_app.store.journal import daily_numbers, journal
from desk_app.store.journal.check import check
from desk_app.store.queries import dossiers
from tests.kit.desk import books

OTHER = bytes(range(16))


def line(**changes):
    """A line as another desk might send it."""
    return json.dumps({"d": "x" * 16, "k": "printed", "l": 5, "t": 1, "u": "ai", "v": {}} | changes)


def test_a_body_is_one_line_of_json_with_sorted_keys_and_plain_letters(db):
    dossier = books.received(db, name="Đặng Thị Ước")
    books.written(
        db, Corrected(changes={"note": "a"}), dossier=dossier, seen={"note": ((3, "0a0b0c0d"),)}, clock_offset=90
    )
    first, second = [body for (body,) in db.all("SELECT body FROM event ORDER BY n")]
    assert "Đặng Thị Ước" in first
    assert "\n" not in first
    for body in (first, second):
        told = json.loads(body)
        assert body == json.dumps(told, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    assert json.loads(second) == {
        "b": {"note": [[3, "0a0b0c0d"]]},
        "d": dossier,
        "k": "corrected",
        "l": 2,
        "o": 90,
        "t": books.NOON,
        "u": "thu",
        "v": {"changes": {"note": "a"}},
    }


def test_columns_are_copies_of_the_body(db):
    dossier = books.received(db)
    books.written(db, Printed(papers=("slip",)), dossier=dossier, at=7, clock_offset=-3600)
    books.written(db, Printed(papers=("slip",)), dossier=dossier, at=8, clock_offset=59)
    rows = db.all("SELECT dossier, kind, lamport, at, clock_offset, author, body FROM event ORDER BY n")
    for *columns, body in rows:
        told = json.loads(body)
        assert columns == [told["d"], told["k"], told["l"], told["t"], told.get("o", 0), told["u"]]
    assert [row[4] for row in rows] == [0, -3600, 0]


def test_the_chain_is_what_anybody_can_reckon_from_the_lines(db):
    dossier = books.received(db)
    books.stepped(db, dossier, "forward", "ready")
    name = books.own_name(db)
    lines = [body for _, body in books.bodies(db, name)]
    assert db.one("SELECT head, last_seq FROM log") == (books.chain(name, lines), 3)
    assert read_head(db.path.parent).head == books.chain(name, lines).hex()


def test_an_event_read_again_is_the_event_written(db):
    dossier = journal.new_dossier_id()
    event = books.written(db, books.reception(), dossier=dossier)
    assert journal.history(db, dossier) == [event]
    assert journal.dossier(db, dossier).status is Status.RECEIVED


def test_appending_outside_a_unit_of_work_is_a_bug(db):
    with pytest.raises(RuntimeError):
        journal.append(db, books.reception(), dossier="a" * 16, at=1, author="thu")
    assert db.one("SELECT count(*) FROM event") == (0,)


def test_a_step_of_a_dossier_nobody_received_is_refused_and_leaves_nothing(db):
    with pytest.raises(UnknownDossierError):
        books.written(db, StepTaken(action="forward"), dossier="a" * 16)
    assert db.one("SELECT count(*) FROM event") == (0,)
    assert read_head(db.path.parent) is None


def test_a_code_is_never_given_twice(db):
    books.received(db, 1)
    with pytest.raises(CodeTakenError):
        books.received(db, 1)
    assert db.one("SELECT count(*) FROM event") == (1,)


def test_a_unit_that_fails_leaves_no_event_no_row_no_number_and_no_head(db):
    books.received(db, 1)
    before, head = books.projections(db), read_head(db.path.parent)

    def receive():
        daily_numbers.take_number(db, "2026-11-20", (Block(1, 9),))
        journal.append(db, books.reception(2), dossier="b" * 16, at=1, author="thu")

    with pytest.raises(ZeroDivisionError):
        books.fail_after(db, receive)
    assert books.projections(db) == before
    assert read_head(db.path.parent) == head
    assert db.one("SELECT count(*) FROM number_used") == (0,)
    assert check(db).ok


def test_an_inner_unit_that_fails_loses_only_its_own(db):
    with unit_of_work(db):
        journal.append(db, books.reception(1), dossier="a" * 16, at=1, author="thu")
        with pytest.raises(ZeroDivisionError):
            books.fail_after(db, lambda: books.received(db, 2))
    assert db.all("SELECT dossier FROM event") == [("a" * 16,)]
    assert read_head(db.path.parent).seq == 1
    assert check(db).ok


@pytest.mark.parametrize("opened", ["made", "again"])
def test_events_are_neither_changed_nor_taken_away(tmp_path, opened):
    db = open_database(tmp_path / FILE, books.KEY, create=True)
    if opened == "again":
        db.close()
        db = open_database(tmp_path / FILE, books.KEY)
    books.received(db)
    for sql in (
        "UPDATE event SET author = 'x'",
        "DELETE FROM event",
        "INSERT OR REPLACE INTO event SELECT * FROM event",
    ):
        with pytest.raises(IntegrityError, match="append-only"):
            db.execute(sql)
    assert check(db).ok
    db.close()


def test_what_another_desk_did_is_taken_in_verbatim_and_once(tmp_path, db):
    other = books.made(tmp_path / "other")
    dossier = books.received(other, 2001, name="Trần Văn Mẫu")
    books.stepped(other, dossier, "forward")
    name = books.own_name(other)
    sent = books.bodies(other, name)
    for expected in (2, 0):
        with unit_of_work(db):
            assert journal.absorb(db, name, sent).new == expected
    assert books.bodies(db, name) == sent
    assert journal.dossier(db, dossier) == journal.dossier(other, dossier)
    assert dossiers.row_by_code(db, "H26.99-261120-2001").status == "processing"
    assert check(db).ok
    other.close()


def test_later_events_count_after_what_was_taken_in(tmp_path, db):
    other = books.made(tmp_path / "other")
    for number in range(2001, 2006):
        books.received(other, number)
    with unit_of_work(db):
        journal.absorb(db, books.own_name(other), books.bodies(other, books.own_name(other)))
    event = books.written(db, books.reception(1), dossier="a" * 16)
    assert (event.seq, event.lamport) == (1, 6)
    other.close()


@pytest.mark.parametrize(
    ("sent", "error"),
    [
        ([(2, line())], LogGapError),
        ([(1, line()), (3, line())], LogGapError),
        ([(1, "not json")], BadEventError),
        ([(1, line().replace(", ", ",\n"))], BadEventError),
        ([(1, line(l=0))], BadEventError),
        ([(1, line(t=2**63))], BadEventError),
        ([(1, line(u=3))], BadEventError),
        ([(1, '{"k":"printed"}')], BadEventError),
    ],
)
def test_a_log_with_a_hole_or_an_unreadable_line_is_refused_whole(db, sent, error):
    with pytest.raises(error), unit_of_work(db):
        journal.absorb(db, OTHER, sent)
    assert db.one("SELECT count(*) FROM event") == (0,)


def test_a_log_that_says_two_things_under_one_number_is_a_fork(db):
    with unit_of_work(db):
        journal.absorb(db, OTHER, [(1, line()), (2, line(l=6))])
    with pytest.raises(ForkedLogError), unit_of_work(db):
        journal.absorb(db, OTHER, [(2, line(l=7)), (3, line(l=8))])
    assert [seq for seq, _ in books.bodies(db, OTHER)] == [1, 2]


def test_our_own_log_is_not_continued_by_others(db):
    books.received(db)
    name = books.own_name(db)
    with unit_of_work(db):
        assert journal.absorb(db, name, books.bodies(db, name)).new == 0
    with pytest.raises(ForkedLogError), unit_of_work(db):
        journal.absorb(db, name, [(2, line())])


@pytest.mark.parametrize(
    "unknown",
    [
        {"k": "photographed", "v": {"of": "mặt trước"}},
        {"k": "printed", "s": 99, "v": {"papers": "later schema"}},
        {"k": "corrected", "v": {"changes": 7}},
    ],
)
def test_what_this_program_does_not_know_is_kept_and_changes_nothing(db, unknown):
    dossier = books.received(db)
    before = journal.dossier(db, dossier)
    sent = [(1, line(d=dossier, l=9, **unknown))]
    with unit_of_work(db):
        journal.absorb(db, OTHER, sent)
    assert books.bodies(db, OTHER) == sent
    assert journal.history(db, dossier)[-1].payload is None
    assert journal.dossier(db, dossier) == before
    assert check(db).ok


def test_a_step_may_come_before_its_reception(tmp_path, db):
    other, third = books.made(tmp_path / "other"), books.made(tmp_path / "third")
    dossier = books.received(other, 2001)
    with unit_of_work(third):
        journal.absorb(third, books.own_name(other), books.bodies(other, books.own_name(other)))
    books.stepped(third, dossier, "forward")
    with unit_of_work(db):
        journal.absorb(db, books.own_name(third), books.bodies(third, books.own_name(third)))
    with pytest.raises(UnknownDossierError):
        journal.dossier(db, dossier)
    assert check(db).ok
    with unit_of_work(db):
        journal.absorb(db, books.own_name(other), books.bodies(other, books.own_name(other)))
    assert journal.dossier(db, dossier).status is Status.PROCESSING
    assert check(db).ok
    other.close()
    third.close()


@pytest.mark.parametrize("wrong", [{"received_at": 2**63}, {"due_at": -(2**70)}, {"people": {}}])
def test_a_reception_no_row_can_hold_is_kept_and_stops_no_other(db, wrong):
    told = {
        "code": "H26.99-261120-2001",
        "procedure": "2.000815",
        "procedure_version": "1",
        "people": {"applicant": {"full_name": "Nguyễn Thị Thử Nghiệm"}},
        "received_at": 1,
        "office": {"name": "", "commune": ""},
    }
    sent = [(1, line(k="received", v=told | wrong)), (2, line(k="received", d="y" * 16, v=told))]
    with unit_of_work(db):
        assert journal.absorb(db, OTHER, sent).new == 2
    assert db.all("SELECT dossier FROM dossier") == [("y" * 16,)]
    assert check(db).ok


def test_letters_that_no_text_can_hold_are_refused(db):
    with pytest.raises(BadEventError), unit_of_work(db):
        journal.absorb(db, OTHER, [(1, line().replace('"ai"', '"\\ud800"'))])


def test_lamports_of_another_log_may_go_down_and_ours_go_on_from_the_highest(db):
    with unit_of_work(db):
        journal.absorb(db, OTHER, [(1, line(l=9)), (2, line(l=5))])
    assert check(db).ok
    assert books.written(db, books.reception(1), dossier="a" * 16).lamport == 10


def test_a_desk_gone_mad_does_not_keep_ours_from_writing(db):
    with unit_of_work(db):
        journal.absorb(db, OTHER, [(1, line(l=MOST_LAMPORT))])
    written = [books.written(db, books.reception(n), dossier=letter * 16) for n, letter in enumerate("ab", 1)]
    assert [journal.history(db, event.dossier) for event in written] == [[event] for event in written]
    assert check(db).ok


def test_two_desks_that_change_one_fact_unseen_make_a_dossier_that_needs_a_look(tmp_path, db):
    other = books.made(tmp_path / "other")
    dossier = books.received(db, 1)
    name, theirs = books.own_name(db), books.own_name(other)
    with unit_of_work(other):
        journal.absorb(other, name, books.bodies(db, name))
    for desk, value in ((db, "một"), (other, "hai")):
        books.written(desk, Corrected(changes={"note": value}), dossier=dossier)
    assert not dossiers.row_by_code(db, "H26.99-261120-0001").needs_look
    with unit_of_work(db):
        journal.absorb(db, theirs, books.bodies(other, theirs))
    assert dossiers.row_by_code(db, "H26.99-261120-0001").needs_look
    event, seen = settle(journal.dossier(db, dossier), "note", "hai")
    books.written(db, event, dossier=dossier, seen=seen)
    assert not dossiers.row_by_code(db, "H26.99-261120-0001").needs_look
    other.close()


def test_a_step_out_of_turn_needs_a_look(db):
    dossier = books.received(db, 1)
    books.stepped(db, dossier, "withdraw", "forward")
    assert dossiers.row_by_code(db, "H26.99-261120-0001").needs_look


def test_a_unit_of_work_keeps_other_writers_out_from_its_beginning(db):
    second = open_database(db.path, books.KEY)
    second.execute("PRAGMA busy_timeout=1")
    with unit_of_work(db):
        with pytest.raises(BusyError):
            books.received(second, 2)
        books.received(db, 1)
    books.received(second, 2)
    assert check(second).ok
    second.close()
