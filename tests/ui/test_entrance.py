"""The way in: passphrase, recovery code, the first start, and a desk that does not open."""

from __future__ import annotations

import errno
import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QFontMetricsF, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QScrollArea, QWidget

from desk_app.errors import DeskError, NoKeyStoreError
from desk_app.services.maintenance import recovery_file
from desk_app.services.setup import setup
from desk_app.ui.look.palette import LIGHT_TRAINING
from desk_app.ui.widgets.labels import Picture
from tests.kit.desk.desks import PASSPHRASE, TestClock
from tests.kit.machine.readers import others_get_in
from tests.ui.hand import Hand


@pytest.fixture
def locked_hand(make_hand: Callable[..., Hand], empty_desk: Path, tmp_path: Path) -> Hand:
    """A desk whose passphrase nobody gave."""
    shutil.copytree(empty_desk, tmp_path / "desk")
    hand = make_hand(None)
    hand.until(lambda: hand.program.window.page.findChild(type(hand.program.window), "") is None)
    hand.until(lambda: any(each.accessibleIdentifier() == "unlock.open" for each in hand.widgets()))
    return hand


def is_open(hand: Hand) -> bool:
    return hand.program.view is not None


def test_the_right_passphrase_opens_the_desk(locked_hand: Hand, tmp_path: Path) -> None:
    locked_hand.widget("unlock.passphrase").setText(PASSPHRASE)
    locked_hand.widget("unlock.open").click()
    locked_hand.until(lambda: is_open(locked_hand))
    assert locked_hand.program.desk.data == tmp_path / "desk"


def test_a_wrong_passphrase_is_told_and_asked_again(locked_hand: Hand) -> None:
    locked_hand.widget("unlock.passphrase").setText("không phải")
    locked_hand.widget("unlock.open").click()
    page = locked_hand.program.window.page
    locked_hand.until(lambda: locked_hand.program.window.page is not page)
    locked_hand.until(lambda: "unlock.open" in {each.accessibleIdentifier() for each in locked_hand.widgets()})
    assert "không đúng" in locked_hand.program.window.page.text.text()
    assert not is_open(locked_hand)
    locked_hand.widget("unlock.passphrase").setText(PASSPHRASE)
    locked_hand.widget("unlock.open").click()
    locked_hand.until(lambda: is_open(locked_hand))


def test_the_recovery_code_opens_the_desk(make_hand: Callable[..., Hand], tmp_path: Path) -> None:
    made = setup.init(
        tmp_path / "desk", unit="H26.99", commune="xã Thử", desk=1, passphrase="quên mất rồi thì sao", clock=TestClock()
    )
    hand = make_hand(None)
    hand.until(lambda: any(each.accessibleIdentifier() == "unlock.recovery" for each in hand.widgets()))
    hand.widget("unlock.recovery").setText(made.recovery_code.lower())
    hand.widget("unlock.open").click()
    hand.until(lambda: is_open(hand))
    assert hand.program.desk.settings.commune == "xã Thử"


def test_the_first_start_makes_a_desk_and_shows_the_recovery_code(make_hand: Callable[..., Hand]) -> None:
    hand = make_hand(None)
    hand.until(lambda: any(each.accessibleIdentifier() == "setup.make" for each in hand.widgets()))
    for name, text in (
        ("unit", "h26.99"),
        ("commune", "xã Thử Nghiệm"),
        ("province", "thành phố Hà Nội"),
        ("clerk", "Trần Thu Mẫu"),
        ("passphrase", PASSPHRASE),
        ("passphrase_again", PASSPHRASE),
    ):
        hand.widget(f"setup.{name}").setText(text)
    hand.widget("setup.make").click()
    hand.until(lambda: any(each.accessibleIdentifier() == "recovery.code" for each in hand.widgets()))
    code = hand.text("recovery.code")
    assert len([mark for mark in code if mark.isalnum()]) == 27
    hand.widget("recovery.print").click()
    hand.until(lambda: hand.printed == ["Mã khôi phục dữ liệu"])
    hand.widget("recovery.done").click()
    assert not hand.widget("recovery.code").isVisible()
    hand.widget("recovery.last_group").setText(code.split()[-1].lower())
    hand.widget("recovery.confirm").click()
    hand.until(lambda: is_open(hand))
    assert hand.program.desk.settings.commune == "xã Thử Nghiệm"
    assert hand.program.desk.settings.unit == "H26.99"


