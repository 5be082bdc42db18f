"""The close of a day: what is unsent, unreturned and unprinted, the day's figures, and the report that is printed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QShowEvent

from desk_app.domain.worklists.lists import Worklist
from desk_app.errors import DeskError
from desk_app.ui.day_end.day_figures_card import DayFiguresCard
from desk_app.ui.day_end.open_dossiers_card import LeftOpenCard
from desk_app.ui.day_end.reports_card import ReportsCard
from desk_app.ui.day_end.reports_page import ReportsPage
from desk_app.ui.day_end.unsent_card import UnsentCard
from desk_app.ui.day_end.update_card import UpdateOfferCard
from desk_app.ui.focus.focus import kept_focus
from desk_app.ui.kit.card import PageCard
from desk_app.ui.kit.card_column import CardColumn
from desk_app.ui.kit.page import PageDeed, PageHead, ScreenPage
from desk_app.ui.payments.day_money_page import DayMoneyPage
from desk_app.ui.printing.paper_pane import PaperPane
from desk_app.ui.screen_context import Tools
from desk_app.ui.sync.sync_rounds import LANE
from desk_app.ui.widgets.buttons import named
from desk_app.ui.widgets.labels import ShortLabel
from desk_app.ui.window.notices import told_to
from desk_app.ui.worklists.work_strip import WorkStrip

if TYPE_CHECKING:
    from desk_app.services.papers.papers import Paper
    from desk_app.services.reports.day_end import DayEnd
    from desk_app.services.sync.records import Exchanged

_PREVIEW_FROM = 820
_NEXT_CARD_MS = 8
"""Between two cards: the window lays out and paints the first one and takes keys before the next is built."""


class DayEndScreen(ScreenPage):
    """What is left of the day, and its close."""

    def __init__(self, tools: Tools) -> None:
        super().__init__(tools)
        rounds = self._rounds = tools.rounds
        self._services = tools.services.day_end
        self._is_closing = self._awaits_round = False
        self._papers_asked = 0
        self._to_show: Iterator[Callable[[], None]] = iter(())
        self._showing = QTimer(self, singleShot=True, interval=_NEXT_CARD_MS)
        self._showing.timeout.connect(self._show_next)
        self._pane = PaperPane(tools.look, tools.jobs, "day_end")
        self.compose(self.split(self._page(), self._pane, paper_from=_PREVIEW_FROM), above=(self._head(),))
        rounds.ended.connect(self._round_ended)
        tools.printing.printed.connect(self.refresh)

    # --- building --------------------------------------------------------------------------------------------------

    def _head(self) -> PageHead:
        self._when = ShortLabel("soft")
        self._when.setAccessibleIdentifier("day_end.when")
        close = PageDeed(
            text=self.tr("In báo cáo, kết thúc ngày"),
            identifier="day_end.close",
            pressed=self.close_day,
            icon="printer",
            key="F9",
            kind="primary",
            short="name",
        )
        head = PageHead(
            self._tools.look,
            self.tr("Kết thúc ngày"),
            note=self._when,
            leave=("day_end.leave", self.left.emit),
            deeds=(close,),
        )
        (self._close,) = head.deeds.values()
        return head

    def _page(self) -> CardColumn:
        look = self._tools.look
        self._unsent = UnsentCard(look)
        self._unsent.send_wanted.connect(self._rounds.send_now)
        self._unsent.export_wanted.connect(self._export)
        self._late = LeftOpenCard(
            look,
            "day_end.late",
            self.tr("Hồ sơ quá hạn"),
            self.tr("Không có hồ sơ quá hạn"),
            whole=self.tr("Xem mọi hồ sơ quá hạn"),
        )
        self._ready = LeftOpenCard(
            look,
            "day_end.ready",
            self.tr("Có kết quả, chưa trả"),
            self.tr("Kết quả nào có đều đã trả"),
            whole=self.tr("Xem mọi hồ sơ chờ trả"),
        )
        self._unprinted = LeftOpenCard(
            look,
            "day_end.unprinted",
            self.tr("Nhận hôm nay, chưa in giấy"),
            self.tr("Hồ sơ nhận hôm nay đều đã in giấy"),
            whole=self.tr("Xem mọi hồ sơ nhận hôm nay"),
            prints=True,
        )
        self._work = PageCard(self.tr("Việc hôm nay"))
        self._strip = WorkStrip("day_end.work", without=(Worklist.LATE,))
        self._strip.wanted.connect(self.work_wanted)
        self._work.column.addWidget(self._strip)
        self._figures = DayFiguresCard()
        for card, which in ((self._late, "late"), (self._ready, "ready"), (self._unprinted, "today")):
            card.opened.connect(self.opened)
            card.all_wanted.connect(lambda which=which: self.list_wanted.emit(which))
        self._unprinted.print_asked.connect(lambda code: self._tools.printing.print_papers(code, "all"))
        self._unsent.opened.connect(self.opened)
        reports = ReportsCard(look, self._tools.services.read_day, self._tools.services.reports.kinds())
        reports.opened.connect(self.opened)
        self._reports = ReportsPage(reports, self._pane, self._tools, self)
        self._update = UpdateOfferCard(look)
        self._update.wanted.connect(lambda: self.place_wanted.emit("nav.updates"))
        work = (self._unsent, self._unprinted, self._ready, self._late, self._work)
        self._money = DayMoneyPage(self._tools, self.refresh, self)
        money = (self._money.cash, self._money.books)
        self._cards = CardColumn((self._update, *work, self._figures, *money, reports), beside_paper=True)
        self._cards.body.hide()
        named(self._cards, "day_end.page", self.tr("Việc còn lại của ngày"))
        return self._cards

    # --- showing ---------------------------------------------------------------------------------------------------

    def read_again(self) -> None:
        self.refresh()

    def refresh(self) -> None:
        """Look the day over again, and draw its report; nothing while nobody looks."""
        if not self.isVisible():
            return
        desk, clerk = self._tools.services.sync.desk_number(), self._tools.services.identity().clerk
        self._reports.refresh()
        self._money.refresh()
        today = f"{self._tools.services.now():%d/%m/%Y}"
        self._papers_asked = self._pane.asked
        self._when.setText(self.tr("%s · quầy %d · %s") % (today, desk, clerk))
        self._tools.jobs.run("day", self._services.day_end_apart, owner=self, done=self._show)

    def _show(self, day: DayEnd) -> None:
        found = self._tools.services.updates.standing()
        self._update.show_offer(is_there=found.fetched is not None and found.is_installed and not found.next)
        self._to_show = iter(
            (
                partial(self._unsent.show_day, day.sync, day.unsent),
                partial(self._unprinted.show_rows, day.unprinted),
                partial(self._ready.show_rows, day.ready),
                partial(self._late.show_rows, day.late),
                partial(self._strip.show_counts, day.work),
                partial(self._figures.show_figures, day.figures, day.head, day.service_days),
                self._cards.body.show,
            )
        )
        self._show_next()

    def _show_next(self) -> None:
        """One card, the next in a turn of its own: all at once would hold up keys and paint for a tenth of a second.

        The report is drawn behind the last card: a thread that draws takes turns with this one at every call of Qt.
        """
        card = next(self._to_show, None)
        if card is None:
            if self._pane.asked == self._papers_asked:  # else the clerk looks at another report by now
                self._pane.show_paper(self.tr("Báo cáo ngày"), lambda: [self._services.report_apart().pdf])
            return
        with kept_focus(self, self._cards):
            card()
        self._showing.start()

    # --- closing ---------------------------------------------------------------------------------------------------

    def print_name(self) -> str:
        return self.tr("In báo cáo, kết thúc ngày")

    def save_and_print(self) -> None:
        self.close_day()

    def close_day(self) -> None:
        """Send what waits, then print the report; what could not be sent stands in the report as unsent."""
        if self._is_closing:
            return
        self._is_closing = True
        status = self._rounds.known
        if status is not None and status.digits_confirmed and status.waiting_events:
            self._awaits_round = True
            self._rounds.send_now()
        else:
            self._print()

    def _round_ended(self) -> None:
        if self._awaits_round:
            self._awaits_round = False
            self._print()
        self.refresh()

    def _print(self) -> None:
        self._tools.jobs.run(
            "paper", self._services.report_apart, owner=self, done=self._drawn, failed=self._not_printed
        )

    def _drawn(self, paper: Paper) -> None:
        send = self._tools.services.send_apart
        self._tools.jobs.run("printer", lambda: send([paper]), owner=self, done=self._printed, failed=self._not_printed)

    def _printed(self, printer: str) -> None:
        self._is_closing = False
        with told_to(self._tools.notices):
            self._services.close()
            self._tools.backups.day_closed()
            today = f"{self._tools.services.now():%d/%m/%Y}"
            told = self.tr("Đã kết thúc ngày %s. Báo cáo đã gửi tới %s.") % (today, printer)
            self._tools.notices.say(told + self._money.left_told)

    def _not_printed(self, error: DeskError) -> None:
        self._is_closing = False
        with told_to(self._tools.notices):
            self._services.close()
            self._tools.backups.day_closed()
        text = self.tr("Ngày đã khóa sổ, báo cáo chưa in được. %s") % error
        self._tools.notices.warn(text, error.remedy, offer=self.tr("In lại"), act=self._print)

    def _export(self, folder: Path) -> None:
        export = self._tools.services.sync.export_stick_apart
        self._tools.jobs.run(LANE, lambda: export(folder), owner=self, done=self._exported)

    def _exported(self, exchanged: Exchanged) -> None:
        self._tools.notices.say(exchanged.told)
        self._rounds.look()
        self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()
        self._close.setFocus(Qt.FocusReason.OtherFocusReason)
