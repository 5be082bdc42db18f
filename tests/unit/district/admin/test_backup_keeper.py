"""The server's own copies: made at their hour, older ones taken away, and what goes wrong is told."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from msgspec.structs import replace as changed

from desk_app.district.admin import backup, backup_file, backup_schedule, settings, status
from desk_app.district.admin.backup_keeper import BackupKeeper, kept
from desk_app.district.admin.folder import DistrictOffice
from tests.kit.district import offices
from tests.kit.district.offices import Clock
from tests.kit.machine.readers import others_get_in

DAY = 86_400_000


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "ổ sao lưu"


@pytest.fixture
def office(here: DistrictOffice, place: Path) -> DistrictOffice:
    """A district with a desk's work in it, set to make its own copies."""
    desk = offices.enrolled(here)
    desk.receives(1)
    here.district.reply(desk.request())
    chosen = changed(here.settings, backup_folder=str(place), backup_days=3, backup_weeks=0)
    settings.write(here.folder, chosen)
    return DistrictOffice(folder=here.folder, settings=chosen, district=here.district)


def remarks(office: DistrictOffice, clock: Clock) -> str:
    with office.district.storage.reading() as session:
        return "\n".join(status.remarks(session, office.folder, at=clock.at))


def test_a_copy_is_made_each_day_and_old_ones_go(office: DistrictOffice, place: Path, clock: Clock) -> None:
    (place).mkdir()
    (place / "của người khác.saoluu").write_bytes(b"x")
    keeper = BackupKeeper(office)
    made = []
    for _ in range(6):
        file = keeper.look()
        assert file is not None
        assert keeper.look() is None
        made.append(file)
        clock.at += DAY
    assert sorted(place.iterdir()) == sorted([*made[-3:], place / "của người khác.saoluu"])
    assert backup_file.head_of(made[-1]) is not None
    assert not others_get_in(made[-1])
    assert "sao lưu" not in remarks(office, clock)


def test_a_copy_can_be_brought_back(office: DistrictOffice) -> None:
    file = BackupKeeper(office).look()
    assert file is not None
    assert backup.bring_back(office, file, over=True).events == 2


def test_a_place_without_room_is_told_and_nothing_old_is_taken_away(
    office: DistrictOffice, place: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    keeper = BackupKeeper(office)
    first = keeper.look()
    clock.at += 5 * DAY
    usage = shutil.disk_usage(office.folder)
    with monkeypatch.context() as patch:
        patch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=1))
        assert keeper.look() is None
        assert "còn đủ chỗ" in remarks(office, clock)
        assert "0 bản sao lưu nữa" in remarks(office, clock)
    assert list(place.iterdir()) == [first]
    clock.at += backup_schedule.AGAIN_AFTER
    assert keeper.look() is not None
    assert "sao lưu" not in remarks(office, clock)


def test_a_place_that_is_gone_is_told(office: DistrictOffice, place: Path, clock: Clock) -> None:
    place.write_bytes(b"no folder")
    assert BackupKeeper(office).look() is None
    assert "Không thấy thư mục sao lưu" in remarks(office, clock)
    assert "Máy chủ chưa tự sao lưu được" in remarks(office, clock)


def test_a_bug_is_told_and_ends_nothing(
    office: DistrictOffice, clock: Clock, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    keeper = BackupKeeper(office)
    with monkeypatch.context() as patch:
        patch.setattr(backup, "make", lambda *_, **__: {}["Nguyễn Thị Thử"])
        assert keeper.look() is None
    assert "Lỗi của chương trình" in remarks(office, clock)
    assert "Nguyễn" not in caplog.text
    clock.at += DAY
    assert keeper.look() is not None


def test_what_killed_copies_left_goes_when_it_is_old(office: DistrictOffice, clock: Clock) -> None:
    names = [".0123456789abcdef.backup", ".0123456789abcdef.reading-wal", "giữ lại", ".0123456789abcdef.other"]
    old, new = names, [f".{n}{'0' * 15}.backup" for n in range(2)]
    (office.folder / ".check-abc").mkdir()
    for name in (*old, *new):
        (office.folder / name).write_bytes(b"x")
    for name in (*old, ".check-abc"):
        os.utime(office.folder / name, (clock.at / 1000 - 2 * 86_400,) * 2)
    for name in new:
        os.utime(office.folder / name, (clock.at / 1000,) * 2)
    before = {path.name for path in office.folder.iterdir()}
    with kept(office):
        pass
    assert before - {path.name for path in office.folder.iterdir()} == {*names[:2], ".check-abc"}


def test_the_thread_ends_when_it_is_told_to(office: DistrictOffice) -> None:
    keeper = BackupKeeper(office)
    keeper.start()
    keeper.stop()
    assert not keeper._thread.is_alive()
