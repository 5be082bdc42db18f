"""The list of dossiers: search, figures, filters, and a table that may hold a million rows."""

from __future__ import annotations

from array import array

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout

from desk_app.domain.money import dotted
from desk_app.domain.worklists.lists import Worklist
from desk_app.store.queries.dossiers import Counts, DossierRow
from desk_app.ui.dossiers.dossier_model import DossierModel
from desk_app.ui.dossiers.dossier_table import DossierTable, TablePlace
from desk_app.ui.dossiers.filter_row import FilterRow
from desk_app.ui.dossiers.old_found import OldFound
from desk_app.ui.dossiers.search_top import SearchTop
from desk_app.ui.dossiers.tiles import Tiles
from desk_app.ui.jobs import Job
from desk_app.ui.kit.card import PageCard
from desk_app.ui.screen import Screen
from desk_app.ui.screen_context import Tools
from desk_app.ui.service_days.day_line import ServiceDayLine
from desk_app.ui.widgets.labels import label, rule
from desk_app.ui.window.notices import told_to
from desk_app.ui.worklists.work_strip import EVERYTHING, WorkStrip, list_of_key

_SEARCH_AFTER_MS = 120
_MOST_FOUND = 200
_LOW = 560
_FILTERS = {"nav.returns": "ready", "nav.late": "late"}


