"""How a screen is built: a head with its deeds, below it cards that scroll, and where there is room a paper beside."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

from msgspec import Struct
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLayout, QSplitter, QVBoxLayout, QWidget

from desk_app.ui.kit.card_column import SIDE
from desk_app.ui.look.theme import Look
from desk_app.ui.screen import Screen
from desk_app.ui.screen_context import Tools
from desk_app.ui.widgets.buttons import button, shorten, tool
from desk_app.ui.widgets.labels import label

_NARROW = 520
_SHARES, _WIDTHS = (3, 2), (690, 450)


class PageDeed(Struct, frozen=True, kw_only=True):
    """A button of a head. Below `whole_from` pixels of the head it says only its name, or shows only its picture."""

    text: str
    identifier: str
    pressed: Callable[[], object]
    icon: str
    key: str = ""
    kind: str = ""
    whole_from: int = _NARROW
    short: Literal["name", "icon"] = "icon"


class PageHead(QWidget):
    """A title with a note below it, deeds at the right, and with `leave` the way back at the left of all."""

    def __init__(
        self,
        look: Look,
        title: str | QLayout,
        *,
        note: QWidget | None = None,
        leave: tuple[str, Callable[[], object]] | None = None,
        deeds: Sequence[PageDeed] = (),
    ) -> None:
        """`leave` is an identifier, and what is called."""
        super().__init__()
        self.setProperty("ground", "clear")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(SIDE, 10, SIDE, 10)
        if leave is not None:
            self._row.setContentsMargins(16, 10, SIDE, 10)
            self._row.addWidget(tool(look, "arrow-left", self.tr("Về danh sách (Esc)"), *leave))
        texts = QVBoxLayout()
        texts.setSpacing(1)
        if isinstance(title, str):
            texts.addWidget(label(title, "title"))
        else:
            texts.addLayout(title)
        if note is not None:
            texts.addWidget(note)
        self._row.addLayout(texts, 1)
        self._kinds = {each.identifier: each for each in deeds}
        self.deeds = {
            each.identifier: button(
                look,
                each.text,
                each.identifier,
                each.pressed,
                kind=each.kind,
                icon=each.icon,
                key=each.key,
                tall="medium",
            )
            for each in deeds
        }
        for made in self.deeds.values():
            self._row.addWidget(made)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._row.setSpacing(6 if self.width() < _NARROW else 10)
        for identifier, kind in self._kinds.items():
            shorten(self.deeds[identifier], "whole" if self.width() >= kind.whole_from else kind.short)


class ScreenPage(Screen):
    """A screen of parts one below the other; what it does not put there costs nothing."""

    def __init__(self, tools: Tools) -> None:
        super().__init__(tools)
        self._beside: tuple[QWidget, int] | None = None
        self._parts = QVBoxLayout(self)
        self._parts.setContentsMargins(0, 0, 0, 0)
        self._parts.setSpacing(0)

    def compose(
        self, middle: QWidget, *, above: Sequence[QWidget | QLayout], below: Sequence[QWidget | QLayout] = ()
    ) -> None:
        """The middle takes what room there is."""
        for part in (*above, middle, *below):
            if isinstance(part, QLayout):
                self._parts.addLayout(part)
            else:
                self._parts.addWidget(part, 1 if part is middle else 0)

    def split(self, cards: QWidget, paper: QWidget, *, paper_from: int) -> QSplitter:
        """Cards and a paper beside them; the paper is there from `paper_from` pixels of the page."""
        self._beside = (paper, paper_from)
        split = QSplitter()
        split.setChildrenCollapsible(False)
        split.setHandleWidth(1)
        for part, share in zip((cards, paper), _SHARES, strict=True):
            split.addWidget(part)
            split.setStretchFactor(split.indexOf(part), share)
        split.setSizes([*_WIDTHS])
        return split

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._beside is not None:
            paper, paper_from = self._beside
            paper.setVisible(self.width() >= paper_from)
