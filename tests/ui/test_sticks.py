"""Finding the stick: by itself where one is plugged in, by a dialog in Vietnamese, or typed."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QPushButton

from desk_app.services.maintenance import usb_drives
from tests.ui.hand import Hand

MOUNTS = """/dev/sda1 / ext4 rw 0 0
/dev/sdb1 /media/quay\\0401/USB\\040CU vfat rw 0 0
/dev/sdc1 /run/media/quay/KINGSTON exfat rw 0 0
tmpfs /run tmpfs rw 0 0
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows names its drives by letters")
def test_sticks_are_told_from_the_disks_of_the_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "mounts"
    file.write_text(MOUNTS, "utf-8")
    monkeypatch.setattr(usb_drives, "_MOUNTS", file)
    assert usb_drives.plugged_in() == ["/media/quay 1/USB CU", "/run/media/quay/KINGSTON"]


def test_a_stick_that_is_plugged_in_is_named_without_asking(hand: Hand, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(usb_drives, "plugged_in", lambda: ["/media/quầy/USB"])
    hand.press(Qt.Key.Key_F7)
    hand.until(lambda: bool(hand.text("enrol.stick_folder")))
    assert hand.text("enrol.stick_folder") == "/media/quầy/USB"


def test_without_a_stick_the_clerk_is_told_where_one_is_missing(hand: Hand, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(usb_drives, "plugged_in", list)
    hand.press(Qt.Key.Key_F7)
    hand.until(lambda: hand.widget("enrol.stick_answer").isVisible())
    hand.widget("enrol.stick_answer").click()
    hand.settle()
    assert hand.focused() == "enrol.stick_folder"
    assert hand.text("enrol.stick_folder.note") == "Cắm USB hoặc chọn thư mục."
    hand.program.rounds.changed.emit()  # what is known was asked for again meanwhile
    hand.settle()
    assert hand.focused() == "enrol.stick_folder"
    assert hand.widget("enrol.stick_folder.note").isVisible()


@pytest.mark.qt_log_ignore("propagateSizeHints")  # only Qt's platform without a screen says that
def test_the_dialog_speaks_vietnamese_and_its_folder_is_taken(
    hand: Hand, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(usb_drives, "plugged_in", list)
    hand.press(Qt.Key.Key_F7)
    hand.until(lambda: hand.widget("enrol.stick_folder.choose").isVisible())
    hand.widget("enrol.stick_folder.choose").click()
    hand.until(lambda: bool(hand.program.window.findChildren(QFileDialog)))
    (dialog,) = hand.program.window.findChildren(QFileDialog)
    said = {each.text().replace("&", "") for each in dialog.findChildren(QPushButton) if each.text()}
    assert said == {"Chọn", "Hủy"}
    dialog.setDirectory(str(tmp_path))
    dialog.fileSelected.emit(str(tmp_path))
    dialog.reject()
    hand.settle()
    assert hand.text("enrol.stick_folder") == str(tmp_path)
