"""Lists of money: every movement of a span of days, and the summary of electronic receipts 01/TH-BLĐT.

The summary's columns are those of TT 91/2026/TT-BTC; the words under "trạng thái" were not found and are ours
(docs/decisions/0194).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from desk_app.domain.calendar import dates
from desk_app.domain.payments.money_events import PAPER, FeeReceipt
from desk_app.domain.payments.payment import MoneyLine, way_told
from desk_app.domain.payments.receipt_summary import summary_status, summed_receipt
from desk_app.domain.payments.receipt_words import number_told
from desk_app.domain.report import Cell, Column
from desk_app.services.desk.desk import Desk
from desk_app.services.reports.kind import ReportKind
from desk_app.store.queries import payments
from desk_app.store.queries.payments import PaidRow


def _movements(desk: Desk, first: date, last: date) -> list[dict[str, Cell]]:
    return [
        {
            "code": row.code,
            "applicant": row.applicant,
            "procedure": row.procedure,
            "at": row.line.at,
            "desk": row.line.desk,
            "way": way_told(row.line.way),
            "amount": row.line.amount,
            "receipt": _told(row.line.receipt or row.line.of),
            "note": _note(row.line),
            "clerk": row.line.author,
        }
        for row in payments.of_days(desk.db, first, last)
    ]


def _receipts(desk: Desk, first: date, last: date) -> list[dict[str, Cell]]:
    return [_receipt_row(*each) for each in _electronic(payments.of_days(desk.db, first, last))]


def _electronic(rows: list[PaidRow]) -> Iterator[tuple[PaidRow, FeeReceipt]]:
    """Movements of electronic receipts: money taken with one, money given back of one."""
    for row in rows:
        if (receipt := summed_receipt(row.line)) is not None:
            yield row, receipt


def _receipt_row(row: PaidRow, receipt: FeeReceipt) -> dict[str, Cell]:
    line, is_back = row.line, row.line.amount < 0
    return {
        "template": receipt.template,
        "series": receipt.series,
        "number": number_told(receipt),
        "on": line.at,
        "procedure": f"Phí, lệ phí: {row.procedure}",
        "amount": line.amount,
        "rate": "",
        "status": summary_status(line).label,
        "period": dates.shown(row.day) if is_back else "",
        "related": _told(receipt) if is_back else "",
        "explanation": line.reason,
        "code": row.code,
    }


def _told(receipt: FeeReceipt | None) -> str:
    if receipt is None:
        return ""
    return " ".join(filter(None, (receipt.template, receipt.series, number_told(receipt))))


def _note(line: MoneyLine) -> str:
    if line.amount < 0:
        return line.reason
    missing = "" if line.receipt else "chưa ghi biên lai"
    paper = "biên lai giấy" if line.receipt and line.receipt.kind == PAPER else ""
    return "; ".join(filter(None, (line.note, missing, paper)))


DAY_MONEY = ReportKind(
    name="day-money",
    title="Bảng kê thu phí, lệ phí",
    form="bang-ke-thu-phi",
    columns=(
        Column(key="code", title="Mã hồ sơ"),
        Column(key="applicant", title="Người nộp"),
        Column(key="procedure", title="Thủ tục"),
        Column(key="at", title="Lúc thu", kind="moment"),
        Column(key="desk", title="Quầy", kind="count"),
        Column(key="way", title="Cách nộp"),
        Column(key="amount", title="Số tiền (đồng)", kind="money", is_summed=True),
        Column(key="receipt", title="Biên lai"),
        Column(key="note", title="Ghi chú"),
        Column(key="clerk", title="Người thu"),
    ),
    rows=_movements,
)

DAY_RECEIPTS = ReportKind(
    name="day-receipts",
    title="Bảng tổng hợp biên lai điện tử 01/TH-BLĐT",
    form="bang-tong-hop-bien-lai",
    columns=(
        Column(key="template", title="Ký hiệu mẫu biên lai"),
        Column(key="series", title="Ký hiệu biên lai"),
        Column(key="number", title="Số biên lai"),
        Column(key="on", title="Ngày lập", kind="day"),
        Column(key="procedure", title="Tên loại thuế, phí, lệ phí"),
        Column(key="amount", title="Số tiền", kind="money", is_summed=True),
        Column(key="rate", title="Tỷ giá"),
        Column(key="status", title="Trạng thái"),
        Column(key="period", title="Kỳ điều chỉnh"),
        Column(key="related", title="Biên lai liên quan"),
        Column(key="explanation", title="Giải trình"),
        Column(key="code", title="Ghi chú"),
    ),
    rows=_receipts,
)
