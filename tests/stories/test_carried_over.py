"""The folders of 0.2.0, made by that version itself: opened by this one, nothing lost, the desk still in step.

A desk with four dossiers, of which the district has three; the district in the clear, as it was then; its backup.
"""

from __future__ import annotations

import csv
import tarfile
from dataclasses import dataclass
from pathlib import Path

import pytest

from desk_app.domain.dossiers.steps import Status
from tests.kit.desk.days_ahead import day_ahead
from tests.kit.desk.terminal import ROOT, SECRET_CARD, SECRET_NAME, SECRET_NUMBER, Terminal
from tests.kit.district.district_terminal import DistrictTerminal
from tests.kit.machine.readers import others_get_in

FOLDERS = ROOT / "tests" / "contracts" / "golden" / "folders-0.2.0.tar.xz"
PERSONAL = (SECRET_NAME.encode(), SECRET_NUMBER.encode(), b"Thanh Nien", "Nghỉ lễ".encode())


@dataclass(frozen=True)
class Old:
    """What 0.2.0 left."""

    folder: Path
    desk: Terminal
    district: DistrictTerminal

    @property
    def copy(self) -> Path:
        return self.folder / "b.db"

    def by_stick(self) -> dict[str, object]:
        """The desk's work there and the answer back."""
        stick = self.folder / "thẻ nhớ"
        stick.mkdir(exist_ok=True)
        self.desk.ask("stick", "export", str(stick))
        self.district.ask("import", str(stick))
        told: dict[str, object] = self.desk.ask("stick", "import", str(stick))
        for file in stick.iterdir():
            file.unlink()
        return told


@pytest.fixture
def old(tmp_path: Path) -> Old:
    with tarfile.open(FOLDERS) as packed:
        packed.extractall(tmp_path, filter="data")
    secret = tmp_path / "mat-khau"
    variables = {"DESK_PASSPHRASE_FILE": str(secret), "DESK_STATE": str(tmp_path / "state")}
    return Old(tmp_path, Terminal(tmp_path / "desk1", variables), DistrictTerminal(tmp_path / "district", secret))


def personal_in(*files: Path) -> set[bytes]:
    return {word for file in files for word in PERSONAL if word in file.read_bytes()}


def test_a_district_of_0_2_0_is_carried_over_and_its_desk_is_still_in_step(old: Old) -> None:
    assert (old.folder / "district" / "district.db").read_bytes().startswith(b"SQLite format 3")
    before = old.district.ask("status")
    assert (before["receptions"], before["dossiers"], before["events"]) == (3, 3, 3)
    assert old.district.ask("check")["problems"] == []
    told = old.by_stick()
    assert (told["confirmed"], told["waiting"]) == (1, 0)
    four = {one["code"] for one in old.desk.ask("find", SECRET_NAME)}
    fifth = old.desk.ask("receive", "--scan", "-", "--procedure", "1.004873", stdin=SECRET_CARD.encode())
    assert len(four | {fifth["code"]}) == 5
    assert old.by_stick()["waiting"] == 0
    after = old.district.ask("status")
    assert (after["receptions"], after["dossiers"]) == (5, 5)
    assert after["fingerprint"] == before["fingerprint"]
    for checked in (old.district.ask("check"), old.desk.ask("check")):
        assert checked["ok"]
    assert len(old.desk.ask("find", SECRET_NAME)) == 5
    files = [file for file in (old.folder / "district").rglob("*") if file.is_file()]
    assert personal_in(*files) == set()
    assert [file.name for file in files if file.name.startswith("district.db") and others_get_in(file)] == []


def test_a_backup_of_0_2_0_is_brought_back_on_a_new_machine(old: Old) -> None:
    place = DistrictTerminal(old.folder / "máy mới", old.district.passphrase_file)
    told = place.ask("restore", str(old.copy))
    assert told["events"] == 5
    again = Old(old.folder, old.desk, place)
    assert again.by_stick()["waiting"] == 0
    told = place.ask("status")
    assert (told["receptions"], told["dossiers"]) == (4, 4)
    assert place.ask("check")["ok"]
    made = place.ask("backup", str(old.folder / "mới.saoluu"))
    assert (made["verified"], made["damaged"]) == (True, [])
    files = [file for file in place.data.rglob("*") if file.is_file()]
    assert personal_in(*files, old.folder / "mới.saoluu") == set()
    assert old.copy.read_bytes().startswith(b"SQLite format 3")  # as it was: somebody else must destroy it


def test_what_0_2_0_received_lives_on_with_the_steps_of_today(old: Old, tmp_path: Path) -> None:
    """Every kind of event that came since, on dossiers that know none of it; both sides make the same of them."""
    desk = old.desk
    first, second, third, fourth = sorted(one["code"] for one in desk.ask("find", SECRET_NAME))
    papers = tmp_path / "giấy"
    for step in (
        ("forward", "--set", "to=Chuyên viên Lò Văn Mẫu"),
        ("request-completion", "--set", "defects=Giấy chứng sinh: thiếu dấu"),
        ("complete", "--set", f"due={day_ahead()}"),
        ("submit", "--set", "to=Lãnh đạo"),
        ("signed",),
        ("ready", "--set", "result=12/2026", "--set", "signer=Lãnh đạo"),
    ):
        desk.ask("step", first, *step, "--out", str(papers))
    assert list(papers.glob("*.pdf"))
    desk.ask("told", first, "told")
    desk.ask("step", first, "return", "--set", "handed=counter")
    desk.ask("step", second, "suspend", "--set", "cause=outage", "--set", "reason=Mất kết nối")
    desk.ask("step", second, "resume", "--set", f"due={day_ahead()}")
    desk.ask("step", second, "stop", "--set", "reason=Người dân xin dừng")
    desk.ask("note", third, "Đã gọi điện")
    desk.ask("money", "pay", third, "--amount", "3000")
    desk.ask("desks", "give", third, "--to", "2")
    desk.ask("step", fourth, "submit", "--set", "to=Lãnh đạo")
    desk.ask("paper-list", "make", "to-sign", fourth, "--to", "Lãnh đạo", "--out", str(papers))
    desk.ask("close-day")
    assert old.by_stick()["waiting"] == 0
    stand = {one["code"]: one["status"] for one in desk.ask("find", SECRET_NAME)}
    assert stand == {first: "returned", second: "stopped", third: "received", fourth: "awaiting_signature"}
    register = tmp_path / "sổ.csv"
    old.district.ask("export", "--register", str(register))
    there = list(csv.DictReader(register.read_text(encoding="utf-8-sig").splitlines()))
    assert {one["Mã hồ sơ"]: one["Tình trạng"] for one in there} == {
        code: Status(status).label for code, status in stand.items()
    }
    for checked in (old.district.ask("check"), desk.ask("check")):
        assert checked["ok"]
    assert desk.ask("rebuild")["dossiers"] == 4
    assert {one["code"]: one["status"] for one in desk.ask("find", SECRET_NAME)} == stand
