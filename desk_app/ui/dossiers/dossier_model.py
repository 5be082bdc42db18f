"""The list of dossiers, a million rows long if need be: it keeps the ids, and reads rows a page at a time."""

from __future__ import annotations

from array import array
from collections import OrderedDict
from collections.abc import Callable, Sequence
from datetime import datetime
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desk_app.domain import lateness
from desk_app.domain.calendar.moments import milliseconds, shown_day
from desk_app.domain.dossiers.steps import Status
from desk_app.store.queries.dossiers import DossierRow
from desk_app.ui.look.palette import LATE

_PAGE = 128
_PAGES_KEPT = 64
Index = QModelIndex | QPersistentModelIndex


class ListColumn(IntEnum):
    """The columns, in their order."""

    CODE = 0
    APPLICANT = 1
    PROCEDURE = 2
    RECEIVED = 3
    DUE = 4
    STATUS = 5
    CLERK = 6


class DossierModel(QAbstractTableModel):
    """Ids come from outside, chunk by chunk; `rows` reads the rows of some ids in their order."""

    def __init__(
        self, rows: Callable[[list[int]], list[DossierRow]], now: Callable[[], datetime], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._read = rows
        self._now = now
        self._ids: array[int] = array("q")
        self._pages: OrderedDict[int, list[DossierRow]] = OrderedDict()
        self._heads = {
            ListColumn.CODE: self.tr("Mã hồ sơ"),
            ListColumn.APPLICANT: self.tr("Người nộp"),
            ListColumn.PROCEDURE: self.tr("Thủ tục"),
            ListColumn.RECEIVED: self.tr("Ngày nhận"),
            ListColumn.DUE: self.tr("Hẹn trả"),
            ListColumn.STATUS: self.tr("Trạng thái"),
            ListColumn.CLERK: self.tr("Người tiếp nhận"),
        }

    def show_ids(self, ids: array[int]) -> None:
        """Begin a new list with these ids."""
        self.beginResetModel()
        self._ids = array("q", ids)
        self._pages.clear()
        self.endResetModel()

    def add_ids(self, ids: array[int]) -> None:
        """More of the same list."""
        if not len(ids):
            return
        first = len(self._ids)
        self._pages.pop(first // _PAGE, None)
        self.beginInsertRows(QModelIndex(), first, first + len(ids) - 1)
        self._ids.extend(ids)
        self.endInsertRows()

    def show_rows(self, found: Sequence[DossierRow]) -> None:
        """Show these rows, already read."""
        self.beginResetModel()
        self._ids = array("q", [row.id for row in found])
        self._pages.clear()
        for start in range(0, len(found), _PAGE):
            self._pages[start // _PAGE] = list(found[start : start + _PAGE])
        self.endResetModel()

    def row(self, number: int) -> DossierRow | None:
        """The row at `number`; None for one that is gone."""
        page = number // _PAGE
        rows = self._pages.get(page)
        if rows is None:
            rows = self._read(list(self._ids[page * _PAGE : (page + 1) * _PAGE]))
            self._pages[page] = rows
            if len(self._pages) > _PAGES_KEPT:
                self._pages.popitem(last=False)
        else:
            self._pages.move_to_end(page)
        at = number % _PAGE
        return rows[at] if at < len(rows) else None

    def number_of(self, dossier: int) -> int:
        """Where in the list the dossier of this id stands, -1 for nowhere."""
        return self._ids.index(dossier) if dossier in self._ids else -1

    def mark(self, row: DossierRow) -> str:
        """Its status, or LATE when it should have been done."""
        now = milliseconds(self._now())
        is_late = lateness.is_late(Status(row.status), row.due_at, now, counts=row.counts)
        return LATE if is_late else row.status

    def mark_label(self, mark: str) -> str:
        return self.tr("Quá hạn") if mark == LATE else Status(mark).label

    def short_label(self, mark: str) -> str:
        """What the list writes where the label is too long for its column: the same words, fewer of them."""
        return self.tr("Chờ nghĩa vụ") if mark == Status.AWAITING_DUTY else self.mark_label(mark)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(ListColumn)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._heads[ListColumn(section)]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return None
        row = self.row(index.row())
        if row is None:
            return ""
        told = self.text(row, ListColumn(index.column()))
        is_whole = role == Qt.ItemDataRole.AccessibleTextRole and index.column() == ListColumn.CODE and row.remark
        return f"{told}, {row.remark}" if is_whole else told

    def text(self, row: DossierRow, column: ListColumn) -> str:
        """What a cell says."""
        if column is ListColumn.CODE:
            return row.code
        if column is ListColumn.APPLICANT:
            return row.applicant
        if column is ListColumn.PROCEDURE:
            return row.procedure_name
        if column is ListColumn.RECEIVED:
            return day(row.received_at)
        if column is ListColumn.DUE:
            return day(row.due_at) if row.due_at else self.tr("Trả ngay")
        if column is ListColumn.STATUS:
            return self.mark_label(self.mark(row))
        return row.clerk


def day(moment_ms: int) -> str:
    """UTC ms → "22/11/2026" in Vietnam; "" for never."""
    if not moment_ms:
        return ""
    return shown_day(moment_ms)
