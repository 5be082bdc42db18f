"""A card with a title, deeds at the right of it, and a list that is told anew each time."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from desk_app.ui.widgets.labels import label


class TitledCard(QFrame):
    """`rows` takes what is listed; `nothing` is said instead while it is empty."""

    def __init__(self, title: str, nothing: str = "") -> None:
        super().__init__()
        self.setProperty("card", True)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(16, 10, 16, 14)
        self.column.setSpacing(8)
        self._head = QHBoxLayout()
        self._head.setSpacing(8)
        self.title = label(title, "heading")
        self._head.addWidget(self.title)
        self._head.addStretch()
        self.column.addLayout(self._head)
        self.nothing = label(nothing, "soft", wraps=True)
        self.column.addWidget(self.nothing)
        self.nothing.setVisible(bool(nothing))  # only now: shown without a parent it would be a window of its own
        self.rows = QVBoxLayout()
        self.rows.setSpacing(8)
        self.column.addLayout(self.rows)

    def add_deed(self, deed: QWidget) -> None:
        """A button or a remark at the right of the title."""
        self._head.addWidget(deed)

    def list_again(self, rows: list[QWidget]) -> None:
        """These rows instead of those before."""
        empty(self.rows)
        self.nothing.setVisible(not rows and bool(self.nothing.text()))
        for row in rows:
            self.rows.addWidget(row)


def empty(layout: QLayout) -> None:
    """Let go of every widget in a layout."""
    while (item := layout.takeAt(0)) is not None:
        if (old := item.widget()) is not None:
            old.hide()
            old.deleteLater()
