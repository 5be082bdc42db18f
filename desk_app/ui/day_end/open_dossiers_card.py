"""Dossiers that the close of a day finds open for one reason, each a row that opens it; or that there are none."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desk_app.domain.money import dotted
from desk_app.ui.dossiers.dossier_model import day
from desk_app.ui.kit.card import PageCard, empty
from desk_app.ui.kit.record_table import RecordColumn, RecordRow, RecordTable
from desk_app.ui.look.theme import Look
from desk_app.ui.widgets.buttons import button
from desk_app.ui.widgets.labels import Picture, label

if TYPE_CHECKING:
    from desk_app.store.queries.dossiers import DossierRow

_SHOWN = 4
_COLUMNS = (
    RecordColumn(role="code"),
    RecordColumn(stretch=3),
    RecordColumn(role="faint", stretch=2, from_width=454),
    RecordColumn(role="faint", from_width=364),
)


class LeftOpenCard(PageCard):
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
        self._listed_rows: tuple[tuple[DossierRow, ...], int] | None = None
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
        self.column.addLayout(head)
        self._table = RecordTable(_COLUMNS)
        self.column.addWidget(self._table)
        self._table.hide()
        self._rest = QVBoxLayout()
        self.column.addLayout(self._rest)

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
        self._list(tuple(rows[:_SHOWN]), len(rows))

    def _list(self, rows: tuple[DossierRow, ...], count: int) -> None:
        """The first of `count` rows. The same ones again stay: made anew they would be the page's longest turn."""
        if (rows, count) == self._listed_rows:
            return
        self._listed_rows = rows, count
        self._table.show_rows([self._row(row) for row in rows])
        empty(self._rest)
        if count > _SHOWN:
            self._rest.addWidget(self._all_of_them(count - _SHOWN), 0, Qt.AlignmentFlag.AlignLeft)

    def put_off(self, title: str) -> None:
        """Neither done nor to do: the office does not do this yet."""
        self._picture.show_as("info", "text_soft", "surface_dim")
        self._title.setText(title)

    def _all_of_them(self, count: int) -> QWidget:
        """Those that found no room."""
        if self._whole:
            return button(self._look, self._whole, f"{self._identifier}.all", self.all_wanted.emit, kind="link")
        rest = label(self.tr("và %s hồ sơ nữa") % dotted(count), "faint")
        rest.setContentsMargins(8, 4, 0, 2)
        return rest

    def _row(self, row: DossierRow) -> RecordRow:
        due = self.tr("hẹn %s") % day(row.due_at) if row.due_at else ""
        return RecordRow(
            cells=(row.code, row.applicant, row.procedure_name, due),
            opens=partial(self.opened.emit, row.code),
            identifier=f"{self._identifier}.{row.code}",
            name=self.tr("Mở hồ sơ %s, %s") % (row.code, row.applicant),
            deeds=(self._print_button(row.code),) if self._prints else (),
        )

    def _print_button(self, code: str) -> QPushButton:
        made = button(
            self._look,
            self.tr("In"),
            f"{self._identifier}.{code}.print",
            partial(self.print_asked.emit, code),
            icon="printer",
            tall="small",
        )
        made.setAccessibleName(self.tr("In giấy của hồ sơ %s") % code)
        return made
