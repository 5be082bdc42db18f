from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import NamedTuple

import pytest

from desk_app.district.admin import backup, settings
from desk_app.district.admin.folder import DistrictOffice
from desk_app.district.checks import doctor as machine
from desk_app.district.checks.doctor import MachineState
from desk_app.district.keys import keyfile, tls
from tests.kit.district import offices
from tests.kit.district.offices import PASSPHRASE, Clock

DAY = 86_400_000


class Usage(NamedTuple):
    """What `shutil.disk_usage` says."""

    total: int
    used: int
    free: int


def look(place: Path, clock: Clock, *, passphrase: str = PASSPHRASE, database: str = "") -> dict[str, MachineState]:
    found = machine.doctor(
        place, database=database, unlock=lambda: keyfile.unlock(place, passphrase=passphrase), at=clock.at
    )
    return {each.subject: each for each in found}


@pytest.fixture
def well(here: DistrictOffice, tmp_path: Path) -> Path:
    """A district with a desk, a dossier and a fresh backup, private to its owner."""
    desk = offices.enrolled(here)
    desk.receives(1)
    here.district.reply(desk.request())
    backup.make(here, tmp_path / "b.db")
    return here.folder


def test_a_sound_machine_needs_nothing(well: Path, clock: Clock) -> None:
    found = look(well, clock)
    assert [each.subject for each in found.values() if not each.is_well] == []
    assert {"Đĩa", "Quyền", "Khóa cấp trên", "Chứng thư máy chủ", "Cơ sở dữ liệu", "Đồng hồ", "Sao lưu"} <= set(found)


@pytest.mark.parametrize(
    ("free", "total", "is_well"),
    [(500 << 20, 1 << 40, False), (3 << 30, 1 << 40, False), (3 << 30, 20 << 30, True), (50 << 30, 1 << 42, True)],
)
def test_a_disk_that_fills_up_is_told(
    well: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch, free: int, total: int, is_well: bool
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(total, total - free, free))
    assert look(well, clock)["Đĩa"].is_well is is_well


def test_a_clock_that_went_back_is_told(well: Path, clock: Clock) -> None:
    clock.at -= DAY
    assert "lùi" in look(well, clock)["Đồng hồ"].state


def test_a_clock_that_most_desks_contradict_is_told(well: Path, here: DistrictOffice, clock: Clock) -> None:
    for number in (2, 3):
        offices.enrolled(here, number)
    with here.district.storage.writing() as session:
        session.run("UPDATE device SET seen_at = ?, clock_offset = 7200 WHERE desk > 1", [clock.at])
    found = look(well, clock)["Đồng hồ"]
    assert "nhanh 120 phút" in found.state or "nhanh 2 giờ" in found.state
    with here.district.storage.writing() as session:
        session.run("UPDATE device SET clock_offset = 0 WHERE desk = 2")
    assert look(well, clock)["Đồng hồ"].is_well


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps rights otherwise")
def test_a_folder_that_others_of_the_machine_can_read_is_told(well: Path, clock: Clock) -> None:
    well.chmod(0o755)
    (well / keyfile.FILE).chmod(0o644)
    found = look(well, clock)["Quyền"]
    assert keyfile.FILE in found.state
    assert "chmod" in found.remedy


def test_a_backup_that_grew_old_or_was_never_made_is_told(well: Path, here: DistrictOffice, clock: Clock) -> None:
    clock.at += 3 * DAY
    assert "3 ngày" in look(well, clock)["Sao lưu"].state
    with here.district.storage.writing() as session:
        session.run("DELETE FROM meta WHERE key = 'backup-at'")
    assert look(well, clock)["Sao lưu"].state == "chưa lần nào"


def test_a_certificate_that_is_gone_spoiled_or_ends_soon_is_told(well: Path, clock: Clock) -> None:
    pem = (well / tls.CERTIFICATE).read_bytes()
    assert "9999" in look(well, clock)["Chứng thư máy chủ"].state
    clock.at = 253_402_300_799_000 - 10 * DAY
    assert "hết hạn" in look(well, clock)["Chứng thư máy chủ"].state
    for spoiled in (b"", pem[:200]):
        (well / tls.CERTIFICATE).write_bytes(spoiled)
        assert not look(well, clock)["Chứng thư máy chủ"].is_well
    (well / tls.CERTIFICATE).unlink()
    assert not look(well, clock)["Chứng thư máy chủ"].is_well
    (well / tls.CERTIFICATE).write_bytes(pem)
    (well / tls.KEY).unlink()
    assert look(well, clock)["Chứng thư máy chủ"].state == "không có tls.key"


def test_a_database_nobody_reaches_is_told_with_the_rest(well: Path, clock: Clock) -> None:
    found = look(well, clock, database="postgresql://127.0.0.1:1/nothing")
    assert not found["Cơ sở dữ liệu"].is_well
    assert found["Đĩa"].is_well


def test_a_spoiled_database_file_is_told(well: Path, here: DistrictOffice, clock: Clock) -> None:
    here.district.storage.close()
    (well / settings.DATABASE).write_bytes(b"x" * 8192)
    assert not look(well, clock)["Cơ sở dữ liệu"].is_well


def test_keys_that_do_not_open_are_told(well: Path, clock: Clock) -> None:
    assert not look(well, clock, passphrase="sai")["Khóa cấp trên"].is_well


def test_no_folder_and_torn_settings_are_told_too(well: Path, clock: Clock, tmp_path: Path) -> None:
    assert not look(tmp_path / "nowhere", clock)["Thiết lập"].is_well
    (well / settings.FILE).write_text("name =", encoding="utf-8")
    assert not look(well, clock)["Thiết lập"].is_well


def test_the_root_key_on_the_server_is_told(well: Path, clock: Clock) -> None:
    (well / "khoa-goc-00.txt").write_text("x", encoding="utf-8")
    assert "USB" in look(well, clock)["Khóa gốc"].remedy
