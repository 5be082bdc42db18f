"""The report of a day on one sheet of A4: figures, what is left to do, and the head of the journal, to be signed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from desk_app.documents.values import day_values, office_values
from desk_app.domain import money
from desk_app.domain.calendar import dates
from desk_app.domain.calendar.moments import milliseconds, shown_day
from desk_app.domain.dossiers.steps import Status
from desk_app.domain.worklists.lists import Worklist
from desk_app.errors import UnknownProcedureError
from desk_app.lazy import lazy
from desk_app.services.desk.desk import Desk
from desk_app.services.papers.papers import Paper, paper_of
from desk_app.services.payments import day_money
from desk_app.services.reports.day_end import DayEnd, day_end, seal_of
from desk_app.services.reports.day_figures import DayFigures, ProcedureFigures
from desk_app.store.queries.dossiers import Counts, DossierRow
from desk_app.store.reference import catalogue

if TYPE_CHECKING:
    from desk_app.services.papers import drawing
else:
    drawing = lazy("desk_app.services.papers.drawing")

FORM = "bao-cao-ngay"
_PROCEDURES = 4
_TOLD = frozenset({Worklist.HAND_OUT, Worklist.UNINFORMED, Worklist.UNRECORDED, Worklist.SUSPENDED})
"""The worklists that the report names beside what stands in it anyway."""
_LISTED = (10, 8, 6, 4, 2, 0)
"""How many dossiers the report lists; fewer where it would not fit its one page."""


def report(desk: Desk) -> Paper:
    """The day on one sheet of A4, with the head of the journal: its keeper can tell later whether the journal is whole.

    For a job's thread, with a reader.
    """
    day = day_end(desk)
    form = desk.forms.in_force(FORM, day.at.date().isoformat())
    made_at = milliseconds(day.at)
    pages, pdf = 0, b""
    for most in _LISTED:
        pages, pdf = drawing.filled(form, _values(desk, day, most), made_at=made_at, under=desk.watermark)
        if pages == 1:
            break
    return paper_of(desk, form, "reports", kind="day", name="day", pages=pages, pdf=pdf)


def _values(desk: Desk, day: DayEnd, most: int) -> dict[str, object]:
    undone = list(_undone(day))
    sync = day.sync
    values: dict[str, object] = {
        **office_values(desk.office),
        **day_values("on", day.at.date()),
        "weekday": dates.weekday(day.at.date()),
        "made_at": _clock(day.at),
        "figures": (*_figures(day.figures), *_service_days(day)),
        "standing": _standing(day.counts),
        "procedures": tuple(_procedures(desk, day)),
        "money": tuple({"line": each} for each in day_money.day_money(desk, day.at.date()).lines),
        "unsent_events": str(sync.waiting_events) if sync.waiting_events else "",
        "unsent_dossiers": str(sync.waiting_dossiers),
        "confirmed_at": _moment(sync.last_success_at) if sync.last_success_at else "",
        "district": (sync.district or "cấp trên") if sync.enrolled else "",
        "set_aside": str(len(sync.set_aside)) if sync.set_aside else "",
        "undone": tuple({"n": str(n), **row} for n, row in enumerate(undone[:most], 1)),
        "more": str(len(undone) - most) if len(undone) > most else "",
        "log": day.head.log[:8],
        "seq": money.dotted(day.head.seq),
        "head": " ".join(day.head.hash[n : n + 8] for n in range(0, len(day.head.hash), 8)),
        "seal": seal_of(desk, day),
    }
    return {key: value for key, value in values.items() if value}


def _figures(figures: DayFigures) -> Iterator[dict[str, str]]:
    for name, what in (
        ("Hồ sơ tiếp nhận", "received"),
        ("Hồ sơ trả kết quả", "returned"),
        ("Kết quả đã trả bị hủy", "annulled"),
        ("Phí, lệ phí theo hồ sơ tiếp nhận (đồng)", "fees"),
        ("Hồ sơ tiếp nhận chưa xác định phí", "open_fees"),
        ("Việc ghi vào sổ", "events"),
    ):
        if what in ("open_fees", "annulled") and not getattr(figures.all, what):
            continue
        yield {
            "name": name,
            "ours": money.dotted(getattr(figures.ours, what)),
            "all": money.dotted(getattr(figures.all, what)),
        }


def _service_days(day: DayEnd) -> Iterator[dict[str, str]]:
    """Of each service day how many dossiers the office received, and how many were done on it."""
    for each in day.service_days:
        done = each.at_once + each.same_day
        yield {"name": f"{each.name}: tiếp nhận, trả trong ngày {done}", "ours": "", "all": money.dotted(each.received)}


def _standing(counts: Counts) -> str:
    parts = (
        (counts.processing, "hồ sơ đang xử lý"),
        (counts.awaiting, "chờ bổ sung"),
        (counts.ready, "chờ trả kết quả"),
        (counts.late, "quá hạn"),
    )
    return ", ".join(f"{count} {name}" for count, name in parts)


def _procedures(desk: Desk, day: DayEnd) -> Iterator[dict[str, str]]:
    rows = list(day.figures.procedures)
    if len(rows) > _PROCEDURES + 1:
        rest = rows[_PROCEDURES:]
        rows = [*rows[:_PROCEDURES], _together(rest)]
    for n, row in enumerate(rows, 1):
        yield {
            "n": str(n),
            "name": _title(desk, row.procedure, day.at) if row.procedure else "Các thủ tục khác",
            "received": str(row.received),
            "returned": str(row.returned),
            "amount": _amount(row),
        }


def _together(rows: list[ProcedureFigures]) -> ProcedureFigures:
    return ProcedureFigures(
        procedure="",
        received=sum(row.received for row in rows),
        returned=sum(row.returned for row in rows),
        fees=sum(row.fees for row in rows),
        open_fees=sum(row.open_fees for row in rows),
    )


def _amount(row: ProcedureFigures) -> str:
    """The sum known; where dossiers have a fee nobody knows yet, that it is not the whole."""
    if not row.open_fees:
        return money.dotted(row.fees)
    return f"{money.dotted(row.fees)} và chưa rõ" if row.fees else "chưa rõ"


def _title(desk: Desk, procedure: str, at: datetime) -> str:
    try:
        return catalogue.in_force(desk.db, procedure, at.date().isoformat()).title
    except UnknownProcedureError:
        return procedure


def _undone(day: DayEnd) -> Iterator[dict[str, str]]:
    """Late ones first, then those without a paper, then those with a result; each dossier once with all its reasons."""
    why: dict[str, list[str]] = {}
    rows: dict[str, DossierRow] = {}
    others = [(each.which.label.lower(), each.rows) for each in day.work if each.which in _TOLD]
    fixed = (("quá hạn", day.late), ("chưa in giấy", day.unprinted), ("chờ trả kết quả", day.ready))
    for reason, found in (*fixed, *others):
        for row in found:
            rows.setdefault(row.code, row)
            why.setdefault(row.code, []).append(reason)
    for code, row in rows.items():
        yield {
            "code": code,
            "name": row.procedure_name,
            "due": _day(row.due_at) if Status(row.status).is_open else "",
            "why": ", ".join(why[code]),
        }


def _day(at: int) -> str:
    return shown_day(at)


def _clock(at: datetime) -> str:
    return f"{at:%H} giờ {at:%M} phút"


def _moment(at: datetime) -> str:
    return f"{_clock(at)}, ngày {at:%d/%m/%Y}"
