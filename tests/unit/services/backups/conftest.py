"""A desk with a day's work, and a place for its backups."""

from __future__ import annotations

import shutil
from types import SimpleNamespace

import pytest
from msgspec.structs import replace

from desk_app.domain.people.person import Person
from desk_app.services.backups import backup, restoring
from desk_app.services.backups.restoring import Secret
from desk_app.services.desk.desk import open_desk
from desk_app.services.reception import reception
from desk_app.services.setup import setup
from tests.kit.desk.desks import FRIDAY, PASSPHRASE, TestClock


@pytest.fixture(autouse=True)
def account(tmp_path, monkeypatch):
    monkeypatch.setenv("DESK_STATE", str(tmp_path / "account"))


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A desk made once: its folder and its recovery code."""
    data = tmp_path_factory.mktemp("made") / "desk"
    new = setup.init(
        data,
        unit="H26.99",
        commune="xã Thử Nghiệm",
        desk=1,
        clerk="Trần Thu Mẫu",
        passphrase=PASSPHRASE,
        clock=TestClock(),
    )
    return SimpleNamespace(data=data, code=new.recovery_code)


class Counter:
    """The desk of a test, its clock, its place for backups."""

    def __init__(self, folder, made) -> None:
        self.folder, self.code = folder, made.code
        self.data, self.place = folder / "desk", folder / "usb"
        shutil.copytree(made.data, self.data)
        self.place.mkdir()
        self.clock = TestClock(FRIDAY)
        self.desk = self.opened(self.data)

    def opened(self, data):
        return open_desk(data, passphrase=PASSPHRASE, clock=self.clock)

    def receive(self, times=1, desk=None):
        codes = []
        for number in range(times):
            person = Person(full_name="Nguyễn Thị Thử Nghiệm", id_number=f"00119000{number:04d}")
            draft = replace(reception.new_draft("2.000815"), people={"applicant": person})
            codes.append(reception.receive(desk or self.desk, draft).dossier.code)
        return codes

    def back_up(self, **more):
        return backup.make(self.desk, self.place, **more)

    def restore(self, name="other", **more):
        secret = more.pop("secret", Secret(recovery=self.code))
        return restoring.restore(self.place, self.folder / name, secret, clock=self.clock, **more)


@pytest.fixture
def counter(tmp_path, made):
    counter = Counter(tmp_path, made)
    yield counter
    counter.desk.close()
