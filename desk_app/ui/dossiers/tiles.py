"""The five figures over the list; each is a button that shows what it counts."""

from __future__ import annotations

from msgspec import Struct
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desk_app.domain.dossiers.steps import Status
from desk_app.ui.look.palette import LATE
from desk_app.ui.look.theme import Look
from desk_app.ui.widgets.buttons import named
from desk_app.ui.widgets.labels import Picture, label, restyle

_WITH_PICTURE = 176


class TileKind(Struct, frozen=True, kw_only=True):
    """A figure: name of its filter, words, icon, and the status whose colours it wears."""

    which: str
    text: str
    icon: str
    tone: str


class Tile(QPushButton):
    """One figure."""

    def __init__(self, look: Look, kind: TileKind) -> None:
        super().__init__()
        self._kind = kind
        self._look = look
        self.setProperty("kind", "tile")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._picture = Picture(look, kind.icon, "text", 20, box=38)
        self._figure = label("0", "figure")
        self._caption = label(kind.text, "faint")
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addWidget(self._figure)
        texts.addWidget(self._caption)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 8, 10, 8)
        row.setSpacing(12)
        row.addWidget(self._picture)
        row.addLayout(texts)
        row.addStretch()
        look.changed.connect(self._wear)
        self._wear()
        self.show_number(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._picture.setVisible(self.width() >= _WITH_PICTURE)

    def show_number(self, number: int) -> None:
        self._figure.setText(f"{number:,}".replace(",", "."))
        restyle(self._figure, "state", "late" if self._kind.which == "late" and number else "")
        named(self, f"dossiers.tile.{self._kind.which}", f"{self._kind.text}: {number}")

    def _wear(self) -> None:
        chip = self._look.palette.chips[self._kind.tone]
        self._picture.show_as(self._kind.icon, chip.text, chip.ground)


class Tiles(QWidget):
    """The row of figures; `wanted` names the filter of the tile that was pressed."""

    wanted = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setProperty("ground", "clear")
        kinds = (
            TileKind(which="today", text=self.tr("Tiếp nhận hôm nay"), icon="inbox", tone=Status.RECEIVED),
            TileKind(which="processing", text=self.tr("Đang xử lý"), icon="hourglass", tone=Status.PROCESSING),
            TileKind(which="awaiting", text=self.tr("Chờ bổ sung"), icon="file-text", tone=Status.AWAITING_COMPLETION),
            TileKind(which="late", text=self.tr("Quá hạn"), icon="triangle-alert", tone=LATE),
            TileKind(which="ready", text=self.tr("Chờ trả kết quả"), icon="package-check", tone=Status.RESULT_READY),
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        self._tiles: dict[str, Tile] = {}
        for kind in kinds:
            tile = self._tiles[kind.which] = Tile(look, kind)
            tile.clicked.connect(lambda _checked=False, which=kind.which: self.wanted.emit(which))
            row.addWidget(tile, 1)

    def show_numbers(self, numbers: dict[str, int]) -> None:
        """By filter name."""
        for which, tile in self._tiles.items():
            tile.show_number(numbers[which])
