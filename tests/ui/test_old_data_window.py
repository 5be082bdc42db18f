"""Old data in the window, by keys: looked at, a column's letters chosen, taken in, remembered, taken back."""

from __future__ import annotations

import os
from pathlib import Path

from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit

from desk_app.domain.people.person import Person
from desk_app.services.old_data import importing
from desk_app.services.old_data.importing import ImportWish
from desk_app.services.reception import reception
from tests.kit.desk import old_tables
from tests.ui.hand import Hand

KEY = Qt.Key
ROWS = [
    ("Hä vµ tªn", "Sè CCCD", "Ngµy sinh", "N¬i th­êng tró"),
    ("NguyÔn ThÞ Thö", "001190000001", "15/01/1990", "th«n 1, x· Thö NghiÖm"),
    ("Lß V¨n MÉu", "", "1956", "b¶n NËm MÉu"),
    ("Lß V¨n MÉu", "12", "1956", ""),
]
DOSSIERS = [("Số hồ sơ", "Họ tên", "Ngày nhận"), ("7/2022", "Lò Văn Mẫu", "15/03/2022")]


def opened(hand: Hand, file: Path) -> None:
    hand.press(KEY.Key_I, ctrl=True)
    assert hand.focused() == "old.path"
    focus = QApplication.focusWidget()
    assert isinstance(focus, QLineEdit)
    focus.selectAll()
    hand.fill(str(file))
    hand.press(KEY.Key_Return)


def seen(hand: Hand, words: str) -> None:
    hand.until(lambda: words in hand.text("old.summary"))


def photographed(hand: Hand, name: str) -> None:
    if folder := os.environ.get("OLD_DATA_PICTURES"):
        hand.program.window.grab().save(f"{folder}/{name}.png")


def test_a_table_of_tcvn3_is_read_once_a_person_says_so_and_taken_back(hand: Hand, tmp_path: Path) -> None:
    opened(hand, old_tables.text(tmp_path / "dan.csv", ROWS, encoding="latin-1"))
    seen(hand, "Cần chọn trước khi nhập")
    photographed(hand, "old-1")
    for column in "AD":
        choice = hand.widget(f"old.column.{column}.encoding")
        choice.setFocus()
        choice.put("tcvn3")
        choice.changed.emit()
        hand.until(lambda column=column: "→" in hand.text(f"old.column.{column}.samples"))
    seen(hand, "nhập được 2, từ chối 1")
    assert "NguyÔn ThÞ Thö → Nguyễn Thị Thử" in hand.text("old.column.A.samples")
    assert "Dòng 4" in hand.widget("old.lines").toPlainText()
    photographed(hand, "old-2")
    hand.press(KEY.Key_Return, ctrl=True)
    seen(hand, "Đã nhập, mã lần nhập")
    photographed(hand, "old-3")
    hand.press(KEY.Key_F2)
    hand.widget("reception.id_number").setFocus()
    hand.fill("001190000001")
    hand.until(lambda: hand.text("reception.full_name") == "Nguyễn Thị Thử")
    assert "dan.csv" in "".join(label.text() for label in hand.program.view.reception.form.findChildren(_label()))
    photographed(hand, "old-4")
    hand.press(KEY.Key_I, ctrl=True)
    (undo,) = [each for each in hand.widgets() if each.accessibleIdentifier().startswith("old.undo.")]
    undo.setFocus()
    hand.press(KEY.Key_Return)
    hand.settle()
    assert hand.program.desk.db.one("SELECT count(*) FROM old_record") == (2,)
    hand.press(KEY.Key_Return)
    hand.until(lambda: hand.program.desk.db.one("SELECT count(*) FROM old_record") == (0,))


def test_old_dossiers_are_found_where_they_are_told_apart(hand: Hand, tmp_path: Path) -> None:
    opened(hand, old_tables.text(tmp_path / "hs.csv", DOSSIERS))
    hand.until(lambda: bool(hand.text("old.summary")))
    hand.widget("old.kind").put("dossiers")
    hand.widget("old.kind").changed.emit()
    hand.press(KEY.Key_Return, ctrl=True)
    seen(hand, "nhập được 1")
    hand.press(KEY.Key_Return, ctrl=True)
    seen(hand, "Đã nhập")
    hand.widget("old.find").setFocus()
    hand.fill("lo van")
    hand.until(lambda: "7/2022" in hand.text("old.found"))
    assert hand.program.desk.db.one("SELECT count(*) FROM old_record WHERE what = 'dossiers'") == (1,)
    photographed(hand, "old-5")


def test_a_file_that_is_no_table_says_so_on_the_page(hand: Hand, tmp_path: Path) -> None:
    file = tmp_path / "x.xlsx"
    file.write_bytes(b"PK\x03\x04 hong")
    opened(hand, file)
    seen(hand, "Không đọc được x.xlsx")
    opened(hand, tmp_path / "nowhere.csv")
    seen(hand, "Không mở được nowhere.csv")
    assert hand.program.desk.db.one("SELECT count(*) FROM old_import") == (0,)


def _label() -> type:
    from PySide6.QtWidgets import QLabel

    return QLabel


def test_the_list_and_the_dossiers_page_tell_of_old_dossiers_too(hand: Hand, tmp_path: Path) -> None:
    rows = [DOSSIERS[0], DOSSIERS[1]]
    wish = ImportWish(file=old_tables.text(tmp_path / "so.csv", rows), what="dossiers")
    importing.take_in(hand.program.desk, wish)
    hand.press(KEY.Key_F3)
    hand.widget("search.box").setFocus()
    hand.fill("lo van mau")
    hand.until(lambda: "7/2022" in hand.text("dossiers.old"))
    assert hand.widget("dossiers.old").isVisible()
    photographed(hand, "old-in-list")
    hand.press(KEY.Key_Escape)
    hand.until(lambda: not hand.widget("dossiers.old").isVisible())
    nobody = replace(reception.new_draft("2.000635"), people={"applicant": Person(full_name="Lò Văn Mẫu")})
    code = reception.receive(hand.program.desk, nobody).dossier.code
    hand.program.view.open_dossier(code)
    hand.settle()
    assert "7/2022" in hand.text("dossier.old")
