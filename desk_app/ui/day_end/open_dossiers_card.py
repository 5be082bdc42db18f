"""Dossiers that the close of a day finds open for one reason, each a row that opens it; or that there are none."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desk_app.domain.money import dotted
from desk_app.ui.dossiers.dossier_model import day
from desk_app.ui.look.theme import Look
from desk_app.ui.widgets.buttons import button, named
from desk_app.ui.widgets.labels import Picture, ShortLabel, label
from desk_app.ui.widgets.titled_card import empty

if TYPE_CHECKING:
    from desk_app.store.queries.dossiers import DossierRow

_SHOWN = 4
_ROOM_FOR_PROCEDURE, _ROOM_FOR_DUE = 470, 380


class RowButton(QPushButton):
    """A row that is pressed as a whole; some of its parts give way to the others where there is little room."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "row")
        self._parts: list[tuple[QWidget, int]] = []

    def give_way(self, part: QWidget, *, below: int) -> None:
        """Hide `part` while the row is narrower than `below` pixels."""
        self._parts.append((part, below))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())  # what gives way must not keep the row wide

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for part, below in self._parts:
            part.setVisible(event.size().width() >= below)


class LeftOpenCard(QFrame):
    """`opened` gives the code of a row, `all_wanted` asks for the whole list, `printed` for the paper of a row."""

    opened = Signal(str)
    all_wanted = Signal()
    print_asked = Signal(str)

    def __init__(
        self, look: Look, identifier: str, title: str, done: str, *, whole: str = "", prints: bool = False
    ) -> None:
        """`whole` are the words of the button for all of them, "" where no list shows just these."""
        super().__init__()
        self._look, self._identifier, self._title_text, self._done = look, identifier, title, done
        self._whole, self._prints = whole, prints
        self.setProperty("card", True)
        self._picture = Picture(look, "circle-check", "ok", 18, ground="ok_soft", box=34)
        self._title = label(role="heading", wraps=True)
        self._title.setAccessibleIdentifier(identifier)
        self.told = label(role="soft", wraps=True)
        self.told.hide()
        texts = QVBoxLayout()
        texts.setSpacing(1)
        texts.addWidget(self._title)
        texts.addWidget(self.told)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(texts, 1)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(16, 12, 14, 12)
        self.column.setSpacing(6)
        self.column.addLayout(head)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self.column.addLayout(self._rows)

    def show_rows(self, rows: Sequence[DossierRow], *, more: str = "") -> None:
        """`more` is said beneath the title, whatever the rows."""
        is_done = not rows
        self._picture.show_as(
            "circle-check" if is_done else "triangle-alert",
            "ok" if is_done else "warn",
            "ok_soft" if is_done else "warn_soft",
        )
        self._title.setText(self._done if is_done else f"{self._title_text}: {dotted(len(rows))}")
        self.told.setText(more)
        self.told.setVisible(bool(more))
        empty(self._rows)
        for row in rows[:_SHOWN]:
            self._rows.addWidget(self._row(row))
        if len(rows) > _SHOWN:
            self._rows.addWidget(self._rest(len(rows) - _SHOWN), 0, Qt.AlignmentFlag.AlignLeft)

    def put_off(self, title: str) -> None:
        """Neither done nor to do: the office does not do this yet."""
        self._picture.show_as("info", "text_soft", "surface_dim")
        self._title.setText(title)

    def _rest(self, count: int) -> QWidget:
        """Those that found no room."""
        if self._whole:
            return button(self._look, self._whole, f"{self._identifier}.all", self.all_wanted.emit, kind="link")
        rest = label(self.tr("và %s hồ sơ nữa") % dotted(count), "faint")
        rest.setContentsMargins(8, 4, 0, 2)
        return rest

    def _row(self, row: DossierRow) -> QWidget:
        made = QWidget()
        made.setProperty("ground", "clear")
        inner = QHBoxLayout(made)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(6)
        inner.addWidget(self._open_button(row), 1)
        if self._prints:
            again = button(
                self._look,
                self.tr("In"),
                f"{self._identifier}.{row.code}.print",
                partial(self.print_asked.emit, row.code),
                icon="printer",
                tall="small",
            )
            again.setAccessibleName(self.tr("In giấy của hồ sơ %s") % row.code)
            inner.addWidget(again)
        return made

    def _open_button(self, row: DossierRow) -> QPushButton:
        made = RowButton()
        made.setCursor(Qt.CursorShape.PointingHandCursor)
        said = self.tr("Mở hồ sơ %s, %s") % (row.code, row.applicant)
        named(made, f"{self._identifier}.{row.code}", said)
        made.clicked.connect(partial(self._opened, row.code))
        inner = QHBoxLayout(made)
        inner.setContentsMargins(8, 0, 8, 0)
        inner.setSpacing(12)
        code = label(row.code, "code")
        inner.addWidget(code)
        name = ShortLabel("")
        name.setText(row.applicant)
        inner.addWidget(name, 3)
        what = ShortLabel("faint")
        what.setText(row.procedure_name)
        inner.addWidget(what, 2)
        made.give_way(what, below=_ROOM_FOR_PROCEDURE)
        if row.due_at:
            due = label(self.tr("hẹn %s") % day(row.due_at), "faint")
            inner.addWidget(due)
            made.give_way(due, below=_ROOM_FOR_DUE)
        return made

    def _opened(self, code: str, _checked: bool = False) -> None:  # noqa: FBT001 FBT002 - a slot
        self.opened.emit(code)
