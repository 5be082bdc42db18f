"""How many dossiers of a span of days came on paper, online, and online with a clerk's help, by procedure."""

from __future__ import annotations

from collections import Counter
from datetime import date

from desk_app.domain import channels
from desk_app.domain.report import Cell, Column
from desk_app.services.desk.desk import Desk
from desk_app.services.reports.kind import ReportKind
from desk_app.store.queries import registers


def _rows(desk: Desk, first: date, last: date) -> list[dict[str, Cell]]:
    counted: dict[str, Counter[str]] = {}
    for row in registers.received_between(desk.db, first, last):
        counted.setdefault(row.procedure_name, Counter())[row.channel] += 1
    return [
        {
            "procedure": procedure,
            "paper": of[channels.PAPER],
            "online": of[channels.ONLINE],
            "helped": of[channels.HELPED],
            "all": of.total(),
        }
        for procedure, of in sorted(counted.items())
    ]


CHANNELS = ReportKind(
    name="channels",
    title="Hồ sơ theo cách nộp",
    form="bao-cao-cach-nop",
    columns=(
        Column(key="procedure", title="Thủ tục"),
        Column(key="paper", title=channels.told(channels.PAPER), kind="count", is_summed=True),
        Column(key="online", title=channels.told(channels.ONLINE), kind="count", is_summed=True),
        Column(key="helped", title=channels.told(channels.HELPED), kind="count", is_summed=True),
        Column(key="all", title="Tất cả", kind="count", is_summed=True),
    ),
    rows=_rows,
)
