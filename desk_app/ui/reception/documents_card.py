"""The originals to certify: name, pages of the original, how many copies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QGridLayout, QToolButton, QWidget

from desk_app.domain.counts import typed_counts
from desk_app.domain.procedures.procedure import Document
from desk_app.ui.kit.card import PageCard
from desk_app.ui.look.theme import Look
from desk_app.ui.widgets.buttons import button, tool
from desk_app.ui.widgets.fields import NumberInput, TextInput
from desk_app.ui.widgets.labels import label

_ONE = "1"
_EMPTY = ("", "", _ONE)


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRow:
    """The inputs of one original."""

    name: PaperName
    pages: NumberInput
    copies: NumberInput
    remove: QToolButton


class PaperName(TextInput):
    """The name of an original; "4" or "4x3" typed here is its pages and copies (`counted`), and no name."""

    counted = Signal(int, int)

    def settle(self) -> str:
        counts = typed_counts(self.text())
        if counts is not None:
            self.put("")
            self.counted.emit(*counts)
        return ""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.settle()
        super().keyPressEvent(event)

    def focusNextPrevChild(self, next_: bool) -> bool:  # noqa: FBT001 - Qt's signature
        self.settle()
        return super().focusNextPrevChild(next_)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.ActiveWindowFocusReason:
            self.settle()


class DocumentsCard(PageCard):
    """Pages are never guessed: they make the fee. Copies start at one. The cursor begins in the name of the paper.

    A number that gets here by a slip of the focus is then a name, and makes no fee.
    """

    changed = Signal()

    def __init__(self, look: Look, page: str = "reception") -> None:
        super().__init__(self.tr("Giấy tờ cần chứng thực"))
        self._look, self._page = look, page
        self._rows: list[DocumentRow] = []
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(5)
        self._grid.setColumnStretch(0, 1)
        for column, text in enumerate((self.tr("Tên giấy tờ"), self.tr("Số trang *"), self.tr("Số bản *"))):
            self._grid.addWidget(label(text, "label"), 0, column)
        self.column.addLayout(self._grid)
        self.add = button(
            look,
            self.tr("Thêm giấy tờ"),
            f"{page}.documents.add",
            self.add_row,
            kind="ghost",
            icon="plus",
            tall="small",
        )
        self.column.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)
        self.clear()

    @property
    def inputs(self) -> list[QWidget]:
        """Name, pages and copies, row after row."""
        return [field for row in self._rows for field in (row.name, row.pages, row.copies)]

    def is_done(self, field: QWidget) -> bool:
        """Whether Enter passes this input: a name that is given or has pages already, pages typed, copies counted."""
        row = next((row for row in self._rows if field in (row.name, row.pages, row.copies)), None)
        if row is None:
            return False
        if field is row.copies:
            return row.pages.value() != "" and row.copies.value() != _ONE
        return bool(row.pages.number() or (field is row.name and row.name.value().strip()))

    def clear(self) -> None:
        for row in self._rows:
            self._drop(row)
        self._rows = []
        self.add_row()

    def add_row(self) -> None:
        """One more original; it is asked for at once."""
        at = len(self._rows) + 1
        row = DocumentRow(
            name=PaperName(f"{self._page}.document.{at}.name", self.tr("Tên giấy tờ %d") % at, self.tr("Bản chính")),
            pages=NumberInput(f"{self._page}.document.{at}.pages", self.tr("Số trang giấy tờ %d") % at, 9999),
            copies=NumberInput(f"{self._page}.document.{at}.copies", self.tr("Số bản giấy tờ %d") % at, 999),
            remove=tool(
                self._look,
                "trash-2",
                self.tr("Bỏ giấy tờ %d") % at,
                f"{self._page}.document.{at}.remove",
                lambda: self._remove(row),
            ),
        )
        row.copies.put(_ONE)
        row.name.setToolTip(self.tr("Gõ 4x3 rồi Enter: 4 trang, 3 bản"))
        row.name.counted.connect(lambda pages, copies: self._counted(row, pages, copies))
        for column, field in enumerate((row.name, row.pages, row.copies, row.remove)):
            self._grid.addWidget(field, at, column)
            field.show()
        for number in (row.pages, row.copies):
            number.setFixedWidth(92)
        for field in (row.name, row.pages, row.copies):
            field.changed.connect(self.changed)
        self._rows.append(row)
        self._show_removers()
        self.changed.emit()
        if at > 1:
            row.name.setFocus(Qt.FocusReason.TabFocusReason)

    def _counted(self, row: DocumentRow, pages: int, copies: int) -> None:
        row.pages.put(str(pages))
        row.copies.put(str(copies))
        self.changed.emit()

    def documents(self, *, whole_only: bool) -> tuple[Document, ...]:
        """The originals as entered; `whole_only` leaves out those whose numbers are not typed yet."""
        found = tuple(
            Document(
                name=row.name.value().strip() or self.tr("Bản chính"),
                pages=row.pages.number(),
                copies=row.copies.number(),
            )
            for row in self._rows
        )
        return tuple(each for each in found if each.pages and each.copies) if whole_only else found

    def rows(self) -> tuple[tuple[str, str, str], ...]:
        """Name, pages and copies of each original as typed; none while the card is as it began."""
        typed = tuple((row.name.value(), row.pages.value(), row.copies.value()) for row in self._rows)
        return () if typed == (_EMPTY,) else typed

    def put_rows(self, rows: Sequence[tuple[str, str, str]]) -> None:
        """Show these originals."""
        self.clear()
        while len(self._rows) < len(rows):
            self.add_row()
        for row, texts in zip(self._rows, rows, strict=True):
            for field, text in zip((row.name, row.pages, row.copies), texts, strict=True):
                field.put(text)
        self.changed.emit()

    def complain(self) -> QWidget:
        """Mark the first number that is missing."""
        for row in self._rows:
            for field in (row.pages, row.copies):
                if not field.number():
                    field.show_state("error")
                    return field
        return self._rows[0].pages

    def _remove(self, row: DocumentRow) -> None:
        self._rows.remove(row)
        self._drop(row)
        self._show_removers()
        self.changed.emit()

    def _drop(self, row: DocumentRow) -> None:
        for field in (row.name, row.pages, row.copies, row.remove):
            self._grid.removeWidget(field)
            field.hide()
            field.deleteLater()

    def _show_removers(self) -> None:
        for row in self._rows:
            row.remove.setVisible(len(self._rows) > 1)
