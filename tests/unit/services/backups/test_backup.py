"""A backup is whole or none, and says when something is amiss; what the desk erased or renewed goes along."""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from datetime import timedelta
from types import SimpleNamespace

import pytest
from msgspec.structs import replace

from desk_app.errors import DeskError, WrongRecoveryCodeError
from desk_app.errors.backups import (
    BackupInsideDataError,
    BackupPlaceMissingError,
    BackupPlaceTooSmallError,
    BackupRunsError,
    BackupUnprovedError,
)
from desk_app.services.backups import attached_copies, backup, backup_notes, base_backup, drill, restoring, standing
from desk_app.services.backups.restoring import Secret
from desk_app.services.dossiers import steps
from desk_app.store.attachments import files
from desk_app.store.backups.still_copy import still
from desk_app.store.database.database import unit_of_work
from desk_app.store.database.lock import hold
from desk_app.store.database.schema import FILE_BLOCK
from desk_app.store.journal import forks, journal, redaction
from desk_app.store.journal.check import check
from desk_app.store.keys import vault
from tests.kit.desk import books


def points(counter):
    return restoring.points_in(counter.place)


def attach(counter, code, text):
    file = counter.folder / "giay-to.txt"
    file.write_text(text)
    steps.attach(counter.desk, code, file)


def test_attached_files_go_along_once_and_come_back_whole(counter):
    (code,) = counter.receive(1)
    attach(counter, code, "bản chụp " * 9000)
    first = counter.back_up()
    attach(counter, code, "tờ thứ hai")
    second = counter.back_up()
    assert (first.point.files, second.point.files) == (1, 2)
    assert len([path for path in (second.folder / "files").rglob("*") if path.is_file()]) == 2
    restored = counter.restore()
    assert (restored.files, restored.lost_files) == (2, 0)
    with counter.opened(restored.data) as desk:
        kept = files.sealed_copies(desk.db, desk.db.key, desk.data)
        assert all(files.is_whole(each) for each in kept)


def test_a_file_that_is_spoilt_in_the_backup_is_told_and_asked_of_the_district_again(counter):
    (code,) = counter.receive(1)
    attach(counter, code, "bản chụp")
    made = counter.back_up()
    (copy,) = [path for path in (made.folder / "files").rglob("*") if path.is_file()]
    copy.write_bytes(bytes(copy.stat().st_size))
    report = drill.drill(counter.place, Secret(recovery=counter.code), clock=counter.clock)
    assert report.problems == ("Thiếu hoặc hỏng 1 tệp kèm theo.",)
    restored = counter.restore()
    assert restored.lost_files == 1
    with counter.opened(restored.data) as desk:
        assert desk.db.all("SELECT here FROM file") == [(0,)]


def test_a_file_the_desk_itself_has_lost_spoils_no_backup(counter):
    (code,) = counter.receive(1)
    attach(counter, code, "bản chụp")
    shutil.rmtree(counter.data / "files")
    made = counter.back_up()
    assert (made.point.damaged, made.point.files) == (1, 0)
    assert any("đã mất hoặc hỏng" in each.text for each in remarks(counter))


def test_what_the_district_had_erased_since_the_base_is_erased_in_the_restored_desk(counter):
    counter.receive(2)
    counter.back_up()
    ((log, seq, digest),) = counter.desk.db.all(
        "SELECT log.name, event.seq, event.hash FROM event JOIN log ON log.id = event.log WHERE event.seq = 1"
    )
    redaction.redact(counter.desk.db, log, seq, digest)
    counter.back_up()
    with counter.opened(counter.restore().data) as desk:
        assert desk.db.all("SELECT body FROM event ORDER BY n") == counter.desk.db.all(
            "SELECT body FROM event ORDER BY n"
        )
        assert books.projections(desk.db) == books.projections(counter.desk.db)
        assert check(desk.db).problems == ()


def test_after_a_fork_a_base_is_made_since_an_increment_could_not_tell_it(counter):
    counter.receive(3)
    counter.back_up()
    forks.fork(counter.desk.db, books.own_name(counter.desk.db), 1)
    made = counter.back_up()
    assert made.point.kind == "base"
    with counter.opened(counter.restore().data) as desk:
        assert books.projections(desk.db) == books.projections(counter.desk.db)


def test_after_four_weeks_a_base_is_made_anew(counter):
    kinds = []
    for _ in range(7):
        counter.receive(1)
        kinds.append(counter.back_up().point.kind)
        counter.clock.moment += timedelta(days=7)
    assert kinds == ["base", *["increment"] * 4, "base", "increment"]


def test_a_spoilt_base_is_followed_by_a_new_one(counter):
    counter.receive(1)
    base = counter.back_up()
    whole = base.path.read_bytes()
    base.path.write_bytes(whole[:4096] + bytes(4096) + whole[8192:])
    counter.receive(1)
    counter.clock.moment += timedelta(days=8)
    assert counter.back_up().point.kind == "base"
    with counter.opened(counter.restore().data) as desk:
        assert desk.db.all("SELECT count(*) FROM dossier") == [(2,)]