def test_a_set_up_page_left_empty_says_which_field(make_hand: Callable[..., Hand]) -> None:
    hand = make_hand(None)
    hand.until(lambda: any(each.accessibleIdentifier() == "setup.make" for each in hand.widgets()))
    hand.widget("setup.make").click()
    hand.until(lambda: "Mã đơn vị" in hand.text("status.message"))
    assert hand.widget("setup.unit").property("state") == "error"
    assert not hand.program._data.exists()


def test_without_a_key_store_the_set_up_asks_for_a_passphrase(
    make_hand: Callable[..., Hand], monkeypatch: pytest.MonkeyPatch
) -> None:
    def none() -> None:
        raise NoKeyStoreError(why="không có")

    monkeypatch.setattr("desk_app.keyrings.trusted", none)
    hand = make_hand(None)
    hand.until(lambda: any(each.accessibleIdentifier() == "setup.make" for each in hand.widgets()))
    hand.widget("setup.unit").setText("H26.99")
    hand.widget("setup.commune").setText("xã Thử Nghiệm")
    hand.widget("setup.make").click()
    hand.until(lambda: hand.widget("setup.passphrase").property("state") == "error")
    assert not (hand.program._data / "desk.db").exists()


def test_a_demo_makes_its_commune_by_itself(make_hand: Callable[..., Hand], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desk_app.app._DEMO_DOSSIERS", 12)
    hand = make_hand(None, "--demo")
    hand.until(lambda: is_open(hand))
    assert hand.program.desk.settings.is_demo
    hand.until(lambda: hand.text("dossiers.count") == "12 hồ sơ")


def test_a_demo_never_mixes_with_the_real_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    from desk_app import app

    monkeypatch.delenv("DESK_DATA", raising=False)
    real = app._data_folder(app.options().parse_args([]))
    assert app._data_folder(app.options().parse_args(["--demo"])) != real


def test_a_desk_open_elsewhere_is_told_and_can_be_tried_again(
    make_hand: Callable[..., Hand], empty_desk: Path, tmp_path: Path
) -> None:
    from desk_app.services.desk.desk import open_desk

    shutil.copytree(empty_desk, tmp_path / "desk")
    other = open_desk(tmp_path / "desk", passphrase=PASSPHRASE, clock=TestClock())
    secret = tmp_path / "secret.txt"
    secret.write_text(PASSPHRASE, "utf-8")
    hand = make_hand(None, "--passphrase-file", str(secret))
    hand.until(lambda: any(each.accessibleIdentifier() == "door.again" for each in hand.widgets()))
    assert not is_open(hand)
    other.close()
    hand.widget("door.again").click()
    hand.until(lambda: is_open(hand))


# --- the password -------------------------------------------------------------------------------------------------


def set_up(make_hand: Callable[..., Hand], first: str, again: str) -> Hand:
    """The set-up page filled in, with this password typed twice."""
    hand = make_hand(None)
    hand.until(lambda: any(each.accessibleIdentifier() == "setup.make" for each in hand.widgets()))
    for name, text in (("unit", "H26.99"), ("commune", "xã Thử Nghiệm"), ("clerk", "Trần Thu Mẫu")):
        hand.widget(f"setup.{name}").setText(text)
    hand.widget("setup.passphrase").setText(first)
    hand.widget("setup.passphrase_again").setText(again)
    hand.widget("setup.make").click()
    return hand


def test_enter_held_a_moment_too_long_makes_the_desk_once(make_hand: Callable[..., Hand]) -> None:
    hand = set_up(make_hand, PASSPHRASE, PASSPHRASE)
    hand.widget("setup.passphrase_again").setFocus()
    hand.press(Qt.Key.Key_Return, Qt.Key.Key_Return)
    hand.until(lambda: any(each.accessibleIdentifier() == "recovery.code" for each in hand.widgets()))
    hand.wait(300)
    assert not hand.program.window.strip.isVisible(), hand.text("status.message")


def test_a_password_typed_differently_makes_no_desk(make_hand: Callable[..., Hand]) -> None:
    hand = set_up(make_hand, PASSPHRASE, PASSPHRASE + "!")
    hand.wait(300)
    assert hand.widget("setup.passphrase_again").property("state") == "error"
    assert not hand.program._data.exists()


@pytest.mark.parametrize(("password", "reason"), [("ngắn", "ít nhất 8"), ("Thunghiem@2026", "dễ đoán")])
def test_a_weak_password_is_refused_with_the_reason(make_hand: Callable[..., Hand], password: str, reason: str) -> None:
    hand = set_up(make_hand, password, password)
    hand.until(lambda: reason in hand.text("status.message"))
    assert hand.widget("setup.passphrase").property("state") == "error"
    assert not hand.program._data.exists()


def test_a_key_shows_the_password_in_both_fields_and_hides_it_again(make_hand: Callable[..., Hand]) -> None:
    hand = make_hand(None)
    hand.until(lambda: any(each.accessibleIdentifier() == "setup.make" for each in hand.widgets()))
    fields = [hand.widget("setup.passphrase"), hand.widget("setup.passphrase_again")]
    fields[1].setText("trâu gặm cỏ")
    for shown in (QLineEdit.EchoMode.Normal, QLineEdit.EchoMode.Password):
        QTest.keyClick(fields[1], Qt.Key.Key_F4)
        assert [each.echoMode() for each in fields] == [shown, shown]
    assert fields[1].text() == "trâu gặm cỏ"
    fields[0].turn()
    assert all(each.inputMethodHints() & Qt.InputMethodHint.ImhHiddenText for each in fields)


def test_caps_lock_is_told_while_a_password_is_typed(locked_hand: Hand) -> None:
    field, told = locked_hand.widget("unlock.passphrase"), locked_hand.widget("unlock.passphrase_caps")
    none, shift = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
    for letter, modifier, is_told in (("M", none, True), ("m", none, False), ("M", shift, False), ("m", shift, True)):
        QCoreApplication.sendEvent(field, QKeyEvent(QEvent.Type.KeyPress, 0, modifier, letter))
        assert told.isVisible() is is_told
    assert field.text() == "MmMm"


def test_no_name_of_an_option_or_of_a_key_store_is_shown(
    make_hand: Callable[..., Hand], monkeypatch: pytest.MonkeyPatch
) -> None:
    hand = set_up(make_hand, "", "")
    hand.until(lambda: "kho khóa" in hand.text("status.message"))
    hand.settle()
    said = " ".join(str(each.property("text")) for each in hand.widgets() if each.property("text"))
    for word in ("--", "fail", "keyring", "passphrase", "DESK_"):
        assert word not in said


# --- the recovery code --------------------------------------------------------------------------------------------


@pytest.fixture
def recovery(make_hand: Callable[..., Hand]) -> Hand:
    """The page with the code, of a desk just made."""
    hand = set_up(make_hand, PASSPHRASE, PASSPHRASE)
    hand.until(lambda: any(each.accessibleIdentifier() == "recovery.code" for each in hand.widgets()))
    hand.settle()
    return hand


def test_every_group_of_the_code_is_whole_at_any_size_scale_and_theme(recovery: Hand) -> None:
    label, window = recovery.widget("recovery.code"), recovery.program.window
    chosen = random.Random(7)
    window.showNormal()
    for _ in range(60):
        recovery.program.look.choose(chosen.choice(("light", "dark")))
        size = chosen.choice((13, 15, 21, 30, 42))
        label.setStyleSheet(f"font-size: {size}px;")  # as a screen of another scale lays it out
        window.resize(chosen.randint(640, 1920), chosen.randint(360, 1080))
        recovery.settle()
        assert_code_is_whole(label, window)


def assert_code_is_whole(label: QLabel, window: QWidget) -> None:
    groups = label.text().split("\n")
    assert [len(group) for group in groups] == [9, 9, 9]
    metrics, room = QFontMetricsF(label.font()), label.contentsRect()
    for group in groups:
        assert metrics.horizontalAdvance(group) <= room.width()
    assert len(groups) * metrics.lineSpacing() <= room.height() + 0.5
    scroll = window.findChild(QScrollArea)
    scroll.ensureWidgetVisible(label, 0, 0)
    for part in (label.parentWidget(), label.parentWidget().parentWidget(), scroll.viewport()):
        if part is not None:
            place = QRect(label.mapTo(part, QPoint(0, 0)), label.size())
            assert place.left() >= 0
            assert place.right() <= part.width()


def test_a_wrong_last_group_is_told_and_the_code_can_be_seen_again(recovery: Hand) -> None:
    code = recovery.text("recovery.code").split()
    recovery.widget("recovery.done").click()
    for wrong in ("", code[0], code[2][:-1]):
        recovery.widget("recovery.last_group").setText(wrong)
        recovery.widget("recovery.confirm").click()
        assert recovery.widget("recovery.last_group").property("state") == "error"
        assert not is_open(recovery)
    recovery.widget("recovery.back").click()
    assert recovery.widget("recovery.code").isVisible()
    recovery.widget("recovery.done").click()
    recovery.widget("recovery.last_group").setText(f" {code[2][:4].lower()} {code[2][4:]}".replace("0", "o"))
    recovery.widget("recovery.confirm").click()
    recovery.until(lambda: is_open(recovery))


def test_the_code_is_written_on_a_stick_once_and_for_its_owner_alone(recovery: Hand, tmp_path: Path) -> None:
    code = recovery.text("recovery.code").split()
    stick = tmp_path / "usb"
    stick.mkdir()
    recovery.widget("recovery.folder").setText(str(stick))
    recovery.widget("recovery.folder").setFocus()
    recovery.press(Qt.Key.Key_Return)  # Enter in the folder writes there
    recovery.until(lambda: "Đã ghi mã" in recovery.text("status.message"))
    (file,) = stick.iterdir()
    assert all(group in file.read_text("utf-8") for group in code)
    assert not others_get_in(file)
    before = file.read_bytes()
    recovery.widget("recovery.write").click()
    recovery.until(lambda: "không ghi đè" in recovery.text("status.message"))
    assert file.read_bytes() == before
    recovery.widget("recovery.folder").setText(str(tmp_path / "chưa cắm"))
    recovery.widget("recovery.write").click()
    recovery.until(lambda: "Không thấy thư mục" in recovery.text("status.message"))


@pytest.mark.parametrize(
    ("number", "said"), [(errno.ENOSPC, "đã đầy"), (errno.EROFS, "khóa ghi"), (errno.EIO, "rút ra hoặc lỗi")]
)
def test_what_a_stick_does_is_told_and_leaves_no_half_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, said: str
) -> None:
    def fails(_file: int) -> None:
        raise OSError(number, "thử")

    monkeypatch.setattr(os, "fsync", fails)
    with pytest.raises(DeskError, match=said):
        recovery_file.write_code(tmp_path, "A" * 9 + "-" + "B" * 9 + "-" + "C" * 9, unit="H26", commune="xã", desk=1)
    assert list(tmp_path.iterdir()) == []


