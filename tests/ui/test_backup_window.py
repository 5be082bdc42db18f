"""Backups in the window: a place is chosen, a backup made, a drill walked through, a backup brought back."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from desk_app.domain.calendar.moments import milliseconds
from desk_app.errors import StoppedError
from desk_app.services.backups import backup, backup_notes, pending_desk, restoring
from desk_app.services.backups.child import ChildBackup
from desk_app.services.desk.desk import open_desk
from desk_app.store.keys import vault
from desk_app.ui.backups.backup_work import BackupWork
from desk_app.ui.backups.restore_deed import RestoreDeed
from desk_app.ui.bindings import bound_backups
from desk_app.ui.services.backup_services import BackupServices, RestoreWays
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


def backed_up(tmp_path: Path, empty_desk: Path) -> tuple[Path, str]:
    """A stick with the backup of a desk that is gone, and the recovery code of that desk."""
    shutil.copytree(empty_desk, tmp_path / "gone")
    (tmp_path / "usb").mkdir()
    with open_desk(tmp_path / "gone", passphrase=PASSPHRASE, clock=TestClock()) as desk:
        code = vault.new_recovery_code(desk.data, desk.db.key)
        backup.make(desk, tmp_path / "usb")
    return tmp_path / "usb", code


def test_a_new_machine_begins_with_a_backup_instead_of_an_empty_desk(
    make_hand: Callable[..., Hand], empty_desk: Path, tmp_path: Path
) -> None:
    stick, code = backed_up(tmp_path, empty_desk)
    hand = make_hand(None)
    hand.until(lambda: any(each.accessibleIdentifier() == "setup.restore" for each in hand.widgets()))
    put(hand, "setup.unit", "H26.98")
    hand.widget("setup.restore").click()
    hand.until(lambda: hand.focused() == "restore.folder")
    hand.widget("restore.leave").click()  # not yet: what was typed is there again
    hand.until(lambda: any(each.accessibleIdentifier() == "setup.unit" for each in hand.widgets()))
    assert hand.text("setup.unit") == "H26.98"
    hand.widget("setup.restore").click()
    hand.until(lambda: hand.focused() == "restore.folder")
    hand.fill(str(stick))
    hand.press(KEY.Key_Return)
    hand.until(lambda: bool(hand.widget("restore.which").value()))
    hand.until(lambda: hand.focused() == "restore.code")
    hand.fill("AAAA")
    hand.press(KEY.Key_Return)
    hand.until(lambda: hand.widget("restore.do").isEnabled() and "mã" in hand.text("status.message").lower())
    put(hand, "restore.code", code)
    hand.press(KEY.Key_Return)
    hand.until(lambda: hand.widget("restore.again").isVisible())
    hand.press(KEY.Key_Return)
    hand.until(lambda: any(each.accessibleIdentifier() == "unlock.passphrase" for each in hand.widgets()))
    hand.fill(PASSPHRASE)
    hand.press(KEY.Key_Return)
    hand.until_open()
    assert hand.program.desk.settings.unit == "H26.99"


def test_what_would_be_missing_is_told_of_the_backup_that_is_chosen(still: Hand) -> None:
    program = still.program
    moment = TestClock()()
    points = [
        SimpleNamespace(stem=str(held), made_on=moment, dossiers=held, events=held, is_proved=True) for held in (9, 4)
    ]
    ways = RestoreWays(
        points_apart=lambda _: points,
        restore_apart=lambda *_: None,
        now=lambda: moment,
        newer_events=lambda events: 12 - events,
    )
    deed = RestoreDeed(program.look, program.jobs, program.notices, ways, program.view)
    page = deed.page("/anywhere")
    still.until(lambda: "có 3 việc" in page._newer.text())
    page.which.put("4")
    page.which.changed.emit()
    assert "có 8 việc" in page._newer.text()
    page.deleteLater()


class SlowProof:
    """Services whose backup is copied at once; its proof runs until it is told to end."""

    def __init__(self) -> None:
        self.done: list[str] = []
        self.goes_on, self.is_broken_off = threading.Event(), False

    def bound(self) -> BackupServices:
        unused = RestoreWays(points_apart=lambda _: [], restore_apart=lambda *_: None, now=TestClock())
        return BackupServices(
            standing_apart=self.standing,
            back_up_apart=self.back_up,
            prove_apart=self.prove,
            drill_apart=lambda: None,
            restoring=unused,
            drill_offered=lambda: self.done.append("offered"),
            told_of_restore=lambda: ("", ""),
            break_off=self.break_off,
            stop=self.break_off,
        )

    def standing(self) -> SimpleNamespace:
        return SimpleNamespace(folder="/usb", is_due=False, is_proof_due=False, is_drill_to_offer=False, remarks=())

    def back_up(self) -> ChildBackup:
        self.done.append("copied")
        return ChildBackup(7, 0, False, True)

    def prove(self) -> ChildBackup:
        self.goes_on.wait(20)
        if self.is_broken_off:
            self.done.append("broken off")
            self.is_broken_off = False
            self.goes_on.clear()
            raise StoppedError
        self.done.append("proved")
        return ChildBackup(7, 0, True, False)

    def break_off(self) -> None:
        self.is_broken_off = True
        self.goes_on.set()


def test_a_copy_is_called_good_only_after_its_proof_which_gives_way_to_the_close_of_a_day(still: Hand) -> None:
    program, services = still.program, SlowProof()
    said: list[str] = []
    program.notices.posted.connect(lambda notice: said.append(notice.text))
    work = BackupWork(services.bound(), program.jobs, program.notices, program.view)
    work.look()
    still.until(lambda: work.known is not None)
    work.back_up()
    still.until(lambda: "Đang kiểm" in work.doing)
    work.day_closed()
    still.until(lambda: services.done == ["copied", "broken off", "copied"])
    still.until(lambda: "Đang kiểm" in work.doing)
    assert said == ["Đã chép 7 hồ sơ, chưa kiểm xong: đang mở lại và kiểm."]
    services.goes_on.set()
    still.until(lambda: not work.doing)
    assert services.done[-1] == "proved"
    work.deleteLater()


def test_the_drill_is_offered_by_the_window_and_then_not_for_a_month(still: Hand, tmp_path: Path) -> None:
    program, desk = still.program, still.program.desk
    assert desk is not None
    (tmp_path / "usb").mkdir()
    point = SimpleNamespace(made_at=milliseconds(desk.now()), is_proved=True, kind="base", bytes=1, file_bytes=0)
    counts = {"events": 1, "dossiers": 1, "files": 0, "damaged": 0}
    backup_notes.made(desk.data, tmp_path / "usb", SimpleNamespace(**vars(point), **counts))
    before, desk.settings = desk.settings, replace(desk.settings, backup_folder=str(tmp_path / "usb"))
    said: list[str] = []
    program.notices.posted.connect(lambda notice: said.append(f"{notice.text} {notice.offer}"))
    work = BackupWork(bound_backups.bound_backups(desk), program.jobs, program.notices, program.view)
    for _ in range(2):
        work.known = None
        work.look()
        still.until(lambda: work.known is not None)
    work.deleteLater()
    desk.settings = before
    assert [each for each in said if "thử khôi phục" in each] == ["Chưa lần nào thử khôi phục từ bản sao lưu. Diễn tập"]
