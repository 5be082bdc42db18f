"""A card of a page: a number, a title, a remark and deeds at the right of it, and below what it is about."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLayout, QVBoxLayout, QWidget

from desk_app.ui.widgets.labels import label, restyle


class PageCard(QFrame):
    """`column` takes the content; `nothing` is said while nothing is listed.

    Without a title there is no head. `roomy` is for a card that stands alone on its page.
    """

    def __init__(self, title: str = "", nothing: str = "", *, roomy: bool = False) -> None:
        super().__init__()
        self.setProperty("card", True)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(*((24, 18, 24, 22) if roomy else (16, 9, 16, 12)))
        self.column.setSpacing(11 if roomy else 7)
        self._head = QHBoxLayout()
        self._head.setSpacing(7)
        self._number: QLabel | None = None
        self._remark: QLabel | None = None
        if title:
            self._head.addWidget(label(title, "heading"))
            self._head.addStretch()
            self.column.addLayout(self._head)
        self._nothing = label(nothing, "soft", wraps=True) if nothing else None
        if self._nothing is not None:
            self.column.addWidget(self._nothing)
        self._listed = QVBoxLayout()
        self._listed.setSpacing(7)
        self.column.addLayout(self._listed)

    def set_number(self, number: int) -> None:
        """Its place among the cards that are filled in one after the other; a card that is alone has none."""
        if self._number is None:
            self._number = label(role="step")
            self._number.setFixedSize(22, 22)
            self._number.setAlignment(Qt.AlignmentFlag.AlignCenter)
            self._head.insertWidget(0, self._number)
        self._number.setText(str(number))

    def remark(self, text: str, role: str = "faint") -> None:
        """Said at the right of the title."""
        if self._remark is None:
            self._remark = label()
            self._head.addWidget(self._remark)
        self._remark.setText(text)
        restyle(self._remark, "text_role", role)

    def add_deed(self, deed: QWidget) -> None:
        """A button at the right of the title."""
        self._head.addWidget(deed)

    def list_again(self, rows: list[QWidget]) -> None:
        """These rows instead of those before."""
        empty(self._listed)
        if self._nothing is not None:
            self._nothing.setVisible(not rows)
        for row in rows:
            self._listed.addWidget(row)


def empty(layout: QLayout) -> None:
    """Let go of every widget in a layout."""
    while (item := layout.takeAt(0)) is not None:
        if (old := item.widget()) is not None:
            old.hide()
            old.deleteLater()
