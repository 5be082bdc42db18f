"""Opens the help where F1 was pressed, prints the sheet of keys, and tells once what an update brought."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, runtime_checkable

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence, QShortcut

from desk_app.lazy import lazy
from desk_app.ui.screen_context import HelpWays
from desk_app.ui.window.notices import Notice, told_to

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from desk_app.ui.help import help_window, key_map
    from desk_app.ui.help.help_window import HelpWindow
    from desk_app.ui.look.theme import Look
    from desk_app.ui.screen import Entry
    from desk_app.ui.screen_context import Tools
    from desk_app.ui.window.main_window import MainWindow
else:
    help_window = lazy("desk_app.ui.help.help_window")
    key_map = lazy("desk_app.ui.help.key_map")

_LANE = "printer"


@runtime_checkable
class HelpedPage(Protocol):
    """A page of the window that names its page of the manual."""

    @property
    def help_page(self) -> str: ...


class HelpDesk(QObject):
    """`start_training` opens the window of training mode."""

    def __init__(self, look: Look, window: MainWindow, start_training: Callable[[], None]) -> None:
        super().__init__(window)
        self._look, self._main, self._start_training = look, window, start_training
        self._window: HelpWindow | None = None
        self._tools: Tools | None = None
        self._entries: tuple[Entry, ...] = ()
        QShortcut(QKeySequence.fromString("F1"), window).activated.connect(self.open_here)

    def enter(self, tools: Tools, entries: Iterable[Entry]) -> None:
        """A desk is open: its keys can be printed, its news told."""
        self._tools, self._entries = tools, tuple(entries)

    def ways(self) -> HelpWays:
        """For the pages of the desk."""
        return HelpWays(
            open_here=self.open_here,
            open_news=self.open_news,
            print_keys=self.print_keys,
            tell_news=self.tell_news,
            start_training=self._start_training,
        )

    @property
    def window(self) -> HelpWindow:
        """The window of the manual, made when first wanted."""
        if self._window is None:
            made = self._window = help_window.HelpWindow(self._look, self._main)
            made.print_wanted.connect(self.print_keys)
            made.training_wanted.connect(self._start_training)
        is_training = self._tools is not None and self._tools.services.identity().is_training
        self._window.offer(printing=self._tools is not None, training=not is_training)
        return self._window

    def open_here(self) -> None:
        """The page of the manual for the page in sight."""
        page: object = self._main.page
        self.window.open_at(page.help_page if isinstance(page, HelpedPage) else "")

    def open_news(self) -> None:
        self.window.open_news()

    def tell_news(self) -> None:
        """After an update, once: how many things are new, with the way to them."""
        if self._tools is None:
            return
        with told_to(self._tools.notices):
            news = self._tools.services.help.unseen_news()
            count = sum(len(each.lines) for each in news)
            if count:
                said = self.tr("Chương trình vừa lên bản %s: có %d điều mới.") % (news[0].version, count)
                self._tools.notices.post(Notice(text=said, tone="info", offer=self.tr("Xem"), act=self.open_news))

    def bound_keys(self) -> list[str]:
        """Every key that the window has bound, as the keyboard calls it."""
        found = self._main.findChildren(QShortcut)
        return [each.key().toString().replace("Return", "Enter") for each in found]

    def print_keys(self) -> None:
        """The sheet of keys to the printer of A4."""
        tools = self._tools
        if tools is None:
            return
        groups = key_map.KeyMap().groups(self._entries, self.bound_keys())
        services = tools.services
        tools.jobs.run(
            _LANE,
            lambda: services.send_apart([services.help.key_paper_apart(groups)]),
            owner=self,
            done=lambda printer: tools.notices.say(self.tr("Đã gửi bảng phím tắt tới %s.") % printer),
        )
