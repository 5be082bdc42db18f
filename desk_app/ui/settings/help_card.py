"""The card «Trợ giúp»: making the desk ready, the manual, the sheet of keys, what is new, training."""

from __future__ import annotations

from collections.abc import Callable

from desk_app.ui.kit.card import PageCard
from desk_app.ui.screen_context import Tools
from desk_app.ui.widgets.buttons import button
from desk_app.ui.widgets.columns import ColumnRow

_BESIDE = 460


class HelpCard(PageCard):
    """`prepare` leads to the page that makes a desk ready."""

    def __init__(self, tools: Tools, prepare: Callable[[], None]) -> None:
        super().__init__(self.tr("Trợ giúp"))
        look, helps = tools.look, tools.helps
        deeds = [
            button(look, self.tr("Chuẩn bị quầy"), "settings.prepare", prepare, icon="package-check", key="Ctrl+G"),
            button(look, self.tr("Hướng dẫn"), "settings.manual", helps.open_here, icon="info", key="F1"),
            button(look, self.tr("In bảng phím tắt"), "settings.keys", helps.print_keys, icon="printer"),
            button(look, self.tr("Có gì mới"), "settings.news", helps.open_news, icon="megaphone"),
        ]
        if not tools.services.identity().is_training:
            deeds.append(button(look, self.tr("Tập huấn…"), "settings.training", helps.start_training, icon="users"))
        for place in range(0, len(deeds), 2):
            row = ColumnRow(narrow=_BESIDE)
            row.left.addWidget(deeds[place])
            for deed in deeds[place + 1 : place + 2]:
                row.right.addWidget(deed)
            self.column.addWidget(row)
