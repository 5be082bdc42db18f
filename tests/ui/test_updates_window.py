"""A new version by keys: the page, what is refused and said there, and the offer at the close of the day."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

import desk_app
from desk_app.errors import SecondProgramError
from desk_app.errors.updates import OnlyForwardError
from desk_app.services.updates import going_back, taking_in
from desk_app.store.database import schema
from desk_app.store.database.database import open_database
from desk_app.store.database.lock import hold
from tests.kit.updates.stand_ins import KEYS, program, update
from tests.ui.hand import Hand

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the files made here are for Linux")
KEY = Qt.Key


@pytest.fixture
def hand(make_hand: Callable[[Path], Hand], empty_desk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Hand:
    """The window of an installed program, on a desk to which the district has sent a new version."""
    shutil.copytree(empty_desk, tmp_path / "installed" / "desk")
    place = tmp_path / "programs"
    program(place / "versions" / desk_app.__version__, desk_app.__version__)
    (place / "current").write_text(desk_app.__version__, "ascii")
    monkeypatch.setenv("DESK_PROGRAMS", str(place))
    monkeypatch.setattr(taking_in, "release_keys", lambda: KEYS)
    monkeypatch.setattr(taking_in, "selftest", lambda _: "")
    made = make_hand(tmp_path / "installed" / "desk")
    made.until_open()
    return made


def test_a_new_version_is_taken_from_a_stick_and_offered_at_the_close_of_the_day(hand: Hand, tmp_path: Path) -> None:
    stick = tmp_path / "usb"
    stick.mkdir()
    hand.press(KEY.Key_U, ctrl=True)
    assert desk_app.__version__ in hand.text("updates.state")
    hand.widget("updates.folder").put(str(stick))
    hand.press(KEY.Key_Return, ctrl=True)
    hand.until(lambda: "không có tệp cập nhật" in hand.text("updates.said"))
    update(stick, "0.0.1")
    hand.press(KEY.Key_Return, ctrl=True)
    hand.until(lambda: "cũ hơn" in hand.text("updates.said"))
    file = update(stick, "9.6.0")
    fetched = hand.program.desk.data / "updates" / "9.6.0_12345678.capnhat"
    fetched.parent.mkdir()
    shutil.copy(file, fetched)
    hand.press(KEY.Key_F8)
    hand.until(lambda: hand.widget("day_end.update").isVisible())
    hand.widget("day_end.update").click()
    hand.press(KEY.Key_Return, ctrl=True)
    hand.until(lambda: "9.6.0 đã cài xong" in hand.text("updates.said"))
    assert "Nhanh hơn." in hand.text("updates.said")
    assert (tmp_path / "programs" / "next").read_text("ascii").split() == ["9.6.0"]
    hand.press(KEY.Key_F8)
    hand.until(lambda: not hand.widget("day_end.update").isVisible())


@pytest.fixture
def with_previous(hand: Hand, tmp_path: Path) -> Hand:
    """The version before is kept on the machine."""
    place = tmp_path / "programs"
    program(place / "versions" / "0.0.9", "0.0.9", schema=schema.VERSION)
    (place / "previous").write_text("0.0.9 from\n", "ascii")
    return hand


def test_the_way_back_is_confirmed_first_and_keeps_the_data_where_they_allow_it(
    with_previous: Hand, tmp_path: Path
) -> None:
    hand, place = with_previous, tmp_path / "programs"
    hand.press(KEY.Key_U, ctrl=True)
    hand.widget("updates.back").click()
    hand.until(lambda: hand.widget("updates.back.stay").isVisible())
    assert "Dữ liệu giữ nguyên" in hand.text("updates.back.told")
    assert hand.focused() == "updates.back.stay"
    hand.press(KEY.Key_Return)
    hand.until(lambda: hand.widget("updates.back").isVisible())
    assert (place / "current").read_text("ascii").split()[0] == desk_app.__version__
    hand.widget("updates.back").click()
    hand.until(lambda: hand.widget("updates.back.sure").isVisible())
    hand.widget("updates.back.sure").click()
    hand.until(lambda: (place / "current").read_text("ascii").split()[0] == "0.0.9")
    hand.until(lambda: not hand.widget("updates.back.sure").isVisible())
    assert not (place / "previous").exists()


def test_data_that_must_go_back_too_do_so_only_when_the_window_has_let_them_go(
    with_previous: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand = with_previous
    desk = hand.program.desk
    assert desk is not None
    monkeypatch.setattr(going_back, "foreseen", lambda *_: going_back.WayBack("0.0.9", puts_copy_back=True))
    seen: list[bool] = []

    def back(_folder: object, data: Path, key: bytes) -> None:
        with pytest.raises(SecondProgramError):  # nobody else can come between
            hold(data)
        db = open_database(data / "desk.db", key)
        seen.append(db.all("PRAGMA wal_checkpoint(TRUNCATE)") == [(0, 0, 0)])  # nobody reads any more
        db.close()

    monkeypatch.setattr(going_back, "back", back)
    hand.press(KEY.Key_U, ctrl=True)
    hand.widget("updates.back").click()
    hand.until(lambda: hand.widget("updates.back.sure").isVisible())
    assert "đặt lại như ngay trước khi cập nhật" in hand.text("updates.back.told")
    assert seen == []
    hand.widget("updates.back.sure").click()
    hand.until(lambda: seen == [True])
    assert hand.program.desk is None


def test_why_there_is_no_way_back_is_said(with_previous: Hand, monkeypatch: pytest.MonkeyPatch) -> None:
    hand = with_previous

    def refused(*_: object) -> None:
        raise OnlyForwardError(version="0.0.9", mine=desk_app.__version__)

    monkeypatch.setattr(going_back, "foreseen", refused)
    said: list[str] = []
    hand.program.notices.posted.connect(lambda notice: said.append(notice.text))
    hand.press(KEY.Key_U, ctrl=True)
    hand.widget("updates.back").click()
    hand.until(lambda: bool(said))
    assert "quay về sẽ mất các việc đó" in said[0]
    assert not hand.widget("updates.back.sure").isVisible()
