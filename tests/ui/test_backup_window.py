"""Backups in the window: a place is chosen, a backup made, a drill walked through, a backup brought back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from desk_app.services.backups import backup_notes, pending_desk, restoring
from desk_app.services.desk.desk import open_desk
from desk_app.store.keys import vault
from tests.kit.desk.desks import CARD, PASSPHRASE, TestClock
from tests.ui.hand import Hand

KEY = Qt.Key


def put(hand: Hand, identifier: str, text: str) -> None:
    field = hand.widget(identifier)
    field.setFocus(Qt.FocusReason.TabFocusReason)
    assert isinstance(field, QLineEdit)
    field.selectAll()
    hand.fill(text)


@pytest.fixture
def at_backups(make_hand: Callable[..., Hand], empty_desk: Path, tmp_path: Path) -> Hand:
    """One dossier received; the settings in front, a place for backups typed and saved."""
    (tmp_path / "usb").mkdir()
    hand = make_hand(empty_desk)
    hand.until_open()
    hand.press(KEY.Key_F2)
    hand.scan(CARD)
    hand.press(KEY.Key_1, ctrl=True)
    hand.press(KEY.Key_S, ctrl=True)
    hand.until(lambda: hand.program.backups.known is not None)
    assert "Chưa chọn nơi sao lưu" in hand.widget("backup.side").accessibleName()
    hand.press(KEY.Key_Comma, ctrl=True)
    put(hand, "settings.backup_folder", str(tmp_path / "usb"))
    hand.press(KEY.Key_S, ctrl=True)
    hand.until(lambda: bool(hand.program.backups.known.folder))
    hand.until(lambda: not hand.program.backups.doing and hand.program.backups.known.note.made_at)
    return hand


def test_a_chosen_place_gets_its_backup_by_itself_and_each_button_does_its_deed(
    at_backups: Hand, tmp_path: Path
) -> None:
    hand = at_backups
    data = hand.program.desk.data
    first = restoring.points_in(tmp_path / "usb")[0]
    assert (first.kind, first.dossiers, first.is_proved) == ("base", 1, True)
    assert "Lần gần nhất" in hand.text("backup.state")
    hand.widget("backup.drill").click()
    hand.until(lambda: backup_notes.read(data).drilled_at > 0)
    assert backup_notes.read(data).drill_ok
    hand.until(lambda: "Diễn tập gần nhất đạt." in hand.text("backup.state"))

    code = vault.new_recovery_code(data, hand.program.desk.db.key)
    hand.widget("backup.now").click()  # the envelopes with the new code go along
    hand.until(lambda: len(restoring.points_in(tmp_path / "usb")) == 2)
    hand.until(lambda: not hand.program.backups.doing)
    hand.until(lambda: "1 hồ sơ" in hand.text("backup.list"))
    hand.widget("backup.restore").click()
    hand.until(lambda: bool(hand.widget("restore.which").value()))
    put(hand, "restore.code", "AAAA")
    hand.press(KEY.Key_Return)
    hand.until(lambda: hand.widget("restore.do").isEnabled())
    assert not pending_desk.is_waiting(data)
    put(hand, "restore.code", code)
    hand.press(KEY.Key_Return)
    hand.until(lambda: pending_desk.is_waiting(data))
    hand.until(lambda: hand.widget("restore.again").isVisible())
    hand.program.close()
    before = pending_desk.take_place(data, TestClock()())
    assert before is not None and (before / "desk.db").is_file()
    with open_desk(data, passphrase=PASSPHRASE, clock=TestClock()) as desk:
        assert desk.db.all("SELECT count(*) FROM dossier") == [(1,)]
    assert pending_desk.take_place(data, TestClock()()) is None
