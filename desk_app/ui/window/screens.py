"""The screens that the list can do without: each is loaded and built when first wanted (docs/decisions/0033)."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QStackedWidget

from desk_app.ui.screen import AnyScreen_co, Screen, ScreenKind
from desk_app.ui.screen_context import Tools


class LateScreens(QObject):
    """What the screens say goes on from here, as `Screen` says it."""

    left = Signal()
    opened = Signal(str)
    recorded = Signal(str)
    list_wanted = Signal(str)
    place_wanted = Signal(str)
    settings_changed = Signal()

    def __init__(self, tools: Tools, stack: QStackedWidget) -> None:
        super().__init__(stack)
        self._tools, self._stack = tools, stack
        self._built: dict[str, Screen] = {}

    def built(self, name: str) -> Screen | None:
        """The screen, if it was ever wanted."""
        return self._built.get(name)

    def get(self, kind: ScreenKind[AnyScreen_co]) -> AnyScreen_co:
        """The screen, built now if it never was."""
        wanted = kind.load()
        screen = self._built.get(kind.name)
        if isinstance(screen, wanted):
            return screen
        made = wanted(self._tools)
        for said, on in (
            (made.left, self.left),
            (made.opened, self.opened),
            (made.recorded, self.recorded),
            (made.list_wanted, self.list_wanted),
            (made.place_wanted, self.place_wanted),
            (made.settings_changed, self.settings_changed),
        ):
            said.connect(on)
        self._built[kind.name] = made
        self._stack.addWidget(made)
        return made

    def keep_pages(self) -> None:
        """Write down what is half filled in."""
        for screen in self._built.values():
            screen.keep_pages()
