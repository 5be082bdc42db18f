"""Books of paper receipts, until the law ends them: what is left of each, a new one, a number written off."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from desk_app.errors import DeskError
from desk_app.ui.kit.card import PageCard
from desk_app.ui.kit.record_table import RecordColumn, RecordRow, RecordTable
from desk_app.ui.look.theme import Look
from desk_app.ui.widgets.buttons import button
from desk_app.ui.widgets.fields import Labelled, NumberInput, TextInput

if TYPE_CHECKING:
    from desk_app.domain.payments.receipt_book import BookStanding

_MOST = 9_999_999


class BooksCard(PageCard):
    """`open_wanted(template, series, first, last)`, `spoil_wanted(book, number, reason)`, `close_wanted(book)`."""

    open_wanted = Signal(str, str, int, int)
    spoil_wanted = Signal(str, int, str)
    close_wanted = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__(self.tr("Quyển biên lai giấy"))
        self.setAccessibleIdentifier("day_end.books")
        self._look = look
        self._book = ""
        self._table = RecordTable((RecordColumn(stretch=1, wraps=True),), gap=8)
        self.column.addWidget(self._table)
        self.template = TextInput("day_end.book.template", self.tr("Ký hiệu mẫu"))
        self.series = TextInput("day_end.book.series", self.tr("Ký hiệu quyển"))
        self.first = NumberInput("day_end.book.first", self.tr("Từ số"), _MOST)
        self.last = NumberInput("day_end.book.last", self.tr("Đến số"), _MOST)
        self._opening = self._row((self.template, self.series, self.first, self.last))
        self.number = NumberInput("day_end.book.number", self.tr("Số biên lai hủy"), _MOST)
        self.reason = TextInput("day_end.book.reason", self.tr("Lý do hủy"))
        self._spoiling = self._row((self.number, self.reason))
        self._new = button(look, self.tr("Ghi quyển mới"), "day_end.book.open", self._open, icon="plus")
        self._spoil = button(look, self.tr("Ghi hủy số này"), "day_end.book.spoil", self._give_spoilt, icon="check")
        for part in (self._opening, self._new, self._spoiling, self._spoil):
            self.column.addWidget(part)
        self._offer("")

    def show_books(self, books: Sequence[BookStanding]) -> None:
        self._table.show_rows([RecordRow(cells=(each.told,), deeds=self._deeds(each)) for each in books])
        self._table.setVisible(bool(books))

    def done(self) -> None:
        """What was filled in is recorded."""
        for field in (self.template, self.series, self.first, self.last, self.number, self.reason):
            field.put("")
        self._offer("")

    def complain(self, error: DeskError) -> None:
        """The cursor goes to the input that a refusal names; the sentence itself stands in the strip."""
        fields = {"series": self.series, "numbers": self.first, "receipt_number": self.number, "reason": self.reason}
        field = fields.get(str(error.facts.get("field", "")))
        if field is not None:
            field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _row(self, fields: Sequence[TextInput]) -> QWidget:
        held = QWidget()
        held.setProperty("ground", "clear")
        row = QHBoxLayout(held)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        for field in fields:
            row.addWidget(Labelled(field.accessibleName(), field), 1)
        return held

    def _deeds(self, standing: BookStanding) -> list[QPushButton]:
        if standing.book.closed_on:
            return []
        book = standing.book
        ways = (
            (self.tr("Hủy số"), "spoil", partial(self._offer, book.id, standing.next_number)),
            (self.tr("Đóng quyển"), "close", partial(self.close_wanted.emit, book.id)),
        )
        made = []
        for name, what, act in ways:
            deed = button(self._look, name, f"day_end.book.{book.id}.{what}", act, tall="small")
            deed.setAccessibleName(f"{name}: {book.told}")
            made.append(deed)
        return made

    def _offer(self, book: str, number: int = 0) -> None:
        """Ask which number of this book is written off; "" asks for none."""
        self._book = book
        for part in (self._spoiling, self._spoil):
            part.setVisible(bool(book))
        if book:
            self.number.put(str(number) if number else "")
            self.number.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open(self) -> None:
        self.open_wanted.emit(self.template.value(), self.series.value(), self.first.number(), self.last.number())

    def _give_spoilt(self) -> None:
        self.spoil_wanted.emit(self._book, self.number.number(), self.reason.value())
