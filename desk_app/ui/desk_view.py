"""The desk at work: side bar, screens, keys. Sends every scan to the screen it is meant for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desk_app.errors import HalfCardError, NotACardError
from desk_app.ui import scan_grammar, serial_scanner
from desk_app.ui.desk_keys import DeskKeys
from desk_app.ui.index_work import IndexWork
from desk_app.ui.late_screens import LateScreens
from desk_app.ui.law_news import tell_of_law
from desk_app.ui.notices import Notice, told_to
from desk_app.ui.rounds import Rounds
from desk_app.ui.scan_grammar import ENROLMENT, Verdict
from desk_app.ui.scanner import Wedge
from desk_app.ui.screens.dossiers import DossiersScreen
from desk_app.ui.tools import Tools
from desk_app.ui.widgets.key_bar import KeyBar
from desk_app.ui.widgets.side_bar import Place, SideBar
from desk_app.ui.widgets.side_state import SideLine

if TYPE_CHECKING:
    from desk_app.ui.screens.reception import ReceptionScreen

_NARROW = 1000
_COUNT_AGAIN_MS = 60_000
_WARM_UP_AFTER_MS = 700


class DeskView(QWidget):
    """Everything that works once the desk is open."""

    def __init__(self, tools: Tools, rounds: Rounds, wedge: Wedge) -> None:
        super().__init__()
        self._tools, self._rounds = tools, rounds
        self._is_closed = False
        services = tools.services
        places = (
            Place(identifier="nav.dossiers", text=self.tr("Hồ sơ"), icon="inbox", key="F3"),
            Place(identifier="nav.reception", text=self.tr("Tiếp nhận"), icon="file-plus-2", key="F2"),
            Place(identifier="nav.returns", text=self.tr("Chờ trả kết quả"), icon="package-check", key="F4"),
            Place(identifier="nav.late", text=self.tr("Quá hạn"), icon="clock", key="F6"),
            Place(
                identifier="nav.sync",
                text=self.tr("Gửi nhận"),
                icon="cloud-upload",
                key="F7",
                counted=self.tr("việc cần xem"),
            ),
            Place(identifier="nav.day_end", text=self.tr("Kết thúc ngày"), icon="sunset", key="F8"),
            Place(identifier="nav.law", text=self.tr("Dữ liệu luật"), icon="file-text", key="F12"),
        )
        office = self.tr("UBND %s") % services.identity.commune
        note = self.tr("Dữ liệu mẫu: mọi người ở đây đều không có thật.") if services.identity.is_demo else ""
        self.side = SideBar(tools.look, places, office=office, clerk=services.identity.clerk, note=note)
        self.side.wanted.connect(self.go)
        self.side.theme_chosen.connect(services.keep_theme)
        self.stack = QStackedWidget()
        self.dossiers = DossiersScreen(tools.look, services, tools.jobs)
        self.dossiers.opened.connect(self.open_dossier)
        self.dossiers.reception_wanted.connect(self.go_reception)
        self.dossiers.listed.connect(self._listed)
        self.stack.addWidget(self.dossiers)
        self.late = LateScreens(tools, rounds, self.stack)
        self.late.left.connect(self.back)
        self.late.opened.connect(self.open_dossier)
        self.late.recorded.connect(self._recorded)
        self.late.listed.connect(self._list)
        self.late.day_end_wanted.connect(self.go_day_end)
        rounds.changed.connect(self._show_standing)
        rounds.arrived.connect(self._arrived)
        self._key_bar = KeyBar(
            (
                ("F2", self.tr("Tiếp nhận")),
                ("F3", self.tr("Tìm hồ sơ")),
                ("Enter", self.tr("Mở hồ sơ")),
                ("F4", self.tr("Chờ trả kết quả")),
                ("F6", self.tr("Quá hạn")),
                ("F7", self.tr("Gửi nhận")),
                ("F8", self.tr("Kết thúc ngày")),
                ("Ctrl+P", self.tr("In lại")),
                ("F5", self.tr("Đọc lại")),
                ("F11", self.tr("Toàn màn hình")),
            )
        )
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(self.stack, 1)
        right.addWidget(self._key_bar)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.side)
        row.addLayout(right, 1)
        self.keys = DeskKeys(self, tools, rounds)
        wedge.scanned.connect(self._scanned)
        wedge.is_slip = self._is_slip
        wedge.is_search = self._awaits_code
        self._listen(services.identity.scanner_port)
        self._index_work = IndexWork(services.index_more, self)
        self._counting = QTimer(self, interval=_COUNT_AGAIN_MS)
        self._counting.timeout.connect(self.count)
        self._counting.start()
        self.go("nav.dossiers")
        QTimer.singleShot(_WARM_UP_AFTER_MS, self, self._warm_up)

    # --- going about -----------------------------------------------------------------------------------------------

    def go(self, identifier: str) -> None:
        """To a place of the side bar."""
        elsewhere = {
            "nav.reception": self.go_reception,
            "nav.sync": self.go_sync,
            "nav.day_end": self.go_day_end,
            "nav.law": self.go_law,
        }
        if identifier in elsewhere:
            elsewhere[identifier]()
        else:
            self._list({"nav.returns": "ready", "nav.late": "late"}.get(identifier, "all"))

    def _list(self, which: str) -> None:
        self.show_screen(self.dossiers)
        with told_to(self._tools.notices):
            self.dossiers.show_filter(which)
        self.dossiers.table.setFocus(Qt.FocusReason.TabFocusReason)

    def go_reception(self, *, reopens: bool = True) -> None:
        """The reception page; a saved dossier gives way to the next citizen, what was left half filled stands there."""
        self.show_screen(self.reception)
        self.reception.resume(reopens=reopens)
        self.side.show_place("nav.reception")

    def go_sync(self) -> None:
        self.show_screen(self.late.sync)
        self.side.show_place("nav.sync")

    def go_day_end(self) -> None:
        self.show_screen(self.late.day_end)
        self.side.show_place("nav.day_end")

    def go_law(self) -> None:
        self.show_screen(self.late.law)
        self.side.show_place("nav.law")

    def go_search(self) -> None:
        if self.stack.currentWidget() is not self.dossiers:
            self.back()
        self.dossiers.focus_search()

    def open_dossier(self, code: str) -> None:
        self._tools.notices.withdraw()
        if self.late.dossier.show_dossier(code):
            self.show_screen(self.late.dossier)
            self.side.show_place("nav.dossiers")

    def offer_left_page(self) -> None:
        """After the start: what was half filled in when the program ended."""
        drafts = self._tools.services.drafts
        with told_to(self._tools.notices):
            drafts.tidy()
            left = drafts.left()
            if left and self.late.built("reception") is None:
                more = self.tr(" Trang Tiếp nhận còn %d hồ sơ khác.") % (len(left) - 1) if len(left) > 1 else ""
                self._tools.notices.post(
                    Notice(
                        text=self.tr("Còn một hồ sơ đang nhập dở của %s.")
                        % (left[0].applicant or self.tr("chưa có tên")),
                        remedy=self.tr("Bấm F2 để nhập tiếp, hoặc bỏ ở trang Tiếp nhận.") + more,
                        tone="info",
                        offer=self.tr("Mở lại"),
                        act=self.go_reception,
                    )
                )

    @property
    def reception(self) -> ReceptionScreen:
        return self.late.reception

    def _warm_up(self) -> None:
        if self._is_closed:  # sooner than this came
            return
        self.late.load()
        self._rounds.begin()
        self._index_work.begin()
        tell_of_law(self._tools, self.go_law)

    def is_at(self, name: str) -> bool:
        """Whether this screen is in front; asking builds none."""
        screen = self.dossiers if name == "dossiers" else self.late.built(name)
        return screen is not None and self.stack.currentWidget() is screen

    def show_screen(self, screen: QWidget) -> None:
        if screen is not self.stack.currentWidget():
            self._tools.notices.withdraw()
        self.stack.setCurrentWidget(screen)
        self._key_bar.setVisible(screen is not self.late.built("reception"))

    def back(self) -> None:
        self.show_screen(self.dossiers)
        with told_to(self._tools.notices):
            self.dossiers.refresh()
            self.count()
        self.dossiers.table.setFocus(Qt.FocusReason.TabFocusReason)
        self.dossiers.announce()

    def _listed(self, which: str) -> None:
        self.side.show_place({"ready": "nav.returns", "late": "nav.late"}.get(which, "nav.dossiers"))
        self.count()

    def _recorded(self, _code: str) -> None:
        self.count()
        self._rounds.recorded()

    def _arrived(self) -> None:
        """Others' work came in: what is in sight may be old."""
        if self.is_at("dossiers"):
            with told_to(self._tools.notices):
                self.dossiers.refresh_quietly()
        elif self.is_at("dossier"):
            self.late.dossier.refresh()
        self.count()

    def _show_standing(self) -> None:
        status = self._rounds.known
        if status is None:
            return
        shown = self._rounds.standing(status)
        self.side.state.show_line(SideLine(text=shown.side, icon=shown.icon, tone=shown.tone))
        unseen = sum(not each.seen for each in status.announcements)
        self.side.set_badge("nav.sync", len(status.set_aside) + status.conflicts + unseen)

    def count(self) -> None:
        with told_to(self._tools.notices):
            counts = self._tools.services.counts()
            self.side.set_badge("nav.returns", counts.ready)
            self.side.set_badge("nav.late", counts.late)
            self.dossiers.show_counts(counts)

    # --- scanning --------------------------------------------------------------------------------------------------

    def _awaits_code(self) -> bool:
        """Whether the cursor is where a code is typed: the search, or the code of an enrolment."""
        focus = QApplication.focusWidget()
        return self.dossiers.box.hasFocus() or (focus is not None and focus.accessibleIdentifier() == "enrol.code")

    def _is_slip(self, text: str) -> bool:
        """A code typed into the search box is a search; anywhere else it opens the dossier."""
        return not self.dossiers.box.hasFocus() and self._tools.services.code_of(text) is not None

    def _scanned(self, text: str, composed: bool) -> None:  # noqa: FBT001 - a slot
        if text.upper().startswith(ENROLMENT):
            self.go_sync()
            self.late.sync.take_scan(text)
            return
        code = self._tools.services.code_of(text)
        if code is not None:
            self.open_dossier(code)
            return
        if self.stack.currentWidget() is not self.reception:
            self.show_screen(self.reception)
            self.side.show_place("nav.reception")
        self.reception.take_scan(text, composed=composed)

    def _came_by_port(self, text: str) -> None:
        """A port sends whatever a scanner reads: a card, a slip, half a card, or a code of somebody else's."""
        verdict, scan = scan_grammar.judged(text, lambda code: self._tools.services.code_of(code) is not None)
        if verdict is Verdict.WHOLE:
            self._scanned(scan, False)
        else:
            self._tools.notices.warn_of(HalfCardError() if verdict is Verdict.PART else NotACardError())

    def _listen(self, port: str) -> None:
        if port:
            self._tools.jobs.stream(
                "scanner",
                lambda: serial_scanner.lines(port, lambda: self._is_closed),
                owner=self,
                each=self._came_by_port,
            )

    def stop(self) -> None:
        """Before the desk closes: what is half filled in is kept, the scanner's thread is let go."""
        self._is_closed = True
        self.late.keep_pages()
        self._counting.stop()
        self._index_work.stop()
        self._rounds.stop()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.side.set_narrow(self.width() < _NARROW)
