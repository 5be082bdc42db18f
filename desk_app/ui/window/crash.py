"""Bugs are logged and told, and the window stays: a clerk must never lose what is on the screen."""

from __future__ import annotations

import logging
import sys
from types import TracebackType

from PySide6.QtCore import QObject, Signal

from desk_app.errors import of_files
from desk_app.ui.window.notices import Notices

log = logging.getLogger(__name__)


class CrashNotice(QObject):
    """Takes over `sys.excepthook`; it may be called on any thread, so it only logs and emits."""

    happened = Signal(object)

    def __init__(self, notices: Notices, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._notices = notices
        self.happened.connect(self._tell)
        sys.excepthook = self.hook

    def hook(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        log.critical("a bug", exc_info=(kind, error, trace))
        self.happened.emit(error)

    def _tell(self, error: object) -> None:
        if isinstance(error, BaseException) and (told := of_files(error)):
            self._notices.warn(str(told), told.remedy)
            return
        self._notices.warn(
            self.tr("Chương trình gặp lỗi khi làm việc vừa rồi."),
            self.tr("Kiểm tra hồ sơ trong danh sách trước khi làm lại. Lỗi đã được ghi vào nhật ký chương trình."),
        )
