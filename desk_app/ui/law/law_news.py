"""One line at the start of a day when units have new names, or when nobody has looked for long."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication

from desk_app.ui.screen_context import Tools
from desk_app.ui.window.notices import Notice, told_to


def tell_of_law(tools: Tools, go_law: Callable[[], None]) -> None:
    """Post the line, with a button that leads to the page of law as data; nothing where all is well."""
    with told_to(tools.notices):
        if said := tools.services.law.news():
            offer = QCoreApplication.translate("LawNews", "Xem")
            tools.notices.post(Notice(text=said, tone="info", offer=offer, act=go_law))
