"""Rounds between desks and a real district that listens in the test's process."""

from __future__ import annotations

from datetime import timedelta
from threading import Event

import pytest

from desk_app.district.own_log.writer import EVERYBODY, Word
from desk_app.domain.notices import Revoked
from desk_app.errors import OfflineError, RevokedError, StoppedError, UnknownDeviceError
from desk_app.store.journal import forks, logs
from desk_app.store.peers import sync_state
from desk_app.store.queries import dossiers
from tests.kit.district import copies, ledgers
from tests.kit.wire.communes import Commune, Office, backup, image, member_of


def at_the_district(served) -> ledgers.Books:
    return ledgers.desks_work_at(served.district.storage)


def test_a_first_round_asks_first_and_then_sends_everything(commune: Commune) -> None:
    served = commune.district()
    office = commune.office(served)
    office.receive(3)
    outcome = office.sync()
    assert (outcome.code, outcome.sent, outcome.confirmed, outcome.waiting) == ("done", 3, 3, 0)
    assert outcome.exchanges == 2
    assert at_the_district(served) == office.own


def test_after_a_clean_round_one_exchange_does_it_all(commune: Commune) -> None:
    served = commune.district()
    office = commune.office(served)
    office.sync()
    office.receive(8)
    outcome = office.sync()
    assert (outcome.exchanges, outcome.sent, outcome.confirmed, outcome.waiting) == (1, 8, 8, 0)
    assert at_the_district(served) == office.own
    assert office.sync().sent == 0


def test_others_events_that_find_no_place_hold_up_no_own_work(commune: Commune, monkeypatch) -> None:
    """A colleague's log of which the district's copy cannot be taken in: its events stay aside, ours go."""
    monkeypatch.setattr("desk_app.sync.rounds.reconcile._reconciled", lambda *_: 0)
    served = commune.district()
    one, two = commune.office(served, 1), commune.office(served, 2)
    one.receive(2)
    one.sync()
    two.sync()
    ((log, (line, _)),) = one.own.items()
    assert forks.keep_branch(two.desk.db, log, [(2, line, bytes(32))])
    two.receive(3)
    outcome = two.sync()
    assert (outcome.confirmed, outcome.waiting) == (3, 1)
    assert forks.orphans_waiting(two.desk.db) == 1


def test_more_than_a_request_holds_is_asked_for_first_and_sent_in_several(commune: Commune, monkeypatch) -> None:
    monkeypatch.setattr("desk_app.sync.rounds.outgoing.MOST_SENT", 1500)
    monkeypatch.setattr("desk_app.sync.rounds.outgoing.WHOLE", 4000)
    served = commune.district()
    office = commune.office(served)
    office.sync()
    office.receive(40)
    outcome = office.sync()
    assert outcome.exchanges > 3
    assert (outcome.sent, outcome.confirmed) == (40, 40)
    assert at_the_district(served) == office.own


def test_a_colleagues_dossiers_arrive_and_are_found(commune: Commune) -> None:
    served = commune.district()
    one, two = commune.office(served, 1), commune.office(served, 2)
    codes = one.receive(4)
    one.sync()
    outcome = two.sync()
    assert outcome.exchanges == 1
    assert two.books == one.books
    assert {dossiers.by_code(two.desk.db, code).code for code in codes} == set(codes)
    assert len(outcome.dossiers) == 4
    assert outcome.waiting == 0


def test_both_desks_end_with_the_same_whatever_the_order(commune: Commune) -> None:
    served = commune.district()
    one, two = commune.office(served, 1), commune.office(served, 2)
    (code,) = one.receive(1)
    for office in (one, two):
        office.sync()
    one.correct(code, "một")
    two.correct(code, "hai")
    two.receive(2)
    for office in (two, one, two):
        office.sync()
    assert one.books == two.books
    assert "note" in dossiers.by_code(one.desk.db, code).conflicts
    assert dossiers.by_code(one.desk.db, code) == dossiers.by_code(two.desk.db, code)


def test_what_a_clerk_writes_meanwhile_waits_for_the_next_round(commune: Commune, monkeypatch) -> None:
    served = commune.district()
    office = commune.office(served)
    office.receive(2)
    asked = type(office.member.keys).sign

    def typing(keys, message):
        office.receive(1)
        return asked(keys, message)

    monkeypatch.setattr(type(office.member.keys), "sign", typing)
    outcome = office.sync()
    monkeypatch.undo()
    assert outcome.code == "done"
    assert outcome.exchanges <= 3
    assert outcome.waiting > 0
    assert office.sync().waiting == 0


