"""The keys of the open desk: each place has its own, what a person does goes to the screen in front."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from operator import methodcaller
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from desk_app.ui import screen as screen_kinds

if TYPE_CHECKING:
    from desk_app.ui.reception.screen import ReceptionScreen
    from desk_app.ui.screen import Entry, Screen

_QUICK = 9
_METHODS = {
    "F5": "read_again",
    "F9": "save_and_print",
    "F10": "save_and_hand_over",
    "Ctrl+S": "save",
    "Ctrl+P": "print_again",
    "Ctrl+E": "correct",
    "Ctrl+L": "enlarge",
    "Ctrl+R": "move_card",
    "Ctrl+D": "take_over",
    "Ctrl+T": "take_alike",
    "Ctrl+Shift+N": "turn_wish",
    "Ctrl+Shift+L": "next_linked",
    "Ctrl+Shift+Q": "change_desk",
    "Ctrl+Return": "main_deed",
    "Ctrl+Enter": "main_deed",
}
DEEDS: dict[str, Callable[[Screen], None]] = {key: methodcaller(name) for key, name in _METHODS.items()}
"""What a person does on a screen, by its key."""


def offered(screen: Screen, keys: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Of keys with what they do, those that do something on this screen: it has such a deed, and a name for it."""
    return [(key, text) for key, text in keys if text and (key not in _METHODS or _has(screen, _METHODS[key]))]


def _has(screen: Screen, name: str) -> bool:
    return getattr(type(screen), name) is not getattr(screen_kinds.Screen, name)


class Ways(Protocol):
    """What the keys ask of the desk at work; `front` is the screen in front."""

    @property
    def front(self) -> Screen: ...
    @property
    def reception(self) -> ReceptionScreen: ...

    def go(self, identifier: str) -> None: ...
    def go_search(self) -> None: ...
    def go_reception(self, *, reopens: bool = True) -> None: ...
    def show_reception(self) -> None: ...
    def open_dossier(self, code: str) -> None: ...
    def back(self) -> None: ...


class DeskKeys(QObject):
    """Binds the keys to `view`, once."""

    def __init__(self, view: QWidget, ways: Ways, entries: Iterable[Entry]) -> None:
        super().__init__(view)
        self._ways = ways
        for keys, act in (self._places(entries) | self._deeds() | self._ways_about()).items():
            shortcut = QShortcut(QKeySequence.fromString(keys), view)
            shortcut.setAutoRepeat(False)  # a key held a moment too long answers no question
            shortcut.activated.connect(act)
        for number in range(1, _QUICK + 1):
            QShortcut(QKeySequence.fromString(f"Ctrl+{number}"), view).activated.connect(partial(self._quick, number))

    def _places(self, entries: Iterable[Entry]) -> dict[str, Callable[[], None]]:
        return {entry.key: partial(self._ways.go, entry.identifier) for entry in entries}

    def _deeds(self) -> dict[str, Callable[[], None]]:
        return {keys: partial(self._do, deed) for keys, deed in DEEDS.items()}

    def _do(self, deed: Callable[[Screen], None]) -> None:
        deed(self._ways.front)

    def _ways_about(self) -> dict[str, Callable[[], None]]:
        """Keys that do the same on every screen; F3 leads to the list and into its search."""
        ways = self._ways
        return {
            "F3": ways.go_search,
            "Ctrl+K": ways.go_search,
            "Ctrl+Shift+V": self._paste_scan,
            "Ctrl+N": self._park,
            "Ctrl+O": self._reopen,
            "Ctrl+B": self._collect,
            "Esc": self._escape,
        }

    def _paste_scan(self) -> None:
        self._ways.show_reception()
        self._ways.reception.paste_scan()

    def _park(self) -> None:
        """Another citizen: what is half filled in waits."""
        if self._ways.front is self._ways.reception:
            self._ways.reception.park()
        else:
            self._ways.go_reception(reopens=False)

    def _reopen(self) -> None:
        self._be_at_reception()
        self._ways.reception.drafts.reopen_newest()

    def _collect(self) -> None:
        """Take the money: of the dossier in front, or of the one just received, whose page opens."""
        ways = self._ways
        if ways.front is ways.reception and ways.reception.saved_code:
            ways.open_dossier(ways.reception.saved_code)
        ways.front.collect()

    def _quick(self, number: int) -> None:
        self._be_at_reception()
        self._ways.reception.choose_quick(number)

    def _be_at_reception(self) -> None:
        if self._ways.front is not self._ways.reception:
            self._ways.go_reception(reopens=False)

    def _escape(self) -> None:
        if not self._ways.front.escape():
            self._ways.back()
