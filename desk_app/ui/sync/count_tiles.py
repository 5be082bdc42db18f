"""The two sides counted against each other: what this desk wrote down, what the district confirmed, what waits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desk_app.domain.money import dotted
from desk_app.ui.kit.card import PageCard
from desk_app.ui.look.theme import Look
from desk_app.ui.widgets import formats
from desk_app.ui.widgets.labels import Picture, label

if TYPE_CHECKING:
    from desk_app.services.sync.records import SyncStatus

_WITH_PICTURE = 210


@dataclass(frozen=True, slots=True, kw_only=True)
class CountKind:
    """A tile: its identifier, words, icon and the icon's colours."""

    identifier: str
    text: str
    icon: str
    colour: str
    ground: str


class CountTile(PageCard):
    """A figure of dossiers, its words, and beneath it how many events that is."""

    def __init__(self, look: Look, kind: CountKind) -> None:
        super().__init__()
        self._picture = Picture(look, kind.icon, kind.colour, 20, ground=kind.ground, box=38)
        self._figure = label("0", "figure")
        self._figure.setAccessibleIdentifier(kind.identifier)
        self._more = label(role="faint")
        self._more.setAccessibleIdentifier(f"{kind.identifier}_events")
        texts = QVBoxLayout()
        texts.setSpacing(1)
        texts.addWidget(self._figure)
        texts.addWidget(label(kind.text, "section", wraps=True))
        texts.addWidget(self._more)
        row = QHBoxLayout()
        row.setSpacing(13)
        row.addWidget(self._picture)
        row.addLayout(texts, 1)
        self.column.addLayout(row)

    def show_count(self, dossiers: int, more: str) -> None:
        self._figure.setText(dotted(dossiers))
        self._more.setText(more)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._picture.setVisible(self.width() >= _WITH_PICTURE)


class CountTiles(QWidget):
    """Three tiles in a row."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setProperty("ground", "clear")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        ours, confirmed, waiting = (
            CountTile(look, kind)
            for kind in (
                CountKind(
                    identifier="sync.ours",
                    text=self.tr("hồ sơ quầy này đã ghi"),
                    icon="inbox",
                    colour="link",
                    ground="accent_soft",
                ),
                CountKind(
                    identifier="sync.confirmed",
                    text=self.tr("hồ sơ cấp trên đã xác nhận"),
                    icon="cloud-check",
                    colour="ok",
                    ground="ok_soft",
                ),
                CountKind(
                    identifier="sync.waiting",
                    text=self.tr("hồ sơ chờ gửi"),
                    icon="cloud-upload",
                    colour="warn",
                    ground="warn_soft",
                ),
            )
        )
        self._ours, self._confirmed, self._waiting = ours, confirmed, waiting
        for tile in (ours, confirmed, waiting):
            row.addWidget(tile, 1)

    def show_status(self, status: SyncStatus) -> None:
        self._ours.show_count(status.ours_dossiers, formats.events(status.ours_events))
        self._confirmed.show_count(status.confirmed_dossiers, formats.events(status.confirmed_events))
        files = self.tr(" · %d tệp kèm theo") % status.waiting_files if status.waiting_files else ""
        self._waiting.show_count(status.waiting_dossiers, formats.events(status.waiting_events) + files)
