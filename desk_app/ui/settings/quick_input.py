"""The procedures of the quick buttons: one box for each button, as many as there are buttons."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desk_app.ui.widgets.buttons import named
from desk_app.ui.widgets.chooser import Chooser
from desk_app.ui.widgets.labels import label

_MOST = 9


class QuickInput(QWidget):
    """Its value are the codes in the order of the buttons, with commas; a box left empty takes no place."""

    changed = Signal()

    def __init__(self, identifier: str, name: str) -> None:
        super().__init__()
        self.setProperty("ground", "clear")
        named(self, identifier, name)
        self._count = _MOST
        self._nothing = label(self.tr("Không có nút nào."), "faint")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        self._boxes: list[Chooser] = []
        for number in range(1, _MOST + 1):
            box = Chooser(f"{identifier}.{number}", self.tr("Nút Ctrl+%d") % number, self.tr("Ctrl+%d") % number)
            box.changed.connect(self.changed)
            self._boxes.append(box)
            column.addWidget(box)
        column.addWidget(self._nothing)
        self.setFocusProxy(self._boxes[0])

    def offer(self, entries: Sequence[tuple[str, str]]) -> None:
        for number, box in enumerate(self._boxes, start=1):
            box.offer([("", self.tr("Ctrl+%d: thủ tục hay dùng nhất") % number), *entries])
            if not box.is_typed:
                box.put_back()

    def show_count(self, count: int) -> None:
        """As many boxes as there are buttons, and those that hold something."""
        self._count = count
        for number, box in enumerate(self._boxes, start=1):
            box.setVisible(number <= count or bool(box.value()))
        self._nothing.setVisible(not any(number <= count or box.value() for number, box in enumerate(self._boxes, 1)))

    def value(self) -> str:
        return ", ".join(box.value() for box in self._boxes if box.value())

    def put(self, value: str) -> None:
        codes = value.replace(",", " ").split()[:_MOST]
        for box, code in zip(self._boxes, [*codes, *[""] * _MOST], strict=False):
            box.put(code)
        self.show_count(self._count)

    def settle(self) -> str:
        """As an input; the first box that refuses says why."""
        return next((why for box in self._boxes if (why := box.settle())), "")
