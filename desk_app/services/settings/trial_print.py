"""A page that tries a printer out: it goes the way of real papers and is recorded nowhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desk_app.domain.calendar.moments import milliseconds, shown_moment
from desk_app.lazy import lazy
from desk_app.services.desk.desk import Desk
from desk_app.services.papers.papers import Paper
from desk_app.services.settings.print_choices import PrintChoice
from desk_app.services.settings.print_kinds import DUPLEX, SHEETS

if TYPE_CHECKING:
    from desk_app.documents.layout import trial_page
    from desk_app.documents.output import pdf
else:
    pdf = lazy("desk_app.documents.output.pdf")
    trial_page = lazy("desk_app.documents.layout.trial_page")


def trial_paper(desk: Desk, sheet: str, choice: PrintChoice, *, of: str = "") -> Paper:
    """A page on `sheet` ("A4", "A5", "80mm") as `choice` says; `of` names the document it stands for."""
    title = "TRANG IN THỬ"
    lines = [
        f"{desk.settings.office}, quầy số {desk.settings.desk}, {shown_moment(milliseconds(desk.now()))}",
        f"Khổ: {SHEETS[sheet]}{f' · {of}' if of else ''}",
        f"Máy in: {choice.printer or 'mặc định'} · Khay: {choice.tray or 'máy in tự chọn'}",
        f"Mặt giấy: {DUPLEX[choice.duplex]} · Số bản: {choice.copies}",
    ]
    pages = trial_page.trial_pages(sheet, title, lines, two_sided=choice.duplex in {"long", "short"})
    made_at = milliseconds(desk.now())
    return Paper(
        kind="trial",
        name="trial",
        form="",
        version="",
        title="Trang in thử",
        sheet=sheet,
        pages=len(pages),
        copies=choice.copies,
        pdf=pdf.to_pdf(pages, title=title, subject=title, code="", made_at=made_at, under=desk.watermark),
        printer=choice.printer,
        tray=choice.tray,
        duplex=choice.duplex,
    )
