"""The way from a worklist into a dossier and back, and what a slip that was scanned tells when nothing followed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from desk_app.domain.worklists.lists import Worklist
from desk_app.ui.entries import WORK
from desk_app.ui.screen_context import Tools
from desk_app.ui.window.notices import told_to

if TYPE_CHECKING:
    from desk_app.ui.dossier.screen import DossierScreen
    from desk_app.ui.screen import Screen
    from desk_app.ui.window.screens import LateScreens
    from desk_app.ui.worklists.screen import WorklistsScreen


class WorkWays(Protocol):
    """What the path asks of the desk at work."""

    late: LateScreens
    front: Screen

    @property
    def dossier(self) -> DossierScreen: ...

    def go(self, identifier: str) -> None: ...
    def open_dossier(self, code: str) -> None: ...
    def show_screen(self, screen: Screen) -> None: ...
    def count(self) -> None: ...


class WorkPath:
    """`back` answers whether the way led to the worklist again."""

    def __init__(self, ways: WorkWays, tools: Tools) -> None:
        self._ways, self._tools = ways, tools
        self._is_from_work = False
        self._slip = ""

    def open_list(self, which: str) -> None:
        """One worklist, from its number on another page."""
        self._ways.go("nav.work")
        self._screen().show_list(which)

    def listen(self, screen: Screen) -> None:
        """To a screen that was just built."""
        screen.work_wanted.connect(self.open_list)
        screen.deed_wanted.connect(self._open)

    def back(self) -> bool:
        """From a dossier that a worklist opened, back to the list at its place."""
        if not self._is_from_work or self._ways.front is not self._ways.dossier:
            return False
        self._is_from_work = False
        self._ways.show_screen(self._screen())
        self._ways.count()
        self._screen().come_back()
        return True

    def see(self, screen: Screen) -> None:
        """Another screen comes to the front: a slip whose dossier is left without a step is noted."""
        dossier = self._ways.late.built("dossier")
        if screen is dossier:
            return
        self._is_from_work = self._is_from_work and screen is self._ways.late.built(WORK.name)
        code, self._slip = self._slip, ""
        if code:
            with told_to(self._tools.notices):
                self._tools.services.work.slip_shown(code)

    def slip_scanned(self, code: str) -> None:
        """The slip of this dossier was scanned, which is in front now."""
        self._slip = code

    def _open(self, code: str, which: str) -> None:
        self._ways.open_dossier(code)
        if self._ways.front is self._ways.dossier:
            self._is_from_work = True
            self._ways.dossier.begin_step(Worklist(which).deed if which else "", tells=which == Worklist.UNINFORMED)

    def _screen(self) -> WorklistsScreen:
        return self._ways.late.get(WORK)
