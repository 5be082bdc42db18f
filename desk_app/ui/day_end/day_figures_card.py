"""What was done today, by this desk and by the whole office, and where the journal ends tonight."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from desk_app.domain.money import dotted
from desk_app.ui.kit.card import PageCard
from desk_app.ui.kit.record_table import RecordCell, RecordColumn, RecordRow, RecordTable
from desk_app.ui.widgets.labels import label

if TYPE_CHECKING:
    from desk_app.domain.service_days.day_count import DayCount
    from desk_app.services.reports.day_end import JournalHead
    from desk_app.services.reports.day_figures import DayFigures

_FIGURE_PX = 84


class DayFiguresCard(PageCard):
    """A small table: received, returned, fees, events written down."""

    def __init__(self) -> None:
        super().__init__(self.tr("Hôm nay"))
        self.setAccessibleIdentifier("day_end.figures")
        columns = (
            RecordColumn(stretch=1, wraps=True),
            RecordColumn(title=self.tr("Quầy này"), role="section", wide=_FIGURE_PX),
            RecordColumn(title=self.tr("Cả bộ phận"), role="section", wide=_FIGURE_PX),
        )
        self._table = RecordTable(columns)
        self.column.addWidget(self._table)
        self._hash = label(role="hash", wraps=True)
        self._hash.setAccessibleIdentifier("day_end.head")
        self._hash.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.column.addWidget(self._hash)

    def show_figures(self, figures: DayFigures, head: JournalHead, service_days: Sequence[DayCount]) -> None:
        names = (
            ("received", self.tr("Hồ sơ tiếp nhận")),
            ("returned", self.tr("Hồ sơ trả kết quả")),
            *((("annulled", self.tr("Kết quả đã trả bị hủy")),) if figures.all.annulled else ()),
            ("fees", self.tr("Phí, lệ phí (đồng)")),
            *((("open_fees", self.tr("Hồ sơ chưa xác định phí")),) if figures.all.open_fees else ()),
            ("events", self.tr("Việc đã ghi vào sổ")),
        )
        rows = [_row(name, text, figures) for name, text in names]
        self._table.show_rows([*rows, *(self._day_row(each) for each in service_days)])
        groups = " ".join(head.hash[n : n + 8] for n in range(0, len(head.hash), 8))
        self._hash.setText(self.tr("Dấu cuối sổ: việc số %s, %s") % (dotted(head.seq), groups) if head.hash else "")
        self._hash.setVisible(bool(head.hash))

    def _day_row(self, count: DayCount) -> RecordRow:
        """A service day is the whole office's."""
        text = self.tr("%s: trả ngay %d, trả trong ngày %d, chưa trả %d")
        said = text % (count.name, count.at_once, count.same_day, count.left)
        return RecordRow(cells=(said, "", RecordCell(dotted(count.received), f"day_end.service_day.{count.id}")))


def _row(name: str, text: str, figures: DayFigures) -> RecordRow:
    ours, office = (dotted(getattr(each, name)) for each in (figures.ours, figures.all))
    return RecordRow(cells=(text, RecordCell(ours, f"day_end.{name}"), office))
