"""The sheet of keys as a paper for the printer of A4."""

from __future__ import annotations

from collections.abc import Sequence

from desk_app.documents.layout.key_sheet import KeyGroup, key_sheet
from desk_app.documents.output import pdf
from desk_app.domain.calendar.moments import milliseconds
from desk_app.services.desk.desk import Desk
from desk_app.services.papers.papers import Paper

TITLE = "Bàn Một Cửa: bảng phím tắt"


def key_paper(desk: Desk, groups: Sequence[KeyGroup]) -> Paper:
    """One sheet; nothing of it is recorded."""
    page = key_sheet(TITLE, groups)
    made_at = milliseconds(desk.now())
    return Paper(
        kind="keys",
        name="keys",
        form="",
        version="",
        title="Bảng phím tắt",
        sheet="A4",
        pages=1,
        copies=1,
        pdf=pdf.to_pdf([page], title=TITLE, subject=TITLE, code="", made_at=made_at, under=desk.watermark),
    )