def test_a_new_recovery_code_opens_the_old_backups_and_the_old_code_none(counter):
    counter.receive(1)
    counter.back_up()
    code = vault.new_recovery_code(counter.data, counter.desk.db.key)
    counter.back_up()
    with pytest.raises(WrongRecoveryCodeError):
        counter.restore()
    assert counter.restore(secret=Secret(recovery=code), stem=points(counter)[-1].stem).data.is_dir()


def test_a_base_whose_proof_was_interrupted_is_proved_by_the_next_backup(counter, monkeypatch):
    counter.receive(2)
    with monkeypatch.context() as patch:
        patch.setattr(base_backup, "check", lambda *_, **__: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            counter.back_up()
    assert [point.is_proved for point in points(counter)] == [False]
    counter.back_up()
    assert [(point.kind, point.is_proved) for point in points(counter)] == [("increment", True), ("base", True)]


def test_a_copy_that_does_not_prove_true_is_taken_away_and_told(counter, monkeypatch):
    counter.receive(1)
    counter.back_up()
    with monkeypatch.context() as patch:
        patch.setattr(base_backup, "check", lambda *_, **__: SimpleNamespace(problems=("Sổ bị sửa.",), logs=()))
        with pytest.raises(BackupUnprovedError):
            counter.back_up(wants_base=True)
    assert len(points(counter)) == 1
    assert any("Sổ bị sửa." in each.text for each in remarks(counter))


def test_rows_that_do_not_follow_from_the_events_are_found_by_the_proof(counter):
    counter.receive(1)
    counter.back_up()
    counter.receive(1)
    counter.desk.db.execute("UPDATE dossier SET applicant = 'Trần Văn Khác' WHERE id = 2")
    with pytest.raises(BackupUnprovedError):
        counter.back_up()
    assert [point.kind for point in points(counter)] == ["base"]


def test_what_was_left_half_written_is_no_backup_and_goes_away(counter):
    made = counter.back_up()
    left = made.folder / f".20261120-081500.base.db.{'0' * 16}.part"
    left.write_bytes(b"half")
    (made.folder / "20261120-090000.base.db").write_bytes(b"whole, but without an account")
    assert len(points(counter)) == 1
    counter.back_up()
    assert not left.exists()


def test_places_that_cannot_be_used_are_refused_in_words(counter, monkeypatch):
    with pytest.raises(BackupPlaceMissingError):
        backup.make(counter.desk, counter.folder / "not there")
    with pytest.raises(BackupInsideDataError):
        backup.make(counter.desk, counter.data / "backup", makes_folder=True)
    with hold(counter.data, backup.LOCK), pytest.raises(BackupRunsError):
        counter.back_up()
    full = SimpleNamespace(total=1, used=1, free=1000)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: full)
    with pytest.raises(BackupPlaceTooSmallError):
        counter.back_up()


def test_a_link_planted_where_a_file_is_to_be_is_not_followed(counter):
    made = counter.back_up()
    victim = counter.folder / "victim.txt"
    victim.write_text("của người khác")
    (made.folder / "vault.json").unlink()
    (made.folder / "vault.json").symlink_to(victim)
    counter.receive(1)
    counter.back_up()
    assert victim.read_text() == "của người khác"
    base = made.path
    base.rename(counter.folder / "elsewhere.db")
    base.symlink_to(counter.folder / "elsewhere.db")
    with pytest.raises(DeskError):
        counter.restore()


def remarks(counter):
    desk = counter.desk
    desk.settings = replace(desk.settings, backup_folder=str(counter.place))
    return standing.standing(desk).remarks


def test_how_backups_stand_is_told(counter):
    texts = [each.text for each in standing.standing(counter.desk).remarks]
    assert texts == ["Chưa chọn nơi sao lưu: máy hỏng là mất dữ liệu chưa gửi cấp trên."]
    assert [each.text for each in remarks(counter)][:2] == [
        "Chưa sao lưu lần nào.",
        "Bản sao lưu nằm cùng ổ đĩa với dữ liệu: ổ hỏng thì mất cả hai.",
    ]
    counter.back_up()
    stands = standing.standing(counter.desk)
    assert not stands.is_due and stands.is_drill_due and stands.is_drill_to_offer
    assert any("Chưa lần nào thử khôi phục" in each.text for each in stands.remarks)
    standing.drill_offered(counter.desk)
    stands = standing.standing(counter.desk)
    assert stands.is_drill_due and not stands.is_drill_to_offer
    counter.clock.moment += timedelta(hours=4)
    assert standing.standing(counter.desk).is_due
    counter.clock.moment += timedelta(days=4)
    assert "Đã 4 ngày chưa sao lưu." in [each.text for each in remarks(counter)]
    counter.place.rename(counter.folder / "pulled out")
    stands = standing.standing(counter.desk)
    assert not stands.is_due
    assert "Không thấy nơi sao lưu" in stands.remarks[0].text


