"""The ratios of what was late, against the limits the commune set, with the dossiers behind each figure."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from desk_app.domain.calendar.moments import milliseconds, span_of
from desk_app.domain.worklists import ratios
from desk_app.domain.worklists.ratios import RatioFigures, RatioVerdict
from desk_app.services.desk.desk import Desk
from desk_app.store.queries import registers


class RatioLine(Struct, frozen=True, kw_only=True):
    """The figures of a line, and how they stand against the limits."""

    figures: RatioFigures
    verdict: RatioVerdict

    @property
    def percent(self) -> str:
        """ "2,4 %"."""
        whole, tenth = divmod(self.figures.per_mille, 10)
        return f"{whole},{tenth} %"


def lines(desk: Desk, first: date, last: date) -> list[RatioLine]:
    """Of the dossiers whose due moment falls on these days of Vietnam, both included."""
    start, end = span_of(first, last)
    rows = registers.due_between(desk.db, start, end, own_unit=desk.settings.office)
    kept = desk.settings
    return [
        RatioLine(figures=each, verdict=ratios.verdict(each, warn=kept.late_warn, most=kept.late_most))
        for each in ratios.figures(rows, milliseconds(desk.now()))
    ]


def limits_told(desk: Desk) -> str:
    """The limits in words, with the text that sets them where the office named one."""
    kept = desk.settings
    by = f" ({kept.late_citation})" if kept.late_citation else " (xã tự đặt, chưa ghi văn bản)"
    return f"phải nhắc khi trên {kept.late_warn} %, vượt mức khi trên {kept.late_most} %{by}"