def test_the_progress_names_its_stages_and_ends_at_its_total(commune: Commune) -> None:
    served = commune.district()
    office = commune.office(served)
    office.receive(20)
    outcome = office.sync()
    stages = [told.stage for told in office.tells]
    assert stages[0] == "connecting"
    assert set(stages) <= {"connecting", "sending", "waiting", "receiving"}
    assert all(told.bytes_done <= told.bytes_total for told in office.tells)
    assert office.tells[-1].bytes_done <= outcome.bytes_sent + outcome.bytes_received


# --- restored and cloned ------------------------------------------------------------------


def test_a_restored_district_gets_back_what_it_lost_from_everybody(commune: Commune) -> None:
    served = commune.district()
    one, two = commune.office(served, 1), commune.office(served, 2)
    one.receive(5)
    for office in (one, two):
        office.sync()
    copy = backup(commune.folder / "district.db", commune.folder / "restored.db", commune.root)
    one.receive(5)
    for office in (one, two):
        office.sync()
    everything = ledgers.of_district(served.district.storage)
    served = commune.district(copy)
    assert ledgers.of_district(served.district.storage) != everything
    outcome = two.sync(url=served.url)
    assert outcome.code == "done"
    assert at_the_district(served).items() >= {log: bodies for log, bodies in one.own.items() if bodies}.items()
    assert one.waiting == 0
    outcome = one.sync(url=served.url)
    assert (outcome.waiting, at_the_district(served)) == (0, one.own | two.own)


def test_a_district_restored_from_before_a_desk_s_work_makes_it_wait_again(commune: Commune) -> None:
    served = commune.district()
    office = commune.office(served)
    office.sync()
    copy = backup(commune.folder / "district.db", commune.folder / "restored.db", commune.root)
    office.receive(5)
    office.sync()
    served = commune.district(copy)
    outcome = office.sync(url=served.url)
    assert at_the_district(served) == office.own
    assert (office.confirmed, outcome.waiting) == (5, 0)


def test_a_district_restored_from_before_a_desk_was_enrolled_says_so(commune: Commune) -> None:
    served = commune.district()
    copy = backup(commune.folder / "district.db", commune.folder / "restored.db", commune.root)
    office = commune.office(served)
    office.receive(2)
    office.sync()
    served = commune.district(copy)
    with pytest.raises(UnknownDeviceError):
        office.sync(url=served.url)
    assert office.confirmed == 2


def test_a_desk_restored_from_a_backup_goes_on_in_a_new_log_and_loses_nothing(commune: Commune) -> None:
    served = commune.district()
    office = commune.office(served)
    office.receive(3)
    office.sync()
    old = image(office, commune.folder / "old")
    later = office.receive(2)
    office.sync()
    everything = office.own
    office.desk.close()
    restored = commune.office(served, data=old, keys=office.member.keys)
    new = restored.receive(2)
    outcome = restored.sync()
    assert outcome.waiting == 0
    (own,) = [one for one in logs.standings(restored.desk.db) if one.own == logs.OPEN]
    assert own.log not in everything
    for log, bodies in everything.items():
        assert restored.books[log] == bodies
    assert new == later  # nothing on this machine knew of the later numbers: both dossiers of each are kept and told
    assert outcome.set_aside == 4
    assert at_the_district(served) == restored.own
    assert sum(len(bodies) for bodies in restored.own.values()) == 7


def test_a_desk_that_was_cloned_keeps_the_work_of_both(commune: Commune) -> None:
    served = commune.district()
    office = commune.office(served)
    office.receive(3)
    office.sync()
    other = commune.office(served, data=image(office, commune.folder / "clone"), keys=office.member.keys)
    office.receive(2)
    other.receive(4)
    office.sync()
    other.sync()
    office.sync()
    assert office.books == other.books
    assert sum(len(bodies) for bodies in at_the_district(served).values()) == 9
    assert office.waiting == other.waiting == 0


def test_work_that_was_sent_after_the_backup_is_not_there_twice(commune: Commune) -> None:
    served = commune.district()
    office = commune.office(served)
    office.receive(3)
    office.sync()
    office.receive(2)
    old = image(office, commune.folder / "old")
    office.receive(1)
    office.sync()
    everything = office.own
    office.desk.close()
    restored = commune.office(served, data=old, keys=office.member.keys)
    restored.receive(1)
    assert restored.sync().waiting == 0
    for log, bodies in everything.items():
        assert restored.books[log] == bodies
    assert sum(len(bodies) for bodies in at_the_district(served).values()) == 7
    assert at_the_district(served) == restored.own


