"""The right half of a page: one paper under its title, drawn in a job, with zoom."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desk_app.lazy import lazy
from desk_app.ui.jobs import Job, Jobs
from desk_app.ui.look.theme import Look
from desk_app.ui.printing.preview import Preview
from desk_app.ui.widgets.buttons import tool
from desk_app.ui.widgets.labels import ShortLabel

if TYPE_CHECKING:
    from desk_app.ui.printing import paper_image
else:
    paper_image = lazy("desk_app.ui.printing.paper_image")

_SCALE = 2.2


class PaperPane(QWidget):
    """Shows what was asked for last, also when an earlier drawing comes later."""

    def __init__(self, look: Look, jobs: Jobs, identifier: str) -> None:
        super().__init__()
        self.setProperty("ground", "desk")
        self._jobs = jobs
        self._job: Job | None = None
        self._draw: Callable[[], list[bytes]] | None = None
        self.asked = 0
        """How often a paper was asked for: who asks late sees whether another was asked for meanwhile."""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QWidget()
        head.setProperty("ground", "surface")
        row = self._row = QHBoxLayout(head)
        row.setContentsMargins(14, 7, 8, 7)
        self._title = ShortLabel("heading")
        row.addWidget(self._title, 1)
        self.view = Preview(look, f"{identifier}.preview")
        row.addWidget(tool(look, "zoom-out", self.tr("Thu nhỏ"), f"{identifier}.zoom_out", self.view.zoom_out))
        row.addWidget(tool(look, "zoom-in", self.tr("Phóng to"), f"{identifier}.zoom_in", self.view.zoom_in))
        column.addWidget(head)
        column.addWidget(self.view, 1)

    def add_tool(self, made: QWidget) -> None:
        """One more tool at the end of the head."""
        self._row.addWidget(made)

    def draw_again(self) -> None:
        """Draw what is shown once more: it is set otherwise."""
        if self._draw is not None:
            self.show_paper(self._title.text(), self._draw)

    def show_paper(self, title: str, draw: Callable[[], list[bytes]]) -> None:
        """`draw` gives PDFs; it is called on a job's thread."""
        self._title.setText(title)
        self._draw = draw
        self.asked += 1
        if self._job is not None:
            self._job.cancel()

        def drawn() -> list[QImage]:
            return [image for pdf in draw() for image in paper_image.page_images(pdf, _SCALE)]

        self._job = self._jobs.run("paper", drawn, owner=self, done=self.view.show_pages, ended=self._ended)

    def _ended(self) -> None:
        self._job = None
