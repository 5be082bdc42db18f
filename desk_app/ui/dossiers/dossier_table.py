"""The table of dossiers: one row chosen at a time, Enter or a double click opens it."""

from __future__ import annotations

from msgspec import Struct
from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPalette, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from desk_app.ui.dossiers.dossier_delegate import DossierDelegate
from desk_app.ui.dossiers.dossier_model import DossierModel, Index, ListColumn
from desk_app.ui.focus.lone_key import LoneKey
from desk_app.ui.look.theme import Look
from desk_app.ui.widgets.buttons import named

_ROW = 46
_WIDTHS = {
    ListColumn.CODE: 172,
    ListColumn.APPLICANT: 190,
    ListColumn.RECEIVED: 102,
    ListColumn.DUE: 102,
    ListColumn.STATUS: 158,
    ListColumn.CLERK: 136,
}
# What goes first when the window is narrow.
_SPARE = (ListColumn.CLERK, ListColumn.RECEIVED, ListColumn.PROCEDURE, ListColumn.DUE)
_PROCEDURE_LEAST = 150
_FIGURES = "0123456789"
_APPLICANT_LEAST = 160


class TablePlace(Struct, frozen=True):
    """Where the clerk is in the list: the chosen dossier's number, and how far down the window its row stands."""

    id: int
    y: int


class DossierTable(QTableView):
    """`opened` gives the code of the row that was opened, `digit` the number key that was pressed here."""

    opened = Signal(str)
    digit = Signal(int)

    def __init__(self, look: Look, model: DossierModel) -> None:
        super().__init__()
        self._look, self._dossiers = look, model
        # As Qt's own viewport: asked for that one, PySide would look through every widget class there is.
        self._ground = QWidget()
        self._ground.setBackgroundRole(QPalette.ColorRole.Base)
        self._ground.setAutoFillBackground(True)
        self.setViewport(self._ground)
        self._delegate = DossierDelegate(look, model, self._is_chosen, self)
        self.setModel(model)
        self.setItemDelegate(self._delegate)
        named(self, "dossiers.table", self.tr("Danh sách hồ sơ"))
        self.setMouseTracking(True)
        self.setShowGrid(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        side = self.verticalHeader()
        side.hide()
        side.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        side.setDefaultSectionSize(_ROW)
        head = self.horizontalHeader()
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setHighlightSections(False)
        head.setFixedHeight(36)
        for column in ListColumn:
            if column is ListColumn.PROCEDURE:
                head.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
            else:
                head.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
                self.setColumnWidth(column, _WIDTHS[column])
        self.doubleClicked.connect(self._open)
        self._lone = LoneKey(_FIGURES, self)
        self._lone.pressed.connect(lambda text: self.digit.emit(int(text)))

    def chosen_code(self) -> str:
        """The code of the chosen row, "" for none."""
        row = self._dossiers.row(self.currentIndex().row()) if self.currentIndex().isValid() else None
        return row.code if row is not None else ""

    def place(self) -> TablePlace | None:
        """Where the clerk is; None while no row is chosen."""
        at = self.currentIndex().row()
        row = self._dossiers.row(at) if at >= 0 else None
        return TablePlace(row.id, self.rowViewportPosition(at)) if row is not None else None

    def return_to(self, place: TablePlace) -> bool:
        """Choose that dossier again where it stood; False when it is not in what is listed so far."""
        at = self._dossiers.number_of(place.id)
        if at < 0:
            return False
        self.selectRow(at)
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + self.rowViewportPosition(at) - place.y)
        return True

    def choose_first(self) -> None:
        if self._dossiers.rowCount():
            self.selectRow(0)

    def _is_chosen(self, index: Index) -> bool:
        return self.selectionModel().isSelected(index)

    def _open(self, index: QModelIndex) -> None:
        row = self._dossiers.row(index.row())
        if row is not None:
            self.opened.emit(row.code)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = event.size().width()
        shown = dict(_WIDTHS) | {ListColumn.PROCEDURE: _PROCEDURE_LEAST, ListColumn.APPLICANT: _APPLICANT_LEAST}
        for column in _SPARE:
            fits = sum(shown.values()) <= room
            self.setColumnHidden(column, not fits)
            if not fits:
                shown.pop(column)
        last = ListColumn.APPLICANT if self.isColumnHidden(ListColumn.PROCEDURE) else ListColumn.PROCEDURE
        for column in (ListColumn.APPLICANT, ListColumn.PROCEDURE):
            mode = QHeaderView.ResizeMode.Stretch if column is last else QHeaderView.ResizeMode.Fixed
            self.horizontalHeader().setSectionResizeMode(column, mode)
        if last is ListColumn.PROCEDURE:
            spare = room - sum(shown.values())
            self.setColumnWidth(ListColumn.APPLICANT, min(_WIDTHS[ListColumn.APPLICANT], _APPLICANT_LEAST + spare))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._lone.takes(event):
            return
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentIndex().isValid():
            self._open(self.currentIndex())
            return
        super().keyPressEvent(event)

    def keyboardSearch(self, _text: str) -> None:
        """Letters typed here are meant for the search box, and a search by row would read a million rows."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._delegate.has_keys = True
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._lone.forget()
        self._delegate.has_keys = False
        super().focusOutEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._delegate.has_keys and not self._dossiers.rowCount():
            painter = QPainter(self._ground)  # no row to show where the focus is
            painter.setPen(QPen(self._look.colour("focus"), 2))
            painter.drawRect(self._ground.rect().adjusted(1, 1, -1, -1))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self.rowAt(int(event.position().y())))
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(-1)
        super().leaveEvent(event)

    def _hover(self, row: int) -> None:
        if row != self._delegate.hovered:
            self._delegate.hovered = row
            self._ground.update()
