"""The screens that the list can do without: each is loaded and built when first wanted (docs/decisions/0033)."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QStackedWidget

from desk_app.ui.screen import AnyScreen_co, Screen, ScreenKind
from desk_app.ui.screen_context import Tools


class LateScreens:
    """Screens by name; `welcome` gets each one when it was built, to listen to it."""

    def __init__(self, tools: Tools, stack: QStackedWidget, welcome: Callable[[Screen], None]) -> None:
        self._tools, self._stack, self._welcome = tools, stack, welcome
        self._built: dict[str, Screen] = {}

    def built(self, name: str) -> Screen | None:
        """The screen, if it was ever wanted."""
        return self._built.get(name)

    def name_of(self, screen: Screen) -> str:
        """What the screen is called in the list of places; "" for none of these."""
        return next((name for name, built in self._built.items() if built is screen), "")

    def get(self, kind: ScreenKind[AnyScreen_co]) -> AnyScreen_co:
        """The screen, built now if it never was."""
        wanted = kind.load()
        screen = self._built.get(kind.name)
        if isinstance(screen, wanted):
            return screen
        made = wanted(self._tools)
        self._welcome(made)
        self._built[kind.name] = made
        self._stack.addWidget(made)
        return made

    def keep_pages(self) -> None:
        """Write down what is half filled in."""
        for screen in self._built.values():
            screen.keep_pages()
