"""The screen of settings, by keys: changed together, refused at the field, tried out, kept when one goes elsewhere."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit

from desk_app import __version__, places
from desk_app.domain.dossiers.events import OfficeChanged
from desk_app.errors import WrongRecoveryCodeError
from desk_app.services.desk import office_settings
from desk_app.services.desk.desk import open_desk
from desk_app.services.papers.papers import Paper
from desk_app.store.database.database import unit_of_work
from desk_app.store.journal import journal
from desk_app.store.keys import vault
from tests.kit.desk.desks import CARD, PASSPHRASE, TestClock
from tests.ui.hand import Hand

KEY = Qt.Key


@pytest.fixture
def trials(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Paper, str]]:
    sent: list[tuple[Paper, str]] = []
    monkeypatch.setattr("desk_app.services.papers.printing.send", lambda paper, name: sent.append((paper, name)))
    return sent


@pytest.fixture
def at_settings(shared_hand: Hand) -> Hand:
    shared_hand.unseen().press(KEY.Key_Comma, ctrl=True)
    return shared_hand


@pytest.fixture
def at_settings_alone(hand: Hand) -> Hand:
    """For who closes the program, or changes what the pages are made of."""
    hand.unseen().press(KEY.Key_Comma, ctrl=True)
    return hand


def put(hand: Hand, key: str, text: str) -> None:
    field = hand.widget(f"settings.{key}")
    field.setFocus(Qt.FocusReason.TabFocusReason)
    assert isinstance(field, QLineEdit)
    field.selectAll()
    hand.fill(text)


def office_events(hand: Hand) -> list[OfficeChanged]:
    found = journal.history(hand.program.desk.db, "")
    return [event.payload for event in found if isinstance(event.payload, OfficeChanged)]


def note(hand: Hand, key: str) -> str:
    return hand.text(f"settings.{key}.note")


def test_the_key_leads_here_and_every_setting_has_a_field(at_settings: Hand) -> None:
    assert at_settings.focused() == "settings.office"
    there = {each.accessibleIdentifier() for each in at_settings.widgets()}
    assert {f"settings.{key}" for key in office_settings.KINDS} <= there


def test_what_was_changed_is_saved_at_once_as_one_event_and_the_cursor_stays(at_settings: Hand) -> None:
    hand = at_settings
    put(hand, "commune", "xã Tên Mới")
    put(hand, "phone", "024 3825 3536")
    put(hand, "clerk", "Lê Thị Mẫu")
    assert hand.text("settings.unsaved") == "3 thay đổi chưa lưu"
    hand.press(KEY.Key_S, ctrl=True)
    assert hand.text("status.message") == "Đã lưu 3 thiết lập."
    assert hand.focused() == "settings.clerk"
    (event,) = office_events(hand)
    assert set(event.values) == {"commune", "phone"}
    assert hand.program.window.windowTitle() == "UBND xã Tên Mới – Bàn Một Cửa"
    assert hand.program.desk.settings.clerk == "Lê Thị Mẫu"
    assert hand.program.view.side._clerk.text() == "Lê Thị Mẫu"
    assert hand.text("settings.unsaved") == "Đã lưu tất cả"
    hand.press(KEY.Key_S, ctrl=True)
    assert hand.text("status.message") == "Không có thay đổi nào cần lưu."
    assert len(office_events(hand)) == 1


def test_wrong_values_are_told_at_their_fields_and_nothing_is_half_saved(at_settings: Hand) -> None:
    hand = at_settings
    before = hand.program.desk.settings
    for key, text in (
        ("office", "Trung tâm Mới"),
        ("hours.evening", "25:99"),
        ("pattern", "{unit}-{yymmdd}"),
        ("documents.forms.copies", "0"),
        ("documents.slip.copies", "1000"),
        ("scale", "40 %"),
    ):
        put(hand, key, text)
    hand.press(KEY.Key_S, ctrl=True)
    assert hand.text("status.message") == "Chưa lưu gì: có 5 ô chưa đúng."
    assert note(hand, "hours.evening") == "Cần giờ:phút từ 00:00 đến 23:59, như 07:30."
    assert note(hand, "pattern") == "Cần đúng một {unit} và đúng một {nnnn}."
    assert note(hand, "documents.forms.copies") == "Cần số từ 1 đến 20 bản; để trống thì in theo mẫu."
    assert note(hand, "documents.slip.copies").startswith("Cần số từ 1 đến 20 bản")
    assert note(hand, "scale") == "Cần số từ 80 đến 200 %."
    assert hand.focused() == "settings.hours.evening"
    assert (hand.program.desk.settings, office_events(hand)) == (before, [])
    assert hand.program.window.focusWidget().visibleRegion().boundingRect().height() > 10
    hand.fill("17:30")
    assert note(hand, "hours.evening") == ""


def test_what_is_not_saved_stays_and_is_told_when_one_goes_elsewhere(at_settings: Hand) -> None:
    hand = at_settings
    put(hand, "address", "Thôn 2")
    hand.press(KEY.Key_Escape)
    assert hand.program.view.is_at("dossiers")
    assert hand.text("status.message") == "Trang Cài đặt còn 1 thay đổi chưa lưu; vẫn giữ ở đó."
    hand.widget("status.action").click()
    assert hand.program.view.is_at("settings")
    assert hand.text("settings.address") == "Thôn 2"
    hand.widget("settings.drop").click()
    assert (hand.text("settings.address"), hand.text("settings.unsaved")) == ("", "Đã lưu tất cả")
    hand.press(KEY.Key_F3)
    assert "Cài đặt" not in hand.text("status.message") or not hand.widget("status.message").isVisible()


def test_during_a_trial_the_port_on_the_screen_is_heard_and_afterwards_the_saved_one(
    at_settings: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand = at_settings
    heard: list[tuple[str, int]] = []
    monkeypatch.setattr(
        "desk_app.ui.scanning.port_listener.PortListener.listen", lambda _self, port, baud: heard.append((port, baud))
    )
    put(hand, "scanner_port", "COM7")
    hand.press(KEY.Key_Return)
    hand.widget("settings.trial.scan").click()
    hand.widget("settings.trial.scan").click()
    assert heard == [("COM7", 9600), ("", 9600)]
    hand.press(KEY.Key_S, ctrl=True)
    assert heard[-1] == ("COM7", 9600)


@pytest.mark.parametrize(("button", "sheet"), [("A4", "A4"), ("A5", "A5"), ("80mm", "80mm"), ("slip", "A5")])
def test_a_page_of_each_sheet_is_tried_on_the_printer_that_shows(
    at_settings: Hand, trials: list[tuple[Paper, str]], button: str, sheet: str
) -> None:
    hand = at_settings
    put(hand, f"printers.{sheet}", "Máy thử")
    hand.press(KEY.Key_Return)
    hand.widget(f"settings.trial.{button}").click()
    hand.until(lambda: bool(trials))
    ((paper, name),) = trials
    assert (paper.sheet, name, paper.pages) == (sheet, "Máy thử", 1)
    assert paper.pdf.startswith(b"%PDF")
    hand.until(lambda: hand.text("status.message") == "Đã gửi trang in thử tới Máy thử.")
    assert hand.program.desk.settings.printers == {}


def test_a_document_is_tried_with_its_sides_and_copies(at_settings: Hand, trials: list[tuple[Paper, str]]) -> None:
    hand = at_settings
    put(hand, "documents.forms.copies", "2")
    hand.program.view.front.fields["documents.forms.duplex"].put("long")
    hand.widget("settings.trial.forms").click()
    hand.until(lambda: bool(trials))
    ((paper, name),) = trials
    assert (paper.sheet, paper.copies, paper.duplex, paper.pages, name) == ("A4", 2, "long", 2, "Quầy 1")


def test_the_quick_buttons_are_as_many_and_those_that_were_chosen(at_settings: Hand) -> None:
    hand = at_settings
    put(hand, "quick_count", "2")
    assert not hand.widget("settings.quick_procedures.3").isVisible()
    first = hand.widget("settings.quick_procedures.1")
    first.setFocus()
    first.selectAll()
    hand.fill("2.000635")
    hand.press(KEY.Key_Return)
    hand.press(KEY.Key_S, ctrl=True)
    assert hand.program.desk.settings.quick_procedures == ("2.000635",)
    hand.press(KEY.Key_F2)
    hand.press(KEY.Key_1, ctrl=True)
    card = hand.program.view.reception.form.procedure
    assert card.code() == "2.000635"
    assert len(card._quick) == 2


def test_the_look_changes_at_once_and_the_scale_is_said_to_wait(at_settings: Hand) -> None:
    hand = at_settings
    hand.program.view.front.fields["theme"].put("dark")
    put(hand, "scale", "150")
    hand.press(KEY.Key_S, ctrl=True)
    assert hand.program.look.is_dark
    assert "mở lại chương trình" in hand.program.window.strip._remedy.text()
    hand.program.look.choose("light")


def test_what_another_desk_set_is_shown_and_told_where_it_is_being_changed(at_settings: Hand) -> None:
    hand = at_settings
    desk = hand.program.desk
    put(hand, "phone", "024 3825 3536")
    other = (
        '{"d":"","k":"office","l":99,"t":1,"u":"","v":{"values":{"commune":"\\"xã Mới\\"","phone":"\\"1900 1234\\""}}}'
    )
    with unit_of_work(desk.db):
        journal.absorb(desk.db, b"\x01" * 16, [(1, other)])
    desk.settings = office_settings.settings.get(desk.db)
    hand.program.rounds.arrived.emit()
    assert hand.text("settings.commune") == "xã Mới"
    assert hand.text("settings.phone") == "024 3825 3536"
    assert note(hand, "phone") == "Nơi khác vừa đổi mục này thành «1900 1234»."
    assert hand.program.window.windowTitle().startswith("UBND xã Mới")


def test_enter_goes_on_and_tab_walks_the_fields_of_a_card(at_settings: Hand) -> None:
    at_settings.press(KEY.Key_Return)
    assert at_settings.focused() == "settings.commune"
    at_settings.press(KEY.Key_Tab)
    assert at_settings.focused() == "settings.province"


def test_about_shows_the_version_and_leads_to_every_licence_and_back(at_settings: Hand) -> None:
    hand = at_settings
    assert __version__ in hand.text("settings.about.version")
    hand.widget("settings.about.notices").setFocus(Qt.FocusReason.TabFocusReason)
    hand.press(KEY.Key_Return)
    assert hand.focused() == "settings.notices.text"
    page = hand.widget("settings.notices.text")
    assert isinstance(page, QPlainTextEdit)
    assert page.toPlainText() == places.notices().read_text(encoding="utf-8")
    assert page.isReadOnly()
    hand.press(KEY.Key_Escape)
    assert hand.focused() == "settings.about.notices"


def test_what_is_not_saved_is_there_after_the_program_was_closed(
    at_settings_alone: Hand, tmp_path: Path, make_hand: Callable[..., Hand]
) -> None:
    put(at_settings_alone, "address", "Thôn 3")
    at_settings_alone.program.close()
    with open_desk(tmp_path / "desk", passphrase=PASSPHRASE, clock=TestClock()) as desk:
        assert desk.settings.address == ""
    again = make_hand(None, "--passphrase-file", str(tmp_path / "mật khẩu.txt"))
    again.until_open()
    again.press(KEY.Key_Comma, ctrl=True)
    assert again.text("settings.address") == "Thôn 3"
    assert again.text("settings.unsaved") == "1 thay đổi chưa lưu"


def test_who_may_not_reads_everything_and_changes_nothing(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desk_app.services.accounts.session.may", lambda _desk, what: what != "office")
    hand: Hand = request.getfixturevalue("at_settings_alone")
    assert hand.text("settings.commune") == "xã Thử Nghiệm"
    hand.widget("settings.commune").setFocus()
    hand.press(KEY.Key_X, KEY.Key_Backspace)
    assert hand.text("settings.commune") == "xã Thử Nghiệm"
    assert not hand.widget("settings.theme").isEnabled()
    assert not hand.widget("settings.save").isEnabled()
    assert "không được đổi thiết lập" in hand.text("settings.unsaved")
    assert not hand.widget("settings.code.renew").isEnabled()
    hand.press(KEY.Key_S, ctrl=True)
    assert office_events(hand) == []


def test_a_scan_that_is_tried_shows_what_arrived_and_fills_no_reception(at_settings_alone: Hand) -> None:
    hand = at_settings_alone
    hand.widget("settings.trial.scan").click()
    hand.scan(CARD)
    said = hand.text("settings.scan.said")
    assert said.splitlines()[0] == f"Nhận được qua bàn phím: mã QR của thẻ căn cước công dân, {len(CARD)} ký tự."
    assert "Nguyễn Thị Thử Nghiệm" in said
    assert hand.program.view.is_at("settings")
    hand.scan("HELLO|WORLD|12345|ABCDEF|99999")
    hand.until(lambda: "Nguyễn" not in hand.text("settings.scan.said"))
    assert "thẻ" in hand.text("settings.scan.said")
    hand.program.view.scans.came_by_port(CARD)
    assert "Nguyễn Thị Thử Nghiệm" in hand.text("settings.scan.said")
    hand.press(KEY.Key_Escape)
    assert hand.program.view.is_at("settings")
    assert not hand.widget("settings.scan.said").isVisible()
    assert hand.program.view.late.built("reception") is None
    hand.scan(CARD)
    assert hand.program.view.is_at("reception")
    assert hand.text("reception.full_name") == "Nguyễn Thị Thử Nghiệm"


def test_a_trial_of_the_scanner_is_written_into_no_log(at_settings_alone: Hand, tmp_path: Path) -> None:
    at_settings_alone.widget("settings.trial.scan").click()
    at_settings_alone.scan(CARD)
    at_settings_alone.program.close()
    logged = "".join(file.read_text("utf-8") for file in (tmp_path / "desk" / "log").iterdir())
    assert "Thử Nghiệm" not in logged
    assert "001190000001" not in logged


# --- the recovery code ----------------------------------------------------------------------------------------------


def opens(data: Path, code: str) -> bool:
    try:
        vault.unlock(data, recovery=code)
    except WrongRecoveryCodeError:
        return False
    return True


def test_a_new_recovery_code_is_printed_typed_back_and_the_only_one(
    at_settings_alone: Hand, trials: list[tuple[Paper, str]]
) -> None:
    hand = at_settings_alone
    data = hand.program.desk.data
    hand.widget("settings.code.renew").click()
    assert hand.focused() == "settings.code.passphrase"
    hand.fill("không phải mật khẩu")
    hand.press(KEY.Key_Return)
    hand.until(lambda: "chưa đúng" in hand.widget("settings.code.passphrase").accessibleDescription())
    hand.widget("settings.code.passphrase").selectAll()
    hand.fill(PASSPHRASE)
    hand.press(KEY.Key_Return)
    hand.until(lambda: any(each.accessibleIdentifier() == "recovery.code" for each in hand.widgets()))
    code = hand.text("recovery.code").replace("\n", "-")
    assert hand.focused() == "recovery.print"
    hand.press(KEY.Key_Return)
    hand.until(lambda: bool(trials))
    assert (trials[0][0].kind, trials[0][0].sheet) == ("recovery", "A5")
    hand.press(KEY.Key_Escape)
    assert hand.widget("settings.code.unsettled").isVisible()
    assert opens(data, code)
    hand.widget("settings.code.passphrase").setFocus()
    hand.fill(PASSPHRASE)
    hand.press(KEY.Key_Return)
    hand.until(lambda: any(each.accessibleIdentifier() == "recovery.code" for each in hand.widgets()))
    second = hand.text("recovery.code").replace("\n", "-")
    hand.widget("recovery.done").click()
    hand.fill("AAAAAAAAA")
    hand.press(KEY.Key_Return)
    assert hand.widget("recovery.last_group").isVisible()
    hand.widget("recovery.last_group").selectAll()
    hand.fill(second.split("-")[-1] if len(second.split("-")[-1]) == 9 else second[-9:])
    hand.press(KEY.Key_Return)
    hand.until(lambda: hand.text("status.message").startswith("Mã khôi phục mới đã có hiệu lực"))
    assert (opens(data, code), opens(data, second)) == (False, True)
    assert not hand.widget("settings.code.unsettled").isVisible()
    assert QApplication.focusWidget() is not None


# --- the scale --------------------------------------------------------------------------------------------------------

_STARTED = """
import sys
from desk_app import app
app.QApplication.exec = lambda self=None: print(app.QApplication.instance().devicePixelRatio()) or 0
sys.exit(app.main(sys.argv[1:]))
"""


def test_the_scale_that_was_set_is_that_of_the_next_start(busy_desk: Path, tmp_path: Path) -> None:
    data, secret = tmp_path / "scaled", tmp_path / "secret"
    shutil.copytree(busy_desk, data)
    secret.write_text(PASSPHRASE, "utf-8")
    with open_desk(data, passphrase=PASSPHRASE, clock=TestClock()) as desk:
        office_settings.change(desk, "scale", "150")
    command = [sys.executable, "-c", _STARTED, "--data", str(data), "--passphrase-file", str(secret)]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "DESK_STATE": str(tmp_path / "state")}
    told = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert told.stdout.split() == ["1.5"], told.stderr
