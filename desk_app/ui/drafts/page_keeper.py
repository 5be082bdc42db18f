"""Keeps a half-filled page while it is typed: when a field is left, and soon after the last key. Never at each key."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QElapsedTimer, QObject, QTimer
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from desk_app.errors import DeskError
from desk_app.ui.window.notices import Notices

_AFTER_LAST_KEY_MS = 1000
_AT_MOST_MS = 5000
_AGAIN_MS = 10_000


class PageKeeper(QObject):
    """`keep` writes the page down where it changed; it runs on this thread, so what is left is on the disk at once."""

    def __init__(self, page: QWidget, keep: Callable[[], None], notices: Notices) -> None:
        super().__init__(page)
        self._page, self._keep, self._notices = page, keep, notices
        self._is_changed = False
        self._is_told = False
        self._since = QElapsedTimer()
        self._soon = QTimer(self, singleShot=True)
        self._soon.timeout.connect(self.keep_now)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._focus_moved)

    @property
    def is_changed(self) -> bool:
        """Whether something was entered that is not kept yet."""
        return self._is_changed

    def changed(self) -> None:
        """Something was entered: a text soon, anything else as soon as the deed is done."""
        if not self._is_changed:
            self._is_changed = True
            self._since.start()
        focus = QApplication.focusWidget()
        is_typing = isinstance(focus, QLineEdit) and self._page.isAncestorOf(focus)
        left = max(0, _AT_MOST_MS - self._since.elapsed())
        self._soon.start(min(_AFTER_LAST_KEY_MS, left) if is_typing else 0)

    def forget(self) -> None:
        """What stands there is kept, or need not be."""
        self._soon.stop()
        self._is_changed = False

    def keep_now(self) -> None:
        """A page that cannot be kept is told once; the work goes on, and it is tried again."""
        self._soon.stop()
        if not self._is_changed:
            return
        try:
            self._keep()
        except DeskError as error:
            if not self._is_told:
                self._is_told = True
                said = self.tr("Chưa giữ được phần đang nhập. Vẫn nhập và lưu hồ sơ được.")
                self._notices.warn(said, f"{error} {error.remedy}".strip())
            self._soon.start(_AGAIN_MS)
            return
        self._is_changed = self._is_told = False

    def _focus_moved(self, old: QWidget | None, _new: QWidget | None) -> None:
        if self._is_changed and old is not None and self._page.isAncestorOf(old):
            self.keep_now()
