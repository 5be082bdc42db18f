"""A page of the window, with the deeds its keys ask for; a key does nothing on a page that does not offer its deed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Generic, TypeVar

from msgspec import Struct
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from desk_app.ui.screen_context import Tools
from desk_app.ui.window.side_bar import Place

if TYPE_CHECKING:
    from desk_app.domain.permissions import Permission
    from desk_app.errors import DeskError
    from desk_app.services.papers.scanned_slips import ScannedSlip
    from desk_app.ui.printing.manner_menu import MannerMenu


class Screen(QWidget):
    """`left` goes back to the list, `opened` gives a dossier's code, `recorded` that of one with a new event.

    `list_wanted` gives a filter of the list, `place_wanted` the identifier of another place. `settings_changed` when
    the office or the desk is called otherwise, or works otherwise. `work_wanted` gives a worklist, `deed_wanted` a
    dossier's code and the worklist that leads to a step of it, "" for the usual one. `deeds_changed` when a key
    of the page does something else now.
    """

    left = Signal()
    opened = Signal(str)
    recorded = Signal(str)
    list_wanted = Signal(str)
    place_wanted = Signal(str)
    settings_changed = Signal()
    work_wanted = Signal(str)
    deed_wanted = Signal(str, str)
    deeds_changed = Signal()
    manner: MannerMenu | None = None
    says_its_keys = False
    """Whether the page itself says which keys work, so that the bar at the bottom gives way."""

    def __init__(self, tools: Tools) -> None:
        super().__init__()
        self.setProperty("ground", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._tools = tools

    def arrive(self, _place: str) -> None:
        """A person came here by this place of the side bar, and sees the page."""

    def read_again(self) -> None:
        """F5."""

    def save(self) -> None:
        """Ctrl+S."""

    def save_and_print(self) -> None:
        """F9."""

    def take_slip(self, slip: ScannedSlip) -> None:
        """The slip of the dossier that now shows was scanned."""

    def save_and_hand_over(self) -> None:
        """F10."""

    def print_again(self) -> None:
        """Ctrl+P."""

    def enlarge(self) -> None:
        """Ctrl+L: papers in large letters, or not, where the page shows any."""
        if self.manner is not None:
            self.manner.enlarge()

    def correct(self) -> None:
        """Ctrl+E."""

    def collect(self) -> None:
        """Ctrl+B: take the money for the dossier."""

    def move_card(self) -> None:
        """Ctrl+R: the card just read belongs to somebody else of the dossier."""

    def turn_wish(self) -> None:
        """Ctrl+Shift+N: the citizen agrees to messages, or does not."""

    def take_over(self) -> None:
        """Ctrl+D: into the field with the cursor what another person of the dossier has."""

    def take_alike(self) -> None:
        """Ctrl+T: the answers that the dossier before shares with this one."""

    def next_linked(self) -> None:
        """Ctrl+Shift+L: the next of the dossiers that were received as one."""

    def change_desk(self) -> None:
        """Ctrl+Shift+Q: the papers come from another desk, or go to one."""

    def main_deed(self) -> None:
        """Ctrl+Enter: what the page is mostly for."""

    def escape(self) -> bool:
        """Esc: whether there was something on this page to put away; else the way leads back to the list."""
        return False

    def takes_scan(self, _text: str, *, port: str, composed: bool) -> bool:  # noqa: ARG002 - for those that do
        """A scan came, by a port or ("") the keyboard: whether this page keeps it for itself."""
        return False

    def hears_refusal(self, _error: DeskError) -> None:
        """A scanner sent what is no scan, or its port cannot be heard."""

    def enter_name(self) -> str:
        """What Enter does on this page as a whole; "" for nothing."""
        return ""

    def main_name(self) -> str:
        """What `main_deed` is called now; "" where there is nothing to do."""
        return ""

    def print_name(self) -> str:
        """What `save_and_print` is called; "" where there is nothing to do."""
        return ""

    def show_arrivals(self) -> None:
        """Others' work came in: what is in sight may be old."""

    def keep_pages(self) -> None:
        """The program ends: write down what is half filled in."""


AnyScreen_co = TypeVar("AnyScreen_co", bound=Screen, covariant=True)


class ScreenKind(Struct, Generic[AnyScreen_co], frozen=True):
    """A screen that is built once, when first wanted; `load` imports what it needs and gives its class."""

    name: str
    load: Callable[[], type[AnyScreen_co]]


class Entry(Place, frozen=True, kw_only=True):
    """A place of the side bar, the key to it, and the screen it leads to.

    `hint` stands in the bar of keys, "" for no room there. Who lacks `permission` does not see the entry. One that is
    not `in_bar` is reached by its key and from another page.
    """

    kind: ScreenKind[Screen]
    hint: str = ""
    permission: Permission | None = None
    in_bar: bool = True
