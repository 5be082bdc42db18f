"""Tells a clerk that another desk handed dossiers to this one."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject

from desk_app.ui.screen_context import Tools
from desk_app.ui.window.notices import Notice, told_to

ARRIVING = "arriving"
"""The part of the page of lists where they are taken."""
_PAGE = "nav.paper_lists"


class Arrivals(QObject):
    """Says it once for each time that more came; `go` leads to a place of the window and a part of its page."""

    def __init__(self, tools: Tools, go: Callable[[str, str], None], parent: QObject) -> None:
        super().__init__(parent)
        self._tools, self._go = tools, go
        self._known = 0

    def tell(self) -> None:
        """Others' work came in."""
        with told_to(self._tools.notices):
            before, self._known = self._known, self._tools.services.together.arriving()
            if self._known > before:
                text = self.tr("Quầy khác chuyển đến %d hồ sơ, chờ quầy này nhận.") % self._known
                act = partial(self._go, _PAGE, ARRIVING)
                self._tools.notices.post(Notice(text=text, tone="info", offer=self.tr("Xem"), act=act))