class DossiersScreen(Screen):
    """`listed` says which filter shows, "" while a search does."""

    listed = Signal(str)

    def __init__(self, tools: Tools) -> None:
        super().__init__(tools)
        look, services = tools.look, tools.services
        self._services, self._jobs = services, tools.jobs
        self._which = "all"
        self._job: Job | None = None
        self._is_first_chunk, self._is_looking, self._is_entered = True, False, False
        self._place: TablePlace | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(22, 16, 22, 12)
        self._column.setSpacing(13)
        top = SearchTop(look, lambda: self.place_wanted.emit("nav.reception"))
        self.box, self._key = top.box, top.key
        self.box.installEventFilter(self)
        self._column.addWidget(top)
        self._column.addWidget(ServiceDayLine(look, "dossiers", services.days.line))
        self._tiles = Tiles(look)
        self._tiles.wanted.connect(self.show_filter)
        self._column.addWidget(self._tiles)
        self._strip = WorkStrip("dossiers.work", short=True, without=(Worklist.LATE,))
        self._strip.wanted.connect(self.work_wanted)
        self._column.addWidget(self._strip)
        self._model = DossierModel(services.rows, services.now, self)
        self.table = DossierTable(look, self._model)
        self.table.opened.connect(self.opened)
        self.table.digit.connect(lambda key: self.work_wanted.emit(list_of_key(key) or EVERYTHING))
        self._column.addWidget(self._list_card(), 1)
        self._delay = QTimer(self, singleShot=True, interval=_SEARCH_AFTER_MS)
        self._delay.timeout.connect(self._look_up)
        self.box.textChanged.connect(self._typed)

    # --- building ----------------------------------------------------------------------------------------------

    def _list_card(self) -> PageCard:
        card = PageCard()
        column = card.column
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        self._filters = FilterRow()
        self._filters.wanted.connect(self.show_filter)
        column.addWidget(self._filters)
        column.addWidget(rule())
        self._nothing = label(role="soft", wraps=True)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._nothing.setMinimumHeight(90)
        self._nothing.hide()
        column.addWidget(self._nothing)
        column.addWidget(self.table, 1)
        column.addWidget(OldFound(self.box, self._services.old_data.find_apart, self._jobs))
        return card

    # --- what the keys ask for -------------------------------------------------------------------------------------

    def arrive(self, _place: str) -> None:
        self.show_list(_FILTERS.get(_place, "all"))

    def read_again(self) -> None:
        with told_to(self._tools.notices):
            self.refresh()
            self.announce()

    def enter_name(self) -> str:
        return self.tr("Mở hồ sơ") if self.table.chosen_code() else ""

    def print_again(self) -> None:
        if code := self.table.chosen_code():
            self._tools.printing.print_papers(code, "all")

    def escape(self) -> bool:
        self.box.clear()
        return True

    def show_arrivals(self) -> None:
        with told_to(self._tools.notices):
            self.refresh_quietly()

    # --- what is shown -----------------------------------------------------------------------------------------

    def show_list(self, which: str) -> None:
        """List a filter, for a person who comes from elsewhere: the keys go to the table."""
        with told_to(self._tools.notices):
            self.show_filter(which)
        self.table.setFocus(Qt.FocusReason.TabFocusReason)

    def show_filter(self, which: str) -> None:
        """List the dossiers of a filter from the start; an empty search box goes with it."""
        self._which = which
        self._delay.stop()
        if self.box.text():
            self.box.blockSignals(True)
            self.box.clear()
            self.box.blockSignals(False)
            self._key.show()
        self._filters.check(which)
        self.refresh()
        self.listed.emit(which)

    def refresh(self) -> None:
        """List again: something was recorded."""
        if self.box.text().strip():
            self._look_up()
            return
        self._begin()
        which = self._which
        self._job = self._jobs.stream(
            "list",
            lambda: self._services.stream_ids_apart(which),
            owner=self,
            each=self._add,
            done=self._finished,
        )

    def refresh_quietly(self) -> None:
        """List again behind the clerk's back: the chosen row stays chosen, and where it stood."""
        self._place = self.table.place()
        self.refresh()

    def announce(self) -> None:
        """Say again what shows."""
        self.listed.emit("" if self.box.text().strip() else self._which)

    def show_counts(self, counts: Counts) -> None:
        """The figures of the tiles."""
        self._strip.show_counts(self._services.work.counts())
        self._show_strip()
        self._filters.show_desks(is_shared=self._services.together.is_shared())
        self._tiles.show_numbers(
            {
                "today": counts.today,
                "processing": counts.processing,
                "awaiting": counts.awaiting,
                "late": counts.late,
                "ready": counts.ready,
            }
        )

    def focus_search(self) -> None:
        self.box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.box.selectAll()

    def _begin(self) -> None:
        self._is_looking, self._is_first_chunk = False, True
        if self._job is not None:
            self._job.cancel()

    def _typed(self) -> None:
        self._key.setVisible(not self.box.text())
        self._is_entered = False
        self._delay.start()

    def _look_up(self) -> None:
        text = self.box.text().strip()
        if not text:
            self._filters.check(self._which)
            self.refresh()
            self.announce()
            return
        self._begin()
        if self._filters.check(""):
            self.announce()
        self._is_looking = True
        self._job = self._jobs.run(
            "list", lambda: self._services.find_apart(text, _MOST_FOUND), owner=self, done=self._found
        )

    def _found(self, rows: list[DossierRow]) -> None:
        self._is_looking = False
        self._model.show_rows(rows)
        self._choose()
        count, more = dotted(len(rows)), len(rows) >= _MOST_FOUND
        self._filters.count.setText(
            self.tr("%s hồ sơ đầu tiên, gõ thêm để lọc") % count if more else self.tr("%s hồ sơ") % count
        )
        self._say_nothing(self.tr("Không có hồ sơ nào khớp. Thử họ tên không dấu, hoặc vài số cuối của căn cước."))
        if self._is_entered:
            self._take_found()

    def _take_found(self) -> None:
        """Enter: the only dossier found opens; of several the clerk chooses in the table."""
        self._is_entered = False
        only = self._model.row(0) if self._model.rowCount() == 1 else None
        if only is not None:
            self.opened.emit(only.code)
        elif self._model.rowCount():
            self.table.setFocus(Qt.FocusReason.TabFocusReason)

    def _add(self, ids: array[int]) -> None:
        if self._is_first_chunk:
            self._is_first_chunk = False
            self._model.show_ids(ids)
            self._choose()
        else:
            self._model.add_ids(ids)
        self._filters.count.setText(self.tr("%s hồ sơ…") % dotted(self._model.rowCount()))

    def _choose(self) -> None:
        place, self._place = self._place, None
        if place is None or not self.table.return_to(place):
            self.table.choose_first()

    def _finished(self) -> None:
        if self._is_first_chunk:
            self._model.show_rows(())
        self._filters.count.setText(self.tr("%s hồ sơ") % dotted(self._model.rowCount()))
        self._say_nothing(self._filters.nothing_in(self._which))

    def _say_nothing(self, text: str) -> None:
        is_empty = not self._model.rowCount()
        self._nothing.setText(text)
        self._nothing.setVisible(is_empty)

    def _show_strip(self) -> None:
        self._strip.setVisible(self.height() >= _LOW and not self._strip.is_empty)

    # --- keys and sizes ----------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.box and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._box_key(event)
        return False

    def _box_key(self, event: QKeyEvent) -> bool:
        if event.key() in {Qt.Key.Key_Down, Qt.Key.Key_PageDown}:
            self.table.setFocus(Qt.FocusReason.TabFocusReason)
            return True
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            code = self._services.code_of(self.box.text())
            if code is not None:
                self.opened.emit(code)
            elif self._delay.isActive() or self._is_looking:
                self._is_entered = True
                self._delay.stop()
                self._look_up()
            else:
                self._take_found()
            return True
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._tiles.setVisible(self.height() >= _LOW - 110 and self.width() >= 760)
        self._show_strip()
        self._column.setSpacing(13 if self.height() >= _LOW else 8)
