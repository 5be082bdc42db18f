"""What the window asks of reports, and of the workbook of births that another system takes in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from desk_app.domain.report import Report
    from desk_app.services.filing.births import BirthBook


class ReportServices(Struct, frozen=True, kw_only=True):
    """Those called `…_apart` may be called on a job's thread. A file's ending says what is written of a report."""

    kinds: Callable[[], tuple[tuple[str, str], ...]]
    report_apart: Callable[[str, date, date], Report]
    pdf_apart: Callable[[Report], bytes]
    write_apart: Callable[[Report, Path], None]
    births_apart: Callable[[date, date], BirthBook]
    write_births_apart: Callable[[BirthBook, Path], None]
