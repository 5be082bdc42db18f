"""Dossiers are made behind the reception, of whatever arrived, and nothing in an event can stop anything."""

from __future__ import annotations

import secrets

import pytest

from desk_app.district.admin import register as listing
from desk_app.district.admin.register import Wanted
from desk_app.district.district import District, Word
from desk_app.district.intake import frame_reading, projection
from desk_app.district.publishing import erasing
from desk_app.district.search import debt
from desk_app.district.storage import dossiers, logs
from desk_app.domain.dossiers.events import Corrected, StepTaken
from desk_app.domain.notices import Redacted
from tests.kit.district.desk_words import reception, say
from tests.kit.district.writers import MORNING, UNIT, Root, Writer, register

ELSEWHERE = "H61.38"
DEEP = b'{"d":"a","k":"received","l":1,"t":1,"u":"x","v":' + b"[" * 50_000 + b"]" * 50_000 + b"}"
SURROGATE = b'{"d":"a","k":"step","l":1,"t":1,"u":"\\ud800","v":{}}'
NUL = b'{"d":"a\\u0000","k":"step","l":1,"t":1,"u":"","v":{}}'


def writer(district, root, **facts):
    made = Writer(root.operational.public)
    register(district, root, made.keys.public, **facts)
    return made


def send(district, desk: Writer, first: int = 1, *, cut: int = 1000) -> str:
    request = desk.hello()
    for at in range(first, len(desk.bodies) + 1, cut):
        request += desk.frame(at, min(at + cut - 1, len(desk.bodies)))
    return district.reply(request).code


def rows(district):
    with district.storage.reading() as session:
        return session.all(
            "SELECT unit, id, code, status, applicant, needs_look, events FROM dossier ORDER BY unit, id"
        )


def errors(district):
    with district.storage.reading() as session:
        return session.all("SELECT seq, dossier, reason FROM projection_error ORDER BY seq, dossier")


def test_a_dossier_is_made_of_what_several_desks_and_the_district_say(district, root):
    one, two = writer(district, root), writer(district, root, desk=2)
    say(one, "a" * 16, reception())
    say(one, "a" * 16, StepTaken(action="forward"))
    say(two, "a" * 16, StepTaken(action="ready"), lamport=7)
    assert send(district, one) == send(district, two) == "OK"
    district.write(UNIT, [Word(payload=Corrected(changes={"note": "x"}), dossier="a" * 16)])
    assert rows(district) == []
    district.projection.catch_up()
    assert rows(district) == [(UNIT, "a" * 16, "H61.37-261120-0001", "result_ready", "Nguyễn Thị Thử", 0, 4)]
    assert district.projection.step() == 0


def test_steps_that_come_before_the_reception_wait_for_it(district, root):
    one, two = writer(district, root), writer(district, root, desk=2)
    say(two, "a" * 16, StepTaken(action="forward"), lamport=5)
    send(district, two)
    district.projection.catch_up()
    assert rows(district) == []
    say(one, "a" * 16, reception())
    send(district, one)
    district.projection.catch_up()
    assert [row[3] for row in rows(district)] == ["processing"]


def test_dossiers_of_two_communes_never_touch(district, root):
    here, there = writer(district, root), writer(district, root, unit=ELSEWHERE)
    say(here, "a" * 16, reception())
    say(there, "a" * 16, StepTaken(action="forward"), lamport=9)
    send(district, here)
    send(district, there)
    district.projection.catch_up()
    assert [(row[0], row[3], row[6]) for row in rows(district)] == [(UNIT, "received", 1)]


@pytest.mark.parametrize(
    "poison",
    [b"", b"{}", b"not json", b"\xff\xfe", b'{"d":"a","k":"received","l":1,"t":1,"u":"x"}', DEEP, SURROGATE, NUL],
)
def test_an_event_nobody_can_read_stops_neither_reception_nor_the_others(district, root, poison):
    desk = writer(district, root)
    say(desk, "a" * 16, reception())
    desk.bodies.append(poison)
    say(desk, "a" * 16, StepTaken(action="forward"))
    assert send(district, desk) == "OK"
    with district.storage.reading() as session:
        log = logs.get(session, desk.log)
    assert (log.seq, log.receptions) == (3, 1)
    district.projection.catch_up()
    assert [row[3] for row in rows(district)] == ["processing"]
    assert errors(district) == [(2, "", "unreadable")]


