"""The card «Giới thiệu», and the page with all licences and notices that it leads to."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from desk_app.ui.kit.card import PageCard
from desk_app.ui.kit.page import PageHead
from desk_app.ui.look.theme import Look
from desk_app.ui.widgets.buttons import button
from desk_app.ui.widgets.labels import label


class AboutCard(PageCard):
    """`notices_wanted`: a person wants to read the licences."""

    notices_wanted = Signal()

    def __init__(self, look: Look, version: str) -> None:
        super().__init__(self.tr("Giới thiệu"))
        self.column.setSpacing(10)
        name = label(self.tr("Bàn Một Cửa, phiên bản %s. Phát hành theo giấy phép Apache-2.0.") % version, wraps=True)
        name.setAccessibleIdentifier("settings.about.version")
        self.column.addWidget(name)
        said = self.tr(
            "Chương trình dùng Qt, PySide6 và psycopg theo LGPL-3.0, và nhiều thư viện, phông chữ, hình vẽ của người "
            "khác: ai cũng được đọc bản văn giấy phép và thay các thư viện ấy bằng bản mình sửa."
        )
        self.column.addWidget(label(said, "soft", wraps=True))
        self.notices = button(
            look, self.tr("Giấy phép và ghi công"), "settings.about.notices", self.notices_wanted.emit, icon="file-text"
        )
        self.column.addWidget(self.notices)


class NoticesPage(QWidget):
    """`left` when the person goes back. `text`: what was shipped, to be read and copied, not changed."""

    left = Signal()

    def __init__(self, look: Look, text: str) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        leave = ("settings.notices.leave", self.left.emit)
        column.addWidget(PageHead(look, self.tr("Giấy phép và ghi công"), leave=leave))
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setPlainText(text)
        self.text.setAccessibleName(self.tr("Bản văn giấy phép và ghi công"))
        self.text.setAccessibleIdentifier("settings.notices.text")
        column.addWidget(self.text, 1)
