"""The desk at work: side bar, screens, keys, scans."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desk_app.ui.dossiers.index_work import IndexWork
from desk_app.ui.drafts.left_page import offer_left_page
from desk_app.ui.entries import DOSSIER, DOSSIERS, RECEPTION, SYNC, Entries
from desk_app.ui.law.law_news import tell_of_law
from desk_app.ui.scanning.scanner import Wedge
from desk_app.ui.scanning.scans import Scans
from desk_app.ui.screen import Screen
from desk_app.ui.screen_context import Tools
from desk_app.ui.together.arrivals import Arrivals
from desk_app.ui.window.key_bar import KeyBar
from desk_app.ui.window.notices import told_to
from desk_app.ui.window.screens import LateScreens
from desk_app.ui.window.shortcuts import DeskKeys, offered
from desk_app.ui.window.side_bar import SideBar
from desk_app.ui.window.side_state import SideLine
from desk_app.ui.window.training_signs import title_of, training_band
from desk_app.ui.worklists.work_path import WorkPath

if TYPE_CHECKING:
    from desk_app.ui.dossier.screen import DossierScreen
    from desk_app.ui.reception.screen import ReceptionScreen
    from desk_app.ui.screen import Entry
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
        in_bar = tuple(entry for entry in entries if entry.in_bar)
        identity = services.identity()
        office = self.tr("UBND %s") % identity.commune
        note = self.tr("Dữ liệu mẫu: mọi người ở đây đều không có thật.") if identity.is_demo else ""
        self.side = SideBar(tools.look, in_bar, office=office, clerk=identity.clerk, note=note)
        self.side.wanted.connect(self.go)
        self.side.theme_chosen.connect(services.keep_theme)
        self.stack = QStackedWidget()
        self.work = WorkPath(self, tools)
        self.late = LateScreens(tools, self.stack, self._listen)
        self.dossiers = self.late.get(DOSSIERS)
        self.dossiers.listed.connect(self._listed)
        self.dossiers.table.selectionModel().currentChanged.connect(self._show_keys)
        self.dossiers.table.model().modelReset.connect(self._show_keys)
        self.front: Screen = self.dossiers
        rounds.changed.connect(self._show_standing)
        rounds.arrived.connect(self._arrived)
        self._arrivals = Arrivals(tools, self.go, self)
        tools.backups.changed.connect(self._show_backups)
        self._key_bar = KeyBar()
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        if identity.is_training:
            right.addWidget(training_band())
        right.addWidget(self.stack, 1)
        right.addWidget(self._key_bar)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.side)
        row.addLayout(right, 1)
        self.keys = DeskKeys(self, self, entries)
        self.scans = Scans(self, self, tools, wedge)
        self._index_work = IndexWork(services.index_more, self)
        self._counting = QTimer(self, interval=_COUNT_AGAIN_MS)
        self._counting.timeout.connect(self.count)
        self._counting.start()
        self.go("nav.dossiers")
        QTimer.singleShot(_WARM_UP_AFTER_MS, self, self._warm_up)

    def _listen(self, screen: Screen) -> None:
        screen.left.connect(self.back)
        screen.opened.connect(self.open_dossier)
        screen.recorded.connect(self._recorded)
        screen.list_wanted.connect(self._list)
        screen.place_wanted.connect(self.go)
        screen.settings_changed.connect(self._show_identity)
        screen.deeds_changed.connect(self._show_keys)
        self.work.listen(screen)

    # --- going about -----------------------------------------------------------------------------------------------

    def _show_keys(self) -> None:
        """The bar of keys: the places in their order, and only what a key does on the screen in front."""
        hints = ((each.key, each.hint) for each in self._entries.values() if each.hint)
        places = sorted(hints, key=lambda hint: (len(hint[0]), hint))
        has_paper = self.front is not self.dossiers or bool(self.dossiers.table.chosen_code())
        deeds = offered(
            self.front,
            (
                ("Enter", self.front.enter_name()),
                ("Ctrl+Enter", self.front.main_name()),
                ("F9", self.front.print_name()),
                ("Ctrl+D", self.tr("Lấy từ vai khác")),
                ("Ctrl+T", self.tr("Như hồ sơ trước")),
                ("Ctrl+P", self.tr("In lại") if has_paper else ""),
                ("Ctrl+E", self.tr("Đính chính")),
                ("F5", self.tr("Đọc lại")),
            ),
        )
        self._key_bar.show_keys([*places[:2], *deeds, *places[2:], ("F11", self.tr("Toàn màn hình"))])

    def go(self, identifier: str, part: str = "") -> None:
        """To a place of the side bar, or to a part of its page; nothing where there is none of this name."""
        entry = self._entries.get(identifier)
        if entry is not None:
            screen = self.late.get(entry.kind)
            self.show_screen(screen)
            screen.arrive(part or identifier)
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
        offer_left_page(self._tools, self.late, self.go_reception)

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
        self._tools.backups.begin(partial(self.go, "nav.settings"))
        self._index_work.begin()
        self._tools.helps.tell_news()
        tell_of_law(self._tools, partial(self.go, "nav.law"))

    @property
    def help_page(self) -> str:
        """The page of the manual for the screen in front."""
        return self.late.name_of(self.front)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The places this person may go to."""
        return tuple(self._entries.values())

    def is_at(self, name: str) -> bool:
        """Whether this screen is in front; asking builds none."""
        return self.late.built(name) is self.front

    def show_screen(self, screen: Screen) -> None:
        if screen is not self.front:
            self._tools.notices.withdraw()
        self.work.see(screen)
        self.front = screen
        self.stack.setCurrentWidget(screen)
        type_on = getattr(screen.focusWidget(), "type_on", None)  # of a TextInput or Chooser; they load later
        if type_on is not None and screen.focusWidget().hasFocus():
            type_on()
        self._key_bar.setVisible(not screen.says_its_keys)
        self._show_keys()

    def back(self) -> None:
        if self.work.back():
            return
        self.show_screen(self.dossiers)
        with told_to(self._tools.notices):
            self.dossiers.refresh()
            self.count()
        self.dossiers.table.setFocus(Qt.FocusReason.TabFocusReason)
        self.dossiers.announce()

    def _listed(self, which: str) -> None:
        self.side.show_place({"ready": "nav.returns", "late": "nav.late"}.get(which, "nav.dossiers"))
        self.count()
        self._show_keys()

    def _recorded(self, _code: str) -> None:
        self.count()
        self._show_keys()
        self._rounds.recorded()

    def _arrived(self) -> None:
        """Others' work came in: what is in sight may be old."""
        self.front.show_arrivals()
        self._arrivals.tell()
        self._show_identity()
        self.count()
        self._show_keys()

    def _show_standing(self) -> None:
        status = self._rounds.known
        if status is None:
            return
        shown = self._rounds.standing(status)
        self.side.state.show_line(SideLine(text=shown.side, icon=shown.icon, tone=shown.tone))
        self._show_keys()
        unseen = sum(not each.seen for each in status.announcements)
        self.side.set_badge("nav.sync", len(status.set_aside) + status.conflicts + unseen)

    def _show_backups(self) -> None:
        """In the side bar what is amiss with the backups, or that one is being made; nothing where all is well."""
        work = self._tools.backups
        if work.doing:
            self.side.backups.show_line(SideLine(text=work.doing, icon="hard-drive-upload", tone="wait"))
        elif work.known is not None and work.known.remarks:
            text = work.known.remarks[0].text
            self.side.backups.show_line(SideLine(text=text, icon="triangle-alert", tone="warn"))
        else:
            self.side.backups.clear_line()

    def count(self) -> None:
        with told_to(self._tools.notices):
            counts = self._tools.services.counts()
            self.side.set_badge("nav.returns", counts.ready)
            self.side.set_badge("nav.late", counts.late)
            self.dossiers.show_counts(counts)

    # --- settings --------------------------------------------------------------------------------------------------

    def _show_identity(self) -> None:
        """The office, the clerk, the look and the scanner's port as they are set now."""
        identity = self._tools.services.identity()
        office = self.tr("UBND %s") % identity.commune
        self.side.show_names(office=office, clerk=identity.clerk)
        self.window().setWindowTitle(title_of(office, is_training=identity.is_training))
        if self._tools.look.wish != identity.theme:
            self._tools.look.choose(identity.theme)
        self.scans.listen()

    def stop(self) -> None:
        """Before the desk closes: what is half filled in is kept, the scanner's thread is let go."""
        self._is_closed = True
        self._tools.scanner.stop()
        self.late.keep_pages()
        self._counting.stop()
        self._index_work.stop()
        self._rounds.stop()
        self._tools.backups.stop()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.side.set_narrow(self.width() < _NARROW)
