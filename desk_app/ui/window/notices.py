"""News for the clerk, shown in a strip and never in a dialog; kept until a strip is there to show them."""

from __future__ import annotations

import logging
from collections.abc import Callable

from msgspec import Struct
from PySide6.QtCore import QObject, Signal

from desk_app.errors import DeskError

log = logging.getLogger(__name__)


class Notice(Struct, frozen=True, kw_only=True):
    """What to say; `tone` "ok", "info" or "warn". A button with words in `offer` does `act`.

    `stays` also when the clerk turns to the next citizen: a paper that did not print is still owed to the one before.
    """

    text: str
    remedy: str = ""
    tone: str = "ok"
    offer: str = ""
    act: Callable[[], None] | None = None
    stays: bool = False


class Notices(QObject):
    """Collects notices and hands each to whoever shows them."""

    posted = Signal(object)
    withdrawn = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting: list[Notice] = []
        self._is_shown = False

    def post(self, notice: Notice) -> None:
        if self._is_shown:
            self.posted.emit(notice)
        else:
            self._waiting.append(notice)

    def say(self, text: str) -> None:
        """Something went well."""
        self.post(Notice(text=text))

    def warn(self, text: str, remedy: str = "", *, offer: str = "", act: Callable[[], None] | None = None) -> None:
        """Something did not go; `remedy` says what to do next. What can be done again stays until it was seen."""
        self.post(Notice(text=text, remedy=remedy, tone="warn", offer=offer, act=act, stays=act is not None))

    def warn_of(self, error: DeskError) -> None:
        log.info("told the clerk: %s", type(error).__name__)
        self.warn(str(error), error.remedy)

    def withdraw(self) -> None:
        """The clerk turned to another page, dossier or citizen, or mended the cause: what was said of it is over.

        So are its offers: one made for the citizen before would reach into the page of the next.
        """
        self.withdrawn.emit()

    def show_on(self, show: Callable[[Notice], None]) -> None:
        """From now on every notice goes to `show`, those that waited first."""
        self.posted.connect(show)
        self._is_shown = True
        waiting, self._waiting = self._waiting, []
        for notice in waiting:
            self.posted.emit(notice)


class ToldTo:
    """See `told_to`."""

    def __init__(self, notices: Notices, on_error: Callable[[DeskError], None] | None) -> None:
        self._notices, self._on_error = notices, on_error

    def __enter__(self) -> None:
        pass

    def __exit__(self, _kind: type[BaseException] | None, error: BaseException | None, _trace: object) -> bool:
        if not isinstance(error, DeskError):
            return False
        if self._on_error is not None:
            self._on_error(error)
        self._notices.warn_of(error)
        return True


def told_to(notices: Notices, on_error: Callable[[DeskError], None] | None = None) -> ToldTo:
    """Turn a refusal inside the `with` block into a notice; `on_error` may mark its field first. Bugs pass through."""
    return ToldTo(notices, on_error)
