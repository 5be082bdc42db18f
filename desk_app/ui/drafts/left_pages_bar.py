"""Receptions left half filled: whose they are, and the two things to do with each."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desk_app.services.desk.unfinished import LeftPage
from desk_app.ui.look.theme import Look
from desk_app.ui.widgets.buttons import button
from desk_app.ui.widgets.labels import Picture, ShortLabel, label

_MOST = 3


class LeftPagesBar(QFrame):
    """`reopened` and `dropped` with the page's id."""

    reopened = Signal(str)
    dropped = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setProperty("panel", "plain")
        self._look = look
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(12, 5, 8, 5)
        self._rows.setSpacing(3)
        self.hide()

    def show_pages(self, pages: Sequence[LeftPage]) -> None:
        """The newest of these, each in a line; no page, no bar."""
        while (item := self._rows.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for number, page in enumerate(pages[:_MOST], start=1):
            self._rows.addWidget(self._row(number, page))
        if len(pages) > _MOST:
            self._rows.addWidget(label(self.tr("Còn %d hồ sơ nhập dở khác.") % (len(pages) - _MOST), "faint"))
        self.setVisible(bool(pages))

    def _row(self, number: int, page: LeftPage) -> QWidget:
        row = QWidget()
        row.setProperty("ground", "clear")
        inner = QHBoxLayout(row)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(9)
        inner.addWidget(Picture(self._look, "hourglass", "text_soft", 16))
        said = ShortLabel("")
        said.setText(self.tr("Đang nhập dở: %s") % told(page))
        said.setAccessibleIdentifier(f"reception.left.{number}")
        inner.addWidget(said, 1)
        key = "Ctrl+O" if number == 1 else ""
        again = partial(self.reopened.emit, page.id)
        away = partial(self.dropped.emit, page.id)
        inner.addWidget(
            button(self._look, self.tr("Mở lại"), f"reception.left.{number}.open", again, key=key, tall="small")
        )
        inner.addWidget(
            button(self._look, self.tr("Bỏ"), f"reception.left.{number}.drop", away, kind="ghost", tall="small")
        )
        return row


def told(page: LeftPage) -> str:
    """Whose page, which procedure, since when."""
    nobody = QCoreApplication.translate("LeftPagesBar", "chưa có tên")
    parts = (page.applicant or nobody, page.title, f"{page.at:%H:%M %d/%m}")
    return "  ·  ".join(part for part in parts if part)
