"""A data folder put back from a backup: the counter goes on, no code is given twice, and the clerk is told."""

from __future__ import annotations

import shutil
from datetime import timedelta
from types import SimpleNamespace

import pytest
from msgspec.structs import replace

from desk_app.domain.people.person import Person
from desk_app.services.desk.desk import open_desk
from desk_app.services.papers import papers
from desk_app.services.reception import reception
from desk_app.store.database import database
from desk_app.store.database.database import unit_of_work
from desk_app.store.database.head_file import FILE as HEAD
from desk_app.store.database.head_file import read_head
from desk_app.store.journal import account_head, forks, journal, logs, set_aside
from desk_app.store.journal.check import check
from desk_app.store.peers import sync_state
from desk_app.sync.rounds.round_notes import Notes
from tests.kit.desk import books
from tests.kit.desk.desks import FRIDAY, PASSPHRASE, TestClock, make_template

PERSON = Person(full_name="Nguyễn Thị Thử Nghiệm", id_number="001190000001")


@pytest.fixture(autouse=True)
def account(tmp_path, monkeypatch):
    """The user's account of this test."""
    monkeypatch.setenv("DESK_STATE", str(tmp_path / "account"))


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    return make_template(tmp_path_factory.mktemp("template"))


@pytest.fixture
def data(tmp_path, template):
    shutil.copytree(template, tmp_path / "desk")
    return tmp_path / "desk"


def opened(data, moment=FRIDAY, *, reader=False):
    return open_desk(data, passphrase=PASSPHRASE, clock=TestClock(moment), reader=reader)


def receive(desk):
    draft = replace(reception.new_draft("2.000815"), people={"applicant": PERSON})
    return reception.receive(desk, draft).dossier


def worked(data, times, moment=FRIDAY):
    """One session at the counter; the codes it gave."""
    with opened(data, moment) as desk:
        assert desk.alarm == ""
        return [receive(desk).code for _ in range(times)]


def put_back(backup, data):
    shutil.rmtree(data)
    shutil.copytree(backup, data)


@pytest.fixture
def restored(tmp_path, data):
    """A folder put back whole, head and all, after twelve more dossiers; what the newest folder held."""
    worked(data, 3)
    shutil.copytree(data, tmp_path / "backup")
    worked(data, 12)
    shutil.copytree(data, tmp_path / "newest")
    put_back(tmp_path / "backup", data)
    return data


def test_a_folder_opened_again_and_again_is_no_alarm_and_keeps_its_log(data):
    worked(data, 2)
    log = read_head(data).log
    worked(data, 1)
    assert read_head(data).log == log
    assert worked(data, 0) == []


def test_a_whole_folder_put_back_is_found_by_what_the_account_remembers(restored):
    with opened(restored) as desk:
        assert "đến số 15" in desk.alarm
        assert "chỉ còn đến số 3" in desk.alarm
        assert receive(desk).code == "H26.99-261120-0016"
        assert check(desk.db).problems == ()


def test_the_old_log_is_closed_and_nothing_is_ever_written_to_it(restored):
    old = bytes.fromhex(read_head(restored).log)
    with opened(restored) as desk:
        receive(desk)
        assert logs.standing(desk.db, old).own == logs.CLOSED
        assert logs.standing(desk.db, old).seq == 3
        assert read_head(restored).log != old.hex()


def test_the_loss_is_told_at_every_start_but_treated_once(restored):
    with opened(restored) as desk:
        first = desk.alarm
        count = len(logs.standings(desk.db))
    with opened(restored) as desk:
        assert desk.alarm == first
        assert len(logs.standings(desk.db)) == count


def test_once_what_was_lost_has_come_back_nothing_is_told_any_more(restored, tmp_path):
    with opened(restored) as desk:
        code = receive(desk).code
    newest = opened(tmp_path / "newest")
    with opened(restored) as desk:
        (old,) = [one.log for one in logs.standings(desk.db) if one.own == logs.CLOSED]
        with unit_of_work(desk.db):
            assert journal.absorb(desk.db, old, books.bodies(newest.db, old)).new == 12
        forks.reconcile(desk.db, old, 15)
    newest.close()
    with opened(restored) as desk:
        assert desk.alarm == ""
        assert set_aside.all(desk.db) == []
        codes = [found for (found,) in desk.db.all("SELECT code FROM dossier ORDER BY code")]
        assert codes == [f"H26.99-261120-{number:04d}" for number in range(1, 17)]
        assert codes[-1] == code


def test_who_only_reads_sees_what_has_come_back_too(restored, tmp_path):
    newest = opened(tmp_path / "newest")
    with opened(restored) as desk, unit_of_work(desk.db):
        (old,) = [one.log for one in logs.standings(desk.db) if one.own == logs.CLOSED]
        journal.absorb(desk.db, old, books.bodies(newest.db, old))
    newest.close()
    with opened(restored, reader=True) as desk:
        assert desk.alarm == ""


