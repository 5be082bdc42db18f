"""The screens that the list can do without: each is loaded and built when first wanted (docs/decisions/0033)."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from desk_app.ui.tools import Tools

if TYPE_CHECKING:
    from desk_app.ui.rounds import Rounds
    from desk_app.ui.screens.day_end import DayEndScreen
    from desk_app.ui.screens.dossier import DossierScreen
    from desk_app.ui.screens.law import LawScreen
    from desk_app.ui.screens.reception import ReceptionScreen
    from desk_app.ui.screens.sync import SyncScreen

_NAMES = ("reception", "dossier", "sync", "day_end", "law")


class LateScreens(QObject):
    """What the screens say goes on from here: `left`, `opened` and `recorded` give a code, `listed` a filter."""

    left = Signal()
    opened = Signal(str)
    recorded = Signal(str)
    listed = Signal(str)
    day_end_wanted = Signal()

    def __init__(self, tools: Tools, rounds: Rounds, stack: QStackedWidget) -> None:
        super().__init__(stack)
        self._tools, self._rounds, self._stack = tools, rounds, stack
        self._built: dict[str, QWidget] = {}

    def load(self) -> None:
        """Read their code while the clerk looks at the list; loading one first costs 80 ms of the clerk's time."""
        for name in _NAMES:
            importlib.import_module(f"desk_app.ui.screens.{name}")

    def built(self, name: str) -> QWidget | None:
        """The screen, if it was ever wanted."""
        return self._built.get(name)

    def keep_pages(self) -> None:
        """Write down what is half filled in."""
        if self.built("reception") is not None:
            self.reception.drafts.keeper.keep_now()
        if self.built("dossier") is not None:
            self.dossier.drafts.leave()

    @property
    def reception(self) -> ReceptionScreen:
        from desk_app.ui.screens.reception import ReceptionScreen  # noqa: PLC0415 - with the first citizen

        screen = self._built.get("reception")
        if isinstance(screen, ReceptionScreen):
            return screen
        made = ReceptionScreen(self._tools)
        made.left.connect(self.left)
        made.opened.connect(self.opened)
        made.recorded.connect(self.recorded)
        self._keep("reception", made)
        return made

    @property
    def dossier(self) -> DossierScreen:
        from desk_app.ui.screens.dossier import DossierScreen  # noqa: PLC0415 - loads with the first one opened

        screen = self._built.get("dossier")
        if isinstance(screen, DossierScreen):
            return screen
        made = DossierScreen(self._tools)
        made.left.connect(self.left)
        made.moved.connect(self.recorded)
        self._keep("dossier", made)
        return made

    @property
    def sync(self) -> SyncScreen:
        from desk_app.ui.screens.sync import SyncScreen  # noqa: PLC0415 - when somebody looks

        screen = self._built.get("sync")
        if isinstance(screen, SyncScreen):
            return screen
        made = SyncScreen(self._tools, self._rounds)
        made.opened.connect(self.opened)
        made.day_end_wanted.connect(self.day_end_wanted)
        made.listed.connect(self.listed)
        self._keep("sync", made)
        return made

    @property
    def day_end(self) -> DayEndScreen:
        from desk_app.ui.screens.day_end import DayEndScreen  # noqa: PLC0415 - once a day

        screen = self._built.get("day_end")
        if isinstance(screen, DayEndScreen):
            return screen
        made = DayEndScreen(self._tools, self._rounds)
        made.left.connect(self.left)
        made.opened.connect(self.opened)
        made.listed.connect(self.listed)
        self._keep("day_end", made)
        return made

    @property
    def law(self) -> LawScreen:
        from desk_app.ui.screens.law import LawScreen  # noqa: PLC0415 - a few times a year

        screen = self._built.get("law")
        if isinstance(screen, LawScreen):
            return screen
        made = LawScreen(self._tools)
        self._keep("law", made)
        return made

    def _keep(self, name: str, screen: QWidget) -> None:
        self._built[name] = screen
        self._stack.addWidget(screen)