def test_a_desk_enrolled_anew_with_other_keys_brings_its_unsent_work_along(commune: Commune) -> None:
    served = commune.district()
    office = commune.office(served)
    office.receive(3)
    office.sync()
    office.receive(2)
    again = Office(office.desk, member_of(served), office.clock)
    outcome = again.sync()
    assert outcome.waiting == 0
    assert sum(len(bodies) for bodies in at_the_district(served).values()) == 5
    assert at_the_district(served) == again.own
    again.receive(1)
    assert again.sync().exchanges == 1


def test_what_a_colleague_brought_and_the_district_refuses_is_not_sent_each_time(commune: Commune) -> None:
    served = commune.district()
    one, two = commune.office(served, 1), commune.office(served, 2)
    one.receive(4)
    for office in (one, two):
        office.sync()
    served.district.write(EVERYBODY, [Word(payload=Revoked(device=one.member.keys.kid.hex()))])
    copy = backup(commune.folder / "district.db", commune.folder / "emptied.db", commune.root)
    with copies.opened(copy, commune.root.identity.storage_key) as emptied:
        log = next(log for log, bodies in one.own.items() if bodies)
        emptied.execute("DELETE FROM frame WHERE log = ?", (log,))
        emptied.execute("DELETE FROM log WHERE log = ?", (log,))
    served = commune.district(copy)
    first = two.sync(url=served.url)
    second = two.sync(url=served.url)
    assert first.code == "partly"
    assert first.sent > 0
    assert (second.code, second.sent, second.exchanges) == ("done", 0, 1)


# --- failures -----------------------------------------------------------------------------


def test_without_a_line_nothing_changes_and_the_next_round_may_still_be_bold(commune: Commune) -> None:
    served = commune.district()
    office = commune.office(served)
    office.sync()
    office.receive(2)
    commune.running.close()
    with pytest.raises(OfflineError):
        office.sync()
    state = sync_state.get(office.desk.db)
    assert (state.last_outcome, state.ended_cleanly, office.confirmed) == ("OfflineError", True, 0)
    served = commune.district()
    assert office.sync(url=served.url).exchanges == 1


def test_a_revoked_desk_is_told_and_keeps_its_work(commune: Commune) -> None:
    served = commune.district()
    office = commune.office(served)
    office.receive(2)
    served.district.write(EVERYBODY, [Word(payload=Revoked(device=office.member.keys.kid.hex()))])
    with pytest.raises(RevokedError):
        office.sync()
    assert (office.confirmed, office.waiting) == (0, 2)


def test_a_round_that_is_stopped_can_be_made_again(commune: Commune) -> None:
    served = commune.district()
    office = commune.office(served)
    office.receive(2)
    stop = Event()
    stop.set()
    with pytest.raises(StoppedError):
        office.sync(stop=stop)
    assert office.sync().waiting == 0


# --- clocks -------------------------------------------------------------------------------


@pytest.mark.parametrize("days_off", [-4000, 0, 4000])
def test_a_wrong_clock_works_and_is_told(commune: Commune, days_off: int) -> None:
    served = commune.district()
    office = commune.office(served)
    office.clock.moment += timedelta(days=days_off)
    commune.moment = round(office.clock.moment.timestamp() * 1000) - 86_400_000 * days_off + 7000
    outcome = office.sync()
    assert outcome.clock_offset == 7 - 86_400 * days_off
    assert sync_state.get(office.desk.db).clock_offset == outcome.clock_offset


def test_the_state_tells_of_the_last_round(commune: Commune) -> None:
    served = commune.district()
    office = commune.office(served)
    office.receive(1)
    first = office.sync()
    second = office.sync()
    state = sync_state.get(office.desk.db)
    now = round(office.clock.moment.timestamp() * 1000)
    assert (state.last_success_at, state.last_try_at, state.last_outcome, state.ended_cleanly) == (
        now,
        now,
        "done",
        True,
    )
    assert state.bytes_today == first.bytes_sent + second.bytes_sent
    assert state.day == "2026-11-20"


def test_counts_of_both_sides_agree(commune: Commune) -> None:
    served = commune.district()
    office = commune.office(served)
    (code,) = office.receive(1)
    office.correct(code, "thêm")
    office.receive(2)
    office.sync()
    counts = logs.counts(office.desk.db)
    assert (counts.confirmed_events, counts.confirmed_receptions) == (4, 3)
    assert sum(len(bodies) for bodies in at_the_district(served).values()) == 4
