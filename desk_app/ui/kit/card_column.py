"""The column of cards that a page scrolls."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

SIDE = 22
"""Pixels between the edge of a page and what stands on it."""
_BEFORE_PAPER, _GAP = 12, 10


class CardColumn(QScrollArea):
    """Cards one below the other that scroll. `body` holds them; it is at most `widest` pixels wide, then centred."""

    def __init__(self, cards: Sequence[QWidget] = (), *, beside_paper: bool = False, widest: int = 0) -> None:
        super().__init__()
        self.body = QWidget()
        self.body.setProperty("ground", "clear")
        self.column = QVBoxLayout(self.body)
        self.column.setContentsMargins(SIDE, 2, _BEFORE_PAPER if beside_paper else SIDE, 12)
        self.column.setSpacing(_GAP)
        self.setWidget(_centred(self.body, widest) if widest else self.body)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        if cards:
            self.show_cards(cards)

    def show_cards(self, cards: Sequence[QWidget]) -> None:
        for card in cards:
            self.column.addWidget(card)
        self.column.addStretch()


def _centred(body: QWidget, widest: int) -> QWidget:
    """A centred widget would get the height of its unwrapped texts: stretches beside it take the room instead."""
    held = QWidget()
    held.setProperty("ground", "clear")
    body.setMaximumWidth(widest)
    row = QHBoxLayout(held)
    row.setContentsMargins(0, 0, 0, 0)
    row.addStretch(1)
    row.addWidget(body, widest)
    row.addStretch(1)
    return held