def test_a_day_that_ended_with_prints_still_knows_its_last_number(tmp_path, data):
    worked(data, 3)
    shutil.copytree(data, tmp_path / "backup")
    (code, *_) = worked(data, 4)
    with opened(data) as desk:
        papers.printed(desk, code, ("slip",), printer="thử")
    put_back(tmp_path / "backup", data)
    with opened(data) as desk:
        assert receive(desk).code == "H26.99-261120-0008"


def test_a_person_can_end_the_telling(restored):
    with opened(restored) as desk:
        (told,) = set_aside.all(desk.db)
        with unit_of_work(desk.db):
            set_aside.settle(desk.db, told.n)
    with opened(restored) as desk:
        assert desk.alarm == ""


def test_a_database_older_than_the_head_beside_it_is_found_without_the_account(tmp_path, data):
    worked(data, 3)
    shutil.copy(data / database.FILE, tmp_path / "old.db")
    worked(data, 4)
    shutil.copy(tmp_path / "old.db", data / database.FILE)
    shutil.rmtree(tmp_path / "account")
    with opened(data) as desk:
        assert "đến số 7" in desk.alarm
        assert receive(desk).code == "H26.99-261120-0008"


def test_numbers_of_an_earlier_day_are_not_skipped_today(tmp_path, data):
    worked(data, 3)
    shutil.copytree(data, tmp_path / "backup")
    worked(data, 5)
    put_back(tmp_path / "backup", data)
    with opened(data, FRIDAY + timedelta(days=3)) as desk:
        assert desk.alarm
        assert receive(desk).code == "H26.99-261123-0001"


def test_a_head_of_an_earlier_program_skips_as_many_numbers_as_events_were_lost(tmp_path, data):
    worked(data, 3)
    shutil.copy(data / database.FILE, tmp_path / "old.db")
    worked(data, 4)
    shutil.rmtree(tmp_path / "account")
    head = read_head(data)
    (data / HEAD).write_text(f'{{"log":"{head.log}","seq":{head.seq},"head":"{head.head}"}}')
    shutil.copy(tmp_path / "old.db", data / database.FILE)
    with opened(data) as desk:
        assert receive(desk).code == "H26.99-261120-0008"


def test_who_only_reads_is_told_and_changes_nothing(restored):
    before = (restored / database.FILE).read_bytes()
    with opened(restored, reader=True) as desk:
        assert "đến số 15" in desk.alarm
    assert (restored / database.FILE).read_bytes() == before


def test_a_copy_opened_elsewhere_is_no_alarm(tmp_path, data):
    worked(data, 3)
    shutil.copytree(data, tmp_path / "copy")
    worked(data, 3)
    assert worked(tmp_path / "copy", 1) == ["H26.99-261120-0004"]


def test_a_round_with_the_district_notes_the_head_in_the_account(tmp_path, data):
    """So that a program killed in the afternoon is still missed when the folder of noon is put back."""
    desk = opened(data)
    receive(desk)
    Notes(desk.db, SimpleNamespace(traffic=SimpleNamespace(sent=0)), None, desk.clock).end("done")
    desk.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copytree(data, tmp_path / "noon")
    receive(desk)
    Notes(desk.db, SimpleNamespace(traffic=SimpleNamespace(sent=0)), None, desk.clock).end("done")
    desk.lock.close()
    desk.db.close()
    put_back(tmp_path / "noon", data)
    with opened(data) as desk:
        assert "đến số 2" in desk.alarm


def test_a_desk_killed_before_it_noted_its_head_is_no_alarm(data, tmp_path):
    worked(data, 3)
    stale = (data / HEAD).read_bytes()
    worked(data, 3)
    (data / HEAD).write_bytes(stale)
    account_head.note(data)
    assert worked(data, 1) == ["H26.99-261120-0007"]


def test_an_account_that_cannot_be_written_costs_nothing_else(tmp_path, data):
    (tmp_path / "account").write_text("a file where a folder should be")
    assert len(worked(data, 2)) == 2


def test_what_stands_aside_is_not_taken_for_lost(data):
    worked(data, 3)
    with opened(data) as desk:
        log = bytes.fromhex(read_head(data).log)
        stale = (data / HEAD).read_bytes()
        forks.fork(desk.db, log, 1)
    (data / HEAD).write_bytes(stale)
    assert len(worked(data, 1)) == 1


@pytest.mark.parametrize(("offset", "told"), [(0, None), (59, None), (7200, 7200), (-90, -90)])
def test_a_clock_that_is_wrong_is_set_right_by_what_the_district_said_and_the_event_says_so(data, offset, told):
    with opened(data) as desk, unit_of_work(desk.db):
        sync_state.change(desk.db, clock_offset=offset)
    with opened(data) as desk:
        assert desk.now() == FRIDAY + timedelta(seconds=told or 0)
        event = journal.history(desk.db, receive(desk).id)[0]
        assert event.clock_offset == (told or 0)
        assert event.at == int(desk.now().timestamp() * 1000)


def test_an_exchange_while_the_desk_is_open_sets_its_clock(data):
    with opened(data) as desk:
        with unit_of_work(desk.db):
            sync_state.change(desk.db, clock_offset=3600)
        assert desk.now() == FRIDAY
        desk.learn_clock()
        assert desk.now() == FRIDAY + timedelta(hours=1)
