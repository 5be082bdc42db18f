"""The copy board: one blank after the other on the clipboard, told what lies there, and nothing left behind."""

from __future__ import annotations

import os

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from desk_app.domain.people.person import Person
from desk_app.services.reception import cards, reception
from desk_app.ui.old_data.copy_board import CopyBoardWindow
from desk_app.ui.old_data.paste_watch import FIRST_S, LATER_S, PasteWatch
from tests.kit.desk.desks import CARD
from tests.ui.hand import Hand

KEY = Qt.Key
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # of the screen that is none


@pytest.fixture
def board(hand: Hand) -> CopyBoardWindow:
    """The board of a birth, opened from its dossier's page."""
    desk = hand.program.desk
    mother = cards.scan(desk, CARD).person
    people = {"applicant": mother, "mother": mother, "father": Person(full_name="Lò Văn Mẫu", born_on="1956")}
    fields = {"relation": "Mẹ đẻ", "child.full_name": "Nguyễn Văn Thử", "child.born_on": "2026-11-02"}
    draft = replace(reception.new_draft("1.001193"), people=people, fields=fields)
    code = reception.receive(desk, draft).dossier.code
    hand.program.view.open_dossier(code)
    hand.settle()
    hand.widget("dossier.board").click()
    hand.settle()
    return hand.program.window.findChild(CopyBoardWindow)


def laid() -> str:
    return QGuiApplication.clipboard().text()


def test_each_key_lays_the_next_blank_that_has_something(hand: Hand, board: CopyBoardWindow) -> None:
    assert laid() == "Nguyễn Thị Thử Nghiệm"
    assert "Nguyễn Thị Thử Nghiệm" in board.laid.text()
    QTest.keyClick(board, KEY.Key_Right)
    assert laid() == "001190000001"
    QTest.keyClick(board, KEY.Key_Left)
    assert laid() == "Nguyễn Thị Thử Nghiệm"
    seen = []
    while "Đã hết" not in board.place.text():
        seen.append(laid())
        QTest.keyClick(board, KEY.Key_Right)
    assert "02/11/2026" in seen
    assert "Nguyễn Văn Thử" in seen
    assert "" not in seen
    assert laid() == ""
    QTest.keyClick(board, KEY.Key_Left)
    assert laid() == seen[-1]
    if folder := os.environ.get("OLD_DATA_PICTURES"):
        board.grab().save(f"{folder}/board.png")
        hand.program.window.grab().save(f"{folder}/board-page.png")


def test_nothing_of_the_citizen_is_left_on_the_clipboard(hand: Hand, board: CopyBoardWindow) -> None:
    assert laid()
    QTest.keyClick(board, KEY.Key_Escape)
    hand.settle()
    assert laid() == ""


def test_what_somebody_else_copied_stays(hand: Hand, board: CopyBoardWindow) -> None:
    QGuiApplication.clipboard().setText("của người khác")
    board.close()
    hand.settle()
    assert laid() == "của người khác"


def test_a_blank_is_taken_away_after_a_while(board: CopyBoardWindow) -> None:
    board._clearing.timeout.emit()
    assert laid() == ""
    assert "Không còn" in board.laid.text()


class Clock:
    """Seconds as a test says them."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def watch(hand: Hand) -> tuple[PasteWatch, Clock, list[str]]:
    clock = Clock()
    made = PasteWatch(hand.program.window, clock=clock)
    heard: list[str] = []
    made.pasted.connect(lambda: heard.append("pasted"))
    made.watched.connect(lambda: heard.append("watched"))
    return made, clock, heard


def test_a_paste_is_heard_once_though_the_program_asks_several_times(hand: Hand, watch) -> None:
    made, clock, heard = watch
    taken = made.begin()
    clock.now += FIRST_S
    for _ in range(3):
        taken()
    hand.until(lambda: bool(heard))
    hand.wait(150)
    assert heard == ["pasted"]
    late = made.begin()
    clock.now += LATER_S
    taken()  # of what lay there before
    late()
    hand.until(lambda: len(heard) == 2)
    assert heard == ["pasted", "pasted"]


def test_a_program_that_reads_the_clipboard_by_itself_is_not_believed(hand: Hand, watch) -> None:
    made, clock, heard = watch
    taken = made.begin()
    clock.now += 0.5
    taken()
    clock.now += 60
    taken()
    hand.wait(200)
    assert heard == ["watched"]


def test_what_another_program_pastes_lays_the_next_blank(hand: Hand, board: CopyBoardWindow) -> None:
    board.follows.setChecked(True)
    board.watch._laid_at -= FIRST_S  # a person reached the other window
    assert laid() == "Nguyễn Thị Thử Nghiệm"
    hand.until(lambda: "Ô 2/" in board.place.text())
    assert "Đã dán" in board.pasted.text()
    board.watch.watched.emit()
    assert not board.follows.isChecked()


def test_clipboard_histories_are_asked_to_leave_it_alone(board: CopyBoardWindow) -> None:
    data = QGuiApplication.clipboard().mimeData()
    assert bytes(data.data("x-kde-passwordManagerHint").data()) == b"secret"
    assert data.hasFormat('application/x-qt-windows-mime;value="ExcludeClipboardContentFromMonitorProcessing"')
