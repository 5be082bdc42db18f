"""The imports there are, each with the deed that takes it back; and old dossiers that a typed text finds."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QPushButton

from desk_app.domain.calendar.moments import shown_moment
from desk_app.domain.old_records.record import PEOPLE
from desk_app.ui.kit.card import PageCard
from desk_app.ui.kit.record_table import RecordColumn, RecordRow, RecordTable
from desk_app.ui.look.theme import Look
from desk_app.ui.widgets.buttons import button
from desk_app.ui.widgets.fields import TextInput
from desk_app.ui.widgets.labels import label

if TYPE_CHECKING:
    from desk_app.services.old_data.memory import OldFind
    from desk_app.store.queries.old_records import OldImport

_WAIT_MS = 250


class ImportsCard(PageCard):
    """`back_wanted` gives the id of an import, once its button was pressed twice."""

    back_wanted = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__(self.tr("Các lần nhập"))
        self._look = look
        self._asked = ""
        self._deeds: dict[str, QPushButton] = {}
        self._none = label(self.tr("Chưa nhập lần nào."), "soft")
        self.column.addWidget(self._none)
        self._table = RecordTable(
            (RecordColumn(stretch=3), RecordColumn(stretch=2), RecordColumn(stretch=2), RecordColumn(stretch=2))
        )
        self.column.addWidget(self._table)

    def show_imports(self, found: Sequence[OldImport]) -> None:
        self._asked = ""
        self._deeds = {}
        self._none.setVisible(not found)
        self._table.show_rows([self._row(one) for one in found])

    def _row(self, one: OldImport) -> RecordRow:
        kind = self.tr("%d người") if one.what == PEOPLE else self.tr("%d hồ sơ cũ")
        state = shown_moment(one.at)
        if one.taken_back_at:
            state = self.tr("đã rút lại %s") % shown_moment(one.taken_back_at)
        elif one.rows < one.total:
            state = self.tr("mới có %d trên %d") % (one.rows, one.total)
        deed = button(self._look, self.tr("Rút lại"), f"old.undo.{one.id}", partial(self._ask, one.id), tall="small")
        self._deeds[one.id] = deed
        return RecordRow(
            cells=(one.source, kind % one.rows, state, one.author), deeds=() if one.taken_back_at else (deed,)
        )

    def _ask(self, import_id: str) -> None:
        if self._asked == import_id:
            self._asked = ""
            self.back_wanted.emit(import_id)
            return
        self._asked = import_id
        said = self.tr("Bấm lần nữa để rút lại cả lần nhập")
        self._deeds[import_id].setText(said)
        self._deeds[import_id].setAccessibleName(said)


class OldDossiersCard(PageCard):
    """`find_wanted` gives what was typed, a moment after the typing rests."""

    find_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__(self.tr("Tìm hồ sơ cũ"))
        self.asked = TextInput("old.find", self.tr("Tìm hồ sơ cũ"), self.tr("Họ tên, số căn cước hoặc mã hồ sơ"))
        self.column.addWidget(self.asked)
        self.told = label(wraps=True)
        self.told.setAccessibleIdentifier("old.found")
        self.column.addWidget(self.told)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_WAIT_MS)
        self._rest.timeout.connect(lambda: self.find_wanted.emit(self.asked.value().strip()))
        self.asked.changed.connect(self._rest.start)

    def show_found(self, text: str, found: Sequence[OldFind]) -> None:
        """What a text found; not where another one stands there by now."""
        if text != self.asked.value().strip():
            return
        lines = [one.told for one in found]
        self.told.setText("\n".join(lines) if lines or not text else self.tr("Không có hồ sơ cũ nào."))
