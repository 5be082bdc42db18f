"""Reports and the workbook of births as the window calls them; nothing of it loads before it is first wanted."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from desk_app.lazy import lazy
from desk_app.services.desk.desk import Desk
from desk_app.ui.services.report_services import ReportServices

if TYPE_CHECKING:
    from desk_app.domain.report import Report
    from desk_app.services.filing import births
    from desk_app.services.filing.births import BirthBook
    from desk_app.services.papers import paper_files
    from desk_app.services.reports import kinds, reports
else:
    births = lazy("desk_app.services.filing.births")
    kinds = lazy("desk_app.services.reports.kinds")
    paper_files = lazy("desk_app.services.papers.paper_files")
    reports = lazy("desk_app.services.reports.reports")


def bound_reports(reader: Callable[[], Desk]) -> ReportServices:
    """The services over the open desk; `reader` gives the read-only one of the calling thread."""

    def write(made: Report, path: Path) -> None:
        is_pdf = path.suffix.lower() == ".pdf"
        paper_files.write_file(path, reports.as_pdf(reader(), made) if is_pdf else reports.as_workbook(made))

    def write_births(book: BirthBook, path: Path) -> None:
        reader().refuse_training()  # this file goes into a register of the state
        paper_files.write_file(path, births.as_workbook(book))

    return ReportServices(
        kinds=lambda: tuple((name, kind.title) for name, kind in kinds.KINDS.items()),
        report_apart=lambda name, first, last: reports.report(reader(), name, first, last),
        pdf_apart=lambda made: reports.as_pdf(reader(), made),
        write_apart=write,
        births_apart=lambda first, last: births.book(reader(), first, last),
        write_births_apart=write_births,
    )
