"""The right half of the reception page: the slip or the declaration as it will print, drawn in a job."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desk_app.errors import DeskError, UnknownFormError
from desk_app.lazy import lazy
from desk_app.ui.jobs import Jobs
from desk_app.ui.look.theme import Look
from desk_app.ui.printing.preview import Preview
from desk_app.ui.widgets.buttons import named, tool
from desk_app.ui.widgets.labels import ShortLabel, label

if TYPE_CHECKING:
    from desk_app.documents.output import pdf
    from desk_app.services.papers.papers import Paper
    from desk_app.ui.printing import paper_image
else:
    pdf = lazy("desk_app.documents.output.pdf")
    paper_image = lazy("desk_app.ui.printing.paper_image")

_AFTER_MS = 220
_DRAWN_WIDE_PT = 420


class PreviewPane(QWidget):
    """`draw(what)` gives the PDF of "slip" or "forms"; it is called on a job's thread."""

    def __init__(self, look: Look, jobs: Jobs, identifier: str) -> None:
        super().__init__()
        self.setProperty("ground", "desk")
        self._jobs = jobs
        self._draw: Callable[[str], bytes] | None = None
        self._what = "slip"
        self._is_busy = False
        self._is_stale = False
        self.view = Preview(look, f"{identifier}.preview")
        self._note = ShortLabel("faint")
        self._kinds = QButtonGroup(self)
        head = QWidget()
        head.setProperty("ground", "surface")
        row = self._row = QHBoxLayout(head)
        row.setContentsMargins(14, 7, 8, 7)
        row.setSpacing(7)
        self._title = label(self.tr("Xem trước giấy hẹn"), "heading")
        row.addWidget(self._title)
        self._pills: dict[str, QPushButton] = {}
        for what, text in (("slip", self.tr("Giấy hẹn")), ("forms", self.tr("Tờ khai"))):
            pill = QPushButton(text)
            pill.setProperty("kind", "pill")
            pill.setProperty("tall", "small")
            pill.setCheckable(True)
            named(pill, f"{identifier}.preview.{what}", self.tr("Xem trước: %s") % text)
            pill.clicked.connect(lambda _checked=False, what=what: self.show_what(what))
            self._kinds.addButton(pill)
            self._pills[what] = pill
            row.addWidget(pill)
        self._pills["slip"].setChecked(True)
        row.addWidget(self._note, 1)
        row.addWidget(tool(look, "zoom-out", self.tr("Thu nhỏ"), f"{identifier}.zoom_out", self.view.zoom_out))
        row.addWidget(tool(look, "zoom-in", self.tr("Phóng to"), f"{identifier}.zoom_in", self.view.zoom_in))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(self.view, 1)
        self._delay = QTimer(self, singleShot=True, interval=_AFTER_MS)
        self._delay.timeout.connect(self._start)
        self.offer_forms(offered=False)

    def add_tool(self, made: QWidget) -> None:
        """One more tool at the end of the head."""
        self._row.addWidget(made)

    def draw_again(self) -> None:
        """Draw what is shown once more: it is set otherwise."""
        self._delay.start()

    def offer_forms(self, *, offered: bool) -> None:
        """Whether there is a declaration to look at beside the slip."""
        for pill in self._pills.values():
            pill.setVisible(offered)
        self._title.setVisible(not offered)
        if not offered and self._what == "forms":
            self.show_what("slip")

    def show_what(self, what: str) -> None:
        self._what = what
        self._pills[what].setChecked(True)
        self._start()

    def ask(self, draw: Callable[[str], bytes]) -> None:
        """Draw anew soon; until then what is shown stays."""
        self._draw = draw
        self._delay.start()

    def show_saved(self, draw: Callable[[str, str], list[Paper]], code: str) -> None:
        """Show the papers of a recorded dossier, as they went to the printer, one after the other; none where it has
        none such.
        """

        def every(what: str) -> bytes:
            with suppress(UnknownFormError):
                return pdf.joined([paper.pdf for paper in draw(code, what)])
            return b""

        self.ask(every)

    def _start(self) -> None:
        draw = self._draw
        if draw is None or not self.isVisible():
            return
        if self._is_busy:
            self._is_stale = True
            return
        self._is_busy, self._is_stale = True, False
        what, scale = self._what, self.view.pixels_wide() / _DRAWN_WIDE_PT

        def drawn() -> list[QImage]:
            papers = draw(what)
            return paper_image.page_images(papers, min(max(scale, 1.0), 4.0)) if papers else []

        self._jobs.run("paper", drawn, owner=self, done=self._drawn, failed=self._not_drawn, ended=self._ended)

    def _drawn(self, pages: list[QImage]) -> None:
        self.view.show_pages(pages)
        self._note.setText(self.tr("%d trang") % len(pages) if pages else "")

    def _not_drawn(self, error: DeskError) -> None:
        self._note.setText(str(error))

    def _ended(self) -> None:
        self._is_busy = False
        if self._is_stale:
            self._start()
