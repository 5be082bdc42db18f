"""The ratios of what was late as rows; each figure is a button that opens the dossiers behind it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QPushButton

from desk_app.domain.calendar.typed_day import DaySense
from desk_app.domain.money import dotted
from desk_app.ui.kit.card import PageCard
from desk_app.ui.kit.card_column import CardColumn
from desk_app.ui.kit.record_table import RecordColumn, RecordRow, RecordTable
from desk_app.ui.screen_context import Tools
from desk_app.ui.widgets.buttons import button, named
from desk_app.ui.widgets.date_field import DateField
from desk_app.ui.widgets.fields import Labelled
from desk_app.ui.widgets.labels import label

if TYPE_CHECKING:
    from desk_app.services.worklists.late_ratios import RatioLine

_MOST = 200


class RatioTable(CardColumn):
    """`wanted(line, ids, what)` for the figure that was pressed."""

    wanted = Signal(object, object, str)

    def __init__(self, tools: Tools) -> None:
        self._tools = tools
        card = PageCard()
        read_day = tools.services.read_day
        self.first = DateField("work.ratio.from", self.tr("Hẹn trả từ ngày"), DaySense.ANY, read_day)
        self.last = DateField("work.ratio.to", self.tr("Hẹn trả đến ngày"), DaySense.ANY, read_day)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        self._held = {
            self.first: Labelled(self.tr("Hẹn trả từ ngày"), self.first),
            self.last: Labelled(self.tr("Hẹn trả đến ngày"), self.last),
        }
        for place, held in enumerate(self._held.values()):
            grid.addWidget(held, 0, place)
        card.column.addLayout(grid)
        look = button(tools.look, self.tr("Tính"), "work.ratio.show", self._look_up, kind="primary", icon="search")
        card.column.addWidget(look)
        self._nothing = label(role="soft", wraps=True)
        self._nothing.setAccessibleIdentifier("work.ratio.told")
        card.column.addWidget(self._nothing)
        self._table = RecordTable(
            (
                RecordColumn(role="faint"),
                RecordColumn(stretch=4, wraps=True),
                RecordColumn(),
                RecordColumn(role="faint"),
            )
        )
        card.column.addWidget(self._table)
        super().__init__((card,))
        named(self, "work.ratio.page", self.tr("Tỉ lệ trễ hạn"))

    def begin(self) -> None:
        """Of the month, until a person types other days."""
        today = self._tools.services.now().date()
        if not self.first.text() and not self.last.text():
            self.first.put_iso(today.replace(day=1).isoformat())
            self.last.put_iso(today.isoformat())
        self._look_up()

    def _look_up(self) -> None:
        days: list[date] = []
        for field, held in self._held.items():
            try:
                days.append(date.fromisoformat(field.iso()))
            except ValueError:
                held.complain(self.tr("cần ngày/tháng/năm"))
                field.setFocus()
                return
        ratios = self._tools.services.work.ratios_apart
        self._tools.jobs.run("ratios", lambda: ratios(days[0], days[1]), owner=self, done=self._show)

    def _show(self, lines: Sequence[RatioLine]) -> None:
        rows = [self._row(line, place) for place, line in enumerate(lines[:_MOST])]
        self._table.show_rows(rows)
        self._nothing.setText("" if lines else self.tr("Không có hồ sơ nào đến hạn trong những ngày này."))
        self._nothing.setVisible(not lines)
        if self.isVisible():  # who left meanwhile keeps the cursor where it is
            (rows[0].deeds[0] if rows else self.first).setFocus()

    def _row(self, line: RatioLine, place: int) -> RecordRow:
        figures = line.figures
        late = self._figure(line, figures.late, self.tr("trễ hạn"), f"work.ratio.{place}.late")
        everyone = self._figure(line, figures.all, self.tr("đến hạn"), f"work.ratio.{place}.all")
        return RecordRow(
            cells=(figures.by.label, figures.name, line.percent, line.verdict.label),
            deeds=(late, everyone),
        )

    def _figure(self, line: RatioLine, ids: Sequence[int], what: str, identifier: str) -> QPushButton:
        press = partial(self.wanted.emit, line, ids, what)
        made = button(self._tools.look, f"{dotted(len(ids))} {what}", identifier, press, tall="small")
        made.setAccessibleName(f"{line.figures.by.label} {line.figures.name}: {dotted(len(ids))} {what}")
        return made
