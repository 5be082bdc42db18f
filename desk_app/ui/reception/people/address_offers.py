"""Today's two-level addresses for an old one, as offers under the field: the clerk takes one, or none."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desk_app.ui.widgets.buttons import named
from desk_app.ui.widgets.labels import label

_AFTER_MS = 400


class AddressOffers(QWidget):
    """`picked` gives the address taken. `suggest` answers every place a text may mean; nothing is ever rewritten.

    The offers are reached by Tab from the field, and by a click; they do not stand between Enter and the next field.
    """

    picked = Signal(str)

    def __init__(self, suggest: Callable[[str], list[str]], identifier: str) -> None:
        super().__init__()
        self._suggest = suggest
        self._identifier = identifier
        self._text = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(label(self.tr("Địa chỉ mới (hai cấp), bấm để lấy:"), "faint"))
        self._rows = QVBoxLayout()
        self._rows.setSpacing(4)
        column.addLayout(self._rows)
        self._delay = QTimer(self, singleShot=True, interval=_AFTER_MS)
        self._delay.timeout.connect(self._look_up)
        self.hide()

    def ask(self, text: str) -> None:
        """Look soon what `text` may be today; typing on asks anew."""
        self._text = text.strip()
        self.hide()
        self._delay.start()

    def _look_up(self) -> None:
        offers = [each for each in self._suggest(self._text) if each != self._text] if self._text else []
        while (item := self._rows.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for number, offer in enumerate(offers, 1):
            self._rows.addWidget(self._row(number, offer))
        self.setVisible(bool(offers))

    def _row(self, number: int, offer: str) -> QWidget:
        row = QWidget()
        row.setProperty("ground", "clear")
        inner = QHBoxLayout(row)
        inner.setContentsMargins(0, 0, 0, 0)
        made = QPushButton(offer)
        made.setProperty("kind", "pill")
        made.setProperty("tall", "small")
        made.setCursor(Qt.CursorShape.PointingHandCursor)
        named(made, f"{self._identifier}.{number}", self.tr("Lấy địa chỉ mới: %s") % offer)
        made.clicked.connect(partial(self._pick, offer))
        inner.addWidget(made)
        inner.addStretch()
        return row

    def _pick(self, offer: str) -> None:
        self.hide()
        self.picked.emit(offer)
