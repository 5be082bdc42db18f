"""Each column of the table: what it is, how its letters and days are read, and a few cells before and after."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from desk_app.domain.letters.old_fonts import Encoding
from desk_app.domain.old_records.columns import DAYS, ColumnWord, DayOrder, facts, letters_of
from desk_app.ui.kit.card import PageCard, empty
from desk_app.ui.widgets.fields import ChoiceInput
from desk_app.ui.widgets.labels import label, restyle

if TYPE_CHECKING:
    from desk_app.services.old_data.old_table import ColumnLook

_LEFT = "-"
_MOST = 40
"""A table of an office has fewer columns; more would be a page nobody reads."""


class ColumnsCard(PageCard):
    """`changed` when a person says something of a column; `said` is all they said so far, by the column's place."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__(self.tr("Các cột"))
        self.said: dict[int, ColumnWord] = {}
        self._rows: list[_ColumnRow] = []
        held = QWidget()
        held.setProperty("ground", "clear")
        self._lines = QVBoxLayout(held)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(8)
        self.column.addWidget(held)
        self.hide()

    def forget(self) -> None:
        """Another table: what was said of the columns of the last one goes."""
        self.said = {}
        self._rows = []
        empty(self._lines)
        self.hide()

    def show_columns(self, looks: Sequence[ColumnLook], what: str) -> None:
        """The columns that have something; rows that stand already are only renewed, so that the cursor stays."""
        shown = [look for look in looks if look.heading or look.samples][:_MOST]
        if [row.place for row in self._rows] != [look.column.place for look in shown]:
            empty(self._lines)
            self._rows = [_ColumnRow(look.column.place, what) for look in shown]
            for row in self._rows:
                row.said.connect(self._hear)
                self._lines.addWidget(row)
        for row, look in zip(self._rows, shown, strict=True):
            row.show_look(look)
        self.setVisible(bool(shown))

    def _hear(self, place: int, word: object) -> None:
        if isinstance(word, ColumnWord):
            self.said[place] = word
            self.changed.emit()


class _ColumnRow(QWidget):
    """One column; `said` gives its place and everything a person says of it."""

    said = Signal(int, object)

    def __init__(self, place: int, what: str) -> None:
        super().__init__()
        self.setProperty("ground", "clear")
        self.place = place
        self._word = ColumnWord()
        name = letters_of(place)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(2)
        self._heading = label(role="label", wraps=True)
        known = [(key, text) for key, text in facts(what).items()]
        self._fact = ChoiceInput(
            f"old.column.{name}.fact", self.tr("Cột %s là") % name, ((_LEFT, self.tr("(bỏ qua)")), *known)
        )
        self._encoding = ChoiceInput(
            f"old.column.{name}.encoding",
            self.tr("Bảng mã cột %s") % name,
            tuple((each.value, each.label) for each in Encoding),
        )
        self._order = ChoiceInput(
            f"old.column.{name}.dates",
            self.tr("Kiểu ngày cột %s") % name,
            tuple((each.value, each.label) for each in DayOrder),
        )
        self._samples = label(role="soft", wraps=True)
        self._samples.setAccessibleIdentifier(f"old.column.{name}.samples")
        self._note = label(role="warn", wraps=True)
        self._note.setAccessibleIdentifier(f"old.column.{name}.note")
        for place_, widget in enumerate((self._heading, self._fact, self._encoding, self._order)):
            grid.addWidget(widget, 0, place_)
            grid.setColumnStretch(place_, 1)
        grid.addWidget(self._samples, 1, 0, 1, 4)
        grid.addWidget(self._note, 2, 0, 1, 4)
        self._is_shown_only = False
        for field in (self._fact, self._encoding, self._order):
            field.changed.connect(self._hear)

    def show_look(self, look: ColumnLook) -> None:
        self._is_shown_only = True
        heading = look.heading or self.tr("không tiêu đề")
        self._heading.setText(f"{letters_of(self.place)}. {heading}")
        self._put(self._fact, look.column.fact or _LEFT)
        self._put(self._encoding, look.column.encoding.value)
        self._put(self._order, (look.column.order or DayOrder.DMY).value)
        self._encoding.setVisible(bool(look.column.fact))
        self._order.setVisible(look.column.fact in DAYS)
        shown = [f"{before} → {after}" if before != after else before for before, after in look.samples]
        self._samples.setText("   |   ".join(shown))
        note = look.needs or look.remark
        self._note.setText(note)
        restyle(self._note, "text_role", "error" if look.needs else "soft")
        self._note.setVisible(bool(note))
        self._is_shown_only = False

    def _put(self, field: ChoiceInput, value: str) -> None:
        if field.value() != value:
            field.put(value)

    def _hear(self) -> None:
        """Only what differs from what stood there was said: a look at a column is no word about it."""
        if self._is_shown_only:
            return
        sender = self.sender()
        word = self._word
        if sender is self._fact:
            word = ColumnWord(fact=self._fact.value().strip(_LEFT), encoding=word.encoding, order=word.order)
        elif sender is self._encoding:
            word = ColumnWord(fact=word.fact, encoding=Encoding(self._encoding.value()), order=word.order)
        elif sender is self._order:
            word = ColumnWord(fact=word.fact, encoding=word.encoding, order=DayOrder(self._order.value()))
        if word != self._word:
            self._word = word
            self.said.emit(self.place, word)
