"""What was done today, by this desk and by the whole office, and where the journal ends tonight."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel

from desk_app.domain.money import dotted
from desk_app.ui.widgets.labels import label
from desk_app.ui.widgets.titled_card import TitledCard

if TYPE_CHECKING:
    from desk_app.services.reports.day_end import JournalHead
    from desk_app.services.reports.day_figures import DayFigures


class DayFiguresCard(TitledCard):
    """A small table: received, returned, fees, events written down."""

    def __init__(self) -> None:
        super().__init__(self.tr("Hôm nay"))
        self.setAccessibleIdentifier("day_end.figures")
        grid = QGridLayout()
        grid.setHorizontalSpacing(22)
        grid.setVerticalSpacing(7)
        grid.setColumnStretch(0, 1)
        heads = (self.tr("Quầy này"), self.tr("Cả bộ phận"))
        for column, text in enumerate(heads, start=1):
            grid.addWidget(label(text, "label"), 0, column, Qt.AlignmentFlag.AlignRight)
        self._names: dict[str, QLabel] = {}
        self._cells: dict[str, tuple[QLabel, QLabel]] = {}
        names = (
            ("received", self.tr("Hồ sơ tiếp nhận")),
            ("returned", self.tr("Hồ sơ trả kết quả")),
            ("fees", self.tr("Phí, lệ phí (đồng)")),
            ("open_fees", self.tr("Hồ sơ chưa xác định phí")),
            ("events", self.tr("Việc đã ghi vào sổ")),
        )
        for row, (name, text) in enumerate(names, start=1):
            grid.addWidget(named := label(text), row, 0)
            ours, office = label("0", "section"), label("0", "section")
            ours.setAccessibleIdentifier(f"day_end.{name}")
            self._cells[name] = (ours, office)
            self._names[name] = named
            grid.addWidget(ours, row, 1, Qt.AlignmentFlag.AlignRight)
            grid.addWidget(office, row, 2, Qt.AlignmentFlag.AlignRight)
        self.column.addLayout(grid)
        self._hash = label(role="hash", wraps=True)
        self._hash.setAccessibleIdentifier("day_end.head")
        self._hash.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.column.addWidget(self._hash)

    def show_figures(self, figures: DayFigures, head: JournalHead) -> None:
        for name, (ours, office) in self._cells.items():
            ours.setText(dotted(getattr(figures.ours, name)))
            office.setText(dotted(getattr(figures.all, name)))
        for shown in (self._names["open_fees"], *self._cells["open_fees"]):
            shown.setVisible(bool(figures.all.open_fees))
        groups = " ".join(head.hash[n : n + 8] for n in range(0, len(head.hash), 8))
        self._hash.setText(self.tr("Dấu cuối sổ: việc số %s, %s") % (dotted(head.seq), groups) if head.hash else "")
        self._hash.setVisible(bool(head.hash))