def test_a_rule_that_breaks_on_one_dossier_is_noted_and_the_others_are_made(district, root, monkeypatch):
    desk = writer(district, root)
    for name in "ab":
        say(desk, name * 16, reception(code=f"H61.37-261120-000{ord(name) - 96}"))
    send(district, desk)
    real = frame_reading.fold

    def broken(events):
        if events[0].dossier == "a" * 16:
            raise KeyError
        return real(events)

    monkeypatch.setattr(frame_reading, "fold", broken)
    district.projection.catch_up()
    assert [row[1] for row in rows(district)] == ["b" * 16]
    assert errors(district) == [(1, "a" * 16, "KeyError")]
    monkeypatch.undo()
    with district.storage.writing() as session:
        dossiers.forget_all(session)
    district.projection.catch_up()
    assert [row[1] for row in rows(district)] == ["a" * 16, "b" * 16]
    assert errors(district) == []


def test_a_row_the_database_refuses_is_noted_and_the_others_are_made(district, root, monkeypatch):
    desk = writer(district, root)
    for name in "ab":
        say(desk, name * 16, reception(code=f"H61.37-261120-000{ord(name) - 96}"))
    send(district, desk)
    real = dossiers.put

    def refused(session, made):
        real(session, made)
        if any(one.dossier.id == "a" * 16 for one in made.values()):
            raise OverflowError

    monkeypatch.setattr(projection.dossiers, "put", refused)
    district.projection.catch_up()
    assert [row[1] for row in rows(district)] == ["b" * 16]
    assert errors(district) == [(1, "a" * 16, "OverflowError")]
    monkeypatch.undo()
    say(desk, "a" * 16, StepTaken(action="forward"))
    send(district, desk, 3)
    district.projection.catch_up()
    assert [row[1] for row in rows(district)] == ["a" * 16, "b" * 16]
    assert errors(district) == []


def test_what_a_frame_hides_from_the_projection_does_not_hold_up_the_next(district, root, monkeypatch):
    one, two = writer(district, root), writer(district, root, desk=2)
    say(one, "a" * 16, reception())
    say(two, "b" * 16, reception())
    send(district, one)
    send(district, two)
    real = frame_reading.FrameReading.read

    def broken(self, frames):
        frames = list(frames)
        if any(frame.log == one.log for frame in frames):
            raise LookupError
        real(self, frames)

    monkeypatch.setattr(frame_reading.FrameReading, "read", broken)
    district.projection.catch_up()
    assert [row[1] for row in rows(district)] == ["b" * 16]
    assert errors(district) == [(1, "", "LookupError")]


def test_an_erased_event_leaves_the_dossier_it_made(district, root):
    desk = writer(district, root)
    say(desk, "a" * 16, reception())
    say(desk, "b" * 16, reception(code="H61.37-261120-0002", name="Trần Văn Xóa"))
    say(desk, "a" * 16, StepTaken(action="forward"))
    say(desk, "b" * 16, StepTaken(action="forward"))
    send(district, desk, cut=3)
    district.projection.catch_up()
    with district.storage.reading() as session:
        digest = logs.hash_at(session, desk.log, 2)
    district.write("*", [Word(payload=Redacted(log=desk.log.hex(), seq=2, hash=digest.hex()))])
    assert [row[1] for row in rows(district)] == ["a" * 16]
    district.projection.catch_up()
    assert [(row[1], row[3], row[6]) for row in rows(district)] == [("a" * 16, "processing", 2)]
    with district.storage.reading() as session:
        assert logs.get(session, desk.log).receptions == 1


def test_an_erased_correction_is_taken_back_from_its_dossier(district, root):
    desk = writer(district, root)
    say(desk, "a" * 16, reception())
    say(desk, "a" * 16, Corrected(changes={"people.applicant.full_name": "Lê Thị Khác"}))
    send(district, desk, cut=1)
    district.projection.catch_up()
    assert rows(district)[0][4] == "Lê Thị Khác"
    with district.storage.reading() as session:
        digest = logs.hash_at(session, desk.log, 2)
    district.write("*", [Word(payload=Redacted(log=desk.log.hex(), seq=2, hash=digest.hex()))])
    district.projection.catch_up()
    assert (rows(district)[0][4], rows(district)[0][6]) == ("Nguyễn Thị Thử", 1)


def test_a_dossier_is_found_by_its_code_also_where_a_clone_gave_it_twice(district, root):
    one, two = writer(district, root), writer(district, root, desk=2)
    say(one, "a" * 16, reception())
    say(two, "b" * 16, reception())
    send(district, one)
    send(district, two)
    district.projection.catch_up()
    with district.storage.reading() as session:
        assert dossiers.by_code(session, "H61.37-261120-0001") == [(UNIT, "a" * 16), (UNIT, "b" * 16)]
        assert dossiers.by_code(session, "H61.37-261120-0002") == []


