"""Sends every scan, from keyboard or port, to the screen it is meant for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from desk_app.errors import DeskError, HalfCardError, NotACardError
from desk_app.lazy import lazy
from desk_app.ui.scanning.scanner import Wedge
from desk_app.ui.scanning.verdict import Verdict
from desk_app.ui.screen_context import Tools

if TYPE_CHECKING:
    from desk_app.domain.outgoing import list_scans
    from desk_app.ui.dossiers.screen import DossiersScreen
    from desk_app.ui.reception.screen import ReceptionScreen
    from desk_app.ui.scanning import scan_grammar
    from desk_app.ui.screen import Screen
    from desk_app.ui.sync.screen import SyncScreen
    from desk_app.ui.worklists.work_path import WorkPath
else:
    list_scans = lazy("desk_app.domain.outgoing.list_scans")
    scan_grammar = lazy("desk_app.ui.scanning.scan_grammar")


class ScanWays(Protocol):
    """What a scan asks of the desk at work; `front` is the screen in front."""

    front: Screen
    dossiers: DossiersScreen
    work: WorkPath

    @property
    def reception(self) -> ReceptionScreen: ...
    @property
    def sync(self) -> SyncScreen: ...

    def go(self, identifier: str) -> None: ...
    def show_reception(self) -> None: ...
    def open_dossier(self, code: str) -> None: ...


class Scans(QObject):
    """Listens to the keyboard's scanner and to the port of the settings."""

    def __init__(self, parent: QObject, ways: ScanWays, tools: Tools, wedge: Wedge) -> None:
        super().__init__(parent)
        self._ways, self._tools = ways, tools
        wedge.scanned.connect(self._typed)
        wedge.refused.connect(self._refused)
        wedge.is_slip = self._is_slip
        wedge.is_search = self._awaits_code
        tools.scanner.came.connect(self.came_by_port)
        tools.scanner.failed.connect(self._port_failed)
        self.listen()

    def listen(self) -> None:
        """To the port that is set now."""
        identity = self._tools.services.identity()
        self._tools.scanner.listen(identity.scanner_port, identity.scanner_baud)

    def came_by_port(self, text: str) -> None:
        """A port sends whatever a scanner reads: a card, a slip, half a card, or a code of somebody else's."""
        services = self._tools.services
        is_ours = lambda code: bool(list_scans.list_of(code)) or services.code_of(code) is not None  # noqa: E731 - one question
        verdict, scan = scan_grammar.judged(text, is_ours)
        if verdict is Verdict.WHOLE:
            self._scanned(scan, port=self._tools.scanner.port, composed=False)
        else:
            error = HalfCardError() if verdict is Verdict.PART else NotACardError()
            self._tools.notices.warn_of(error)
            self._refused(error)

    def _awaits_code(self) -> bool:
        """Whether the cursor is where a code is typed: the search, or the code of an enrolment."""
        focus = QApplication.focusWidget()
        is_enrolling = focus is not None and focus.accessibleIdentifier() == "enrol.code"
        return self._ways.dossiers.box.hasFocus() or is_enrolling

    def _is_slip(self, text: str) -> bool:
        """A code typed into the search box is a search; anywhere else it opens the dossier. Nobody types a list's."""
        if list_scans.list_of(text):
            return True
        return not self._ways.dossiers.box.hasFocus() and self._tools.services.code_of(text) is not None

    def _typed(self, text: str, composed: bool) -> None:  # noqa: FBT001 - a slot
        self._scanned(text, port="", composed=composed)

    def _scanned(self, text: str, *, port: str, composed: bool) -> None:
        ways = self._ways
        if ways.front.takes_scan(text, port=port, composed=composed):
            return
        if text.upper().startswith(scan_grammar.ENROLMENT):
            ways.go("nav.sync")
            ways.sync.take_scan(text)
            return
        if list_scans.list_of(text):
            ways.go("nav.paper_lists")
            ways.front.takes_scan(text, port=port, composed=composed)
            return
        slip = self._tools.services.scanned_slip(text)
        if slip is not None:
            ways.open_dossier(slip.code)
            ways.front.take_slip(slip)
            ways.work.slip_scanned(slip.code)
            return
        if ways.front is not ways.reception:
            ways.show_reception()
        ways.reception.take_scan(text, composed=composed)

    def _refused(self, error: DeskError) -> None:
        """The clerk was told; a page that tries a scanner says it too."""
        self._ways.front.hears_refusal(error)

    def _port_failed(self, error: DeskError) -> None:
        self._tools.notices.warn_of(error)
        self._refused(error)
