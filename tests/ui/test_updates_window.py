"""A new version by keys: the page, what is refused and said there, and the offer at the close of the day."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

import desk_app
from desk_app.services.updates import taking_in
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