def test_the_thread_reads_what_is_received_and_ends_when_told(district, root):
    desk = writer(district, root)
    for _ in range(200):
        say(desk, secrets.token_hex(8), reception(code=f"H61.37-261120-{len(desk.bodies):04d}"))
    district.start()
    try:
        send(district, desk, cut=7)
        district.projection.catch_up()
    finally:
        district.stop()
    assert len(rows(district)) == 200


def found(district, text):
    with district.storage.reading() as session:
        return [one.applicant for one in listing.find(session, district.index, Wanted(text=text)).rows]


def test_an_erased_name_leaves_the_index(district, root):
    desk = writer(district, root)
    say(desk, "a" * 16, reception(name="Đặng Ước"))
    say(desk, "b" * 16, reception(code="H61.37-261120-0002"))
    send(district, desk)
    district.projection.catch_up()
    assert found(district, "uoc dang") == ["Đặng Ước"]
    with district.storage.writing() as session:
        erasing.erase(session, root.identity, desk.log.hex(), 1, reason="yêu cầu", at=1)
    assert found(district, "uoc dang") == []
    district.projection.catch_up()
    with district.storage.reading() as session:
        assert len(session.all("SELECT n FROM dossier_held")) == 1
        assert not session.all("SELECT 1 FROM dossier_word WHERE place = ?", (district.index.place(0, "b1uoc"),))


@pytest.mark.parametrize("deed", ["never made", "other keys", "half made"])
def test_an_index_that_is_missing_is_made_from_the_frames_newest_first(district, root, monkeypatch, deed):
    monkeypatch.setattr(debt, "_AT_ONCE", 2)
    desk = writer(district, root)
    for name in "abcde":
        say(desk, name * 16, reception(code=f"H61.37-261120-{ord(name)}", name=f"Lò Thị {name}"))
    send(district, desk)
    district.projection.catch_up()
    if deed == "other keys":
        district = District(district.storage, Root().identity, clock=lambda: MORNING)
    else:
        with district.storage.writing() as session:
            for table in ("dossier_word", "dossier_held"):
                session.run(f"DELETE FROM {table}")
            session.run("DELETE FROM meta WHERE key = 'search-index'")
    with district.storage.reading() as session:
        assert debt.left(session, district.index) == 6
    assert found(district, "lo thi") == []
    if deed == "half made":
        assert district.projection.step() > 0
        assert found(district, "lo thi")[0] == "Lò Thị e"
        assert len(found(district, "lo thi")) < 5
        say(desk, "f" * 16, reception(code="H61.37-261120-102", name="Lò Thị f"))
        send(district, desk, 6)
    district.projection.catch_up()
    assert found(district, "lo thi") == [f"Lò Thị {name}" for name in ("fedcba" if deed == "half made" else "edcba")]
    with district.storage.reading() as session:
        assert debt.left(session, district.index) == 0
    assert district.projection.step() == 0


def test_what_a_new_district_reads_is_taken_into_the_index_once(district, root, monkeypatch):
    desk = writer(district, root)
    for name in "abc":
        say(desk, name * 16, reception(code=f"H61.37-261120-{ord(name)}"))
    send(district, desk)
    taken = []
    real = district.index.put
    monkeypatch.setattr(district.index, "put", lambda session, made: (taken.extend(made), real(session, made)))
    district.projection.catch_up()
    assert sorted(taken) == [1, 2, 3]
    assert len(found(district, "thu")) == 3


def test_a_dossier_suspended_for_the_offices_own_reasons_is_listed_so_until_it_goes_on(district, root):
    desk = writer(district, root)
    for dossier, cause in (("a" * 16, "own"), ("b" * 16, "outage")):
        say(desk, dossier, reception())
        say(desk, dossier, StepTaken(action="suspend", reason="x", cause=cause))
    assert send(district, desk) == "OK"
    district.projection.catch_up()
    assert counting(district) == {"a" * 16}
    say(desk, "a" * 16, StepTaken(action="resume", due_at=1))
    send(district, desk, len(desk.bodies))
    district.projection.catch_up()
    assert counting(district) == set()


def counting(district):
    with district.storage.reading() as session:
        return {row.id for row in listing.find(session, district.index, Wanted()).rows if row.counts}
