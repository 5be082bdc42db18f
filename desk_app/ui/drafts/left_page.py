"""After the start: what was half filled in when the program ended, offered to be opened again."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication

from desk_app.ui.screen_context import Tools
from desk_app.ui.window.notices import Notice, told_to
from desk_app.ui.window.screens import LateScreens


def offer_left_page(tools: Tools, screens: LateScreens, reopen: Callable[[], None]) -> None:
    """Nothing where the reception page was opened already, or nothing was left."""
    tr = QCoreApplication.translate
    drafts = tools.services.drafts
    with told_to(tools.notices):
        drafts.tidy()
        left = drafts.left()
        if left and screens.built("reception") is None:
            others = tr("DeskView", " Trang Tiếp nhận còn %d hồ sơ khác.")
            more = others % (len(left) - 1) if len(left) > 1 else ""
            whose = left[0].applicant or tr("DeskView", "chưa có tên")
            tools.notices.post(
                Notice(
                    text=tr("DeskView", "Còn một hồ sơ đang nhập dở của %s.") % whose,
                    remedy=tr("DeskView", "Bấm F2 để nhập tiếp, hoặc bỏ ở trang Tiếp nhận.") + more,
                    tone="info",
                    offer=tr("DeskView", "Mở lại"),
                    act=reopen,
                )
            )
