"""At the close of the day: a new version that the district sent, and the way to its page."""

from __future__ import annotations

from PySide6.QtCore import Signal

from desk_app.ui.kit.card import PageCard
from desk_app.ui.look.theme import Look
from desk_app.ui.widgets.buttons import button
from desk_app.ui.widgets.labels import label


class UpdateOfferCard(PageCard):
    """`wanted` leads to the page of new versions."""

    wanted = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(self.tr("Bản mới của chương trình"))
        said = self.tr("Cấp trên đã gửi bản mới. Cài bây giờ mất vài phút; sáng mai mở lại là dùng bản mới.")
        self.column.addWidget(label(said, "soft", wraps=True))
        self.column.addWidget(
            button(look, self.tr("Xem và cài bản mới"), "day_end.update", self.wanted.emit, icon="package-check")
        )
        self.hide()

    def show_offer(self, *, is_there: bool) -> None:
        self.setVisible(is_there)
