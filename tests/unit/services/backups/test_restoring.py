"""A desk made of a backup holds what was backed up, and gives no number that the lost machine may have given."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise

import pytest

from desk_app.domain.calendar.moments import VIETNAM
from desk_app.domain.dossiers import numbering
from desk_app.errors import MistypedRecoveryCodeError, WrongRecoveryCodeError
from desk_app.errors.backups import DamagedBackupError, DataNotFreeError, NoSuchBackupError
from desk_app.services.backups import restoring
from desk_app.services.backups.restoring import Secret
from desk_app.services.desk.desk import open_desk
from desk_app.services.dossiers import steps
from desk_app.store.journal import logs
from desk_app.store.journal.check import check
from desk_app.store.keys.recovery_code import new_code
from tests.kit.desk import books
from tests.kit.desk.desks import PASSPHRASE


def test_a_base_and_an_increment_give_back_every_row_of_the_desk(counter):
    first = counter.receive(3)
    assert counter.back_up().point.kind == "base"
    steps.step(counter.desk, first[0], "forward")
    counter.receive(4)
    made = counter.back_up().point
    assert (made.kind, made.is_proved, made.events, made.dossiers) == ("increment", True, 8, 7)
    ours = books.projections(counter.desk.db)
    restored = counter.restore()
    assert restored.point.stem == made.stem
    with counter.opened(restored.data) as desk:
        assert books.projections(desk.db) == ours
        assert check(desk.db).problems == ()


def test_what_stands_in_the_wal_alone_is_backed_up_too(counter):
    counter.desk.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    codes = counter.receive(2)
    assert (counter.data / "desk.db-wal").stat().st_size > 0
    counter.back_up()
    restored = counter.restore()
    with counter.opened(restored.data) as desk:
        assert [code for (code,) in desk.db.all("SELECT code FROM dossier ORDER BY code")] == codes


def test_no_number_is_given_twice_when_the_lost_machine_had_gone_on(counter):
    given = counter.receive(3)
    counter.back_up()
    given += counter.receive(20)
    counter.clock.moment += timedelta(hours=1)
    restored = counter.restore()
    with counter.opened(restored.data) as desk:
        given += counter.receive(20, desk=desk)
    counter.clock.moment += timedelta(hours=1)
    again = counter.restore("third")
    with counter.opened(again.data) as desk:
        given += counter.receive(20, desk=desk)
    assert len(given) == len(set(given))


def test_two_desks_restored_within_one_day_begin_apart_whatever_the_hour():
    midnight = datetime(2026, 11, 20, tzinfo=VIETNAM)
    hours = [midnight + timedelta(minutes=30 * n) for n in range(48)]
    begins = [numbering.beyond_unknown(numbering.default_blocks(1), 3, restoring.part_of_day(hour)) for hour in hours]
    apart = [later - earlier for earlier, later in pairwise(begins)]
    assert min(apart) >= 5
    assert min(apart[12:35]) >= 20  # by day, when a counter gives many
    assert begins[-1] < numbering.default_blocks(1)[-1].last - 200


def test_a_restored_desk_writes_a_log_of_its_own(counter):
    counter.receive(2)
    old = books.own_name(counter.desk.db)
    counter.back_up()
    with counter.opened(counter.restore().data) as desk:
        counter.receive(1, desk=desk)
        assert logs.standing(desk.db, old).own == logs.CLOSED
        assert logs.standing(desk.db, old).seq == 2
        assert books.own_name(desk.db) != old


def test_the_passphrase_opens_it_as_well_and_a_new_one_can_be_set(counter):
    counter.receive(1)
    counter.back_up()
    assert counter.restore("one", secret=Secret(passphrase=PASSPHRASE)).has_passphrase
    counter.restore("two", new_passphrase="một câu hoàn toàn khác hẳn")
    open_desk(counter.folder / "two", passphrase="một câu hoàn toàn khác hẳn").close()


@pytest.mark.parametrize(
    ("code", "error"),
    [("ABC", MistypedRecoveryCodeError), (new_code(), WrongRecoveryCodeError)],
    ids=["mistyped", "another desk's"],  # a new code is another one in each of the processes that test side by side
)
def test_a_wrong_code_leaves_nothing_behind(counter, code, error):
    counter.receive(1)
    counter.back_up()
    with pytest.raises(error):
        counter.restore(secret=Secret(recovery=code))
    assert sorted(path.name for path in counter.folder.iterdir() if "restoring" in path.name) == []
    assert not (counter.folder / "other").exists()


def test_nothing_is_restored_over_data(counter):
    counter.back_up()
    with pytest.raises(DataNotFreeError):
        counter.restore("desk")


def test_a_folder_that_is_there_and_empty_is_taken(counter):
    counter.back_up()
    (counter.folder / "other").mkdir()
    assert (counter.restore().data / "desk.db").is_file()


def test_an_earlier_backup_is_restored_by_its_name(counter):
    counter.receive(1)
    early = counter.back_up().point
    counter.receive(5)
    counter.back_up()
    restored = counter.restore(stem=early.stem)
    with counter.opened(restored.data) as desk:
        assert desk.db.all("SELECT count(*) FROM dossier") == [(1,)]
    with pytest.raises(NoSuchBackupError):
        counter.restore("fourth", stem="20200101-000000")


def test_an_altered_byte_anywhere_in_a_backup_is_found(counter):
    counter.receive(1)
    counter.back_up()
    counter.receive(1)
    made = counter.back_up()
    place = made.folder
    increment = made.path
    base = place / f"{made.point.base}.base.db"
    account = place / f"{made.point.stem}.json"
    for file in (increment, base, account):
        whole = file.read_bytes()
        at = len(whole) // 2
        file.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        with pytest.raises(DamagedBackupError):
            counter.restore(stem=made.point.stem)
        file.write_bytes(whole)
    assert counter.restore(stem=made.point.stem).point.stem == made.point.stem


def test_one_spoilt_envelope_of_the_key_is_no_loss(counter):
    made = counter.back_up()
    (made.folder / "vault.json").write_bytes(b"{")
    assert counter.restore().point.stem == made.point.stem


def test_the_history_of_a_dossier_is_whole(counter):
    (code,) = counter.receive(1)
    counter.back_up()
    steps.step(counter.desk, code, "forward")
    steps.step(counter.desk, code, "ready")
    counter.back_up()
    with counter.opened(counter.restore().data) as desk:
        kinds = "SELECT kind FROM event ORDER BY n"
        assert desk.db.all(kinds) == counter.desk.db.all(kinds)
        assert desk.db.all("SELECT status FROM dossier") == counter.desk.db.all("SELECT status FROM dossier")
