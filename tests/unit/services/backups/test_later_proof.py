"""A base may be proved in a second step: until then it is no good backup, and those before it stay."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

import pytest
from msgspec.structs import replace

from desk_app.errors.backups import BackupUnprovedError, NoBackupHereError
from desk_app.services.backups import backup, backup_place, base_backup, restoring, rotation, standing
from desk_app.store.journal import rebuild
from tests.kit.desk import books


def told(counter):
    """Every backup as it says itself, the oldest first: kind, whether it was proved."""
    return [(point.kind, point.is_proved) for point in reversed(restoring.points_in(counter.place))]


def stands(counter):
    counter.desk.settings = replace(counter.desk.settings, backup_folder=str(counter.place))
    return standing.standing(counter.desk)


def newest(counter):
    return restoring.chosen(backup_place.found_in(counter.place), counter.desk.db.key, "")


def test_a_copy_is_no_good_backup_before_its_proof_and_no_proved_one_gives_way_to_it(counter):
    counter.receive(1)
    first = counter.back_up()
    counter.receive(1)
    counter.clock.moment += timedelta(minutes=5)
    second = counter.back_up(wants_base=True, proves_later=True)
    assert (second.point.is_proved, second.to_prove, second.removed) == (False, True, 0)
    assert newest(counter).stem == first.point.stem
    kept = stands(counter)
    assert kept.made_on == first.point.made_on
    assert kept.is_proof_due
    counter.clock.moment += timedelta(minutes=5)
    counter.receive(1)
    third = counter.back_up(proves_later=True)  # goes on from what was proved, and is proved itself
    assert (third.point.base, third.point.is_proved, third.to_prove) == (first.point.stem, True, True)
    assert told(counter) == [("base", True), ("base", False), ("increment", True)]
    proved = backup.prove(counter.desk, counter.place)
    assert (proved.point.stem, proved.to_prove) == (third.point.stem, False)
    assert not stands(counter).is_proof_due
    counter.receive(1)
    counter.clock.moment += timedelta(minutes=5)
    assert counter.back_up().point.base == second.point.stem
    with counter.opened(counter.restore().data) as desk:
        assert books.projections(desk.db) == books.projections(counter.desk.db)


def test_what_stands_on_a_first_base_is_proved_with_it(counter):
    counter.receive(1)
    counter.back_up(proves_later=True)
    assert next(each.text for each in stands(counter).remarks).startswith("Bản sao lưu đầu tiên chưa kiểm xong")
    counter.receive(1)
    made = counter.back_up(proves_later=True)
    assert (made.point.kind, made.point.is_proved) == ("increment", False)
    assert told(counter) == [("base", False), ("increment", False)]
    assert backup.prove(counter.desk, counter.place).point == newest(counter)
    assert {proved for _, proved in told(counter)} == {True}
    with counter.opened(counter.restore().data) as desk:
        assert books.projections(desk.db) == books.projections(counter.desk.db)


def test_a_copy_that_does_not_hold_true_goes_with_what_stands_on_it(counter, monkeypatch):
    counter.receive(1)
    counter.back_up(proves_later=True)
    counter.receive(1)
    counter.back_up(proves_later=True)
    monkeypatch.setattr(base_backup, "check", lambda *_, **__: SimpleNamespace(problems=("Sổ bị sửa.",), logs=()))
    with pytest.raises(BackupUnprovedError):
        backup.prove(counter.desk, counter.place)
    with pytest.raises(NoBackupHereError):
        restoring.points_in(counter.place)
    kept = stands(counter)
    assert (kept.made_on, kept.is_proof_due) == (None, False)
    assert any("Sổ bị sửa." in each.text for each in kept.remarks)


def test_a_proof_that_is_broken_off_goes_on_behind_the_rows_that_held_true(counter, monkeypatch):
    counter.receive(7)
    monkeypatch.setattr(rebuild, "_WINDOW", 2)
    begun = []

    def check(copy, *, after, passed):
        def broken_off(number):
            passed(number)
            if number == 4:
                raise KeyboardInterrupt

        begun.append(after)
        return whole(copy, after=after, passed=broken_off)

    whole = base_backup.check
    monkeypatch.setattr(base_backup, "check", check)
    with pytest.raises(KeyboardInterrupt):
        counter.back_up()
    assert told(counter) == [("base", False)]
    backup.prove(counter.desk, counter.place)
    assert begun == [0, 4]
    assert told(counter) == [("base", True)]


def test_rows_behind_the_point_where_a_proof_was_broken_off_are_still_looked_at(counter, monkeypatch):
    counter.receive(7)
    counter.desk.db.execute("UPDATE dossier SET applicant = 'Trần Văn Khác' WHERE id = 6")
    monkeypatch.setattr(rebuild, "_WINDOW", 2)
    made = counter.back_up(proves_later=True).point
    base_backup.backup_notes.proving(counter.data, made.database.sha256, 4)
    with pytest.raises(BackupUnprovedError):
        backup.prove(counter.desk, counter.place)


def test_a_copy_of_today_does_not_take_the_place_of_the_proved_one_of_today(counter):
    first = counter.back_up().point
    counter.clock.moment += timedelta(minutes=5)
    counter.back_up(wants_base=True, proves_later=True)
    points = restoring.points_in(counter.place)[::-1]
    assert rotation.superseded(points) == []
    assert points[0].stem == first.stem
    backup.prove(counter.desk, counter.place)
    assert told(counter) == [("base", True)]


def test_where_nothing_was_copied_there_is_nothing_to_prove(counter):
    with pytest.raises(NoBackupHereError):
        backup.prove(counter.desk, counter.place)
