"""The desk at work: side bar, screens, keys. Sends every scan to the screen it is meant for."""

from __future__ import annotations

import importlib
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desk_app.ui import serial_scanner
from desk_app.ui.notices import told_to
from desk_app.ui.scanner import Wedge
from desk_app.ui.screens.dossiers import DossiersScreen
from desk_app.ui.tools import Tools
from desk_app.ui.widgets.key_bar import KeyBar
from desk_app.ui.widgets.side_bar import Place, SideBar

if TYPE_CHECKING:
    from desk_app.ui.screens.dossier import DossierScreen
    from desk_app.ui.screens.reception import ReceptionScreen

_NARROW = 1000
_COUNT_AGAIN_MS = 60_000
_WARM_UP_AFTER_MS = 700
_QUICK = 9


class DeskView(QWidget):
    """Everything that works once the desk is open."""

    def __init__(self, tools: Tools, wedge: Wedge) -> None:
        super().__init__()
        self._tools = tools
        self._is_closed = False
        services = tools.services
        places = (
            Place(identifier="nav.dossiers", text=self.tr("Hồ sơ"), icon="inbox", key="F3"),
            Place(identifier="nav.reception", text=self.tr("Tiếp nhận"), icon="file-plus-2", key="F2"),
            Place(identifier="nav.returns", text=self.tr("Chờ trả kết quả"), icon="package-check", key="F4"),
            Place(identifier="nav.late", text=self.tr("Quá hạn"), icon="clock", key="F6"),
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
        self._reception: ReceptionScreen | None = None
        self._dossier: DossierScreen | None = None
        self._keys = KeyBar(
            (
                ("F2", self.tr("Tiếp nhận")),
                ("F3", self.tr("Tìm hồ sơ")),
                ("Enter", self.tr("Mở hồ sơ")),
                ("F4", self.tr("Chờ trả kết quả")),
                ("F6", self.tr("Quá hạn")),
                ("Ctrl+P", self.tr("In lại")),
                ("F5", self.tr("Đọc lại")),
                ("F11", self.tr("Toàn màn hình")),
            )
        )
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(self.stack, 1)
        right.addWidget(self._keys)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.side)
        row.addLayout(right, 1)
        self._bind_keys()
        wedge.scanned.connect(self._scanned)
        wedge.is_slip = self._is_slip
        self._listen(services.identity.scanner_port)
        self._counting = QTimer(self, interval=_COUNT_AGAIN_MS)
        self._counting.timeout.connect(self._count)
        self._counting.start()
        self.go("nav.dossiers")
        QTimer.singleShot(_WARM_UP_AFTER_MS, self, self._warm_up)

    # --- going about -----------------------------------------------------------------------------------------------

    def go(self, identifier: str) -> None:
        """To a place of the side bar."""
        if identifier == "nav.reception":
            self.go_reception()
            return
        self._show(self.dossiers)
        which = {"nav.returns": "ready", "nav.late": "late"}.get(identifier, "all")
        with told_to(self._tools.notices):
            self.dossiers.show_filter(which)
        self.dossiers.table.setFocus(Qt.FocusReason.TabFocusReason)

    def go_reception(self) -> None:
        """The reception page; a saved dossier gives way to the next citizen."""
        self._show(self.reception)
        self.reception.resume()
        self.side.show_place("nav.reception")

    def go_search(self) -> None:
        if self.stack.currentWidget() is not self.dossiers:
            self._back()
        self.dossiers.focus_search()

    def open_dossier(self, code: str) -> None:
        if self._dossier is None:
            from desk_app.ui.screens.dossier import DossierScreen  # noqa: PLC0415 - loads with the first one opened

            self._dossier = DossierScreen(self._tools)
            self._dossier.left.connect(self._back)
            self.stack.addWidget(self._dossier)
        if self._dossier.show_dossier(code):
            self._show(self._dossier)
            self.side.show_place("nav.dossiers")

    @property
    def reception(self) -> ReceptionScreen:
        """Built when first wanted: the list shows sooner without it."""
        if self._reception is None:
            from desk_app.ui.screens.reception import ReceptionScreen  # noqa: PLC0415 - with the first citizen

            self._reception = ReceptionScreen(self._tools)
            self._reception.left.connect(self._back)
            self._reception.opened.connect(self.open_dossier)
            self._reception.recorded.connect(self._recorded)
            self.stack.addWidget(self._reception)
        return self._reception

    def _warm_up(self) -> None:
        """Read the code of the other screens while the clerk looks at the list; loading it first costs 80 ms of it."""
        for name in ("reception", "dossier"):
            importlib.import_module(f"desk_app.ui.screens.{name}")

    def _show(self, screen: QWidget) -> None:
        if screen is not self.stack.currentWidget():
            self._tools.notices.withdraw()
        self.stack.setCurrentWidget(screen)
        self._keys.setVisible(screen is not self._reception)

    def _back(self) -> None:
        self._show(self.dossiers)
        with told_to(self._tools.notices):
            self.dossiers.refresh()
            self._count()
        self.dossiers.table.setFocus(Qt.FocusReason.TabFocusReason)
        self.dossiers.announce()

    def _listed(self, which: str) -> None:
        self.side.show_place({"ready": "nav.returns", "late": "nav.late"}.get(which, "nav.dossiers"))
        self._count()

    def _recorded(self, _code: str) -> None:
        self._count()

    def _count(self) -> None:
        with told_to(self._tools.notices):
            counts = self._tools.services.counts()
            self.side.set_badge("nav.returns", counts.ready)
            self.side.set_badge("nav.late", counts.late)
            self.dossiers.show_counts(counts)

    # --- scanning --------------------------------------------------------------------------------------------------

    def _is_slip(self, text: str) -> bool:
        """A code typed into the search box is a search; anywhere else it opens the dossier."""
        return not self.dossiers.box.hasFocus() and self._tools.services.code_of(text) is not None

    def _scanned(self, text: str, composed: bool) -> None:  # noqa: FBT001 - a slot
        code = self._tools.services.code_of(text)
        if code is not None:
            self.open_dossier(code)
            return
        if self.stack.currentWidget() is not self.reception:
            self._show(self.reception)
            self.side.show_place("nav.reception")
        self.reception.take_scan(text, composed=composed)

    def _listen(self, port: str) -> None:
        if port:
            self._tools.jobs.stream(
                "scanner",
                lambda: serial_scanner.lines(port, lambda: self._is_closed),
                owner=self,
                each=lambda text: self._scanned(text, False),
            )

    def stop(self) -> None:
        """Before the desk closes: the scanner's thread is let go."""
        self._is_closed = True
        self._counting.stop()

    # --- keys ------------------------------------------------------------------------------------------------------

    def _bind_keys(self) -> None:
        bound = {
            "F2": self.go_reception,
            "F3": self.go_search,
            "Ctrl+K": self.go_search,
            "F4": lambda: self.go("nav.returns"),
            "F6": lambda: self.go("nav.late"),
            "F5": self._read_again,
            "F9": self._save_and_print,
            "Ctrl+S": self._save,
            "Ctrl+P": self._print_again,
            "Ctrl+Shift+V": self._paste_scan,
            "Esc": self._escape,
        }
        for keys, act in bound.items():
            QShortcut(QKeySequence(keys), self).activated.connect(act)
        for number in range(1, _QUICK + 1):
            QShortcut(QKeySequence(f"Ctrl+{number}"), self).activated.connect(partial(self._quick, number))

    def _is_receiving(self) -> bool:
        return self._reception is not None and self.stack.currentWidget() is self._reception

    def _save_and_print(self) -> None:
        if self._is_receiving():
            self.reception.save_and_print()

    def _save(self) -> None:
        if self._is_receiving():
            self.reception.save()

    def _paste_scan(self) -> None:
        self._show(self.reception)
        self.side.show_place("nav.reception")
        self.reception.paste_scan()

    def _quick(self, number: int) -> None:
        if not self._is_receiving():
            self.go_reception()
        self.reception.choose_quick(number)

    def _print_again(self) -> None:
        current = self.stack.currentWidget()
        if self._is_receiving():
            self.reception.print_again()
        elif self._dossier is not None and current is self._dossier:
            self._dossier.print_again()
        elif code := self.dossiers.table.chosen_code():
            self._tools.printing.print_papers(code, "all")

    def _read_again(self) -> None:
        if self.stack.currentWidget() is self.dossiers:
            with told_to(self._tools.notices):
                self.dossiers.refresh()
                self._count()

    def _escape(self) -> None:
        if self.stack.currentWidget() is not self.dossiers:
            self._back()
        else:
            self.dossiers.box.clear()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.side.set_narrow(self.width() < _NARROW)
