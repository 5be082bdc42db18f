"""The kit that pages are built of: heads that shorten, a paper that gives way, cards, and rows that are pressed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import cast

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QVBoxLayout, QWidget

from desk_app.ui.kit.card import PageCard
from desk_app.ui.kit.card_column import CardColumn
from desk_app.ui.kit.page import PageDeed, PageHead, ScreenPage
from desk_app.ui.kit.record_table import RecordCell, RecordColumn, RecordRow, RecordTable
from desk_app.ui.look.theme import Look
from desk_app.ui.screen_context import Tools
from desk_app.ui.widgets.labels import label

Show = Callable[[QWidget, int], QWidget]
COLUMNS = (
    RecordColumn(title="Mã", role="code"),
    RecordColumn(title="Tên", stretch=1),
    RecordColumn(title="Hẹn", role="faint", from_width=300),
)


@pytest.fixture
def show(qapp: QApplication) -> Iterator[Show]:
    """Show a part alone, so many pixels wide."""
    shown: list[QWidget] = []

    def at(part: QWidget, wide: int) -> QWidget:
        window = QWidget()  # a layout in the window itself would tell the platform its sizes
        shown.append(window)
        window.setStyleSheet(Look(qapp, "light").sheet)
        part.setParent(window)
        window.resize(wide, 400)
        part.resize(wide, 400)
        window.show()
        qapp.processEvents()
        return part

    yield at
    for part in shown:
        part.close()
        part.deleteLater()


def texts(part: QWidget) -> list[str]:
    QApplication.processEvents()
    return [each.text() for each in part.findChildren(QLabel) if each.isVisibleTo(part) and each.text()]


def row(code: str, opened: list[str], due: str = "hẹn 1/1") -> RecordRow:
    return RecordRow(
        cells=(code, RecordCell("Mẫu", f"trial.{code}.name"), due),
        opens=lambda: opened.append(code),
        identifier=f"trial.{code}",
        name=f"Mở {code}",
    )


@pytest.mark.parametrize(
    ("wide", "said"), [(900, ["  Gửi   F7", "  In   F9"]), (700, ["", "  In   F9"]), (480, ["", "  In"])]
)
def test_the_deeds_of_a_head_shorten_where_they_say(qapp: QApplication, show: Show, wide: int, said: list[str]) -> None:
    def nothing() -> None: ...

    head = PageHead(
        Look(qapp),
        "Trang thử",
        deeds=(
            PageDeed(text="Gửi", identifier="trial.send", pressed=nothing, icon="check", key="F7", whole_from=720),
            PageDeed(text="In", identifier="trial.print", pressed=nothing, icon="check", key="F9", short="name"),
        ),
    )
    show(head, wide)
    assert [each.text() for each in head.deeds.values()] == said
    assert [each.accessibleName() for each in head.deeds.values()] == ["Gửi", "In"]


def test_the_paper_beside_the_cards_gives_way_on_a_narrow_page(show: Show, qapp: QApplication) -> None:
    page, paper = ScreenPage(cast("Tools", None)), label("Giấy")
    cards = CardColumn((PageCard("Thẻ"),), beside_paper=True)
    page.compose(page.split(cards, paper, paper_from=600), above=(label("Đầu trang"),), below=(label("Chân"),))
    show(page, 700)
    assert paper.isVisible()
    page.resize(599, 400)
    qapp.processEvents()
    assert (paper.isVisible(), cards.isVisible()) == (False, True)


def test_cards_that_are_held_narrow_stand_in_the_middle(show: Show) -> None:
    column = CardColumn((PageCard("Thẻ"),), widest=300)
    show(column, 900)
    left = column.body.mapTo(column, column.body.rect().topLeft()).x()
    assert column.body.width() == 300
    assert abs(left - (900 - 300) / 2) < 20


def test_a_card_says_that_there_is_nothing_until_something_is_listed(show: Show) -> None:
    card = PageCard("Thông báo", "Chưa có gì.")
    show(card, 400)
    assert texts(card) == ["Thông báo", "Chưa có gì."]
    card.list_again([label("Một")])
    assert texts(card) == ["Thông báo", "Một"]
    card.list_again([])
    assert texts(card) == ["Thông báo", "Chưa có gì."]


def test_a_card_has_its_number_before_the_title_and_its_remark_after(show: Show) -> None:
    card = PageCard("Người nộp")
    card.remark("2 người")
    card.set_number(3)
    show(card, 400)
    at = {each.text(): each.mapTo(card, each.rect().topLeft()).x() for each in card.findChildren(QLabel)}
    assert sorted(at, key=lambda text: at[text]) == ["3", "Người nộp", "2 người"]


def test_a_row_is_pressed_as_a_whole_by_mouse_and_by_key(show: Show) -> None:
    opened: list[str] = []
    table = RecordTable(COLUMNS)
    table.show_rows([row("A1", opened), row("A2", opened)])
    show(table, 500)
    first, second = table.findChildren(QPushButton)
    assert (first.accessibleIdentifier(), first.accessibleName()) == ("trial.A1", "Mở A1")
    name = next(each for each in first.findChildren(QLabel) if each.accessibleIdentifier() == "trial.A1.name")
    QTest.mouseClick(name, Qt.MouseButton.LeftButton)
    second.setFocus()
    QTest.keyClick(second, Qt.Key.Key_Space)
    assert opened == ["A1", "A2"]


def test_a_column_gives_way_in_a_narrow_row_and_comes_back(show: Show, qapp: QApplication) -> None:
    table = RecordTable(COLUMNS)
    table.show_rows([row("A1", [])])
    show(table, 500)
    assert texts(table) == ["Mã", "Tên", "Hẹn", "A1", "Mẫu", "hẹn 1/1"]
    table.resize(250, 400)
    qapp.processEvents()
    assert texts(table) == ["Mã", "Tên", "A1", "Mẫu"]
    table.resize(500, 400)
    qapp.processEvents()
    assert "hẹn 1/1" in texts(table)


def test_a_table_that_is_told_its_rows_before_it_has_a_place_opens_no_window(qapp: QApplication) -> None:
    before = set(qapp.topLevelWidgets())
    table = RecordTable(COLUMNS)
    table.show_rows([row("A1", [])])
    assert [each for each in set(qapp.topLevelWidgets()) - before if each.isVisible()] == []


def test_a_table_without_rows_takes_no_room(show: Show) -> None:
    held = QWidget()
    table = RecordTable(COLUMNS)
    QVBoxLayout(held).addWidget(table)
    table.show_rows([])
    show(held, 400)
    assert not table.isVisible()
    table.show_rows([row("A1", [])])
    assert table.isVisible()


def test_a_table_says_that_nothing_is_there_where_it_has_words_for_it(show: Show, qapp: QApplication) -> None:
    table = RecordTable(COLUMNS, nothing="Chưa có gì.")
    table.show_rows([])
    show(table, 400)
    assert texts(table) == ["Chưa có gì."]
    table.show_rows([row("A1", [])])
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert texts(table) == ["Mã", "Tên", "Hẹn", "A1", "Mẫu", "hẹn 1/1"]


def test_rows_that_only_say_what_stands_already_stay(show: Show, qapp: QApplication) -> None:
    table = RecordTable((RecordColumn(stretch=1, wraps=True), RecordColumn()))
    rows = [RecordRow(cells=("Tiếp nhận", RecordCell("1", "trial.received")))]
    table.show_rows(rows)
    show(table, 400)
    before = table.findChildren(QLabel)
    table.show_rows([RecordRow(cells=("Tiếp nhận", RecordCell("1", "trial.received")))])
    assert table.findChildren(QLabel) == before
    table.show_rows([RecordRow(cells=("Tiếp nhận", RecordCell("2", "trial.received")))])
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert texts(table) == ["Tiếp nhận", "2"]


def test_the_deeds_of_a_row_stand_beside_it(show: Show) -> None:
    opened: list[str] = []
    deed = QPushButton("In")
    table = RecordTable((RecordColumn(stretch=1, wraps=True),))
    table.show_rows([RecordRow(cells=("Giấy hẹn",), deeds=(deed,))])
    show(table, 400)
    deed.clicked.connect(lambda: opened.append("In"))
    QTest.mouseClick(deed, Qt.MouseButton.LeftButton)
    assert (opened, texts(table)) == (["In"], ["Giấy hẹn"])
