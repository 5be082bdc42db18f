""" "Hai quầy cùng sửa": both values of each such thing, who gave them and when, and the choice between them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desk_app.domain.dossiers.dossier import STATUS
from desk_app.ui.kit.card import empty
from desk_app.ui.look.theme import Look
from desk_app.ui.widgets import formats
from desk_app.ui.widgets.buttons import button
from desk_app.ui.widgets.columns import ColumnRow
from desk_app.ui.widgets.fields import TextInput
from desk_app.ui.widgets.labels import Picture, label

if TYPE_CHECKING:
    from desk_app.services.dossiers.steps import Conflict, ConflictValue

_NARROW = 420


class ConflictPanel(QFrame):
    """`settled(path, value)` when a person chose; the value that stands now is said to be so."""

    settled = Signal(str, str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._shown: tuple[Conflict, ...] = ()
        self.setProperty("panel", "warn")
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 11, 14, 14)
        column.setSpacing(9)
        head = QHBoxLayout()
        head.setSpacing(9)
        head.addWidget(Picture(look, "users", "warn", 20))
        self._title = label(self.tr("Hai quầy cùng sửa"), "heading")
        self._title.setAccessibleIdentifier("conflict.title")
        head.addWidget(self._title, 1)
        column.addLayout(head)
        column.addWidget(
            label(
                self.tr("Hai quầy sửa cùng một mục khi chưa thấy nhau. Cả hai giá trị đều còn; hãy chọn giá trị đúng."),
                wraps=True,
            )
        )
        self._rows = QVBoxLayout()
        self._rows.setSpacing(12)
        column.addLayout(self._rows)
        self.hide()

    def show_conflicts(self, found: Sequence[Conflict], now: datetime) -> None:
        if tuple(found) == self._shown:
            return  # what is being typed stays
        self._shown = tuple(found)
        empty(self._rows)
        for conflict in found:
            self._rows.addWidget(self._row(conflict, now))
        self.setVisible(bool(found))

    def _row(self, conflict: Conflict, now: datetime) -> QWidget:
        row = QWidget()
        row.setProperty("ground", "clear")
        column = QVBoxLayout(row)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(label(conflict.label, "section"))
        columns = ColumnRow(narrow=_NARROW)
        for n, standing in enumerate(conflict.values):
            side = columns.left if n % 2 == 0 else columns.right
            side.addWidget(self._value(conflict, standing, n, now))
        column.addWidget(columns)
        if conflict.path != STATUS:  # The status is chosen from the list; free text is not accepted.
            column.addWidget(self._other(conflict))
        return row

    def _value(self, conflict: Conflict, standing: ConflictValue, n: int, now: datetime) -> QFrame:
        panel = QFrame()
        panel.setProperty("panel", "chosen" if n == 0 else "value")
        column = QVBoxLayout(panel)
        column.setContentsMargins(13, 9, 13, 11)
        column.setSpacing(3)
        shown = standing.shown or self.tr("(để trống)")
        value = label(shown, "state", wraps=True)
        value.setAccessibleIdentifier(f"conflict.{conflict.path}.{n}.value")
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(value, 1)
        if n == 0:
            head.addWidget(label(self.tr("đang hiện"), "faint"), 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(head)
        other = self.tr("quầy %d") % standing.desk if standing.desk else self.tr("quầy bạn")
        desk = self.tr("quầy này") if standing.is_ours else other
        said = self.tr("%s, %s, %s") % (standing.author, desk, formats.moment(standing.at, now))
        column.addWidget(label(said, "faint", wraps=True))
        column.addSpacing(4)
        column.addStretch()
        take = button(
            self._look,
            self.tr("Chọn giá trị này"),
            f"conflict.{conflict.path}.{n}",
            partial(self.settled.emit, conflict.path, standing.value),
            icon="check",
            tall="small",
        )
        take.setAccessibleName(self.tr("Chọn cho %s: %s") % (conflict.label, shown))
        column.addWidget(take)
        return panel

    def _other(self, conflict: Conflict) -> QWidget:
        """Neither is right: the third value is typed here."""
        row = QWidget()
        row.setProperty("ground", "clear")
        inner = QHBoxLayout(row)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(8)
        name = self.tr("Giá trị khác cho %s") % conflict.label
        field = TextInput(f"conflict.{conflict.path}.other", name, self.tr("Cả hai đều sai? Gõ giá trị đúng"))

        def take() -> None:
            if field.value().strip():
                self.settled.emit(conflict.path, field.value().strip())

        field.returnPressed.connect(take)
        keep = button(self._look, self.tr("Lưu giá trị này"), f"conflict.{conflict.path}.other.save", take)
        inner.addWidget(field, 1)
        inner.addWidget(keep)
        return row
