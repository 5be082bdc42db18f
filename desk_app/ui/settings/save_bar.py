"""The bar at the foot of the settings: how much is not saved yet, and the buttons that save or take back."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout

from desk_app.ui.look.theme import Look
from desk_app.ui.widgets.buttons import button, shorten
from desk_app.ui.widgets.labels import ShortLabel

_KEY_FROM = 560
_NAME_FROM = 420


class SaveBar(QFrame):
    """`save_wanted` and `drop_wanted`; `refusal` says why this person may change nothing."""

    save_wanted = Signal()
    drop_wanted = Signal()

    def __init__(self, look: Look, refusal: str) -> None:
        super().__init__()
        self.setObjectName("actions")
        self._refusal = refusal
        self._said = ShortLabel("soft")
        self._said.setAccessibleIdentifier("settings.unsaved")
        self.drop = button(look, self.tr("Bỏ thay đổi"), "settings.drop", self.drop_wanted.emit, kind="ghost")
        self.save = button(
            look,
            self.tr("Lưu"),
            "settings.save",
            self.save_wanted.emit,
            kind="primary",
            icon="check",
            key="Ctrl+S",
            tall="medium",
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(22, 9, 22, 9)
        row.setSpacing(10)
        row.addWidget(self._said, 1)
        row.addWidget(self.drop)
        row.addWidget(self.save)
        self.show_changes(0)

    def show_changes(self, number: int) -> None:
        """So many are changed and not saved."""
        if self._refusal:
            self._said.setText(self._refusal)
            self.save.setEnabled(False)
        else:
            self._said.setText(self.tr("%d thay đổi chưa lưu") % number if number else self.tr("Đã lưu tất cả"))
        self.drop.setVisible(bool(number) and not self._refusal)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        shorten(self.save, "whole" if self.width() >= _KEY_FROM else "name")
