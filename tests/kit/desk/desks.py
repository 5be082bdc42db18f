"""Desks for tests: made once a session, copied for each test, with a clock the test sets."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from desk_app.domain.calendar.moments import VIETNAM
from desk_app.services.desk.desk import Desk, open_desk
from desk_app.services.setup import setup
from desk_app.store.keys import vault

PASSPHRASE = "một hai ba, thử nghiệm"
CARD = "001190000001|012345678|Nguyễn Thị Thử Nghiệm|15011990|Nữ|Thôn 1, Xã Cũ, Huyện Cũ, Hà Nội|20102021"
FRIDAY = datetime(2026, 11, 20, 8, 15, tzinfo=VIETNAM)


@dataclass
class TestClock:
    """A clock that stands still until the test moves it."""

    __test__ = False
    moment: datetime = FRIDAY

    def __call__(self) -> datetime:
        return self.moment


def make_template(folder: Path) -> Path:
    """A desk without dossiers, of a commune that does not exist."""
    data = folder / "desk"
    setup.init(
        data,
        unit="H26.99",
        commune="xã Thử Nghiệm",
        province="thành phố Hà Nội",
        superior="UBND thành phố Hà Nội",
        desk=1,
        clerk="Trần Thu Mẫu",
        passphrase=PASSPHRASE,
        clock=TestClock(),
    )
    return data


def cheapen(data: Path, passphrase: str = PASSPHRASE) -> None:
    """A desk that a process of its own made opens without its passphrase being stretched, as those made here do."""
    vault.set_passphrase(data, vault.unlock(data, passphrase=passphrase), passphrase)


def open_copy(template: Path, folder: Path, clock: TestClock | None = None) -> Desk:
    """A copy of the template in `folder`, opened for writing."""
    data = folder / "desk"
    shutil.copytree(template, data)
    return open_desk(data, passphrase=PASSPHRASE, clock=clock or TestClock())
