"""A small list, made anew when its rows change: rows of columns, each pressed as a whole or with deeds at its right."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec import Struct
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desk_app.ui.kit.card import empty
from desk_app.ui.widgets.buttons import named
from desk_app.ui.widgets.labels import ShortLabel, label

_GAP = 7


class RecordColumn(Struct, frozen=True, kw_only=True):
    """`stretch` takes what is left of the row, the text shortened or with `wraps` broken; else it stands whole.

    The column gives way while a row is narrower than `from_width` pixels. With `wide` it is at least that wide,
    its text at the right.
    """

    title: str = ""
    role: str = ""
    stretch: int = 0
    wraps: bool = False
    wide: int = 0
    from_width: int = 0


class RecordCell(Struct, frozen=True):
    """A text with an identifier of its own."""

    text: str
    identifier: str


class RecordRow(Struct, frozen=True, kw_only=True):
    """One text for each column, "" where it has none. `opens` is called when the row is pressed.

    `identifier` and `name` are what the pressed row is called from outside.
    """

    cells: Sequence[str | RecordCell]
    opens: Callable[[], object] | None = None
    identifier: str = ""
    name: str = ""
    deeds: Sequence[QWidget] = ()


class RecordTable(QWidget):
    """A line of titles where a column has one, then the rows; those that are pressed are reached by Tab.

    `nothing` is said while there is no row, so that a title above never stands alone.
    """

    def __init__(self, columns: Sequence[RecordColumn], *, gap: int = 12, nothing: str = "") -> None:
        super().__init__()
        self.setProperty("ground", "clear")
        self._columns, self._gap, self._nothing = columns, gap, nothing
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._rows: list[RecordRow] | None = None

    def show_rows(self, rows: Sequence[RecordRow]) -> None:
        """These rows instead of those before; without one it says `nothing`, or takes no room.

        Rows that only say what stands already are left as they are. Rows that do something are made anew.
        """
        if self._rows == list(rows):
            return
        self._rows = list(rows)
        empty(self._lines)
        self._lines.setSpacing(0 if any(row.opens for row in rows) else _GAP)  # a pressed row has room of its own
        if rows and any(each.title for each in self._columns):
            self._lines.addWidget(self._titles())
        for row in rows:
            self._lines.addWidget(self._line(row))
        if not rows and self._nothing:
            self._lines.addWidget(label(self._nothing, "soft", wraps=True))
        elif not rows:
            self.hide()
        elif self.parentWidget() is not None:  # shown without a parent it would be a window of its own
            self.show()

    def _titles(self) -> QWidget:
        cells = _Cells(self._gap)
        for column in self._columns:
            cells.add(label(column.title, "label"), column)
        return cells

    def _line(self, row: RecordRow) -> QWidget:
        cells = _Cells(self._gap)
        for cell, column in zip(row.cells, self._columns, strict=True):
            cells.add(_shown(cell, column), column)
        texts = cells if row.opens is None else _pressed(row, cells)
        if not row.deeds:
            return texts
        made = QWidget()
        made.setProperty("ground", "clear")
        inner = QHBoxLayout(made)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(6)
        inner.addWidget(texts, 1)
        for deed in row.deeds:
            inner.addWidget(deed)
        return made


class _Cells(QWidget):
    """The texts of a row beside each other; some give way to the others where there is little room."""

    def __init__(self, gap: int) -> None:
        super().__init__()
        self.setProperty("ground", "clear")
        self._inner = QHBoxLayout(self)
        self._inner.setContentsMargins(0, 0, 0, 0)
        self._inner.setSpacing(gap)
        self._giving_way: list[tuple[QLabel, int]] = []

    def add(self, shown: QLabel, column: RecordColumn) -> None:
        if column.wide:
            shown.setMinimumWidth(column.wide)
            shown.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._inner.addWidget(shown, column.stretch)
        if column.from_width and shown.text():
            self._giving_way.append((shown, column.from_width))
        elif not shown.text() and not (column.stretch or column.wide):
            shown.hide()  # it holds no place for the rows that have it

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())  # what gives way must not keep the row wide

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for part, from_width in self._giving_way:
            part.setVisible(event.size().width() >= from_width)


class _PressedRow(QPushButton):
    """A row that is a button as a whole."""

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())


def _pressed(row: RecordRow, cells: _Cells) -> QPushButton:
    made = _PressedRow()
    made.setProperty("kind", "row")
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    named(made, row.identifier, row.name)
    opens = row.opens
    made.clicked.connect(lambda _checked=False: opens() if opens is not None else None)
    inner = QHBoxLayout(made)
    inner.setContentsMargins(8, 0, 8, 0)
    inner.addWidget(cells)
    return made


def _shown(cell: str | RecordCell, column: RecordColumn) -> QLabel:
    if column.stretch and not column.wraps:
        made: QLabel = ShortLabel(column.role)
    else:
        made = label(role=column.role, wraps=column.wraps)
    if isinstance(cell, RecordCell):
        made.setAccessibleIdentifier(cell.identifier)
    made.setText(cell if isinstance(cell, str) else cell.text)
    return made