def test_a_code_that_cannot_be_printed_is_told_in_the_words_of_its_page(
    recovery: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desk_app.services.papers.printing.queues", list)
    recovery.widget("recovery.print").click()
    recovery.until(lambda: "chưa có máy in" in recovery.text("status.message"))
    said = " ".join(str(each.property("text")) for each in recovery.widgets() if each.property("text"))
    assert "Ghi mã ra USB" in said
    assert "Hồ sơ đã" not in said
    assert "In lại" not in said


@pytest.mark.parametrize("field", ["unlock.passphrase", "unlock.recovery"])
def test_what_was_wrong_is_told_as_a_warning_with_its_sign_and_the_cursor_is_there(
    locked_hand: Hand, field: str
) -> None:
    hand = locked_hand
    assert not [each for each in hand.widgets() if each.accessibleIdentifier() == "door.refusal"]
    hand.program.window.activateWindow()
    hand.until(hand.program.window.isActiveWindow)
    hand.widget(field).setFocus()
    hand.fill("chắc chắn là sai")
    hand.press(Qt.Key.Key_Return)
    hand.until(lambda: any(each.accessibleIdentifier() == "door.refusal" for each in hand.widgets()))
    told = hand.widget("door.refusal")
    assert told.parentWidget().property("panel") == "error"
    assert told.parentWidget().findChildren(Picture)
    hand.until(lambda: hand.focused() == field)
    assert hand.widget(field).accessibleDescription() == hand.text("door.refusal")


def test_training_mode_has_its_own_folder_its_colour_and_its_word(
    make_hand: Callable[..., Hand], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("desk_app.app._TRAINING_DOSSIERS", 3)
    hand = make_hand(None, "--training")
    hand.until(lambda: is_open(hand))
    assert hand.program.desk.data == tmp_path / "desk-tap-huan" and not (tmp_path / "desk").exists()
    assert hand.program.window.windowTitle().startswith("TẬP HUẤN")
    assert hand.widget("training.band").isVisible()
    assert hand.program.look.palette is LIGHT_TRAINING
    assert hand.program.desk.db.all("SELECT count(*) FROM dossier WHERE code NOT LIKE 'TAP.99-%'") == [(0,)]


def test_a_folder_with_work_in_it_never_opens_as_training(
    make_hand: Callable[..., Hand], empty_desk: Path, tmp_path: Path
) -> None:
    shutil.copytree(empty_desk, tmp_path / "desk-tap-huan")
    hand = make_hand(None, "--training")
    hand.until(lambda: any(each.accessibleIdentifier() in {"door.again", "unlock.open"} for each in hand.widgets()))
    hand.widget("unlock.passphrase").setText(PASSPHRASE)
    hand.widget("unlock.open").click()
    hand.until(lambda: any(each.accessibleIdentifier() == "door.again" for each in hand.widgets()))
    assert "dữ liệu thật" in hand.text("door.refusal")
    assert not is_open(hand)
