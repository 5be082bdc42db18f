"""What the card of reports wants, done: made in a job, drawn beside, written where a person says."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desk_app.errors import DeskError
from desk_app.ui.day_end.reports_card import BIRTHS, ReportsCard
from desk_app.ui.printing.paper_pane import PaperPane
from desk_app.ui.screen_context import Tools

if TYPE_CHECKING:
    from desk_app.domain.report import Report
    from desk_app.services.filing.births import BirthBook

_CHILD = "child.full_name"


class ReportsPage(QObject):
    """Belongs to the page of the day's end, whose pane shows the paper of a report."""

    def __init__(self, card: ReportsCard, pane: PaperPane, tools: Tools, parent: QObject) -> None:
        super().__init__(parent)
        self._card, self._pane, self._tools = card, pane, tools
        self._services = tools.services.reports
        self._report: Report | None = None
        self._book: BirthBook | None = None
        card.show_wanted.connect(self._show)
        card.save_wanted.connect(self._save)

    def refresh(self) -> None:
        self._card.begin(self._tools.services.now().date())

    def _show(self, kind: str, first: date, last: date) -> None:
        self._report = self._book = None
        services, run = self._services, self._tools.jobs.run
        if kind == BIRTHS:
            run(
                "report",
                lambda: services.births_apart(first, last),
                owner=self,
                done=self._show_book,
                failed=self._refused,
            )
        else:
            run(
                "report",
                lambda: services.report_apart(kind, first, last),
                owner=self,
                done=self._show_report,
                failed=self._refused,
            )

    def _show_report(self, made: Report) -> None:
        self._report = made
        self._card.show_report(made)
        self._pane.show_paper(made.title, lambda: [self._services.pdf_apart(made)])

    def _show_book(self, book: BirthBook) -> None:
        self._book = book
        self._card.show_births(book, lambda n: book.texts_of(_CHILD)[n])

    def _save(self, path: Path) -> None:
        services, report, book = self._services, self._report, self._book

        def write() -> None:
            if book is not None:
                services.write_births_apart(book, path)
            elif report is not None:
                services.write_apart(report, path)

        said = self.tr("Đã lưu %s.") % path.name
        self._tools.jobs.run(
            "report", write, owner=self, done=lambda _: self._tools.notices.say(said), failed=self._refused
        )

    def _refused(self, error: DeskError) -> None:
        self._card.say(f"{error} {error.remedy}")
