"""The top of the list: the search box with the key that leads to it, and the way to the next citizen."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from desk_app.ui.look.theme import Look
from desk_app.ui.widgets.buttons import button, named
from desk_app.ui.widgets.labels import label


class SearchTop(QWidget):
    """`box` is where a person types, `key` the name of the key shown in it while it is empty."""

    def __init__(self, look: Look, receive: Callable[[], None]) -> None:
        super().__init__()
        self.setProperty("ground", "clear")
        self.box = QLineEdit()
        named(self.box, "search.box", self.tr("Tìm hồ sơ"))
        self.box.setProperty("large", True)
        self.box.setTextMargins(0, 0, 40, 0)
        self.box.setPlaceholderText(
            self.tr("Tìm theo mã, họ tên mọi người trong hồ sơ, số giấy tờ, điện thoại, thủ tục, ngày…")
        )
        self.box.addAction(look.icon("search", "text_faint"), QLineEdit.ActionPosition.LeadingPosition)
        self.box.installEventFilter(self)
        self.key = label("F3", "key")
        self.key.setParent(self.box)
        self.key.setAlignment(Qt.AlignmentFlag.AlignCenter)
        made = button(
            look,
            self.tr("Tiếp nhận hồ sơ"),
            "dossiers.receive",
            receive,
            kind="primary",
            icon="plus",
            key="F2",
            tall="large",
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(self.box, 1)
        row.addWidget(made)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.box and event.type() == QEvent.Type.Resize:
            self.key.setGeometry(self.box.width() - 42, (self.box.height() - 22) // 2, 30, 22)
        return False
