"""How many dossiers each service day had, by procedure, and how many were done at once."""

from __future__ import annotations

from datetime import date, datetime, time

from desk_app.domain.calendar.moments import VIETNAM, milliseconds
from desk_app.domain.report import Cell, Column
from desk_app.domain.service_days.day_count import DayCount, counted
from desk_app.services.desk.desk import Desk
from desk_app.services.reports.kind import ReportKind
from desk_app.store.queries import service_day_receptions


def of_day(desk: Desk, day: date) -> list[DayCount]:
    """The counts of one day, all procedures together."""
    return counted(service_day_receptions.received_between(desk.db, day, day), by_procedure=False)


def _rows(desk: Desk, first: date, last: date) -> list[dict[str, Cell]]:
    found = counted(service_day_receptions.received_between(desk.db, first, last), by_procedure=True)
    return [
        {
            "day": milliseconds(datetime.combine(each.on, time(), VIETNAM)),
            "kind": each.name,
            "procedure": each.procedure,
            "received": each.received,
            "at_once": each.at_once,
            "same_day": each.same_day,
            "left": each.left,
        }
        for each in found
    ]


SERVICE_DAYS = ReportKind(
    name="service-days",
    title="Hồ sơ của ngày phục vụ",
    form="bao-cao-ngay-phuc-vu",
    columns=(
        Column(key="day", title="Ngày", kind="day"),
        Column(key="kind", title="Ngày phục vụ"),
        Column(key="procedure", title="Thủ tục"),
        Column(key="received", title="Tiếp nhận", kind="count", is_summed=True),
        Column(key="at_once", title="Trả ngay, không hẹn", kind="count", is_summed=True),
        Column(key="same_day", title="Trả trong ngày", kind="count", is_summed=True),
        Column(key="left", title="Chưa trả trong ngày", kind="count", is_summed=True),
    ),
    rows=_rows,
)