def test_a_drill_says_what_it_found_and_is_not_due_for_a_month(counter):
    counter.receive(3)
    counter.back_up()
    report = drill.drill(counter.place, Secret(key=counter.desk.db.key), data=counter.data, clock=counter.clock)
    assert (report.is_ok, report.dossiers, report.searched) == (True, 3, 3)
    assert "KẾT QUẢ: ĐẠT" in drill.report_file(counter.data, report.at).read_text("utf-8")
    assert list((counter.data / "backup").glob("drill-*")) == []
    remarks(counter)
    assert not standing.standing(counter.desk).is_drill_due
    assert backup_notes.read(counter.data).drill_ok
    counter.clock.moment += timedelta(days=32)
    assert standing.standing(counter.desk).is_drill_due


def test_a_drill_with_a_spoilt_backup_says_so(counter):
    counter.receive(1)
    made = counter.back_up()
    whole = made.path.read_bytes()
    made.path.write_bytes(whole[:-1] + b"\0")
    report = drill.drill(counter.place, Secret(key=counter.desk.db.key), data=counter.data, clock=counter.clock)
    assert not report.is_ok
    assert "không đạt" in " ".join(each.text for each in remarks(counter))


def test_a_backup_reads_one_moment_while_the_counter_goes_on(counter, monkeypatch):
    """Every piece of the image is followed by a reception and a checkpoint; the base holds none of them."""
    counter.receive(30)
    plain = base_backup.image

    @contextmanager
    def busy(path, key):
        with plain(path, key) as found:

            def content():
                for piece in found.content:
                    yield piece[: len(piece) // 2 // 4096 * 4096]
                    counter.receive(1)
                    counter.desk.db.execute("PRAGMA wal_checkpoint(PASSIVE)")
                    yield piece[len(piece) // 2 // 4096 * 4096 :]

            yield replace(found, content=content())

    monkeypatch.setattr(base_backup, "image", busy)
    made = counter.back_up()
    assert made.point.dossiers == 30
    with counter.opened(counter.restore().data) as desk:
        assert check(desk.db).problems == ()
        assert desk.db.all("SELECT count(*) FROM dossier") == [(30,)]


def test_a_transaction_that_is_open_is_not_in_the_backup(counter):
    counter.receive(1)
    dossier = journal.new_dossier_id()
    with unit_of_work(counter.desk.db):
        journal.append(counter.desk.db, books.reception(77), dossier=dossier, at=books.NOON, author="thu")
        assert counter.back_up().point.dossiers == 1


def test_of_attached_files_an_increment_carries_what_changed_and_the_restored_desk_has_all(counter, monkeypatch):
    (code,) = counter.receive(1)
    for number in range(7):
        attach(counter, code, f"tờ {number}")
    half = FILE_BLOCK // 2
    counter.desk.db.execute("UPDATE file SET n = -n")
    counter.desk.db.execute(f"UPDATE file SET n = -n * {half}")  # two to a block
    first = counter.back_up()
    copies = [path for path in (first.folder / "files").rglob("*") if path.is_file()]
    rows = counter.desk.db.all("SELECT sha, size FROM file ORDER BY n")
    files.confirm(counter.desk.db, rows[2][0], rows[2][1])  # of the second block
    counter.desk.db.execute("DELETE FROM file WHERE sha = ?", (rows[6][0],))  # all of the fourth
    attach(counter, code, "tờ 7")
    attach(counter, code, "tờ 6 lại")
    looked_at = []
    brought = attached_copies._is_brought
    monkeypatch.setattr(attached_copies, "_is_brought", lambda *told: looked_at.append(told) or brought(*told))
    second = counter.back_up()
    assert (len(looked_at), second.point.files) == (2, 8)
    with still(second.path, counter.desk.db.key) as copy:
        assert [n for (n,) in copy.all("SELECT n FROM file ORDER BY n")] == [
            3 * half,
            4 * half,
            6 * half + 1,
            6 * half + 2,
        ]
    ours = counter.desk.db.all("SELECT * FROM file ORDER BY n")
    restored = counter.restore()
    assert (restored.files, restored.lost_files) == (8, 0)
    with counter.opened(restored.data) as desk:
        assert desk.db.all("SELECT * FROM file ORDER BY n") == ours
    assert all(path.is_file() for path in copies)  # the base still names the one the desk has no more


def test_a_file_that_the_base_lacked_is_brought_when_the_desk_has_it_again(counter):
    (code,) = counter.receive(1)
    attach(counter, code, "bản chụp")
    aside = counter.folder / "aside"
    (counter.data / "files").rename(aside)
    assert counter.back_up().point.damaged == 1
    assert counter.back_up().point.damaged == 1
    aside.rename(counter.data / "files")
    point = counter.back_up().point
    assert (point.files, point.damaged) == (1, 0)
