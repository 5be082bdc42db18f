"""Today's work as one list, worked through with Enter: what is late or due, what waits, whom nobody told."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desk_app.domain.money import dotted
from desk_app.domain.worklists.lists import Worklist
from desk_app.ui.dossiers.dossier_model import DossierModel
from desk_app.ui.dossiers.dossier_table import DossierTable
from desk_app.ui.jobs import Job
from desk_app.ui.kit.card import PageCard
from desk_app.ui.kit.card_column import SIDE
from desk_app.ui.kit.page import PageDeed, PageHead, ScreenPage
from desk_app.ui.screen_context import Tools
from desk_app.ui.widgets.buttons import named
from desk_app.ui.widgets.labels import label
from desk_app.ui.window.notices import told_to
from desk_app.ui.worklists.ratio_table import RatioTable
from desk_app.ui.worklists.work_strip import EVERYTHING, WorkStrip, list_of_key

if TYPE_CHECKING:
    from desk_app.services.worklists.late_ratios import RatioLine

_BEHIND = "behind"
"""The list of the dossiers behind a figure."""


class WorklistsScreen(ScreenPage):
    """Numbers on top, below them the list in sight, or the ratios."""

    def __init__(self, tools: Tools) -> None:
        super().__init__(tools)
        self._work, self._jobs = tools.services.work, tools.jobs
        self._which, self._behind, self._said = EVERYTHING, array("q"), ""
        self._row = self._late_elsewhere = 0
        self._job: Job | None = None
        self._is_first_chunk = True
        self._model = DossierModel(tools.services.rows, tools.services.now, self)
        self.table = DossierTable(tools.look, self._model)
        named(self.table, "work.table", self.tr("Việc hôm nay"))
        self.table.opened.connect(self._open)
        self.table.digit.connect(self._digit)
        self._strip = WorkStrip("work.list", whole=True)
        self._strip.wanted.connect(self.show_list)
        self.compose(self._middle(), above=(self._head(),))

    # --- building --------------------------------------------------------------------------------------------------

    def _head(self) -> PageHead:
        self._told = label(role="soft")
        self._told.setAccessibleIdentifier("work.told")
        ratios = PageDeed(
            text=self.tr("Tỉ lệ trễ hạn"),
            identifier="work.ratios",
            pressed=self.show_ratios,
            icon="clock",
            short="name",
        )
        leave = ("work.leave", self.left.emit)
        return PageHead(self._tools.look, self.tr("Việc hôm nay"), note=self._told, leave=leave, deeds=(ratios,))

    def _middle(self) -> QWidget:
        held = QWidget()
        held.setProperty("ground", "clear")
        column = QVBoxLayout(held)
        column.setContentsMargins(SIDE, 0, SIDE, 12)
        column.setSpacing(10)
        column.addWidget(self._strip)
        card = PageCard()
        card.column.setContentsMargins(1, 1, 1, 1)
        self._nothing = label(self.tr("Không có hồ sơ nào ở mục này."), "soft", wraps=True)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._nothing.setMinimumHeight(90)
        self._nothing.hide()
        card.column.addWidget(self._nothing)
        card.column.addWidget(self.table, 1)
        self._ratios = RatioTable(self._tools)
        self._ratios.wanted.connect(self._show_behind)
        self._pages = QStackedWidget()
        self._pages.addWidget(card)
        self._pages.addWidget(self._ratios)
        column.addWidget(self._pages, 1)
        return held

    # --- what is shown ---------------------------------------------------------------------------------------------

    def arrive(self, _place: str) -> None:
        self.show_list(EVERYTHING)

    def show_list(self, which: str) -> None:
        """A list from its start; the keys go to the table."""
        self._which, self._row = which, 0
        self._said = ""
        self._list_again()
        self.table.setFocus(Qt.FocusReason.TabFocusReason)

    def come_back(self) -> None:
        """From a dossier: the list at its place. What was done is gone from it, and the next one is chosen."""
        if self._which == _BEHIND:
            self._show_ids(self._behind)
        else:
            self._list_again()
        self.table.setFocus(Qt.FocusReason.TabFocusReason)

    def read_again(self) -> None:
        self.come_back()

    def show_arrivals(self) -> None:
        if self._pages.currentIndex() == 0:
            self._row = max(self.table.currentIndex().row(), 0)
            self.come_back()

    def show_ratios(self) -> None:
        """The ratios of what was late."""
        self._strip.check("")
        self._pages.setCurrentWidget(self._ratios)
        self._told.setText(self.tr("Enter mở danh sách đằng sau một con số. Esc về danh sách việc."))
        self._ratios.begin()

    def escape(self) -> bool:
        if self._pages.currentWidget() is self._ratios:
            self.show_list(EVERYTHING)
            return True
        if self._which == _BEHIND:
            self.show_ratios()
            return True
        return False

    def enter_name(self) -> str:
        return self.tr("Mở đúng bước") if self.table.chosen_code() else ""

    def _list_again(self) -> None:
        self._pages.setCurrentIndex(0)
        if self._job is not None:
            self._job.cancel()
        with told_to(self._tools.notices):
            self._strip.show_counts(self._work.counts())
            self._late_elsewhere = self._work.late_elsewhere()
        self._strip.check(self._which)
        self._is_first_chunk = True
        which, ids = self._which, self._work.stream_ids_apart
        self._job = self._jobs.stream("work", lambda: ids(which), owner=self, each=self._add, done=self._finished)

    def _add(self, ids: array[int]) -> None:
        if self._is_first_chunk:
            self._is_first_chunk = False
            self._model.show_ids(ids)
        else:
            self._model.add_ids(ids)
        self._choose()

    def _finished(self) -> None:
        if self._is_first_chunk:
            self._model.show_rows(())
        self._choose()
        self._say()

    def _choose(self) -> None:
        """The row at which the clerk was: where its dossier is gone, the next one stands there now."""
        rows = self._model.rowCount()
        if rows:
            self.table.selectRow(min(self._row, rows - 1))
        self._nothing.setVisible(not rows)

    def _say(self) -> None:
        count = dotted(self._model.rowCount())
        words = self._said or (self.tr("Tất cả") if self._which == EVERYTHING else Worklist(self._which).label)
        said = self.tr("%s: %s hồ sơ. Enter mở đúng bước cần làm, Esc về đây.") % (words, count)
        if self._late_elsewhere and self._which in {EVERYTHING, Worklist.LATE}:
            said += self.tr(" Quá hạn ở quầy khác: %s hồ sơ.") % dotted(self._late_elsewhere)
        self._told.setText(said)

    def _show_behind(self, line: RatioLine, ids: Sequence[int], what: str) -> None:
        """The dossiers behind a figure, as they stand now."""
        self._which, self._behind, self._row = _BEHIND, array("q", ids), 0
        self._said = f"{line.figures.by.label} {line.figures.name}, {what}"
        self._show_ids(self._behind)
        self.table.setFocus(Qt.FocusReason.TabFocusReason)

    def _show_ids(self, ids: array[int]) -> None:
        self._pages.setCurrentIndex(0)
        self._strip.check("")
        self._model.show_ids(ids)
        self._choose()
        self._say()

    # --- what the clerk does ---------------------------------------------------------------------------------------

    def _open(self, code: str) -> None:
        self._row = max(self.table.currentIndex().row(), 0)
        which = self._which
        if which in {EVERYTHING, _BEHIND}:
            row = self._model.row(self._row)
            which = self._work.first_list(row.id) if row is not None else ""
        self.deed_wanted.emit(code, which)

    def _digit(self, key: int) -> None:
        if which := list_of_key(key):
            self.show_list(which)
