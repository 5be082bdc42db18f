"""The desk at work: side bar, screens, keys. Sends every scan to the screen it is meant for."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desk_app.errors import HalfCardError, NotACardError
from desk_app.ui.dossiers.index_work import IndexWork
from desk_app.ui.entries import DOSSIER, DOSSIERS, RECEPTION, SYNC, Entries
from desk_app.ui.law.law_news import tell_of_law
from desk_app.ui.scanning import scan_grammar, serial_scanner
from desk_app.ui.scanning.scan_grammar import ENROLMENT, Verdict
from desk_app.ui.scanning.scanner import Wedge
from desk_app.ui.screen import Entry, Screen
from desk_app.ui.screen_context import Tools
from desk_app.ui.window.key_bar import KeyBar
from desk_app.ui.window.notices import Notice, told_to
from desk_app.ui.window.screens import LateScreens
from desk_app.ui.window.shortcuts import DeskKeys
from desk_app.ui.window.side_bar import SideBar
from desk_app.ui.window.side_state import SideLine

if TYPE_CHECKING:
    from desk_app.ui.dossier.screen import DossierScreen
    from desk_app.ui.reception.screen import ReceptionScreen
    from desk_app.ui.sync.screen import SyncScreen

_NARROW = 1000
_COUNT_AGAIN_MS = 60_000
_WARM_UP_AFTER_MS = 700


class DeskView(QWidget):
    """Everything that works once the desk is open."""

    def __init__(self, tools: Tools, wedge: Wedge) -> None:
        super().__init__()
        rounds = tools.rounds
        self._tools, self._rounds = tools, rounds
        self._is_closed = False
        services = tools.services
        entries = tuple(
            entry for entry in Entries(self).all() if entry.permission is None or services.may(entry.permission)
        )
        self._entries = {entry.identifier: entry for entry in entries}
        office = self.tr("UBND %s") % services.identity.commune
        note = self.tr("Dữ liệu mẫu: mọi người ở đây đều không có thật.") if services.identity.is_demo else ""
        self.side = SideBar(tools.look, entries, office=office, clerk=services.identity.clerk, note=note)
        self.side.wanted.connect(self.go)
        self.side.theme_chosen.connect(services.keep_theme)
        self.stack = QStackedWidget()
        self.late = LateScreens(tools, self.stack)
        self.late.left.connect(self.back)
        self.late.opened.connect(self.open_dossier)
        self.late.recorded.connect(self._recorded)
        self.late.list_wanted.connect(self._list)
        self.late.place_wanted.connect(self.go)
        self.dossiers = self.late.get(DOSSIERS)
        self.dossiers.listed.connect(self._listed)
        self.front: Screen = self.dossiers
        rounds.changed.connect(self._show_standing)
        rounds.arrived.connect(self._arrived)
        self._key_bar = KeyBar(self._hints(entries))
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
        self.keys = DeskKeys(self, self, entries)
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

    def _hints(self, entries: Sequence[Entry]) -> list[tuple[str, str]]:
        """What the bar of keys says, the keys of places in their order."""
        places = sorted(((each.key, each.hint) for each in entries if each.hint), key=lambda hint: (len(hint[0]), hint))
        return [
            *places[:2],
            ("Enter", self.tr("Mở hồ sơ")),
            *places[2:],
            ("Ctrl+P", self.tr("In lại")),
            ("F5", self.tr("Đọc lại")),
            ("F11", self.tr("Toàn màn hình")),
        ]

    def go(self, identifier: str) -> None:
        """To a place of the side bar; nothing where there is none of this name."""
        entry = self._entries.get(identifier)
        if entry is not None:
            screen = self.late.get(entry.kind)
            self.show_screen(screen)
            screen.arrive(identifier)
            self.side.show_place(identifier)

    def _list(self, which: str) -> None:
        self.show_screen(self.dossiers)
        self.dossiers.show_list(which)

    def go_reception(self, *, reopens: bool = True) -> None:
        """The reception page; a saved dossier gives way to the next citizen, what was left half filled stands there."""
        self.show_reception()
        self.reception.arrive(reopens=reopens)

    def show_reception(self) -> None:
        """The reception page as it stands."""
        self.show_screen(self.reception)
        self.side.show_place("nav.reception")

    def go_search(self) -> None:
        if self.front is not self.dossiers:
            self.back()
        self.dossiers.focus_search()

    def open_dossier(self, code: str) -> None:
        self._tools.notices.withdraw()
        if self.dossier.show_dossier(code):
            self.show_screen(self.dossier)
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
        return self.late.get(RECEPTION)

    @property
    def dossier(self) -> DossierScreen:
        return self.late.get(DOSSIER)

    @property
    def sync(self) -> SyncScreen:
        return self.late.get(SYNC)

    def _warm_up(self) -> None:
        if self._is_closed:  # sooner than this came
            return
        # The clerk looks at the list now; a screen that loads only when it is wanted takes 80 ms of the clerk's time.
        for kind in (DOSSIER, *(entry.kind for entry in self._entries.values())):
            kind.load()
        self._rounds.begin()
        self._index_work.begin()
        tell_of_law(self._tools, partial(self.go, "nav.law"))

    def is_at(self, name: str) -> bool:
        """Whether this screen is in front; asking builds none."""
        return self.late.built(name) is self.front

    def show_screen(self, screen: Screen) -> None:
        if screen is not self.front:
            self._tools.notices.withdraw()
        self.front = screen
        self.stack.setCurrentWidget(screen)
        self._key_bar.setVisible(not screen.says_its_keys)

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
        self.front.show_arrivals()
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
            self.go("nav.sync")
            self.sync.take_scan(text)
            return
        code = self._tools.services.code_of(text)
        if code is not None:
            self.open_dossier(code)
            return
        if self.front is not self.reception:
            self.show_reception()
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
