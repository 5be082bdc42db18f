"""Law as data in the window: the long list of procedures, and files of law taken in by keys."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit

from desk_app.services.catalogue import imports
from desk_app.services.desk.desk import open_desk
from tests.kit.desk.desks import CARD, PASSPHRASE, TestClock
from tests.ui.hand import Hand

KEY = Qt.Key
NAMES = (
    ("1.900001", "Chấp thuận thiết kế nút giao đấu nối vào đường địa phương đang khai thác", "UBND tỉnh Thanh Hóa"),
    ("1.900002", "Chấp thuận thiết kế nút giao đấu nối vào đường địa phương đang khai thác", "UBND Thành phố Hà Nội"),
    ("1.900003", "An táng thử nghiệm", "Bộ Tư pháp"),
)


def national(folder: Path) -> Path:
    folder.mkdir()
    rows = [
        {"code": code, "name": name, "departmentPromulgate": by, "state": "ACTIVE", "categories": ["Đường bộ"]}
        for code, name, by in NAMES
    ]
    rows += [{**rows[2], "code": f"1.91{n:04d}", "name": f"Thủ tục thử số {n}"} for n in range(20)]
    (folder / "catalogue.jsonl").write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), "utf-8")
    return folder


@pytest.fixture
def long_hand(make_hand: object, empty_desk: Path, tmp_path: Path) -> Hand:
    """The window of a desk of Hà Nội that has the national list."""
    import shutil

    data = tmp_path / "with-list" / "desk"
    shutil.copytree(empty_desk, data)
    with open_desk(data, passphrase=PASSPHRASE, clock=TestClock()) as desk:
        imports.import_catalogue(desk, national(tmp_path / "list"))
    made: Hand = make_hand(data)  # type: ignore[operator]
    made.until_open()
    return made


def test_after_the_national_list_a_dossier_begins_with_no_procedure_and_is_not_saved_without(long_hand: Hand) -> None:
    hand = long_hand
    hand.press(KEY.Key_F2)
    form = hand.program.view.reception.form
    assert form.procedure.code() == ""
    assert hand.text("reception.due") == "Chọn thủ tục để biết ngày hẹn trả"
    hand.scan(CARD)
    hand.press(KEY.Key_F9)
    assert "Thủ tục" in hand.text("status.message")
    assert hand.focused() == "reception.procedure"


def test_two_of_one_name_are_told_apart_and_another_provinces_is_hidden_until_asked_for(long_hand: Hand) -> None:
    hand = long_hand
    hand.press(KEY.Key_F2)
    card = hand.program.view.reception.form.procedure
    assert "1.900001" not in {each.code for each in card._choices}
    assert "1.900002" in {each.code for each in card._choices}
    hand.widget("reception.procedure.elsewhere").click()
    assert {"1.900001", "1.900002"} <= {each.code for each in card._choices}
    card.choose("1.900001")
    hand.settle()
    assert hand.text("reception.procedure.facts") == "UBND tỉnh Thanh Hóa · Đường bộ · 1.900001"


def test_an_unknown_limit_is_said_and_no_days_are_invented(long_hand: Hand) -> None:
    hand = long_hand
    hand.press(KEY.Key_F2)
    hand.program.view.reception.form.procedure.choose("1.900003")
    hand.settle()
    shown = hand.program.view.reception.form.due._limit.text()
    assert "không ghi rõ" in shown
    assert "00" not in shown


def path_typed(hand: Hand, path: Path) -> None:
    focus = QApplication.focusWidget()
    assert isinstance(focus, QLineEdit)
    focus.selectAll()
    hand.fill(str(path))
    hand.press(KEY.Key_Return)


def said(hand: Hand, words: str) -> None:
    hand.until(lambda: words in hand.text("law.summary"))


def test_a_list_of_days_is_looked_at_and_taken_in_by_keys(hand: Hand, tmp_path: Path) -> None:
    hand.press(KEY.Key_F12)
    assert hand.focused() == "law.path"
    file = tmp_path / "2027.csv"
    file.write_text("date;kind;name\n05/02/2027;off;Tết\n31/02/2027;off;x\n", "utf-8")
    path_typed(hand, file)
    said(hand, "dòng 3")
    file.write_text("date;kind;name\n20/02/2027;make_up;Bù;\n", "utf-8")
    hand.press(KEY.Key_Return)
    said(hand, "thêm 1, sửa 0")
    assert "20/02/2027" in hand.widget("law.lines").toPlainText()
    assert hand.program.desk.calendar.days.get(__import__("datetime").date(2027, 2, 20)) is None
    hand.press(KEY.Key_Return, ctrl=True)
    said(hand, "Đã ghi")
    assert hand.program.desk.calendar.is_working_day(__import__("datetime").date(2027, 2, 20))


def test_a_catalogue_taken_in_here_is_in_the_list_of_the_next_dossier(hand: Hand, tmp_path: Path) -> None:
    hand.press(KEY.Key_F12)
    path_typed(hand, national(tmp_path / "list"))
    said(hand, "thêm 23")
    hand.press(KEY.Key_Return, ctrl=True)
    said(hand, "Đã ghi")
    hand.press(KEY.Key_F2)
    assert "1.900003" in {each.code for each in hand.program.view.reception.form.procedure._choices}


def test_changes_of_units_are_taken_in_and_another_path_meanwhile_takes_in_nothing(hand: Hand, tmp_path: Path) -> None:
    file = tmp_path / "units.json"
    change = {"code": "09619", "from": "Xã Quảng Oai", "to": "Phường Thử", "by": "NQ", "in_force_from": "2026-11-01"}
    file.write_text(json.dumps({"changes": [change]}), "utf-8")
    hand.press(KEY.Key_F12)
    path_typed(hand, file)
    said(hand, "thêm 1")
    hand.fill("x")
    assert hand.text("law.summary") == ""
    hand.press(KEY.Key_Return, ctrl=True)
    said(hand, "Không mở được")
    assert hand.program.desk.unit_changes == ()
    path_typed(hand, file)
    said(hand, "thêm 1")
    hand.press(KEY.Key_Return, ctrl=True)
    said(hand, "Đã ghi")
    assert [each.to for each in hand.program.desk.unit_changes] == ["Phường Thử"]


def test_a_new_name_taken_over_stands_in_the_window_at_once(hand: Hand) -> None:
    desk = hand.program.desk
    desk.settings = replace(desk.settings, commune="xã Lạng Giang", province="Tỉnh Bắc Ninh")
    hand.press(KEY.Key_F12)
    hand.widget("law.adopt").setFocus()
    hand.press(KEY.Key_Return)
    assert "Đã lấy tên mới" in hand.text("status.message")
    assert "phường Lạng Giang" in hand.program.window.windowTitle()
    assert "mở lại" not in hand.text("status.message")


def test_an_empty_answer_leaves_no_gap(hand: Hand) -> None:
    hand.press(KEY.Key_F12)
    assert not hand.widget("law.summary").isVisible()
