"""The headline of the sync page: how it stands, what that means, and how far a round under way has come."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout

from desk_app.ui.kit.card import PageCard
from desk_app.ui.look.theme import Look
from desk_app.ui.sync.sync_texts import SyncHeadline
from desk_app.ui.widgets.buttons import named
from desk_app.ui.widgets.labels import Picture, label

_TONES = {
    "ok": ("ok", "ok_soft"),
    "wait": ("link", "accent_soft"),
    "warn": ("warn", "warn_soft"),
    "off": ("text_soft", "surface_dim"),
}
_STEPS = 1000


class StateCard(PageCard):
    """Its sentences are "sync.state" and "sync.detail" from outside, the bar "sync.progress"."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._picture = Picture(look, "cloud-upload", "link", 26, ground="accent_soft", box=50)
        self._title = label(role="state", wraps=True)
        self._title.setAccessibleIdentifier("sync.state")
        self._detail = label(role="soft", wraps=True)
        self._detail.setAccessibleIdentifier("sync.detail")
        self._more = label(role="faint", wraps=True)
        self._more.setAccessibleIdentifier("sync.more")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setRange(0, _STEPS)
        named(self._bar, "sync.progress", self.tr("Tiến độ gửi và nhận"))
        self._amount = label(role="faint")
        self._amount.setAccessibleIdentifier("sync.amount")
        texts = QVBoxLayout()
        texts.setSpacing(6)
        texts.addWidget(self._title)
        texts.addWidget(self._detail)
        texts.addWidget(self._more)
        texts.addWidget(self._bar)
        texts.addWidget(self._amount)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(texts, 1)
        self.column.addLayout(row)
        self.show_progress("", 0, 0)

    def show_standing(self, standing: SyncHeadline) -> None:
        self._picture.show_as(standing.icon, *_TONES[standing.tone])
        self._title.setText(standing.title)
        self._detail.setText(standing.detail)
        self._more.setText(standing.more)
        for part in (self._detail, self._more):
            part.setVisible(bool(part.text()))

    def show_progress(self, words: str, done: int, total: int) -> None:
        """ "" hides the bar; a `total` of 0 is a bar that only says that something goes on."""
        for part in (self._bar, self._amount):
            part.setVisible(bool(words))
        self._amount.setText(words)
        self._bar.setRange(0, _STEPS if total else 0)
        if total:
            self._bar.setValue(min(_STEPS, round(_STEPS * done / total)))
