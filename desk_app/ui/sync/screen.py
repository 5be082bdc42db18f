"""The sync page: how the desk stands to the district, what was set aside, what was announced, and the stick."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QStackedWidget, QWidget

from desk_app.ui.kit.card_column import CardColumn
from desk_app.ui.kit.page import PageDeed, PageHead, ScreenPage
from desk_app.ui.screen_context import Tools
from desk_app.ui.sync.count_tiles import CountTiles
from desk_app.ui.sync.enrolment_screen import EnrolmentPage
from desk_app.ui.sync.notice_cards import AnnouncementsCard, SetAsideCard
from desk_app.ui.sync.state_card import StateCard
from desk_app.ui.sync.stick_card import StickCard
from desk_app.ui.sync.sync_rounds import LANE
from desk_app.ui.sync.sync_texts import progress_words
from desk_app.ui.widgets.buttons import button
from desk_app.ui.widgets.columns import ColumnRow
from desk_app.ui.widgets.labels import Picture, ShortLabel, label
from desk_app.ui.window.notices import told_to

if TYPE_CHECKING:
    from desk_app.services.sync.records import Exchanged, SyncStatus
    from desk_app.sync.rounds.rounds import Progress

_NARROW = 720


class SyncScreen(ScreenPage):
    """The overview, or the way to a district where there is none yet."""

    def __init__(self, tools: Tools) -> None:
        super().__init__(tools)
        rounds = self._rounds = tools.rounds
        self._services = tools.services.sync
        self._enrolment = EnrolmentPage(tools)
        self._enrolment.enrolled.connect(self._enrolled)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._overview())
        self._pages.addWidget(self._enrolment)
        self.compose(self._pages, above=(self._head(),))
        self._pages.hide()
        rounds.changed.connect(self._show_known)
        rounds.progressed.connect(self._progressed)

    # --- building --------------------------------------------------------------------------------------------------

    def _head(self) -> PageHead:
        self._district = ShortLabel("soft")
        self._district.setAccessibleIdentifier("sync.district")
        end_day = PageDeed(
            text=self.tr("Kết thúc ngày"),
            identifier="sync.day_end",
            pressed=lambda: self.place_wanted.emit("nav.day_end"),
            icon="sunset",
            key="F8",
            whole_from=_NARROW,
        )
        send = PageDeed(
            text=self.tr("Gửi lại ngay"),
            identifier="sync.send_again",
            pressed=self._rounds.send_now,
            icon="refresh-cw",
            key="Ctrl+Enter",
            kind="primary",
        )
        head = PageHead(self._tools.look, self.tr("Gửi nhận với cấp trên"), note=self._district, deeds=(end_day, send))
        self._day_end, self.send = head.deeds.values()
        return head

    def _overview(self) -> CardColumn:
        look = self._tools.look
        self._state = StateCard(look)
        self._counts = CountTiles(look)
        self._clock, self._clock_text = self._panel("sync.clock")
        see = button(look, self.tr("Xem các hồ sơ"), "sync.conflicts.show", self._show_conflicts, tall="small")
        self._conflicts, self._conflicts_text = self._panel("sync.conflicts", see)
        self._set_aside = SetAsideCard(look)
        self._set_aside.settled.connect(self._settle)
        self._set_aside.opened.connect(self.opened)
        self._announcements = AnnouncementsCard(look)
        self._announcements.read.connect(self._read)
        self._stick = StickCard(look)
        self._stick.export_wanted.connect(self._export)
        self._stick.import_wanted.connect(self._import)
        columns = ColumnRow(narrow=_NARROW)
        for card in (self._set_aside, self._announcements):
            columns.left.addWidget(card)
        columns.right.addWidget(self._stick)
        columns.left.addStretch()
        columns.right.addStretch()
        return CardColumn((self._state, self._clock, self._conflicts, self._counts, columns))

    def _panel(self, identifier: str, *deeds: QWidget) -> tuple[QFrame, QLabel]:
        panel = QFrame()
        panel.setProperty("panel", "warn")
        row = QHBoxLayout(panel)
        row.setContentsMargins(14, 9, 10, 9)
        row.setSpacing(10)
        row.addWidget(Picture(self._tools.look, "triangle-alert", "warn", 18))
        text = label(wraps=True)
        text.setAccessibleIdentifier(identifier)
        row.addWidget(text, 1)
        for deed in deeds:
            row.addWidget(deed)
        return panel, text

    # --- showing ---------------------------------------------------------------------------------------------------

    def read_again(self) -> None:
        self.refresh()

    def refresh(self) -> None:
        """Show what is known, and ask anew."""
        self._show_known()
        self._rounds.look()

    def _show_known(self) -> None:
        """Nothing while nobody looks."""
        if self.isVisible() and self._rounds.known is not None:
            self._pages.show()
            self._show(self._rounds.known)

    def _show(self, status: SyncStatus) -> None:
        is_begun = status.enrolled and status.digits_confirmed
        here: QWidget | None = self.focusWidget()
        has_agreed = is_begun and here is not None and self._enrolment.isAncestorOf(here)
        self._pages.setCurrentIndex(0 if is_begun else 1)
        for part in (self.send, self._day_end):
            part.setVisible(is_begun)
        if has_agreed and self.isActiveWindow():
            self.send.setFocus(Qt.FocusReason.OtherFocusReason)  # else Qt gives the cursor to whatever comes next
        if not is_begun:
            self._district.setText(self.tr("Quầy này chưa ghép với cấp trên"))
            self._enrolment.resume()
            return
        now = self._tools.services.now()
        self._district.setText(self.tr("%s · quầy %d") % (status.district, self._services.desk_number()))
        self._state.show_standing(self._rounds.standing(status))
        if not self._rounds.is_running:
            self._state.show_progress("", 0, 0)
        self._counts.show_status(status)
        self._clock.setVisible(bool(status.clock_warning))
        self._clock_text.setText(status.clock_warning)
        self._conflicts.setVisible(bool(status.conflicts))
        self._conflicts_text.setText(self.tr("Hai quầy cùng sửa: %d hồ sơ cần chọn giá trị đúng.") % status.conflicts)
        self._set_aside.show_lines(status.set_aside, now, coming_back=status.aside_events)
        self._announcements.show_announcements(status.announcements, now)
        self._stick.show_out(status.sticks_out, now)

    def _progressed(self, progress: Progress) -> None:
        if self.isVisible():
            self._state.show_progress(progress_words(progress), progress.bytes_done, progress.bytes_total)

    # --- doing -----------------------------------------------------------------------------------------------------

    def main_name(self) -> str:
        known = self._rounds.known
        return self.tr("Gửi lại ngay") if known is not None and known.enrolled and known.digits_confirmed else ""

    def main_deed(self) -> None:
        self._rounds.send_now()

    def take_scan(self, text: str) -> None:
        """The QR of an enrolment was scanned."""
        self._enrolment.take_scan(text)

    def _show_conflicts(self) -> None:
        self.list_wanted.emit("look")

    def _settle(self, n: int) -> None:
        with told_to(self._tools.notices):
            self._services.settle_set_aside(n)
        self._rounds.look()

    def _read(self) -> None:
        with told_to(self._tools.notices):
            self._services.mark_announcements_seen()
        self._rounds.look()

    def _enrolled(self) -> None:
        self._rounds.send_now()

    def _export(self, folder: Path) -> None:
        self._stick.set_busy(is_busy=True)
        self._tools.jobs.run(
            LANE,
            lambda: self._services.export_stick_apart(folder),
            owner=self,
            done=self._exchanged,
            ended=self._stick_ended,
        )

    def _import(self, folder: Path) -> None:
        self._stick.set_busy(is_busy=True)
        self._tools.jobs.run(
            LANE,
            lambda: self._services.import_stick_apart(folder),
            owner=self,
            done=self._exchanged,
            ended=self._stick_ended,
        )

    def _exchanged(self, exchanged: Exchanged) -> None:
        self._tools.notices.say(exchanged.told)
        self._rounds.take(exchanged)

    def _stick_ended(self) -> None:
        self._stick.set_busy(is_busy=False)
        self._rounds.look()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()
        self._stick.folder.look_for_stick()
        if not self.send.isHidden():
            self.send.setFocus(Qt.FocusReason.OtherFocusReason)
